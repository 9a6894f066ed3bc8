"""The one event stream: a patient's story as rows of one table.

A superset of the MEDS standard (Medical Event Data Standard 0.4: ``subject_id``, ``time``, ``code``,
``numeric_value``, ``text_value``). Whatever the source, rules, timelines, analytics and exports read
these rows and nothing else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

MOMENT: Final = pl.Datetime("us")  # always UTC, stored without a zone (docs/decisions/0004)

SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "subject_id": pl.Int64,
    "time": MOMENT,
    "end": MOMENT,
    "code": pl.String,
    "numeric_value": pl.Float64,
    "comparator": pl.String,
    "unit": pl.String,
    "text_value": pl.String,
    "reference_low": pl.Float64,
    "reference_high": pl.Float64,
    "recorded_at": MOMENT,
    "source": pl.String,
    "original": pl.String,
}
COLUMNS: Final = tuple(SCHEMA)
COMPARATORS: Final = ("<", "<=", ">", ">=")

EARLIEST: Final = datetime(1880, 1, 1)  # noqa: DTZ001 - the stream is UTC without a zone
LATEST: Final = datetime(2299, 12, 31)  # noqa: DTZ001 - research sets shift dates into the 2200s


class ImpossibleEvent(ValueError):
    """An event that cannot be true. ``str(error)`` is the reason a person reads in the report."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of one patient's story.

    Shapes and units:
        subject_id: the patient, a whole number; never an NHS number or another identifier.
        time: when it was true (UTC, no zone); ``None`` for what has no time (sex).
        end: when it ceased, for what lasts (a course, a line, a frame, an admission); ``None`` while it lasts.
        code: ``SYSTEM//code``, see ``codes.py``.
        numeric_value: a number in ``unit`` (UCUM). For a course: its planned length in days (``d``).
            For a finding: 1 present, 0 absent. For a specimen: how many isolates grew; ``None`` while pending.
        comparator: the laboratory reported a limit instead of a value: ``<`` ``<=`` ``>`` ``>=``.
        reference_low, reference_high: the laboratory's own range for this result, in ``unit``.
        recorded_at: when we came to know it; ``None`` where the source does not say.
        source: where the row came from, exact enough to find it again and to import it only once.
        original: code, value and unit as they were before mapping, when something was mapped.

    Raises:
        ImpossibleEvent: for a value, date or code that cannot be.
    """

    subject_id: int
    time: datetime | None
    code: str
    end: datetime | None = None
    numeric_value: float | None = None
    comparator: str | None = None
    unit: str | None = None
    text_value: str | None = None
    reference_low: float | None = None
    reference_high: float | None = None
    recorded_at: datetime | None = None
    source: str | None = None
    original: str | None = None

    def __post_init__(self) -> None:
        if not self.code or self.code != self.code.strip():
            raise ImpossibleEvent("the code is empty or has spaces around it")
        for moment in (self.time, self.end, self.recorded_at):
            if moment is not None:
                _check_moment(moment)
        if self.end is not None and (self.time is None or self.end < self.time):
            raise ImpossibleEvent("it ends before it starts")
        for number in (self.numeric_value, self.reference_low, self.reference_high):
            if number is not None and not math.isfinite(number):
                raise ImpossibleEvent("the value is not a finite number")
        if self.comparator is not None and self.comparator not in COMPARATORS:
            raise ImpossibleEvent(f"the comparator is not one of {' '.join(COMPARATORS)}")

    def as_row(self) -> tuple[object, ...]:
        """The event as a tuple in the order of ``COLUMNS``."""
        return tuple(getattr(self, column) for column in COLUMNS)


def _check_moment(moment: datetime) -> None:
    if moment.tzinfo is not None:
        raise ImpossibleEvent("the date carries a time zone; the stream is UTC without one")
    if not EARLIEST <= moment <= LATEST:
        raise ImpossibleEvent(f"the date {moment:%d %B %Y} is impossible")


def to_frame(events: list[Event]) -> pl.DataFrame:
    """Events as a typed Polars table with exactly the columns of ``SCHEMA``."""
    return pl.DataFrame([event.as_row() for event in events], schema=SCHEMA, orient="row")


def conform(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with some of the columns, brought to ``SCHEMA``: missing ones become null, types are cast.

    Raises:
        ValueError: when ``subject_id`` or ``code`` is missing.
    """
    for needed in ("subject_id", "code"):
        if needed not in frame.columns:
            raise ValueError(f"not an event table: it has no column {needed!r}")
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in SCHEMA.items()
    )
