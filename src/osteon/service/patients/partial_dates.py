"""Dates as medicine knows them: a day, a month, a year, or "about 1998". The precision is kept, never invented.

>>> str(parse_partial_date("March 2024"))
'March 2024'
>>> parse_partial_date("about 1998").precision
<Precision.ABOUT: 'about'>
>>> parse_partial_date("24/11/2026").date
datetime.date(2026, 11, 24)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.events.schema import EARLIEST, LATEST


class Precision(StrEnum):
    """How exactly a date is known. ``MINUTE`` is for moments only: a date never has it."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


class NotADate(ValueError):
    """The text is not a date that can be. ``str(error)`` tells the person what to write instead."""


HOW_TO_WRITE: Final = gettext_lazy("Write it like 24/11/2026, November 2026, 2026 or about 1998.")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date and how exactly it is known.

    ``date`` is the first day of what was said: 1 March 2024 for "March 2024", 1 January 1998 for "about 1998".

    Raises:
        NotADate: when the date is not the first day of its period, or lies before 1880 or after 2299.
    """

    date: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.precision is Precision.MINUTE:
            raise NotADate(_("A date has no minutes."))
        if not EARLIEST.date() <= self.date <= LATEST.date():
            raise NotADate(_refused(_("The year %(what)s cannot be right."), self.date.year))
        if self.date != _first_day(self.date, self.precision):
            raise NotADate(_("Its day or month says more than its precision."))

    @property
    def earliest(self) -> date:
        """The first day it can mean. "About" a year reaches into the year before."""
        if self.precision is Precision.ABOUT:
            return date(self.date.year - 1, 1, 1)
        return self.date

    @property
    def latest(self) -> date:
        """The last day it can mean. "About" a year reaches into the year after."""
        if self.precision is Precision.DAY:
            return self.date
        if self.precision is Precision.MONTH:
            return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])
        years = 1 if self.precision is Precision.ABOUT else 0
        return date(self.date.year + years, 12, 31)

    def __str__(self) -> str:
        return spoken(self.date, self.precision)

    def as_typed(self) -> str:
        """The form a person can type back: what a form shows when the date is edited."""
        return f"{self.date:%d/%m/%Y}" if self.precision is Precision.DAY else str(self)


def _refused(sentence: str, what: object) -> str:
    return f"{sentence % {'what': what}} {HOW_TO_WRITE}"


def spoken(when: date, precision: str) -> str:
    """A date said no more exactly than it is known: ``24 Nov 2026``, ``March 2024``, ``2024``, ``about 1998``.

    Always in English, so that it can be read back; pages say it in the reader's language with ``words.said``.
    """
    if precision == Precision.MONTH:
        return f"{when:%B %Y}"
    if precision == Precision.YEAR:
        return f"{when.year}"
    if precision == Precision.ABOUT:
        return f"about {when.year}"
    return f"{when.day} {when:%b %Y}"


def _first_day(when: date, precision: Precision) -> date:
    if precision is Precision.DAY:
        return when
    return when.replace(day=1) if precision is Precision.MONTH else when.replace(month=1, day=1)


_SPANISH = (
    "", "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_MONTHS: Final = {
    name.casefold(): number
    for names in (
        *(calendar.month_name, calendar.month_abbr, ("",) * 9 + ("Sept",)),
        *(_SPANISH, [name[:3] for name in _SPANISH], ("",) * 9 + ("setiembre",)),
    )
    for number, name in enumerate(names)
    if name
}
_SEPARATOR = r"\s*[/.\-\s]\s*"
_DAY_FIRST: Final = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?{_SEPARATOR}(\d{{1,2}}|[a-z]+\.?),?{_SEPARATOR}(\d+)"
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_MONTH_YEAR: Final = re.compile(rf"(\d{{1,2}}|[a-z]+\.?),?{_SEPARATOR}(\d+)")
_YEAR: Final = re.compile(r"\d+")
_ABOUT: Final = re.compile(
    r"(?:about|abt|around|approximately|approx|circa|ca|c|hacia|aproximadamente|aprox|~)[.\s]*(.+)"
)


def parse_partial_date(text: str) -> PartialDate:
    """Reads a date as a British or Spanish clinician types it, day first, and keeps how exactly it was said.

    Raises:
        NotADate: for anything else, for a day that does not exist, and for a year of two digits.
    """
    said = " ".join(word for word in text.casefold().split() if word not in ("de", "del"))
    about = _ABOUT.fullmatch(said) if not said[:1].isdigit() else None
    if about:
        return _about(about[1])
    iso = _ISO.fullmatch(said)
    if iso:
        return _built(iso[1], iso[2], iso[3])
    if match := _DAY_FIRST.fullmatch(said):
        return _built(match[3], match[2], match[1])
    if match := _MONTH_YEAR.fullmatch(said):
        return _built(match[2], match[1], None)
    if match := _YEAR.fullmatch(said):
        return _built(match[0], None, None)
    raise NotADate(_refused(_("“%(what)s” is not a date."), text.strip()))


def _about(rest: str) -> PartialDate:
    if not _YEAR.fullmatch(rest):
        raise NotADate(
            _("“About” goes with a year only. Write about 1998, or November 1998 without “about”.")
        )
    return PartialDate(_built(rest, None, None).date, Precision.ABOUT)


def _built(year_text: str, month_text: str | None, day_text: str | None) -> PartialDate:
    year = _year(year_text)
    month = 1 if month_text is None else _month(month_text)
    day = 1 if day_text is None else int(day_text)
    precision = Precision.DAY if day_text else Precision.MONTH if month_text else Precision.YEAR
    try:
        return PartialDate(date(year, month, day), precision)
    except NotADate:
        raise
    except ValueError:
        said = {"day": day, "month": calendar.month_name[month], "year": year}
        raise NotADate(_("There is no %(day)s %(month)s %(year)s.") % said) from None


def _year(text: str) -> int:
    if len(text) != 4:
        raise NotADate(_refused(_("Write the year with four digits, not “%(what)s”."), text))
    return int(text)


def _month(text: str) -> int:
    if text.isdigit():
        if not 1 <= int(text) <= 12:
            said = {"month": int(text)}
            raise NotADate(_("There is no month %(month)s. The day comes first: 24/11/2026.") % said)
        return int(text)
    if text.rstrip(".") not in _MONTHS:
        raise NotADate(_refused(_("“%(what)s” is not a month."), text))
    return _MONTHS[text.rstrip(".")]


def moment_of(when: PartialDate, clock: time | None, zone: tzinfo) -> tuple[datetime, Precision]:
    """The moment a fact is stored at, and its precision.

    With a clock time the date is local to ``zone``. Without one it is midnight UTC of the first day, which is
    the same civil day in London the whole year round.

    Raises:
        NotADate: when a clock time is given with a date less exact than a day.
    """
    if clock is None:
        return datetime.combine(when.date, time.min, tzinfo=UTC), when.precision
    if when.precision is not Precision.DAY:
        raise NotADate(_("A time of day needs an exact date."))
    return datetime.combine(when.date, clock, tzinfo=zone).astimezone(UTC), Precision.MINUTE


def date_of(moment: datetime, precision: str) -> PartialDate:
    """The date a stored moment stands for (``moment`` in local time when its precision is a minute)."""
    if precision == Precision.MINUTE:
        return PartialDate(moment.date())
    return PartialDate(moment.astimezone(UTC).date(), Precision(precision))


def age_on(birth: PartialDate, day: date) -> int:
    """Whole years lived on ``day``; from a partial birth date, the age if born on its first day."""
    had_birthday = (day.month, day.day) >= (birth.date.month, birth.date.day)
    return day.year - birth.date.year - (0 if had_birthday else 1)


def is_in_future(when: PartialDate, today: date) -> bool:
    """Whether no day it can mean has come yet."""
    return when.earliest > today + timedelta(0)
