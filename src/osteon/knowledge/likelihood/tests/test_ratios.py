"""The published figures, and what a chain of tests makes of a probability."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from osteon.events.vocabulary.questions import QUESTIONS
from osteon.knowledge.likelihood import CALCULATIONS
from osteon.knowledge.likelihood.figures import TESTS, Contradiction, Ends, _test
from osteon.knowledge.likelihood.ratios import probability_after
from osteon.rules.calculation import CannotCalculate, answer_calculation, sums_of
from osteon.rules.examples import DAY_ZERO
from osteon.rules.given import given
from osteon.rules.monitoring import PROVISIONAL_MARKS, VERIFIED_MARKS

WORKED = [(calculation, row) for calculation in CALCULATIONS for row in sums_of(calculation)]


@pytest.mark.parametrize(
    ("calculation", "row"), WORKED, ids=lambda part: getattr(part, "name", None) or part.id
)
def test_every_worked_example_keeps_its_promises(calculation, row):
    assert row.promises
    assert row.broken(calculation) == []


def test_every_row_is_a_question_and_asked_in_exactly_one_calculation():
    asked = [key for calculation in CALCULATIONS for key in calculation.takes if key != "independent"]
    assert sorted(asked) == sorted(TESTS)
    assert all(QUESTIONS[key].kind == "yes-no" and QUESTIONS[key].name == TESTS[key].name for key in TESTS)


def test_every_row_has_a_source_a_mark_and_a_ratio_that_points_the_right_way():
    for test in TESTS.values():
        assert test.reference
        assert test.mark in VERIFIED_MARKS | PROVISIONAL_MARKS, test.key
        if test.positive and test.negative and test.key != "native_fever":
            assert test.negative.value < 1 < test.positive.value, test.key
        for ends in filter(None, (test.positive, test.negative)):
            assert 0 < ends.low <= ends.value <= ends.high < 1000, test.key


def test_fever_speaks_against_septic_arthritis_as_printed():
    assert TESTS["native_fever"].positive == Ends(0.67, 0.43, 1.0)


def row(**cells):
    blank = dict.fromkeys(
        ["subject", "key", "test", "family", "name", "sensitivity", "specificity", "lr_positive", "lr_negative",
         "counts", "reference", "mark", "note"], "",
    )  # fmt: skip
    return blank | cells


def test_a_test_worse_than_chance_is_refused_as_a_misprint():
    with pytest.raises(Contradiction):
        _test(row(key="zhao_crp", sensitivity="45", specificity="7.9"))


def test_ratios_stay_unrounded_and_the_papers_own_ratio_goes_before_the_derived():
    derived = _test(row(sensitivity="95.6", specificity="80.7"))
    assert derived.negative.value == pytest.approx(0.044 / 0.807)
    printed = _test(row(sensitivity="67", specificity="90", lr_positive="6.48"))
    assert printed.positive.value == 6.48
    assert printed.negative.value == pytest.approx(0.33 / 0.9)


def test_the_ends_of_a_derived_ratio_come_from_the_worse_and_the_better_ends_of_both_shares():
    found = _test(row(sensitivity="87 (75-93)", specificity="83 (65-93)"))
    assert found.positive == pytest.approx(Ends(0.87 / 0.17, 0.75 / 0.35, 0.93 / 0.07))
    assert found.negative == pytest.approx(Ends(0.13 / 0.83, 0.07 / 0.93, 0.25 / 0.65))


def test_no_false_positive_gives_a_large_ratio_and_not_an_infinite_one():
    found = _test(row(counts="27/4/0/14"))
    assert found.positive.value == pytest.approx((27.5 / 32) / (0.5 / 15))


def test_counts_without_a_zero_are_taken_as_they_are():
    found = _test(row(counts="26/13/1/56"))
    assert found.positive.value == pytest.approx((26 / 39) / (1 / 57))


def test_without_any_test_nothing_is_computed():
    with pytest.raises(CannotCalculate, match="no test"):
        list(probability_after("joint")({"pretest": 30.0, "independent": 1.0}))


def test_an_unknown_population_cannot_be_declared():
    with pytest.raises(AssertionError):
        probability_after("shoulder")


@pytest.mark.parametrize("pretest", ["0", "100", "-3", "140"])
def test_a_probability_that_leaves_no_room_is_refused(pretest):
    with pytest.raises(ValueError, match="pretest"):
        given([("pretest", pretest)], DAY_ZERO)


def test_a_limit_is_no_number_to_calculate_with():
    joint = next(one for one in CALCULATIONS if one.id == "likelihood-joint")
    events = given([("pretest", "<30"), ("pji_gram", "yes")], DAY_ZERO)
    assert "not a limit" in answer_calculation(joint, events, DAY_ZERO).refused


def test_each_step_is_shown_with_its_ratio_and_paper():
    foot = next(one for one in CALCULATIONS if one.id == "likelihood-foot")
    events = given([("pretest", "15"), ("ptb_lam", "yes"), ("foot_xray_llewellyn", "no")], DAY_ZERO)
    found = answer_calculation(foot, events, DAY_ZERO)
    assert [figure.key for figure in found.figures] == [
        "pretest",
        "ptb_lam",
        "foot_xray_llewellyn",
        "post_test",
    ]
    assert "ratio 5.12 (2.14 to 13.3), Lam 2016" in found.figures[1].note
    assert found.figures[-1].value < found.figures[1].value
    assert found.as_dict()["figures"][-1]["key"] == "post_test"


def test_every_printed_row_of_the_table_is_kept():
    with files("osteon.knowledge.likelihood").joinpath("tests.csv").open(encoding="utf-8") as lines:
        assert len(list(csv.DictReader(lines))) == len(TESTS)
