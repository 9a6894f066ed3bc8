from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.patients.partial_dates import (
    NotADate,
    PartialDate,
    Precision,
    age_on,
    date_of,
    is_in_future,
    moment_of,
    parse_partial_date,
    spoken,
)

LONDON = ZoneInfo("Europe/London")

READ = [
    ("24/11/2026", date(2026, 11, 24), "day"),
    ("24.11.2026", date(2026, 11, 24), "day"),
    ("24-11-2026", date(2026, 11, 24), "day"),
    ("24 11 2026", date(2026, 11, 24), "day"),
    ("3/4/2026", date(2026, 4, 3), "day"),
    ("03/04/2026", date(2026, 4, 3), "day"),
    ("2026-11-24", date(2026, 11, 24), "day"),
    ("24 Nov 2026", date(2026, 11, 24), "day"),
    ("24 November 2026", date(2026, 11, 24), "day"),
    ("24th November 2026", date(2026, 11, 24), "day"),
    ("1st Sept. 2026", date(2026, 9, 1), "day"),
    ("24-Nov-2026", date(2026, 11, 24), "day"),
    ("  24   nov   2026 ", date(2026, 11, 24), "day"),
    ("29 February 2024", date(2024, 2, 29), "day"),
    ("24 de noviembre de 2026", date(2026, 11, 24), "day"),
    ("24 ene. 2026", date(2026, 1, 24), "day"),
    ("1 de setiembre del 2026", date(2026, 9, 1), "day"),
    ("agosto de 2024", date(2024, 8, 1), "month"),
    ("hacia 1998", date(1998, 1, 1), "about"),
    ("March 2024", date(2024, 3, 1), "month"),
    ("mar 2024", date(2024, 3, 1), "month"),
    ("MARCH, 2024", date(2024, 3, 1), "month"),
    ("03/2024", date(2024, 3, 1), "month"),
    ("2024-03", date(2024, 3, 1), "month"),
    ("2024", date(2024, 1, 1), "year"),
    (" 2024 ", date(2024, 1, 1), "year"),
    ("about 1998", date(1998, 1, 1), "about"),
    ("About 1998", date(1998, 1, 1), "about"),
    ("c. 1998", date(1998, 1, 1), "about"),
    ("c1998", date(1998, 1, 1), "about"),
    ("circa 1998", date(1998, 1, 1), "about"),
    ("approx. 1998", date(1998, 1, 1), "about"),
    ("~1998", date(1998, 1, 1), "about"),
    ("around 1998", date(1998, 1, 1), "about"),
]


@pytest.mark.parametrize(("text", "day", "precision"), READ)
def test_text_is_read_day_first_and_keeps_its_precision(text, day, precision):
    assert parse_partial_date(text) == PartialDate(day, Precision(precision))


REFUSED = [
    ("", "is not a date"),
    ("soon", "is not a date"),
    ("31/02/2026", "There is no 31 February 2026"),
    ("29/02/2023", "There is no 29 February 2023"),
    ("31 November 2026", "There is no 31 November 2026"),
    ("0/11/2026", "There is no 0 November 2026"),
    ("11/24/2026", "There is no month 24. The day comes first"),
    ("13/2024", "There is no month 13"),
    ("2026-13-01", "There is no month 13"),
    ("24/11/26", "four digits, not “26”"),
    ("March 24", "four digits, not “24”"),
    ("98", "four digits, not “98”"),
    ("about 98", "four digits, not “98”"),
    ("24 Foo 2026", "“foo” is not a month"),
    ("about March 2024", "goes with a year only"),
    ("about", "is not a date"),
    ("1066", "The year 1066 cannot be right"),
    ("24/11/1066", "The year 1066 cannot be right"),
    ("9999", "The year 9999 cannot be right"),
    ("24/11/2026 08:12", "is not a date"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_not_a_date_is_refused_with_what_to_write(text, why):
    with pytest.raises(NotADate, match=why.replace(".", r"\.")):
        parse_partial_date(text)


def test_error_says_how_to_write_it():
    with pytest.raises(NotADate, match=r"Write it like 24/11/2026, November 2026, 2026 or about 1998\."):
        parse_partial_date("yesterday")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24/11/2026", "24 Nov 2026"),
        ("3/2024", "March 2024"),
        ("2024", "2024"),
        ("c. 1998", "about 1998"),
    ],
)
def test_date_is_said_no_more_exactly_than_it_is_known(text, said):
    assert str(parse_partial_date(text)) == said


