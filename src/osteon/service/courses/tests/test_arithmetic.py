"""Days of a course: off-by-one is a dose too many or too few."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.courses.arithmetic import Phase, Span, day_in_words, days_between, days_in_words, last_day

START = date(2026, 1, 1)
SIX_WEEKS = Span(START, planned_stop=date(2026, 2, 11))


def test_six_weeks_from_new_year_end_on_the_eleventh_of_february():
    assert SIX_WEEKS.planned_days == 42
    assert last_day(START, 42) == date(2026, 2, 11)


@pytest.mark.parametrize(
    ("today", "phase", "words"),
    [
        (date(2025, 12, 30), Phase.PLANNED, "starts in 2 days"),
        (date(2025, 12, 31), Phase.PLANNED, "starts in 1 day"),
        (START, Phase.RUNNING, "day 1 of 42"),
        (date(2026, 1, 19), Phase.RUNNING, "day 19 of 42"),
        (date(2026, 2, 11), Phase.RUNNING, "day 42 of 42"),
        (date(2026, 2, 12), Phase.OVER, "day 43, planned 42"),
    ],
)
def test_a_course_says_its_day(today, phase, words):
    assert SIX_WEEKS.phase(today) is phase
    assert day_in_words(SIX_WEEKS, today) == words


def test_the_last_planned_day_is_not_over_and_the_next_one_is():
    assert SIX_WEEKS.days_over(date(2026, 2, 11)) == 0
    assert SIX_WEEKS.days_left(date(2026, 2, 11)) == 0
    assert SIX_WEEKS.days_over(date(2026, 2, 12)) == 1
    assert SIX_WEEKS.days_left(date(2026, 2, 1)) == 10


def test_a_course_without_a_plan_says_so():
    span = Span(START)
    assert span.planned_days is None
    assert span.days_left(START) is None
    assert span.days_over(date(2030, 1, 1)) == 0
    assert span.phase(START) is Phase.UNPLANNED
    assert day_in_words(span, date(2026, 1, 19)) == "day 19, no planned stop"


def test_a_stopped_course_is_never_over():
    span = Span(START, planned_stop=date(2026, 1, 10), stopped=date(2026, 1, 30))
    assert (span.phase(date(2026, 3, 1)), span.days_over(date(2026, 3, 1))) == (Phase.STOPPED, 0)
    assert span.days_left(date(2026, 1, 5)) is None
    assert day_in_words(span, date(2026, 3, 1)) == "ran 30 days"


def test_a_course_of_one_day_is_one_day():
    assert days_between(START, START) == 1
    assert day_in_words(Span(START, stopped=START), START) == "ran 1 day"


@pytest.mark.parametrize(
    ("length", "end"), [(1, START), (0, START), (0.2, START), (1.5, date(2026, 1, 2)), (2, date(2026, 1, 2))]
)
def test_part_of_a_day_is_a_day(length, end):
    assert last_day(START, length) == end


@given(st.integers(1, 4000))
def test_length_and_last_day_are_each_others_inverse(days):
    assert Span(START, last_day(START, days)).planned_days == days


@given(st.integers(0, 400))
def test_days_left_and_days_over_are_never_both_more_than_none(offset):
    today = START + timedelta(days=offset)
    assert not (SIX_WEEKS.days_left(today) and SIX_WEEKS.days_over(today))


def test_a_count_agrees_with_its_noun():
    assert [days_in_words(n) for n in (0, 1, 2, 1200)] == ["0 days", "1 day", "2 days", "1,200 days"]
