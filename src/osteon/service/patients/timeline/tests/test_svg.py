"""The drawing as text: its structure, its names, its safety. Places and colours are looked at, not tested."""

import random
import re
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, MEASURES, ORGANISMS, OWN_WORDS
from osteon.service.patients.timeline import ink
from osteon.service.patients.timeline.sheet import SHEETS
from osteon.service.patients.timeline.tests.outline import (
    SVG,
    drawn,
    lanes,
    marks,
    names,
    outline,
    view_of,
    written,
)
from osteon.service.patients.timeline.tests.stories import (
    NOW,
    at,
    course,
    crowded_story,
    crp,
    event,
    limb_story,
    long_story,
    own,
    result,
    specimens,
    spine_story,
)

RECENT = {"params": {"from": "2026-10-01", "to": "2026-12-08"}}


def test_a_small_story_is_drawn_as_its_lanes_from_top_to_bottom():
    svg = drawn(
        [
            crp("2026-11-03 08:12", 182),
            crp("2026-11-24 08:00", 4, comparator="<"),
            own("meeting//decision", "2026-11-05", text_value="DAIR"),
            own("operation//dair", "2026-11-06 09:00"),
            *specimens("2026-11-06 09:30", "tissue", ["staphylococcus-aureus", "", None]),
            course("flucloxacillin", "2026-11-06 12:00", None, "2 g IV every 6 hours", 14),
            own("line//picc", "2026-11-07", end="2026-11-20"),
            own("line-event//infection", "2026-11-19"),
            own("imaging//xray", "2026-11-08"),
        ],
        link_for=lambda e: "/crp/" if e.code == "LOINC//1988-5" else None,
        **RECENT,
    )
    assert outline(svg) == "\n".join(
        [
            "marker: CRP mg/L, reference below 5",
            "  writes CRP | mg/L | ref. below 5 | 0 | 50 | 100 | 150 | 200 | < 4 | 182",
            "  tl-point: CRP 182 mg/L, Tue 3 Nov 2026, 08:12, laboratory; reference below 5; 36.4 × upper limit -> /crp/",
            "  tl-point tl-open: CRP < 4 mg/L, Tue 24 Nov 2026, 08:00, laboratory; reference below 5 -> /crp/",
            "meetings: Meetings",
            "  writes Meetings | DAIR",
            "  mark: Meeting decision: DAIR, Thu 5 Nov 2026, source not stated",
            "operations: Operations",
            "  writes Operations | Debridement with implant kept (DAIR)",
            "  mark: Debridement with implant kept (DAIR), Fri 6 Nov 2026, 09:00, source not stated",
            "cultures: Cultures",
            "  writes Cultures | S. aureus 1 of 3 · 1 pending",
            "  tl-grew: Deep tissue specimen: S1, 1 organism grew, Fri 6 Nov 2026, 09:30, microbiology; "
            "Staphylococcus aureus",
            "  tl-nothing: Deep tissue specimen: S2, no growth, Fri 6 Nov 2026, 09:30, microbiology",
            "  tl-pending: Deep tissue specimen: S3, pending, Fri 6 Nov 2026, 09:30, microbiology",
            "antibiotics: Antibiotics",
            "  writes Antibiotics | Flucloxacillin IV",
            "  tl-strong: Flucloxacillin 2 g IV every 6 hours, since Fri 6 Nov 2026, 12:00, course record; "
            "planned 14 days; planned stop Fri 20 Nov 2026 has passed",
            "lines: Lines",
            "  writes Lines | PICC",
            "  tl-plain: PICC, Sat 7 Nov 2026 to Fri 20 Nov 2026, source not stated",
            "  tl-alarm: Line infection, Thu 19 Nov 2026, source not stated",
            "imaging: Imaging",
            "  writes Imaging | X-ray",
            "  mark: X-ray, Sun 8 Nov 2026, source not stated",
        ]
    )  # fmt: skip


def test_the_axis_and_today_are_written():
    behind = drawn([crp("2026-11-03", 182)], **RECENT).find(f"{SVG}g")
    texts = written(behind)
    assert {"Today 24 Nov", "October 2026", "November 2026", "December 2026", "5", "12"} <= set(texts)


def test_today_is_not_drawn_when_it_is_not_in_the_window():
    svg = drawn([crp("2020-11-03", 182)], params={"from": "2020-11-01", "to": "2020-12-01"})
    assert not marks(svg, "tl-today")


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_events_are_drawn_as_an_axis_and_a_sentence(sheet):
    svg = drawn([], sheet)
    assert lanes(svg) == {}
    assert "Nothing recorded in this period." in written(svg)


