"""Facts as the things that are drawn, lane by lane, and what is said of the lanes left out."""

import pytest

from osteon.service.patients.timeline.facts import LANES, Reading
from osteon.service.patients.timeline.lanes import (
    LABELLED_FINDINGS,
    RULES,
    Bar,
    Mark,
    build_lanes,
    missing_words,
    names_together,
    route_of,
    sentence_label,
    sort_into_lanes,
)
from osteon.service.patients.timeline.tests.stories import NOW, course, crp, event, limb_story, own, result
from osteon.service.patients.timeline.window import default_window

WINDOW = default_window(NOW)


def by_lane(*events):
    return sort_into_lanes(Reading(present=NOW).facts(events), WINDOW)


def lane(key: str, *events):
    return next(lane.items for lane in build_lanes(by_lane(*events)) if lane.key == key)


def test_lanes_stand_in_the_order_of_the_page():
    keys = [lane.key for lane in build_lanes(by_lane(*limb_story()))]
    assert keys == [key for key in LANES if key in keys]
    assert keys[:4] == ["meetings", "operations", "cultures", "antibiotics"]


def test_every_lane_but_the_marker_has_its_rule():
    assert list(RULES) == [key for key in LANES if key != "marker"]


def test_a_lane_without_facts_in_the_window_is_left_out():
    assert build_lanes(by_lane(own("imaging//mri", "2020-01-01"))) == []


def test_a_meeting_is_a_diamond_with_its_decision():
    [meeting] = lane("meetings", own("meeting//decision", "2026-11-01", text_value=" DAIR,\n then  home "))
    assert (meeting.glyph, meeting.labels, meeting.elastic) == ("diamond", ("DAIR, then home",), True)


def test_a_meeting_without_a_decision_has_no_words():
    [meeting] = lane("meetings", own("meeting//decision", "2026-11-01"))
    assert (meeting.labels, meeting.elastic) == ((), False)


def test_an_operation_is_named_with_and_without_its_detail():
    [operation] = lane("operations", own("operation//flap", "2026-11-01", text_value="free gracilis"))
    assert (operation.glyph, operation.labels) == (
        "wedge",
        ("Free or local flap: free gracilis", "Free or local flap"),
    )


@pytest.mark.parametrize(
    ("dose", "route", "look", "label"),
    [
        ("2 g IV every 24 hours", "IV", "strong", "Ceftriaxone IV"),
        ("2 g iv every 24 hours, OPAT", "IV", "strong", "Ceftriaxone IV OPAT"),
        ("2 g intravenous once daily", "IV", "strong", "Ceftriaxone IV"),
        ("500 mg oral twice a day", "oral", "pale", "Ceftriaxone oral"),
        ("500 mg PO BD", "oral", "pale", "Ceftriaxone oral"),
        ("1 g (IM) once", "IM", "pale", "Ceftriaxone IM"),
        ("once a day", "", "plain", "Ceftriaxone"),
        ("relieved of the ivy", "", "plain", "Ceftriaxone"),
        ("", "", "plain", "Ceftriaxone"),
    ],
)
def test_a_course_is_drawn_by_its_route(dose, route, look, label):
    assert route_of(dose) == route
    [bar] = lane("antibiotics", course("ceftriaxone", "2026-11-01", None, dose))
    assert (bar.look, bar.labels[0], bar.labels[-1]) == (look, label, "Ceftriaxone")


def test_an_event_of_a_line_stands_on_its_line():
    [line] = lane(
        "lines",
        own("line//picc", "2026-10-01", end="2026-11-10"),
        own("line-event//infection", "2026-11-09"),
    )
    assert isinstance(line, Bar)
    assert [sign.what for sign in line.signs] == ["Line infection"]


def test_an_event_of_a_line_nobody_recorded_stands_alone():
    [mark] = lane("lines", own("line-event//infection", "2026-11-09"))
    assert isinstance(mark, Mark)
    assert (mark.glyph, mark.labels) == ("alarm", ("Line infection",))


def test_an_event_after_the_line_was_removed_is_not_put_on_it():
    items = lane(
        "lines", own("line//picc", "2026-10-01", end="2026-10-20"), own("line-event//infection", "2026-11-09")
    )
    assert [type(item) for item in items] == [Bar, Mark]


