"""The marker: what is drawn as a point, what only listed."""

import pytest

from osteon.events.schema import Event
from osteon.service.patients.timeline import marker
from osteon.service.patients.timeline.facts import Reading
from osteon.service.patients.timeline.tests.stories import NOW, at, crp, result
from osteon.service.patients.timeline.window import default_window

WINDOW = default_window(NOW)


def series(*events, key="crp", thresholds=()):
    return marker.series_of(key, Reading(present=NOW).facts(events), WINDOW, thresholds)


def test_values_in_the_window_are_points_in_time_order():
    found = series(crp("2026-11-03", 12), crp("2026-11-01", 60), crp("2026-11-02", 30))
    assert found.values == [60, 30, 12]
    assert (found.label, found.unit, found.title) == ("CRP", "mg/L", "CRP mg/L")


def test_the_line_knows_the_points_just_outside_the_window():
    found = series(
        crp("2025-01-01", 1),
        crp("2025-02-01", 2),
        crp("2026-11-01", 3),
        crp("2027-05-01", 4),
        crp("2027-06-01", 5),
    )
    assert [point.value for point in found.line] == [2, 3, 4]
    assert found.values == [3]


def test_all_codes_of_a_measure_are_one_series():
    high_sensitivity = Event(7, at("2026-11-02"), "LOINC//30522-7", numeric_value=9.0, unit="mg/L")
    assert series(crp("2026-11-01", 8), high_sensitivity).values == [8, 9]


def test_other_measures_are_not_in_it():
    assert series(result("esr", "2026-11-01", 40)).values == []


@pytest.mark.parametrize("unit", ["mg/dL", None, "unknown"])
def test_a_value_in_another_unit_is_listed_and_never_drawn(unit):
    found = series(crp("2026-11-01", 8), crp("2026-11-02", 1.8, unit=unit))
    assert found.values == [8]
    assert [fact.event.numeric_value for fact in found.unplaced] == [1.8]
    assert marker.unplaced_words(found).startswith("1 CRP result is not in mg/L and is not drawn: 1.8")


def test_many_values_in_another_unit_are_counted_and_three_are_listed():
    found = series(*(crp(f"2026-11-0{day}", 1.8, unit="mg/dL") for day in range(1, 6)))
    assert marker.unplaced_words(found) == (
        "5 CRP results are not in mg/L and are not drawn: 1.8 mg/dL (Sun 1 Nov 2026), "
        "1.8 mg/dL (Mon 2 Nov 2026), 1.8 mg/dL (Tue 3 Nov 2026) …."
    )


def test_a_result_in_words_is_counted():
    found = series(crp("2026-11-01", None, text_value="haemolysed"))
    assert marker.unplaced_words(found) == "1 CRP result without a number is only in the table."


def test_nothing_is_said_when_every_result_is_drawn():
    assert marker.unplaced_words(series(crp("2026-11-01", 8))) == ""


def test_an_odd_unit_outside_the_window_is_not_mentioned():
    assert marker.unplaced_words(series(crp("2020-11-01", 8, unit="mg/dL"))) == ""


def test_a_limit_is_an_open_point():
    found = series(crp("2026-11-01", 4, comparator="<"), crp("2026-11-02", 8))
    assert [point.open for point in found.points] == [True, False]


def test_the_range_is_that_of_the_latest_point_that_has_one():
    found = series(
        crp("2026-11-01", 8, reference_high=10.0),
        crp("2026-11-02", 8, reference_high=5.0),
        crp("2026-11-03", 8, reference_high=None),
    )
    assert found.reference == (None, 5.0)


def test_a_series_without_any_range_has_none():
    assert series(crp("2026-11-01", 8, reference_high=None)).reference == (None, None)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([crp("2026-11-01", 8)], ""),
        ([], "No CRP recorded."),
        ([crp("2020-11-01", 8)], "No CRP in this period (last 1 Nov 2020)."),
        ([crp("2030-11-01", 8)], "No CRP in this period (next 1 Nov 2030)."),
    ],
)
def test_a_marker_without_a_point_says_when_there_was_one(events, said):
    assert marker.absent_words(series(*events)) == said


def test_the_measures_of_a_story_come_in_the_vocabularys_order():
    facts = Reading().facts(
        [
            result("platelets", "2026-11-01", 1),
            result("esr", "2020-01-01", 1),
            result("alt", "2026-11-01", None),
        ]
    )
    assert [measure.key for measure in marker.measures_in(facts)] == ["esr", "platelets"]


def test_a_value_known_by_its_month_lies_in_the_middle_of_it():
    facts = Reading(precision_of=lambda _event: "month").facts([crp("2026-11-01", 8)])
    [point] = marker.series_of("crp", facts, WINDOW).points
    assert abs(point.at - (at("2026-11-16") - at("1970-01-01")).total_seconds()) < 86_400
