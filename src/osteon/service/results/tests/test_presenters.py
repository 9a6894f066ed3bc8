"""Rows of results in words: what stands beside what, and what is said to be missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from osteon.service.results.models import Result, Specimen
from osteon.service.results.presenters import (
    ALWAYS_SHOWN,
    GROUPS,
    ResultRow,
    headlines,
    overview,
    result_words,
    rows_of,
    specimen_words,
)
from osteon.service.results.queries import Latest

NOW = timezone.now()
CRP, CK, HEIGHT = "LOINC//1988-5", "LOINC//2157-6", "LOINC//8302-2"


def result(value=24.0, code=CRP, unit="mg/L", days=1, **more):
    return Result(code=code, numeric_value=value, unit=unit, taken_at=NOW - timedelta(days=days), **more)


def latest(*results):
    return {one.measure.key: Latest(one, None) for one in results}


def shown(groups):
    return {row.measure.key: row for group in groups for row in group.rows}


def test_every_base_test_is_on_the_overview_even_without_a_result():
    rows = shown(overview({}, []))
    assert set(rows) == set(ALWAYS_SHOWN)
    assert all(row.latest is None for row in rows.values())


def test_what_a_running_drug_asks_for_is_shown_as_asked_for():
    rows = shown(overview({}, ["creatine-kinase", "crp"]))
    assert (rows["creatine-kinase"].is_monitored, rows["creatine-kinase"].latest) == (True, None)
    assert rows["crp"].is_monitored
    assert not rows["alt"].is_monitored


def test_a_measure_outside_the_groups_falls_under_other_measurements():
    groups = overview(latest(result(171, HEIGHT, "cm")), [])
    assert groups[-1].name == "Other measurements"
    assert [row.measure.key for row in groups[-1].rows] == ["height"]


def test_no_measure_stands_in_two_groups():
    keys = [key for _name, keys in GROUPS for key in keys]
    assert len(keys) == len(set(keys))


def test_the_headlines_put_what_a_drug_asks_for_first_and_stay_few():
    many = latest(*(result(code=code) for code in (CRP, CK, "LOINC//777-3", "LOINC//1742-6")))
    rows = headlines(many, ["creatine-kinase", "vancomycin-level"])
    assert [row.measure.key for row in rows][:3] == ["creatine-kinase", "vancomycin-level", "crp"]
    assert len(headlines(many, ["creatine-kinase"] * 20)) <= 8


def test_a_missing_crp_is_a_headline_and_other_missing_tests_are_not():
    assert [row.measure.key for row in headlines({}, [])] == ["crp"]


def test_each_value_stands_beside_the_number_before_it():
    words = result(None, text_value="haemolysed", days=2)
    rows = rows_of([result(24, days=1), words, result(30, days=3)], following=result(90, days=4))
    assert [row.direction.words for row in rows] == ["down from 30", "–", "down from 90"]


def test_the_first_value_of_all_has_nothing_before_it():
    assert [row.direction.words for row in rows_of([result()], None)] == ["first value"]


def test_values_in_different_units_are_not_compared():
    row = ResultRow(result(24, "X//1", "mg/L"), result(2.4, "X//1", "mg/dL"))
    assert (row.direction.arrow, row.direction.words) == ("", "cannot be compared")


@pytest.mark.parametrize(
    ("one", "value", "standing", "side"),
    [
        (result(24, reference_high=5), "24", "4.8 × upper limit", "above"),
        (result(4, comparator="<", reference_high=5), "<4", "within range", ""),
        (result(24), "24", "no range to compare with", ""),
        (result(None, text_value="pos"), "pos", "in words, not a number", ""),
        (result(24, reference_low=9, reference_high=3), "24", "no range to compare with", ""),
    ],
)
def test_a_row_says_its_value_and_where_it_lies(one, value, standing, side):
    row = ResultRow(one)
    assert (row.value, row.standing, row.side) == (value, standing, side)


def test_a_remark_stays_with_its_number():
    assert ResultRow(result(5.9, text_value="haemolysed")).remark == "haemolysed"
    assert ResultRow(result(None, text_value="haemolysed")).remark == ""


def test_a_version_says_what_it_said_and_in_which_state():
    assert result_words(result(24)) == "24 mg/L"
    assert result_words(result(24, entered_in_error_at=NOW)) == "24 mg/L (entered in error)"
    assert result_words(result(24, interpretation="Falling")) == "24 mg/L (interpreted: Falling)"
    pending = Specimen(kind="tissue", label="S1")
    assert specimen_words(pending) == "S1 · Deep tissue · Pending: nothing reported yet · growth not known"
