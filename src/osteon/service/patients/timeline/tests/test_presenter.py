"""The view: what an address asks for, the ways to move, rewinding, notes."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from osteon.service.patients.timeline.address import Address
from osteon.service.patients.timeline.presenter import read_wishes
from osteon.service.patients.timeline.tests.outline import drawn, lanes, marks, names, view_of
from osteon.service.patients.timeline.tests.stories import (
    NOW,
    at,
    course,
    crp,
    event,
    limb_story,
    own,
    result,
)
from osteon.service.patients.timeline.window import Story, Window

STORY = Story(NOW)


def query(href: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}


def follow(events, href: str, **more):
    """The view a link leads to."""
    return view_of(events, params=query(href), **more)


def test_a_link_changes_what_it_names_and_keeps_the_rest():
    address = Address("/patients/1/timeline/", {"tab": "timeline", "marker": "esr", "page": "2"})
    assert address.link(marker="crp", page=None) == "/patients/1/timeline/?marker=crp&tab=timeline#timeline"


def test_a_link_without_a_query_is_the_path():
    assert Address("/t/").link() == "/t/#timeline"


def test_a_link_escapes_what_it_carries():
    assert Address("/t/", {"q": 'a&b="<'}).link() == "/t/?q=a%26b%3D%22%3C#timeline"


def test_a_link_to_a_window_forgets_page_span_and_picked_period():
    address = Address("/t/", {"span": "2w", "page": "3", "period_from": "2026-01-01", "sort": "what"})
    assert query(address.window(Window(date(2026, 1, 1), date(2026, 2, 1)))) == {
        "from": "2026-01-01", "to": "2026-02-01", "sort": "what",
    }  # fmt: skip


def test_the_form_carries_on_what_it_does_not_ask():
    view = view_of(
        [], params={"tab": "x", "sort": "what", "from": "2026-01-01", "marker": "esr", "known": "2026-05-03"}
    )
    assert view.hidden == [("known", "2026-05-03"), ("sort", "what"), ("tab", "x")]


@pytest.mark.parametrize(
    ("params", "marker", "overlay", "log"),
    [
        ({}, "crp", None, False),
        ({"marker": "creatinine", "overlay": "platelets", "scale": "log"}, "creatinine", "platelets", True),
        ({"marker": "nonsense", "overlay": "nonsense", "scale": "nonsense"}, "crp", None, False),
        ({"overlay": "crp"}, "crp", None, False),
        ({"marker": "esr", "overlay": "esr"}, "esr", None, False),
    ],
)
def test_markers_are_read_from_the_address(params, marker, overlay, log):
    wishes = read_wishes(params, STORY)
    assert (wishes.marker, wishes.overlay, wishes.log) == (marker, overlay, log)


@pytest.mark.parametrize(
    ("text", "page"), [("3", 3), ("", 1), ("-1", 1), ("²", 1), ("1e9", 1), ("9" * 40, 1), ("0", 0)]
)
def test_a_page_is_a_whole_number(text, page):
    assert read_wishes({"page": text}, STORY).page == page


def test_a_period_that_cannot_be_shows_the_usual_one_and_says_why():
    view = view_of([], params={"from": "soon"})
    assert view.problem == "“soon” is not a date."
    assert view.window == view_of([]).window


def test_the_spans_offered_contain_the_one_in_use():
    view = view_of(limb_story(), params={"span": "1y"})
    assert [(link.label, link.current) for link in view.spans] == [
        ("2 weeks", False), ("3 months", False), ("1 year", True), ("3 years", False), ("All", False),
    ]  # fmt: skip


def test_every_span_leads_to_a_window_that_is_then_current():
    events = limb_story()
    for link in view_of(events).spans:
        there = follow(events, link.href)
        assert [other.label for other in there.spans if other.current][-1] == link.label


def test_all_shows_every_dated_fact_but_not_the_birth():
    events = [*limb_story(), event("MEDS_BIRTH", "1958-04-02"), own("imaging//xray", "2011-05-06")]
    whole = follow(events, view_of(events).spans[-1].href)
    assert whole.window.first.year in (2010, 2011)
    assert whole.table.count == len([one for one in events if one.code != "MEDS_BIRTH"])


def test_earlier_and_later_lead_there_and_back():
    events = limb_story()
    earlier, later = view_of(events).moves[:2]
    assert (earlier.hint, later.hint) == ("earlier", "later")
    back = follow(events, follow(events, earlier.href).moves[1].href)
    assert abs((back.window.first - view_of(events).window.first).days) <= 1


def test_zooming_in_and_out_changes_the_length():
    here = view_of(limb_story())
    closer, wider = (follow(limb_story(), link.href).window for link in here.moves[2:])
    assert closer.length < here.window.length < wider.length


def test_the_measures_with_results_can_be_chosen_and_the_chosen_one_is_marked():
    view = view_of([crp("2026-11-01", 8), result("esr", "2020-11-01", 8)], params={"marker": "esr"})
    assert [(choice.value, choice.label, choice.chosen) for choice in view.markers] == [
        ("crp", "CRP", False), ("esr", "ESR", True),
    ]  # fmt: skip
    assert [(choice.value, choice.chosen) for choice in view.overlays] == [("", True), ("crp", False)]


def test_a_chosen_measure_without_results_stays_chosen():
    view = view_of([crp("2026-11-01", 8)], params={"overlay": "esr"})
    assert [(choice.value, choice.chosen) for choice in view.overlays] == [("", False), ("esr", True)]


def test_the_chosen_marker_has_its_own_lane_and_the_rest_are_other_results():
    events = [crp("2026-11-01", 8), result("esr", "2026-11-01", 40)]
    assert [group.label for group in view_of(events).table.groups] == ["CRP", "Other results"]
    overlaid = view_of(events, params={"overlay": "esr"})
    assert [(group.label, group.total) for group in overlaid.table.groups] == [("CRP", 2)]


def test_the_other_scale_is_offered_only_where_it_helps():
    flat, steep = [crp("2026-11-01", 8)], [crp("2026-11-01", 4), crp("2026-11-02", 390)]
    assert view_of(flat).scale_link is None
    assert query(view_of(steep).scale_link.href) == {"scale": "log"}
    assert query(view_of(steep, params={"scale": "log"}).scale_link.href) == {}


def test_rewound_to_a_day_what_was_learnt_later_is_left_out():
    late = replace(crp("2026-09-20", 40), recorded_at=at("2026-10-05"))
    early = replace(crp("2026-09-25", 30), recorded_at=at("2026-09-26"))
    ahead = replace(own("operation//flap", "2026-10-20"), recorded_at=at("2026-09-28"))
    unstated = crp("2026-09-27", 20)
    view = view_of([late, early, ahead, unstated, crp("2026-10-09", 9)], known_at=at("2026-10-01"))
    assert sorted(fact.value or fact.what for fact in view.facts) == [
        "20 mg/L",
        "30 mg/L",
        "Free or local flap",
    ]


def test_rewound_to_a_day_a_course_that_ended_later_is_still_running():
    events = [course("rifampicin", "2026-09-01", "2026-10-20", "450 mg oral", 84)]
    svg = drawn(events, known_at=at("2026-10-01"))
    assert names(lanes(svg)["antibiotics"])[0].startswith("Rifampicin 450 mg oral, since Tue 1 Sep 2026")
    assert marks(svg, "tl-runs")


def test_rewound_the_usual_window_is_that_days():
    view = view_of(limb_story(), known_at=at("2026-10-01 12:00"))
    assert view.window.last == date(2026, 10, 15)
    assert view.rewound == "As known on 1 Oct 2026. What was learnt later is left out."
    assert query(view.present_link.href) == {}


def test_the_way_back_from_a_rewound_view_keeps_the_rest():
    view = view_of([], params={"known": "2026-10-01", "marker": "esr"}, known_at=at("2026-10-01"))
    assert query(view.present_link.href) == {"marker": "esr"}


def test_a_view_of_today_is_not_rewound():
    assert view_of([]).rewound == ""


def test_notes_say_what_is_not_drawn_and_why():
    notes = view_of(
        [crp("2026-11-01", 1.8, unit="mg/dL"), event("ATC//J01XX09", None)], params={"overlay": "esr"}
    ).notes
    assert "No CRP recorded." in notes
    assert "No ESR recorded." in notes
    assert any("not in mg/L and is not drawn" in note for note in notes)
    assert any(note.startswith("No meetings, no operations") for note in notes)
    assert notes[-1] == "1 fact has no date."


def test_a_picked_period_has_its_own_table_and_ways_out():
    events = limb_story()
    view = view_of(events, params={"period_from": "2026-09-01", "period_to": "2026-09-02", "marker": "esr"})
    assert view.period_table.count < view.table.count
    assert follow(events, view.period_zoom.href).window.first == date(2026, 8, 29)
    assert query(view.period_clear.href) == {"marker": "esr"}


def test_without_a_picked_period_there_is_no_second_table():
    assert view_of(limb_story()).period_table is None


def test_the_headings_sort_the_table_they_stand_on():
    view = view_of(limb_story(), params={"period_from": "2026-09-01", "sort": "what"})
    when, what, *_rest = view.headings(view.period_table)
    assert (query(when.href)["sort"], when.direction) == ("when", "none")
    assert (query(what.href)["sort"], what.direction) == ("-what", "ascending")
    assert when.href.endswith("#timeline-period")
    assert view.headings(view.table)[0].href.endswith("#timeline-table")


def test_the_table_is_unfolded_when_it_was_asked_for():
    assert not view_of([]).table_open
    assert view_of([], params={"sort": "what"}).table_open
    assert not view_of([], params={"sort": "what", "period_from": "2026-09-01"}).table_open


def test_a_long_table_offers_its_pages():
    events = [crp(at("2026-09-01"), 1.0, source=f"n{n}") for n in range(1001)]
    pages = view_of(events, params={"page": "2"}).pages
    assert [(page.label, page.current) for page in pages] == [("1", False), ("2", True), ("3", False)]
    assert view_of(events).table_words == "1,001 facts of this period as a table"
    assert view_of(events[:1]).pages == []


def test_a_form_may_give_values_that_are_not_text():
    assert view_of([], params={"page": 2, "marker": "esr"}).wishes.marker == "esr"
