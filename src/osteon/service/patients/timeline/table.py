"""The timeline as a table: every fact of the window, one row each, for those who cannot or will not see the drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy

from osteon.service.patients.timeline.facts import LANES, Fact
from osteon.service.patients.timeline.window import Window

PAGE_ROWS: Final = 500
USUAL_SORT: Final = "-when"
COLUMNS: Final = {
    "when": gettext_lazy("When"),
    "what": gettext_lazy("What"),
    "value": gettext_lazy("Value"),
    "source": gettext_lazy("Source"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One fact in words. ``remark`` holds the reference range, or a course's planned length."""

    when: str
    what: str
    value: str
    remark: str
    source: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one lane. ``total`` counts those on other pages too."""

    lane: str
    label: str
    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of a period, lane by lane, sorted inside each. ``page`` counts from 1."""

    period: Window
    groups: tuple[Group, ...]
    count: int
    sort: str
    page: int
    pages: int

    @property
    def rows(self) -> list[Row]:
        """All rows of this page, top to bottom."""
        return [row for group in self.groups for row in group.rows]

    def direction(self, column: str) -> str:
        """The ``aria-sort`` of a column."""
        if self.sort.lstrip("-") != column:
            return "none"
        return "descending" if self.sort.startswith("-") else "ascending"

    def next_sort(self, column: str) -> str:
        """What a column's heading asks for: this column, the other way round if it is in use."""
        return f"-{column}" if self.sort == column else column


def facts_in(facts: Iterable[Fact], period: Window) -> list[Fact]:
    """The facts of which any part lies in a period."""
    return [fact for fact in facts if fact.touches(period.start, period.end)]


def build_table(
    facts: Sequence[Fact], period: Window, sort: str = USUAL_SORT, page: int = 1, marker_label: str = ""
) -> Table:
    """The facts of a period as rows. An unknown ``sort`` is the usual one; ``page`` is held to what exists."""
    chosen = facts_in(facts, period)
    sort = sort if sort.lstrip("-") in COLUMNS else USUAL_SORT
    ordered = _ordered(chosen, sort)
    pages = max(1, -(-len(ordered) // PAGE_ROWS))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return Table(period, _groups(shown, ordered, marker_label), len(ordered), sort, page, pages)


def _ordered(facts: list[Fact], sort: str) -> list[Fact]:
    """Lane by lane from top to bottom; inside a lane by the column. Facts without a value stand last."""
    column, falling = sort.lstrip("-"), sort.startswith("-")
    by_column = sorted(facts, key=_SORT_KEYS[column], reverse=falling)
    if column == "value":
        by_column.sort(key=lambda fact: fact.event.numeric_value is None)
    return sorted(by_column, key=lambda fact: _LANE_ORDER[fact.lane])


_LANE_ORDER: Final = {key: place for place, key in enumerate(LANES)}
_SORT_KEYS: Final[dict[str, Callable[[Fact], object]]] = {
    "when": lambda fact: fact.time,
    "what": lambda fact: fact.what.casefold(),
    "value": lambda fact: (fact.event.numeric_value or 0.0, fact.value.casefold()),
    "source": lambda fact: fact.source,
}


def _groups(shown: list[Fact], everything: list[Fact], marker_label: str) -> tuple[Group, ...]:
    totals: dict[str, int] = {}
    for fact in everything:
        totals[fact.lane] = totals.get(fact.lane, 0) + 1
    rows: dict[str, list[Row]] = {}
    for fact in shown:
        rows.setdefault(fact.lane, []).append(row_of(fact))
    return tuple(
        Group(lane, _lane_label(lane, marker_label), totals[lane], tuple(listed))
        for lane, listed in rows.items()
    )


def _lane_label(lane: str, marker_label: str) -> str:
    return marker_label if lane == "marker" and marker_label else str(LANES[lane])


def row_of(fact: Fact) -> Row:
    """One fact in words."""
    remark = "; ".join(fact.remarks)
    return Row(fact.when, fact.what, fact.value, remark, fact.source, fact.href)