@pytest.mark.parametrize("sheet", SHEETS)
def test_one_point_is_drawn_with_its_value(sheet):
    lane = lanes(drawn([crp("2026-11-03", 12)], sheet))["marker"]
    assert len(marks(lane, "tl-point")) == 1
    assert [text.text for text in marks(lane, "tl-value")] == ["12"]


def test_only_a_planned_course_is_an_outline_with_its_planned_stop():
    svg = drawn([course("rifampicin", "2026-11-28", None, "450 mg oral", 7)], **RECENT)
    assert len(marks(svg, "tl-planned")) == 1
    assert len(marks(svg, "tl-stop")) == 1
    assert not marks(svg, "tl-runs")
    assert names(lanes(svg)["antibiotics"])[0].startswith(
        "Rifampicin 450 mg oral, from Sat 28 Nov 2026, planned"
    )


def test_a_running_course_fades_at_today_and_is_outlined_to_its_planned_stop():
    svg = drawn([course("rifampicin", "2026-11-01", None, "450 mg oral", 30)], **RECENT)
    assert [len(marks(svg, kind)) for kind in ("tl-runs", "tl-planned", "tl-stop")] == [1, 1, 1]


def test_a_running_course_without_a_plan_ends_at_today():
    svg = drawn([course("rifampicin", "2026-11-01", None, "450 mg oral")], **RECENT)
    assert [len(marks(svg, kind)) for kind in ("tl-runs", "tl-planned", "tl-stop")] == [1, 0, 0]


def test_a_stopped_course_is_whole():
    svg = drawn([course("rifampicin", "2026-11-01", "2026-11-10", "450 mg oral", 30)], **RECENT)
    assert [len(marks(svg, kind)) for kind in ("tl-runs", "tl-planned", "tl-stop")] == [0, 0, 0]


def test_a_planned_stop_is_dated_where_there_is_room():
    wide = {"params": {"from": "2026-11-10", "to": "2026-12-20"}}
    svg = drawn([course("daptomycin", "2026-11-05", None, "700 mg IV", 35)], **wide)
    assert "stop 10 Dec" in written(lanes(svg)["antibiotics"])


def test_a_course_that_runs_past_its_planned_stop_is_marked():
    late = drawn([course("rifampicin", "2026-11-01", None, "450 mg oral", 14)], **RECENT)
    on_time = drawn([course("rifampicin", "2026-11-01", None, "450 mg oral", 44)], **RECENT)
    alarm = ink.GLYPHS["alarm"][0]
    assert [alarm in ElementTree.tostring(svg, "unicode") for svg in (late, on_time)] == [True, False]


def test_three_years_of_weekly_markers_and_twelve_courses_are_all_there():
    svg = drawn(long_story(), params={"span": "3y"})
    assert len(marks(svg, "tl-point")) == 154
    courses = marks(lanes(svg)["antibiotics"])
    assert len(courses) == 12
    assert {text.split(" ")[0] for text in written(lanes(svg)["antibiotics"])[1:]} == {
        names(one)[0].split(" ")[0] for one in courses
    }


def test_thousands_of_points_are_thinned_and_the_peak_stays():
    lane = lanes(drawn(crowded_story()))["marker"]
    points = marks(lane, "tl-point")
    assert 300 < len(points) < 2000
    assert any(name.startswith("CRP 391 mg/L") for name in names(lane))
    assert "391" in written(lane)


def test_points_on_the_night_the_clocks_change_keep_their_order():
    hours = [at("2026-10-24 23:30") + timedelta(hours=n) for n in range(5)]
    svg = drawn(
        [crp(hour, 10 + n, source=f"n{n}") for n, hour in enumerate(hours)],
        params={"from": "2026-10-22", "to": "2026-10-28"},
    )
    lane = lanes(svg)["marker"]
    assert [name.split(", ")[2] for name in names(lane)] == ["23:30", "00:30", "01:30", "01:30", "02:30"]
    places = [
        float(re.search(r"translate\(([\d.]+)", one.get("transform")).group(1))
        for one in marks(lane, "tl-point")
    ]
    steps = [round(later - earlier, 1) for earlier, later in pairwise(places)]
    assert max(steps) - min(steps) <= 0.2


def test_two_values_of_one_moment_are_both_drawn():
    svg = drawn([crp("2026-11-03 08:12", 12, source="a"), crp("2026-11-03 08:12", 14, source="b")])
    assert len(marks(lanes(svg)["marker"], "tl-point")) == 2