def test_the_phases_of_a_frame_are_named_without_repeating_the_lane():
    bars = lane("frame", own("frame//circular", "2026-09-01"), own("frame-phase//distraction", "2026-09-10"))
    assert [(bar.look, bar.labels[0], bar.family) for bar in bars] == [
        ("hollow", "Circular frame", "frame"),
        ("distraction", "Distraction", "phase"),
    ]


def test_the_clinic_needs_no_words_and_an_emergency_does():
    marks = lane("visits", own("admission//clinic", "2026-11-01"), own("admission//emergency", "2026-11-02"))
    assert [mark.labels for mark in marks] == [(), ("Emergency attendance", "Emergency")]


@pytest.mark.parametrize(
    ("one", "glyph", "labels"),
    [
        (own("finding//fever", "2026-11-01", 1), "dot", ("Fever",)),
        (own("finding//fever", "2026-11-01", None), "dot", ("Fever",)),
        (own("finding//fever", "2026-11-01", 0), "ring", ()),
        (own("finding//pain", "2026-11-01", 6, unit="{score}"), "dot", ("Pain score 6", "Pain 6", "6")),
        (own("finding//pain", "2026-11-01", 0, unit="{score}"), "dot", ("Pain score 0", "Pain 0", "0")),
    ],
)
def test_a_finding_is_filled_when_present_and_hollow_when_absent(one, glyph, labels):
    [mark] = lane("findings", one)
    assert (mark.glyph, mark.labels) == (glyph, labels)


def test_very_many_findings_are_drawn_without_words():
    many = [own("finding//fever", f"2026-11-{day:02}", 1) for day in range(1, LABELLED_FINDINGS + 2)]
    assert {mark.labels for mark in lane("findings", *many)} == {()}


def test_results_of_one_sample_are_one_mark():
    sample = [result(key, "2026-11-02 08:12", 1.0) for key in ("esr", "creatinine", "alt")]
    [mark] = lane("results", *sample)
    assert mark.many
    assert (
        names_together(mark.facts)
        == "3 facts, Mon 2 Nov 2026, 08:12: Creatinine 1 µmol/L · ALT 1 U/L · ESR 1 mm/h"
    )


def test_a_name_for_very_many_facts_says_how_many_it_leaves_out():
    facts = Reading().facts([event(f"LAB//{n:03}", "2026-11-02", float(n)) for n in range(40)])
    assert names_together(facts).startswith("40 facts, Mon 2 Nov 2026: LAB 000 0 · LAB 001 1")
    assert names_together(facts).endswith("and 28 more")


def test_other_facts_of_a_day_are_one_mark():
    diagnoses = [event(f"ICD10//M86.{n}", "2026-11-02", text_value=f"Kind {n}") for n in range(3)]
    [mark] = lane("other", *diagnoses)
    assert (len(mark.facts), mark.labels) == (3, ())


def test_an_episode_is_a_bar_with_its_place_and_diagnosis():
    diagnosis = event("ICD10//M86.6", "2026-11-02", text_value="Osteomyelitis")
    [bar, mark] = lane("other", own("episode//pji", "2026-09-01", text_value="L knee: infection"), diagnosis)
    assert (bar.look, bar.labels) == ("hollow", ("L knee: infection", "Episode"))
    assert bar.name == "Episode: L knee: infection, since Tue 1 Sep 2026, source not stated"
    assert mark.facts[0].event is diagnosis


def test_a_long_sentence_is_held_to_a_length():
    assert sentence_label("word " * 40).endswith("word…")
    assert len(sentence_label("word " * 40)) <= 64


def test_lanes_nobody_ever_used_are_named():
    assert missing_words(by_lane(*limb_story())) == ["No outcomes recorded."]


def test_lanes_used_at_another_time_are_named_with_the_last_time():
    sentences = missing_words(
        by_lane(own("imaging//mri", "2020-01-01"), own("imaging//ct", "2021-03-04"), crp("2020-01-01", 4))
    )
    assert sentences[-1] == "Outside this period: imaging (last 4 Mar 2021)."
    assert "imaging" not in sentences[0]
    assert sentences[0].startswith("No meetings, no operations, no cultures")


def test_facts_without_a_date_are_kept_apart():
    undated = by_lane(event("GENDER//F", None)).undated
    assert [fact.event.code for fact in undated] == ["GENDER//F"]
