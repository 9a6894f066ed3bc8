"""Moments of the stream (UTC without a zone) in the unit's own time zone, as positions and as words."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext as _

EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the stream is UTC without a zone
DAY_SECONDS: Final = 86_400.0
NEVER: Final = datetime(1, 1, 1)  # noqa: DTZ001 - sorts facts without a time first


def seconds(moment: datetime) -> float:
    """Seconds since 1970: the one number line everything is drawn on, whatever the clocks do."""
    return (moment - EPOCH).total_seconds()


def local(moment: datetime) -> datetime:
    """The moment on the unit's clock."""
    return moment.replace(tzinfo=UTC).astimezone(timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    """The day it was in the unit."""
    return local(moment).date()


def start_of(day: date) -> datetime:
    """Local midnight at which a day begins, in UTC without a zone. Days of 23 and 25 hours included."""
    midnight = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
    return midnight.astimezone(UTC).replace(tzinfo=None)


def months_later(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def span_of(moment: datetime, precision: str) -> tuple[datetime, datetime]:
    """The first and last moment that a date of this precision can mean; equal when it is exact.

    ``precision`` is ``minute``, ``day``, ``month``, ``year`` or ``about`` (a year either side).
    """
    first = moment.date()
    if precision == "month":
        first = first.replace(day=1)
        return start_of(first), start_of(months_later(first, 1))
    if precision in ("year", "about"):
        reach = 1 if precision == "about" else 0
        return start_of(date(first.year - reach, 1, 1)), start_of(date(first.year + reach + 1, 1, 1))
    return moment, moment


def has_clock(moment: datetime) -> bool:
    """Whether a time of day is known: a date alone is kept as midnight, in UTC or on the unit's clock."""
    return moment.time() != time.min and local(moment).time() != time.min


def language_now() -> str:
    """The reader's language. Asking costs more than a cached word, so it is asked once per timeline."""
    return get_language() or "en"


@lru_cache(maxsize=8192)
def spoken(moment: datetime, precision: str, language: str) -> str:
    """``Tue 24 Nov 2026, 08:12``; without the clock when only the day is known; ``Nov 2026``; ``2026``.

    ``language`` is the active one (``language_now``): it keeps the cache apart.
    """
    if precision in ("year", "about"):
        return _("about %(year)s") % {"year": moment.year} if precision == "about" else str(moment.year)
    if precision == "month":
        return f"{month_name(moment.month)} {moment.year}"
    if precision != "minute" and not has_clock(moment):
        return spoken_day(civil_day(moment))
    here = local(moment)
    return f"{spoken_day(here.date())}, {here:%H:%M}"


def civil_day(moment: datetime) -> date:
    """The day a stored date stands for: midnight UTC is that day in UTC, anything else the local day."""
    return moment.date() if moment.time() == time.min else day_of(moment)


def spoken_day(day: date) -> str:
    """``Tue 24 Nov 2026``."""
    return f"{weekday_name(day.weekday())} {plain_day(day)}"


def plain_day(day: date) -> str:
    """``24 Nov 2026``."""
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """``24 Nov``."""
    return f"{day.day} {month_name(day.month)}"


def spoken_period(first: date, last: date) -> str:
    """``1 Sep to 8 Dec 2026``; the year twice where it differs; one day alone."""
    if first == last:
        return spoken_day(first)
    start = short_day(first) if first.year == last.year else plain_day(first)
    return _("%(first)s to %(last)s") % {"first": start, "last": plain_day(last)}


def month_name(month: int) -> str:
    """``Nov`` in English, ``nov`` where months are written small."""
    return _months(language_now())[month]


def long_month_name(month: int) -> str:
    """``November``."""
    return str(MONTHS[month])


def weekday_name(weekday: int) -> str:
    """``Tue``; Monday is 0."""
    return _weekdays(language_now())[weekday]


@lru_cache(maxsize=8)
def _months(language: str) -> dict[int, str]:
    return {number: _in_case(str(name), language) for number, name in MONTHS_3.items()}


@lru_cache(maxsize=8)
def _weekdays(language: str) -> dict[int, str]:
    return {number: _in_case(str(name), language) for number, name in WEEKDAYS_ABBR.items()}


def _in_case(name: str, language: str) -> str:
    return name.title() if language.startswith("en") else name