def test_two_operations_of_one_moment_stand_in_two_rows_with_both_names():
    lane = lanes(drawn([own("operation//flap", "2026-11-03"), own("operation//excision", "2026-11-03")]))[
        "operations"
    ]
    assert written(lane)[1:] == ["Excision of infected bone", "Free or local flap"]


def test_the_same_input_gives_the_same_bytes_in_any_order():
    events = limb_story()
    first = str(view_of(events).figure)
    for seed in range(3):
        random.Random(seed).shuffle(events)
        assert str(view_of(events).figure) == first


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("story", [limb_story, spine_story])
def test_every_fact_of_the_window_is_in_some_name_on_every_sheet(story, sheet):
    view = view_of(story(), params={"overlay": "creatine-kinase"})
    told = " ".join(names(drawn(story(), sheet, params={"overlay": "creatine-kinase"})))
    for row in view.table.rows:
        if row.what.startswith(("Staphylococcus aureus:", "Staphylococcus aureus")):
            continue
        assert row.what in told, row


def test_hostile_text_is_escaped_everywhere():
    nasty = '</title><script>alert("x")</script>&amp; \' "'
    events = [
        own("meeting//decision", "2026-11-01", text_value=nasty),
        own("operation//other", "2026-11-02", text_value=nasty),
        own("specimen//bone", "2026-11-03", 1, text_value=nasty),
        event("SNOMED//1", "2026-11-04", text_value=nasty, source="x/isolate/1"),
        event("ATC//J01<b>", "2026-11-05", text_value=nasty),
        event("ICD10//<i>", "2026-11-06", text_value=nasty),
        own(f"imaging//{nasty}", "2026-11-07", text_value=nasty, source=nasty),
        crp("2026-11-08", 3, source=nasty),
    ]
    view = view_of(events, link_for=lambda _e: f'"><script>{nasty}')
    for sheet in SHEETS:
        text = str(view.svg(sheet))
        ElementTree.fromstring(text)  # noqa: S314 - it must still be well formed
        assert "<script" not in text
        assert "<i>" not in text


def test_characters_no_document_may_hold_are_left_out():
    svg = drawn([own("meeting//decision", "2026-11-01", text_value="before\x00\x08after\ud800")])
    assert "beforeafter" in written(svg)


def test_a_mark_that_leads_somewhere_is_a_link_and_the_others_can_be_focused():
    svg = drawn(
        [crp("2026-11-03", 1), own("imaging//mri", "2026-11-04")],
        link_for=lambda e: "/x/?a=1&b=2" if e.unit else None,
    )
    point, image = marks(svg)
    assert (point.tag, point.get("href")) == (f"{SVG}a", "/x/?a=1&b=2")
    assert (image.tag, image.get("tabindex"), image.get("role")) == (f"{SVG}g", "0", "img")


def test_a_mark_for_several_facts_leads_to_their_list():
    sample = [result(key, "2026-11-02 08:12", 1.0) for key in ("esr", "alt")]
    [mark] = marks(lanes(drawn(sample, link_for=lambda _e: "/one/"))["results"])
    assert mark.get("href") == "/timeline/?period_from=2026-11-02&period_to=2026-11-02#timeline-period"


def test_facts_without_a_place_of_their_own_are_named_by_a_plus():
    visits = [own("admission//clinic", f"2026-11-03 10:{minute:02}") for minute in range(4)]
    first, plus = marks(lanes(drawn(visits, params={"span": "3y"}))["visits"])
    assert names(first)[0].startswith("Clinic visit, Tue 3 Nov 2026, 10:00")
    assert names(plus)[0].startswith("3 facts, Tue 3 Nov 2026, 10:01: Clinic visit · Clinic visit")
    assert (
        plus.get("href") == "/timeline/?period_from=2026-11-03&period_to=2026-11-03&span=3y#timeline-period"
    )


def test_a_single_hidden_fact_keeps_its_own_name_and_link():
    visits = [own("admission//clinic", f"2026-11-03 10:0{minute}") for minute in range(2)]
    _first, plus = marks(lanes(drawn(visits, params={"span": "3y"}, link_for=lambda _e: "/visit/"))["visits"])
    assert (names(plus)[0][:12], plus.get("href")) == ("Clinic visit", "/visit/")


def test_samples_too_near_to_each_other_are_one_mark_for_all():
    samples = [result("esr", f"2026-11-03 {hour:02}:00", float(hour)) for hour in range(10)]
    [mark] = marks(lanes(drawn(samples, params={"span": "3y"}))["results"])
    assert names(mark)[0].startswith("10 facts, Tue 3 Nov 2026")


