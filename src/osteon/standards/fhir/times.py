"""FHIR dates and times as moments of the stream: UTC without a zone, keeping what was said when it says less.

``2019-03`` becomes 1 March 2019, midnight, and is handed on as ``said="2019-03"``; an event's ``original``
begins with it. A date of a whole day is midnight UTC of that day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from osteon.standards.fhir.shapes import Json, Refuse, obj, word

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?")
_SAID: Final = re.compile(r"(\d{4}(?:-\d{2})?)(?: \| .*)?", re.DOTALL)


class When(NamedTuple):
    """A moment; ``said`` holds a year or month as it was written; ``is_zoned`` whether the zone is known."""

    time: datetime
    said: str = ""
    is_zoned: bool = True


@lru_cache(maxsize=65536)
def when(text: str) -> When:
    """A FHIR date, dateTime or instant.

    Raises:
        Refuse: for a date that does not exist or is not written as FHIR writes dates.
    """
    try:
        if partial := _PARTIAL.fullmatch(text):
            return When(datetime(int(partial[1]), int(partial[2] or 1), 1), said=text)  # noqa: DTZ001
        if _DAY.fullmatch(text):
            return When(datetime.fromisoformat(text))
        if moment := _MOMENT.fullmatch(text):
            return _in_utc(datetime.fromisoformat(text), bool(moment[1]))
    except (ValueError, OverflowError):
        pass
    raise Refuse(f"the date {text[:40]!r} is impossible")


def _in_utc(moment: datetime, is_zoned: bool) -> When:
    if not is_zoned:
        return When(moment, is_zoned=False)
    return When(moment.astimezone(UTC).replace(tzinfo=None))


def time_of(holder: Json, *keys: str) -> When | None:
    """The first of the elements that is there. A key ``x.start`` reads the start of the period ``x``."""
    for key in keys:
        name, _, part = key.partition(".")
        text = word(obj(holder, name) or {}, part) if part else word(holder, name)
        if text:
            return when(text)
    return None


def birth_of(text: str) -> tuple[date | None, str]:
    """A birth date and its precision: day, month or year."""
    if not text:
        return None, "day"
    found = when(text)
    precision = {4: "year", 7: "month"}.get(len(found.said), "day")
    return found.time.date(), precision


def precision_of(original: str | None) -> str:
    """How exactly an event's time is known, from its ``original``: ``year``, ``month`` or ``minute``.

    >>> precision_of("2019-03 | LOINC//2160-0 1.2 mg/dL"), precision_of("2019"), precision_of(None)
    ('month', 'year', 'minute')
    """
    said = _SAID.fullmatch(original or "")
    if said is None:
        return "minute"
    return "year" if len(said[1]) == 4 else "month"
