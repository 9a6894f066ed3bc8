"""Times: stored in UTC, read in London, as exact as they are known."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from osteon.service.patients.timeline import moments
from osteon.service.patients.timeline.tests.stories import at


@pytest.mark.parametrize(
    ("moment", "precision", "said"),
    [
        (at("2026-11-24 08:12"), "day", "Tue 24 Nov 2026, 08:12"),
        (at("2026-07-24 08:12"), "day", "Fri 24 Jul 2026, 08:12"),
        (at("2026-11-24"), "day", "Tue 24 Nov 2026"),
        (at("2026-07-24"), "day", "Fri 24 Jul 2026"),
        (at("2026-07-24 00:00"), "day", "Fri 24 Jul 2026"),
        (at("2026-07-24"), "minute", "Fri 24 Jul 2026, 01:00"),
        (at("2026-03-01"), "month", "Mar 2026"),
        (at("1998-01-01"), "year", "1998"),
        (at("1998-01-01"), "about", "about 1998"),
    ],
)
def test_a_moment_is_said_as_exactly_as_it_is_known(moment, precision, said):
    assert moments.spoken(moment, precision, "en-gb") == said


def test_a_moment_is_said_in_the_readers_language():
    with override("es"):
        assert moments.spoken(at("2026-11-24 08:12"), "day", "es") == "mar 24 nov 2026, 08:12"


def test_the_cache_of_spoken_moments_keeps_languages_apart():
    english = moments.spoken(at("2026-01-05"), "day", "en-gb")
    with override("es"):
        spanish = moments.spoken(at("2026-01-05"), "day", "es")
    assert (english, spanish) == ("Mon 5 Jan 2026", "lun 5 ene 2026")


def test_a_day_begins_at_local_midnight_summer_and_winter():
    assert moments.start_of(date(2026, 7, 1)) == datetime(2026, 6, 30, 23)
    assert moments.start_of(date(2026, 12, 1)) == datetime(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 1), 24)]
)
def test_a_day_is_as_long_as_the_clocks_make_it(day, hours):
    following = date.fromordinal(day.toordinal() + 1)
    length = moments.seconds(moments.start_of(following)) - moments.seconds(moments.start_of(day))
    assert length == hours * 3600


def test_a_late_evening_in_summer_belongs_to_its_own_day():
    assert moments.day_of(at("2026-06-30 23:30")) == date(2026, 6, 30)


def test_a_date_without_a_clock_keeps_its_day_in_summer():
    assert moments.civil_day(at("2026-07-24")) == date(2026, 7, 24)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", "2026-03-01", "2026-03-01"),
        ("minute", "2026-03-01", "2026-03-01"),
        ("month", "2026-03-01", "2026-04-01 00:00"),
        ("year", "2026-01-01", "2027-01-01"),
        ("about", "2025-01-01", "2028-01-01"),
    ],
)
def test_the_span_of_a_date_is_what_it_can_mean(precision, first, last):
    assert moments.span_of(at("2026-03-01"), precision) == (at(first), at(last))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_holds_to_the_month(day, months, then):
    assert moments.months_later(day, months) == then


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 9, 1), date(2026, 12, 8), "1 Sep to 8 Dec 2026"),
        (date(2025, 9, 1), date(2026, 12, 8), "1 Sep 2025 to 8 Dec 2026"),
        (date(2026, 11, 24), date(2026, 11, 24), "Tue 24 Nov 2026"),
    ],
)
def test_a_period_is_said_without_repeating_its_year(first, last, said):
    assert moments.spoken_period(first, last) == said
