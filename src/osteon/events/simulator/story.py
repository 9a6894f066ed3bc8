"""One patient's rows while they are being written: what falls after the cut-off or after death is left out."""

from __future__ import annotations

from typing import Final

CORE: Final = 0  # what the rules and the outcomes read
EXAMINED: Final = 1  # also what definitions ask: findings, joint fluid, histology
FULL: Final = 2  # also the rest of each panel, negative answers, every contact
MINUTES_PER_DAY: Final = 1440

# order in which columns are kept here: COLUMNS of the schema without subject_id, times in minutes since 1970,
# with the number of the row behind its time so that sorting is total
Row = tuple[
    int | None,  # time
    int,  # number of the row, the order in which the story was told
    int | None,  # end
    str,  # code
    float | None,  # numeric_value
    str | None,  # comparator
    str | None,  # unit
    str | None,  # text_value
    float | None,  # reference_low
    float | None,  # reference_high
    int | None,  # recorded_at
    str,  # source
    str | None,  # original
]


class Story:
    """Collects rows. The number of a row does not depend on ``detail``: core is a subset of full."""

    __slots__ = ("_count", "_prefix", "detail", "last", "rows", "until")

    def __init__(self, subject_id: int, detail: int, until: int | None) -> None:
        self.rows: list[Row] = []
        self.detail = detail
        self.until = until
        self.last: int | None = None  # the minute of death
        self._count = 0
        self._prefix = f"sim:{subject_id}/"

    def add(
        self,
        level: int,
        at: int | None,
        code: str,
        value: float | None = None,
        unit: str | None = None,
        text: str | None = None,
        *,
        end: int | None = None,
        known: int | None = None,
        low: float | None = None,
        high: float | None = None,
        comparator: str | None = None,
        original: str | None = None,
        source: str | None = None,
        number: int | None = None,
    ) -> str | None:
        """Adds one row and answers its source, or None when it is left out.

        ``number``: one reserved before. A row that names its own ``source`` needs no number of its own.
        """
        if number is None:
            number = self._count if source else self.reserve(1)
        if level > self.detail:
            return None
        recorded = at if known is None else known
        if not self._is_told(at, recorded):
            return None
        if end is not None:
            end = self._end(end)
        source = source or f"{self._prefix}{number}"
        self.rows.append(
            (at, number, end, code, value, comparator, unit, text, low, high, recorded, source, original)
        )
        return source

    def reserve(self, rows: int) -> int:
        """Keeps numbers for rows that this detail may leave out; answers the first."""
        first = self._count + 1
        self._count += rows
        return first

    def _is_told(self, at: int | None, recorded: int | None) -> bool:
        if self.last is not None and at is not None and at > self.last:
            return False
        known = recorded if recorded is not None else at
        return self.until is None or known is None or known <= self.until

    def _end(self, end: int) -> int | None:
        if self.last is not None and end > self.last:
            end = self.last
        return None if self.until is not None and end > self.until else end

    def in_order(self) -> list[Row]:
        """The rows by time, what has no time first; rows of one minute in the order they were told."""
        return sorted(self.rows, key=_place)


def _place(row: Row) -> tuple[int, int]:
    at = row[0]
    return (-(1 << 62) if at is None else at, row[1])
