"""The judge's reading of one patient, node by node, with its unknowns."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest

from osteon.events.schema import Event
from osteon.rules.chart import MOST, Chart, Interval, compared, interval_of
from osteon.rules.language import (
    baseline,
    days,
    days_on,
    days_since,
    gap,
    happened,
    highest,
    known,
    latest,
    lowest,
    on,
    past_planned_stop,
    present,
    previous,
    upper_limit,
    without_planned_stop,
)
from osteon.rules.quantities import mg_per_L, ratio
from osteon.rules.things import drug, finding, measured
from osteon.rules.tree import Compare, Condition, Constant, Node

NOON = datetime(2026, 6, 1, 12)
CRP, CK = measured("crp"), measured("creatine-kinase")
DAPTOMYCIN = drug("daptomycin")
MUSCLE = finding("muscle-symptoms")


def crp(day: float, value: float | None, *, unit: str | None = "mg/L", sign: str | None = None) -> Event:
    return Event(1, NOON + timedelta(days=day), CRP.codes[0], numeric_value=value, unit=unit, comparator=sign)


def course(start: float, stop: float | None = None, planned: float | None = None) -> Event:
    end = None if stop is None else NOON + timedelta(days=stop)
    return Event(1, NOON + timedelta(days=start), DAPTOMYCIN.codes[0], end=end, numeric_value=planned)


def asked(day: float, value: float | None) -> Event:
    return Event(1, NOON + timedelta(days=day), MUSCLE.codes[0], numeric_value=value)


def value(node: Node, *events: Event) -> Interval | None:
    return Chart(events, NOON).value(node)


def truth(node: Condition, *events: Event) -> bool | None:
    return Chart(events, NOON).truth(node)


class TestLatest:
    def test_it_is_the_last_result_whatever_the_order_of_the_rows(self):
        assert value(latest(CRP), crp(-1, 8), crp(-9, 80), crp(-5, 40)) == (8, 8)

    def test_it_is_unknown_without_a_result(self):
        assert value(latest(CRP)) is None

    def test_a_result_of_the_future_does_not_count(self):
        assert value(latest(CRP), crp(-5, 40), crp(1, 8)) == (40, 40)

    def test_a_result_at_the_very_moment_counts(self):
        assert value(latest(CRP), crp(0, 8)) == (8, 8)

    def test_it_is_unknown_when_the_last_came_in_another_unit_and_not_the_one_before(self):
        assert value(latest(CRP), crp(-5, 40), crp(-1, 8, unit="mg/dL")) is None

    def test_it_is_unknown_when_the_last_has_no_number(self):
        assert value(latest(CRP), crp(-5, 40), crp(-1, None)) is None

    def test_two_results_at_one_moment_make_an_interval(self):
        assert value(latest(CRP), crp(-1, 8), crp(-1, 12)) == (8, 12)

    def test_an_unreadable_result_beside_a_readable_one_is_passed_over(self):
        assert value(latest(CRP), crp(-1, 8), crp(-1, 1, unit="mg/dL")) == (8, 8)

    def test_a_row_without_a_time_is_passed_over(self):
        timeless = Event(1, None, CRP.codes[0], numeric_value=5.0, unit="mg/L")
        assert value(latest(CRP), timeless) is None

    def test_every_code_of_the_measurement_counts(self):
        sensitive = Event(1, NOON, CRP.codes[1], numeric_value=3.0, unit="mg/L")
        assert value(latest(CRP), crp(-1, 8), sensitive) == (3, 3)


@pytest.mark.parametrize(
    ("sign", "low", "high"),
    [("<", 0, 3.999999996), ("<=", 0, 4), (">", 4.000000004, MOST), (">=", 4, MOST), (None, 4, 4)],
)
def test_a_limit_is_an_interval(sign, low, high):
    assert interval_of(crp(0, 4, sign=sign), "mg/L") == pytest.approx((low, high), rel=1e-12)


class TestOtherReadings:
    def test_previous_is_the_moment_before_the_last(self):
        assert value(previous(CRP), crp(-1, 8), crp(-1, 9), crp(-5, 40)) == (40, 40)

    def test_previous_is_unknown_with_one_result(self):
        assert value(previous(CRP), crp(-1, 8)) is None

    def test_the_upper_limit_is_that_of_the_last_result(self):
        with_limit = Event(1, NOON, CRP.codes[0], numeric_value=8.0, unit="mg/L", reference_high=5.0)
        assert value(upper_limit(CRP), crp(-5, 40), with_limit) == (5, 5)

    def test_the_upper_limit_is_unknown_when_only_an_older_result_had_one(self):
        older = Event(
            1, NOON - timedelta(days=5), CRP.codes[0], numeric_value=8.0, unit="mg/L", reference_high=5.0
        )
        assert value(upper_limit(CRP), older, crp(-1, 9)) is None

    @pytest.mark.parametrize("high", [0.0, -1.0])
    def test_an_upper_limit_of_nothing_is_unknown(self, high):
        event = Event(1, NOON, CRP.codes[0], numeric_value=8.0, unit="mg/L", reference_high=high)
        assert value(upper_limit(CRP), event) is None

    def test_days_since_counts_from_the_last_result(self):
        assert value(days_since(CRP), crp(-2.5, 8)) == (2.5, 2.5)

    def test_gap_lies_between_the_last_two(self):
        assert value(gap(CRP), crp(-1, 8), crp(-4, 9), crp(-9, 9)) == (3, 3)


class TestAroundACourse:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [(-17, 40), (-17.01, None), (-12, 40), (-9, 40), (-8.99, None)],
    )
    def test_baseline_is_from_seven_days_before_until_one_day_after_the_start(self, day, expected):
        found = value(baseline(CRP, DAPTOMYCIN), course(-10), crp(day, 40), crp(-1, 5))
        assert found == (None if expected is None else (expected, expected))

    def test_baseline_takes_the_last_of_several(self):
        assert value(baseline(CRP, DAPTOMYCIN), course(-10), crp(-12, 40), crp(-10, 50)) == (50, 50)

    def test_baseline_is_unknown_without_a_running_course(self):
        assert value(baseline(CRP, DAPTOMYCIN), course(-10, -3), crp(-10, 50)) is None

    def test_lowest_and_highest_count_from_the_start(self):
        rows = (course(-10), crp(-12, 1), crp(-10, 50), crp(-5, 9), crp(-1, 20))
        assert value(lowest(CRP, DAPTOMYCIN), *rows) == (9, 9)
        assert value(highest(CRP, DAPTOMYCIN), *rows) == (50, 50)

    def test_lowest_of_a_limit_and_a_number_is_an_interval(self):
        rows = (course(-10), crp(-5, 9), crp(-1, 4, sign="<="))
        assert value(lowest(CRP, DAPTOMYCIN), *rows) == (0, 4)

    def test_days_on_counts_from_the_first_running_course(self):
        assert value(days_on(DAPTOMYCIN), course(-10), course(-4)) == (10, 10)

    def test_days_on_ignores_a_course_that_ended(self):
        assert value(days_on(DAPTOMYCIN), course(-30, -20), course(-4)) == (4, 4)


class TestCourses:
    @pytest.mark.parametrize(
        ("stop", "running"), [(None, True), (1, True), (0.0001, True), (0, False), (-1, False)]
    )
    def test_on_is_until_the_moment_of_stopping(self, stop, running):
        assert truth(on(DAPTOMYCIN), course(-10, stop)) is running

    def test_on_is_no_and_never_unknown_without_a_course(self):
        assert truth(on(DAPTOMYCIN)) is False

    def test_a_course_that_starts_tomorrow_is_not_running(self):
        assert truth(on(DAPTOMYCIN), course(1)) is False

    @pytest.mark.parametrize(("planned", "past"), [(9, True), (10, False), (42, False), (None, False)])
    def test_past_planned_stop(self, planned, past):
        assert truth(past_planned_stop(DAPTOMYCIN), course(-10, planned=planned)) is past

    @pytest.mark.parametrize(("planned", "without"), [(None, True), (42, False)])
    def test_without_planned_stop(self, planned, without):
        assert truth(without_planned_stop(DAPTOMYCIN), course(-10, planned=planned)) is without

    def test_a_stopped_course_past_its_plan_is_no_matter(self):
        assert truth(past_planned_stop(DAPTOMYCIN), course(-60, -2, planned=9)) is False


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], None),
        ([(-1, 1.0)], True),
        ([(-1, 0.0)], False),
        ([(-1, 0.0), (-3, 1.0)], True),
        ([(-8, 1.0)], None),
        ([(-7, 1.0)], True),
        ([(-1, None)], None),
        ([(-8, 1.0), (-1, 0.0)], False),
    ],
)
def test_present_looks_back_over_its_window(answers, expected):
    assert truth(present(MUSCLE, within=days(7)), *(asked(d, v) for d, v in answers)) is expected


@pytest.mark.parametrize(
    ("when", "expected"), [([], False), ([-1], True), ([-7], True), ([-8], False), ([1], False)]
)
def test_happened_is_yes_or_no_over_its_window(when, expected):
    assert truth(happened(MUSCLE, within=days(7)), *(asked(day, None) for day in when)) is expected


class TestArithmetic:
    def test_a_ratio_to_nothing_is_unknown(self):
        assert value(latest(CRP) / previous(CRP), crp(-5, 0), crp(-1, 8)) is None

    def test_a_ratio_to_what_may_be_nothing_is_unknown(self):
        assert value(latest(CRP) / previous(CRP), crp(-5, 4, sign="<"), crp(-1, 8)) is None

    def test_a_difference_of_intervals_is_as_wide_as_both(self):
        found = value(latest(CRP) - previous(CRP), crp(-5, 4, sign="<="), crp(-1, 8), crp(-1, 10))
        assert found == (4, 10)

    def test_scaling_keeps_the_interval(self):
        assert value(2 * latest(CRP), crp(-1, 8), crp(-1, 10)) == (16, 20)

    def test_arithmetic_with_the_unknown_is_unknown(self):
        assert value(2 * latest(CRP)) is None
        assert value(latest(CRP) - previous(CRP), crp(-1, 8)) is None


@pytest.mark.parametrize("sign", [">", ">=", "<", "<="])
def test_comparing_intervals_agrees_with_comparing_every_number_in_them(sign):
    ends = [(1, 1), (1, 3), (2, 2), (2, 4), (3, 3), (3, 5)]
    signs = {
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
    }
    for left, right in product(ends, ends):
        outcomes = {signs[sign](a, b) for a in left for b in right}
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert compared(sign, Interval(*left), Interval(*right)) is expected, (left, sign, right)


def _known(answer: bool | None) -> tuple[Condition, tuple[Event, ...]]:
    """A condition on CRP or CK with a wanted answer is made from a constant comparison."""
    number = {True: 1.0, False: -1.0, None: None}[answer]
    if number is None:
        return latest(CK) > latest(CK), ()
    return Compare(">", Constant(number * ratio), Constant(0 * ratio)), ()


KLEENE_AND = {
    (True, True): True, (True, False): False, (True, None): None,
    (False, True): False, (False, False): False, (False, None): False,
    (None, True): None, (None, False): False, (None, None): None,
}  # fmt: skip
KLEENE_OR = {
    (True, True): True, (True, False): True, (True, None): True,
    (False, True): True, (False, False): False, (False, None): None,
    (None, True): True, (None, False): None, (None, None): None,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "expected"), KLEENE_AND.items())
def test_and_follows_kleene(pair, expected):
    left, right = (_known(answer)[0] for answer in pair)
    assert truth(left & right) is expected


@pytest.mark.parametrize(("pair", "expected"), KLEENE_OR.items())
def test_or_follows_kleene(pair, expected):
    left, right = (_known(answer)[0] for answer in pair)
    assert truth(left | right) is expected


@pytest.mark.parametrize(("answer", "expected"), [(True, False), (False, True), (None, None)])
def test_not_follows_kleene(answer, expected):
    assert truth(~_known(answer)[0]) is expected


def test_known_is_never_unknown():
    assert truth(known(latest(CRP))) is False
    assert truth(known(latest(CRP)), crp(-1, 8)) is True
    assert truth(known(latest(CRP)), crp(-1, 8, unit="mg/dL")) is False


def test_a_comparison_with_the_unknown_is_unknown():
    assert truth(latest(CRP) > 5 * mg_per_L) is None


def test_a_node_the_judge_does_not_know_is_an_error():
    class Strange(Node):
        pass

    with pytest.raises(TypeError, match="cannot read Strange"):
        value(Strange())
    with pytest.raises(TypeError, match="cannot read Strange"):
        Chart((), NOON).truth(Strange())
