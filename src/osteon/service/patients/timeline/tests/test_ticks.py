"""The time axis: ticks at local midnights that read well at every width."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.patients.timeline import moments
from osteon.service.patients.timeline.ticks import time_axis
from osteon.service.patients.timeline.window import EARLIEST_DAY, LATEST_DAY, Window

DIGIT = 7.0


def axis(first: str, last: str, width: float = 900):
    return time_axis(Window(date.fromisoformat(first), date.fromisoformat(last)), width, DIGIT)


def labels(ticks) -> list[str]:
    return [tick.label for tick in ticks]


def test_a_week_is_divided_into_days_with_their_weekday():
    week = axis("2026-11-23", "2026-11-29")
    assert labels(week.lower) == ["Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29"]
    assert labels(week.upper) == ["November 2026"]


def test_a_month_is_divided_into_days():
    assert labels(axis("2026-11-01", "2026-11-30").lower) == [str(day) for day in range(1, 31)]


def test_half_a_year_is_divided_into_weeks_that_begin_on_monday():
    half = axis("2026-06-01", "2026-11-30")
    assert {tick.day.weekday() for tick in half.lower} == {0}
    assert labels(half.upper)[:2] == ["June 2026", "July 2026"]


def test_half_a_year_on_a_phone_is_divided_into_months():
    phone = axis("2026-06-15", "2026-12-08", width=340)
    assert labels(phone.lower) == ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert labels(phone.upper) == ["2026"]


def test_three_years_are_divided_into_quarters():
    years = axis("2023-12-07", "2026-12-08")
    assert labels(years.lower)[:5] == ["Jan", "Apr", "Jul", "Oct", "Jan"]
    assert labels(years.upper) == ["2023", "2024", "2025", "2026"]


def test_a_life_is_divided_into_round_years():
    life = axis("1941-03-01", "2026-12-08")
    assert labels(life.lower) == [str(year) for year in range(1945, 2030, 5)]
    assert life.upper == ()


def test_the_border_of_a_month_is_strong():
    november = axis("2026-10-20", "2026-11-10")
    assert [tick.day for tick in november.lower if tick.strong] == [date(2026, 10, 20), date(2026, 11, 1)]


@pytest.mark.parametrize("change", ["2026-03-29", "2026-10-25"])
def test_days_are_ticked_at_local_midnight_when_the_clocks_change(change):
    day = date.fromisoformat(change)
    week = time_axis(Window(day - timedelta(days=3), day + timedelta(days=3)), 900, DIGIT)
    assert [moments.local(moments.start_of(tick.day)).hour for tick in week.lower] == [0] * 7
    steps = {round(b.at - a.at) for a, b in pairwise(week.lower)}
    assert steps == {86_400, 82_800 if day.month == 3 else 90_000}


@given(
    first=st.dates(EARLIEST_DAY, date(2290, 1, 1)),
    length=st.integers(7, 80_000),
    width=st.sampled_from([340.0, 600.0, 950.0]),
)
def test_ticks_stand_clear_of_each_other_in_every_window(first, length, width):
    window = Window(first, min(first + timedelta(days=length - 1), LATEST_DAY))
    division = time_axis(window, width, DIGIT)
    per_second = width / (window.bounds[1] - window.bounds[0])
    for one, following in pairwise(division.lower):
        assert (following.at - one.at) * per_second > len(one.label) * DIGIT * 0.75
    assert all(window.first <= tick.day <= window.last for tick in division.lower)