partial_dates = st.builds(
    lambda day, precision: PartialDate(
        day.replace(
            month=day.month if precision in (Precision.DAY, Precision.MONTH) else 1,
            day=day.day if precision is Precision.DAY else 1,
        ),
        precision,
    ),
    st.dates(date(1881, 1, 1), date(2298, 12, 31)),
    st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.ABOUT]),
)


@given(partial_dates)
def test_what_a_form_shows_is_read_back_as_the_same_date(when):
    assert parse_partial_date(when.as_typed()) == when
    assert parse_partial_date(str(when)) == when


@given(partial_dates)
def test_the_days_it_can_mean_surround_the_date(when):
    assert when.earliest <= when.date <= when.latest


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("24/11/2026", date(2026, 11, 24), date(2026, 11, 24)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("about 1998", date(1997, 1, 1), date(1999, 12, 31)),
    ],
)
def test_span_of_a_date_is_its_whole_period(text, earliest, latest):
    when = parse_partial_date(text)
    assert (when.earliest, when.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("day", "precision"),
    [
        (date(2024, 3, 2), Precision.MONTH),
        (date(2024, 3, 1), Precision.YEAR),
        (date(2024, 1, 2), Precision.ABOUT),
        (date(2024, 3, 2), Precision.MINUTE),
    ],
)
def test_date_that_says_more_than_its_precision_cannot_be_built(day, precision):
    with pytest.raises(NotADate):
        PartialDate(day, precision)


def test_moment_without_a_clock_is_the_same_civil_day_in_london_in_summer():
    moment, precision = moment_of(parse_partial_date("1/7/2026"), None, LONDON)
    assert (moment, precision) == (datetime(2026, 7, 1, tzinfo=UTC), Precision.DAY)
    assert moment.astimezone(LONDON).date() == date(2026, 7, 1)


def test_moment_with_a_clock_is_local_and_kept_in_utc():
    moment, precision = moment_of(parse_partial_date("1/7/2026"), time(8, 12), LONDON)
    assert (moment, precision) == (datetime(2026, 7, 1, 7, 12, tzinfo=UTC), Precision.MINUTE)


def test_clock_with_a_month_is_refused():
    with pytest.raises(NotADate, match="needs an exact date"):
        moment_of(parse_partial_date("July 2026"), time(8, 12), LONDON)


@given(partial_dates)
def test_date_of_a_stored_moment_is_the_date_that_was_given(when):
    assert date_of(*moment_of(when, None, LONDON)) == when


def test_date_of_a_moment_with_a_clock_is_its_local_day():
    late = datetime(2026, 7, 1, 0, 30, tzinfo=LONDON)
    assert date_of(late, Precision.MINUTE) == PartialDate(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("14/02/1959", date(2026, 2, 13), 66),
        ("14/02/1959", date(2026, 2, 14), 67),
        ("29/02/2000", date(2026, 2, 28), 25),
        ("29/02/2000", date(2026, 3, 1), 26),
        ("1968", date(2026, 6, 1), 58),
    ],
)
def test_age_is_whole_years_lived(born, day, age):
    assert age_on(parse_partial_date(born), day) == age


@pytest.mark.parametrize(
    ("text", "is_future"),
    [
        ("24/11/2026", False),
        ("25/11/2026", True),
        ("November 2026", False),
        ("2027", True),
        ("about 2027", False),
    ],
)
def test_future_is_what_cannot_have_come_yet(text, is_future):
    assert is_in_future(parse_partial_date(text), date(2026, 11, 24)) is is_future


def test_day_precision_of_a_datetime_is_spoken_like_a_date():
    assert spoken(date(2026, 11, 4), "minute") == "4 Nov 2026"
