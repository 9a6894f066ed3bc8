"""The table says everything the drawing says."""

from datetime import date

import pytest

from osteon.service.patients.timeline.facts import Reading
from osteon.service.patients.timeline.table import PAGE_ROWS, build_table
from osteon.service.patients.timeline.tests.stories import NOW, at, course, crp, event, limb_story, own
from osteon.service.patients.timeline.window import Window, default_window

USUAL = default_window(NOW, at("2026-07-14"))


def table(*events, period=USUAL, **wishes):
    return build_table(Reading(present=NOW, link_for=lambda e: e.source).facts(events), period, **wishes)


def test_a_row_says_when_what_value_range_and_source():
    [row] = table(crp("2026-11-24 08:12", 182)).rows
    assert (row.when, row.what, row.value, row.source) == (
        "Tue 24 Nov 2026, 08:12",
        "CRP",
        "182 mg/L",
        "laboratory",
    )
    assert row.remark == "reference below 5; 36.4 × upper limit"
    assert row.href == "record:results.result/crp-2026-11-24 08:12"


def test_every_fact_of_the_window_has_one_row():
    events = limb_story()
    inside = [one for one in events if one.time and one.time >= USUAL.start]
    assert table(*events).count == len(table(*events).rows) == len(inside)


def test_rows_are_grouped_by_lane_in_the_order_of_the_drawing():
    groups = [group.lane for group in table(*limb_story()).groups]
    assert groups[:3] == ["meetings", "operations", "cultures"]
    assert len(groups) == len(set(groups))


def test_a_group_says_how_many_rows_it_has():
    assert {
        group.label: group.total for group in table(crp("2026-11-01", 1), crp("2026-11-02", 2)).groups
    } == {"Other results": 2}


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("when", ["60 mg/L", "12 mg/L", "haemolysed", "30 mg/L"]),
        ("-when", ["30 mg/L", "haemolysed", "12 mg/L", "60 mg/L"]),
        ("value", ["12 mg/L", "30 mg/L", "60 mg/L", "haemolysed"]),
        ("-value", ["60 mg/L", "30 mg/L", "12 mg/L", "haemolysed"]),
        ("nonsense", ["30 mg/L", "haemolysed", "12 mg/L", "60 mg/L"]),
        ("-nonsense", ["30 mg/L", "haemolysed", "12 mg/L", "60 mg/L"]),
    ],
)
def test_a_table_is_sorted_as_asked_and_a_missing_value_stands_last(sort, values):
    rows = table(
        crp("2026-11-01", 60),
        crp("2026-11-02", 12),
        crp("2026-11-03", None, text_value="haemolysed"),
        crp("2026-11-04", 30),
        sort=sort,
    ).rows
    assert [row.value for row in rows] == values


def test_a_table_is_sorted_by_what_and_by_source():
    events = [
        own("imaging//mri", "2026-11-01", source="sim:1/1"),
        own("imaging//ct", "2026-11-02", source="fhir:X/1"),
    ]
    assert [row.what for row in table(*events, sort="what").rows] == ["CT", "MRI"]
    assert [row.what for row in table(*events, sort="-what").rows] == ["MRI", "CT"]
    assert [row.source for row in table(*events, sort="source").rows] == ["imported from FHIR X", "simulated"]


def test_a_column_in_use_offers_the_other_direction():
    falling = table(sort="-when")
    assert (falling.direction("when"), falling.next_sort("when")) == ("descending", "when")
    rising = table(sort="when")
    assert (rising.direction("when"), rising.next_sort("when")) == ("ascending", "-when")
    assert (rising.direction("what"), rising.next_sort("what")) == ("none", "what")


def test_a_period_lists_what_happened_and_what_lasted_through_it():
    period = Window(date(2026, 9, 25), date(2026, 9, 25))
    assert {row.what for row in table(*limb_story(), period=period).rows} == {
        "Ceftriaxone", "Rifampicin", "PICC", "Circular frame", "Frame: distraction",
    }  # fmt: skip


def test_a_period_of_one_day_ends_at_its_local_midnight():
    day = Window(date(2026, 7, 1), date(2026, 7, 1))
    events = [
        crp("2026-07-01 00:00", 1),
        crp("2026-07-01 23:59", 2),
        crp("2026-07-02 00:00", 3),
        crp("2026-06-30 23:59", 4),
    ]
    assert sorted(row.value for row in table(*events, period=day).rows) == ["1 mg/L", "2 mg/L"]


def test_a_long_table_is_cut_into_pages_and_counts_all():
    events = [crp(at("2026-09-01"), 1.0, source=f"n{n}") for n in range(PAGE_ROWS + 30)]
    first, second, beyond = (table(*events, page=page) for page in (1, 2, 99))
    assert (len(first.rows), len(second.rows), first.pages, first.count) == (PAGE_ROWS, 30, 2, PAGE_ROWS + 30)
    assert beyond.page == 2
    assert first.groups[0].total == PAGE_ROWS + 30


def test_an_empty_period_has_one_empty_page():
    empty = table()
    assert (empty.count, empty.pages, empty.groups) == (0, 1, ())


def test_the_table_lists_units_nobody_knows_and_results_in_words():
    rows = table(crp("2026-11-01", 1.8, unit="mg/dL"), crp("2026-11-02", None, text_value="haemolysed")).rows
    assert {row.value for row in rows} == {"1.8 mg/dL", "haemolysed"}


def test_a_course_says_from_when_to_when():
    [row] = table(course("rifampicin", "2026-11-01", "2026-11-08", "450 mg oral", 7)).rows
    assert (row.when, row.remark) == ("Sun 1 Nov 2026 to Sun 8 Nov 2026", "planned 7 days")


def test_facts_without_a_date_have_no_row():
    assert table(event("GENDER//F", None)).count == 0