def test_bars_beyond_the_last_row_are_named_by_a_plus():
    stays = [own("admission//inpatient", f"2026-11-0{day}", end="2026-11-20") for day in range(1, 8)]
    told = " ".join(names(lanes(drawn(stays))["admissions"]))
    assert "4 facts" in told


def test_the_reference_range_and_a_threshold_are_drawn():
    svg = drawn([crp("2026-11-03", 182)], thresholds={"crp": [("Review above", 100)]})
    assert len(marks(svg, "tl-reference")) == 1
    assert len(marks(svg, "tl-threshold")) == 1
    assert "Review above 100" in written(svg)


def test_a_threshold_beyond_the_axis_is_written_with_an_arrow_and_no_line():
    svg = drawn([crp("2026-11-03", 12)], thresholds={"crp": [("Review above", 100)]})
    assert not marks(svg, "tl-threshold")
    assert "Review above 100 ↑" in written(svg)


def test_thresholds_of_equal_value_do_not_write_over_each_other():
    svg = drawn([crp("2026-11-03", 182)], thresholds={"crp": [("First above", 100), ("Second above", 101)]})
    one, other = (float(text.get("y")) for text in marks(svg, "tl-threshold-label"))
    assert abs(one - other) >= 12


def test_no_range_given_means_no_band():
    assert not marks(drawn([crp("2026-11-03", 182, reference_high=None)]), "tl-reference")


def test_a_second_marker_has_its_own_axis_shape_and_dashes():
    svg = drawn(
        [crp("2026-11-03", 182), result("platelets", "2026-11-03", 90)], params={"overlay": "platelets"}
    )
    lane = lanes(svg)["marker"]
    assert lane.get("aria-label") == "CRP mg/L, reference below 5 · Platelets ×10⁹/L"
    squares = [mark for mark in marks(lane, "tl-point") if len(mark.findall(f"{SVG}rect")) == 2]
    assert len(squares) == 1
    assert [bool(line.get("stroke-dasharray")) for line in lane.iter(f"{SVG}polyline")] == [True, False]


def test_a_second_marker_alone_takes_the_main_axis():
    svg = drawn([result("platelets", "2026-11-03", 90)], params={"overlay": "platelets"})
    assert lanes(svg)["marker"].get("aria-label") == "Platelets ×10⁹/L"


def test_a_logarithmic_axis_says_that_it_is_one():
    svg = drawn([crp("2026-11-03", 400), crp("2026-11-04", 4)], params={"scale": "log"})
    assert "logarithmic" in lanes(svg)["marker"].get("aria-label")
    assert {"1", "10", "100", "1,000"} <= set(written(lanes(svg)["marker"]))


def test_a_value_in_an_unknown_unit_is_never_on_the_axis():
    svg = drawn([crp("2026-11-03", 12), crp("2026-11-04", 9999, unit="furlong")])
    assert len(marks(svg, "tl-point")) == 1
    assert "10,000" not in written(svg)


def test_a_date_known_by_its_month_is_drawn_as_a_span():
    events = [
        crp("2026-11-01", 9),
        own("operation//flap", "2026-11-01"),
        course("rifampicin", "2026-11-01", "2026-12-01", ""),
    ]
    events += specimens("2026-11-01", "bone", [""])
    exact, vague = drawn(events, **RECENT), drawn(events, precision_of=lambda _e: "month", **RECENT)
    assert len(marks(exact, "tl-vague")) == 0
    assert {key: len(marks(lane, "tl-vague")) for key, lane in lanes(vague).items()} == {
        "marker": 1, "operations": 1, "cultures": 1, "antibiotics": 1,
    }  # fmt: skip


def test_a_rewound_drawing_says_so_on_a_banner_and_a_line():
    svg = drawn(limb_story(), known_at=at("2026-10-01 12:00"))
    assert "As known on 1 Oct 2026. What was learnt later is left out." in written(svg)
    assert "Known on 1 Oct" in written(svg)
    assert len(marks(svg, "tl-known")) == 1


def test_a_picked_period_is_shaded():
    svg = drawn(limb_story(), params={"period_from": "2026-09-01", "period_to": "2026-09-04"})
    assert len(marks(svg, "tl-chosen")) == 1


def test_a_bar_that_began_before_the_window_is_drawn_from_its_edge():
    svg = drawn([own("admission//inpatient", "2026-01-01", end="2026-11-10")], **RECENT)
    assert names(lanes(svg)["admissions"]) == [
        "Admission, Thu 1 Jan 2026 to Tue 10 Nov 2026, source not stated"
    ]


