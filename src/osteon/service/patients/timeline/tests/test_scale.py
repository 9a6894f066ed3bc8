"""The value axis, and which of very many points are drawn."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.patients.timeline.scale import LOG_FROM_RATIO, can_be_log, nice_step, thinned, value_scale

values = st.lists(st.floats(-1e6, 1e6).map(lambda v: round(v, 3)), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("measured", "reference", "ticks"),
    [
        ([182, 60, 12, 4], (None, 5), (0, 50, 100, 150, 200)),
        ([4], (None, 5), (0, 2, 4, 6)),
        ([138, 141, 136], (133, 146), (130, 135, 140, 145, 150)),
        ([256, 410], (150, 400), (0, 200, 400, 600)),
        ([36.6, 39.1], (None, None), (36, 37, 38, 39, 40)),
        ([0], (None, None), (0, 0.25, 0.5, 0.75, 1)),
        ([100], (None, None), (90, 95, 100, 105, 110)),
        ([], (None, None), (0, 0.25, 0.5, 0.75, 1)),
        ([-3, 2], (None, None), (-4, -2, 0, 2)),
    ],
)
def test_an_axis_has_round_numbers_around_values_and_range(measured, reference, ticks):
    assert value_scale(measured, reference).ticks == ticks


def test_a_threshold_within_reach_is_on_the_axis():
    assert value_scale([80], (None, 5), [100]).high >= 100


def test_a_threshold_far_away_does_not_squash_the_values():
    assert value_scale([80, 120], (None, 200), [1000, 2000]).high < 1000


def test_a_logarithmic_axis_needs_values_fifty_times_apart():
    assert can_be_log([4, 201])
    assert not can_be_log([4, 200])
    assert not can_be_log([0, 500])
    assert not can_be_log([])
    assert LOG_FROM_RATIO == 50


def test_a_logarithmic_axis_runs_over_whole_decades():
    scale = value_scale([4, 391], (None, 5), log=True)
    assert (scale.ticks, scale.log) == ((1, 10, 100, 1000), True)
    assert scale.share(10) == pytest.approx(1 / 3)


def test_a_wish_for_a_logarithmic_axis_is_ignored_where_it_would_be_wrong():
    assert not value_scale([10, 20], log=True).log
    assert not value_scale([-5, 500], log=True).log


@given(measured=values, low=st.floats(0, 100) | st.none(), high=st.floats(100, 1e4) | st.none())
def test_every_value_lies_on_the_axis(measured, low, high):
    scale = value_scale(measured, (low, high))
    assert scale.low < scale.high
    assert 2 <= len(scale.ticks) <= 8
    slack = (scale.high - scale.low) * 1e-6
    assert all(scale.low - slack <= value <= scale.high + slack for value in measured)


@given(measured=values, one=st.floats(-1e6, 1e6), other=st.floats(-1e6, 1e6))
def test_a_higher_value_never_lies_lower(measured, one, other):
    scale = value_scale(measured)
    low, high = sorted([one, other])
    assert 0 <= scale.share(low) <= scale.share(high) <= 1


@given(st.floats(1e-6, 1e9))
def test_a_step_is_one_people_count_in(rough):
    step = nice_step(rough)
    assert step >= rough * (1 - 1e-8)
    assert step <= rough * 2.51
    assert round(step / 10 ** math.floor(math.log10(step) + 1e-9), 6) in (1, 2, 2.5, 5)


def column(point) -> int:
    return point[0]


def value(point) -> float:
    return point[1]


def test_up_to_three_hundred_points_are_all_drawn():
    points = [(0, n) for n in range(300)]
    assert thinned(points, column, value) == points


def test_of_a_crowded_column_first_lowest_highest_and_last_remain_in_order():
    points = [(0, 50), (0, 51), (0, 7), (0, 52), (0, 391), (0, 49), (0, 48)]
    assert thinned(points, column, value, limit=5) == [(0, 50), (0, 7), (0, 391), (0, 48)]


def test_a_sparse_column_keeps_everything_beside_a_crowded_one():
    sparse = [(0, 1), (0, 9), (0, 2)]
    crowded = [(1, 5)] * 400
    assert thinned([*sparse, *crowded], column, value)[:3] == sparse


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e3, 1e3)), min_size=31, max_size=60))
def test_no_peak_ever_vanishes(points):
    points = sorted(points, key=column)
    kept = thinned(points, column, value, limit=30)
    for place in {column(point) for point in points}:
        before = [value(point) for point in points if column(point) == place]
        after = [value(point) for point in kept if column(point) == place]
        assert (min(before), max(before)) == (min(after), max(after))
        assert (before[0], before[-1]) == (after[0], after[-1])
        assert len(after) <= 4