def test_more_specimens_than_fit_are_said():
    many = list(specimens("2026-11-03 09:00", "tissue", ["staphylococcus-aureus"] * 20))
    lane = lanes(drawn(many))["cultures"]
    assert len(marks(lane, "tl-grew")) == 12
    assert names(marks(lane, "tl-more")[0])[0].startswith(
        "8 facts, Tue 3 Nov 2026, 09:00: Deep tissue specimen"
    )
    assert "S. aureus 20 of 20" in written(lane)


def test_every_identifier_in_a_page_is_its_own():
    text = str(view_of(limb_story()).figure) + str(view_of(limb_story(), anchor="second").figure)
    identities = re.findall(r' id="([^"]+)"', text)
    assert len(identities) == len(set(identities))
    for reference in set(re.findall(r"url\(#([^)]+)\)", text)):
        assert reference in identities


def test_a_drawing_carries_no_style_script_or_outside_address():
    text = str(view_of(limb_story()).figure)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", text)
    assert set(re.findall(r"https?://[^\"<\s]+", text)) == {"http://www.w3.org/2000/svg"}


def test_a_drawing_speaks_the_readers_language():
    with override("es"):
        svg = drawn([crp("2026-11-03 08:12", 12)])
        assert "mar 3 nov 2026, 08:12" in names(lanes(svg)["marker"])[0]
        assert "noviembre 2026" in written(svg)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    bright, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [ink.PAPER, ink.AHEAD, ink.CHOSEN, ink.RANGE])
@pytest.mark.parametrize("colour", [ink.TEXT, ink.QUIET, ink.MAIN, ink.SECOND, ink.ALARM])
def test_text_is_readable_on_every_ground(colour, ground):
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("look", sorted(ink.LOOKS))
def test_the_text_and_the_outline_of_every_bar_can_be_seen(look):
    fill, outline_colour, text = ink.LOOKS[look]
    assert contrast(text, fill) >= 4.5
    assert contrast(outline_colour, ink.PAPER) >= 3


@pytest.mark.parametrize("glyph", sorted(ink.GLYPHS))
def test_every_glyph_can_be_seen(glyph):
    assert contrast(ink.GLYPHS[glyph][2], ink.AHEAD) >= 3


def test_flags_and_banner_can_be_read():
    assert contrast(ink.PAPER, ink.TEXT) >= 4.5
    assert contrast(ink.PAPER, ink.REWOUND) >= 4.5


codes = st.sampled_from(
    [
        *(measure.code for measure in MEASURES.values()),
        *(drug.code for drug in DRUGS.values()),
        *(organism.code for organism in ORGANISMS.values()),
        *OWN_WORDS,
        "ICD10//M86.6", "SUSCEPTIBILITY//3092008//FLC", "SUSCEPTIBILITY//x", "MEDS_DEATH", "LAB//1//mg", "X",
    ]
)  # fmt: skip
times = st.datetimes(at("2026-01-01"), at("2027-06-01"))


@st.composite
def events(draw):
    begin = draw(times | st.none())
    end = draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=400))) if begin else None
    number = st.floats(-1e9, 1e9) | st.integers(0, 60).map(float) | st.none()
    return Event(
        1, begin, draw(codes), end=begin + end if end is not None else None, numeric_value=draw(number),
        comparator=draw(st.sampled_from([None, "<", ">="])), unit=draw(st.sampled_from([None, "d", "mg/L", "U/L", "{score}"])),
        text_value=draw(st.none() | st.text(max_size=30)), reference_low=draw(st.none() | st.floats(0, 10)),
        reference_high=draw(st.none() | st.floats(10, 1e3)), source=draw(st.none() | st.text(max_size=12)),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    story=st.lists(events(), max_size=40),
    span=st.sampled_from(["", "2w", "3y", "all"]),
    sheet=st.sampled_from(sorted(SHEETS)),
    precision=st.sampled_from(["day", "minute", "month", "year", "about"]),
)
def test_whatever_the_record_holds_the_drawing_is_well_formed_and_finite(story, span, sheet, precision):
    view = view_of(
        story, params={"span": span, "overlay": "creatine-kinase"}, precision_of=lambda _e: precision
    )
    text = str(view.svg(sheet))
    ElementTree.fromstring(text)  # noqa: S314
    assert not re.search(r'="[^"]*\b(nan|inf)\b', text.replace("aria-label", ""))
    assert view.table.count >= 0
    assert view.notes is not None


def test_now_is_a_parameter_and_not_the_clock():
    assert NOW.year == 2026
    assert "Today 3 Jan" in written(drawn([crp("2020-01-01", 1)], now=at("2020-01-03")))
