"""A monitoring rule: what is due, what is out of range, what to do, and where that stands written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from osteon.rules.things import Drugs, Measured
from osteon.rules.tree import Condition, Node, OfMeasure, On

Level = Literal["amber", "red"]
Status = Literal["verified", "provisional"]

# opat.md (c), last row of the action thresholds: a result is overdue two days after it was due and
# urgent after four. A proposal, not a published figure: shown as such on every page that uses it.
OVERDUE_AFTER: Final = timedelta(days=2)
URGENT_AFTER: Final = timedelta(days=4)

# The marks of ../shared/reference and what they allow (design note, "References for builders").
VERIFIED_MARKS: Final = frozenset({"seen", "seenQ", "computed", "READY"})
PROVISIONAL_MARKS: Final = frozenset(
    {"seen*", "memory", "proposal", "derived", "local", "CONFIRM", "PARTIAL"}
)


class RuleMistake(ValueError):
    """A rule file that cannot be right. Raised when it is imported; the text names the rule."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication, product text or guideline."""

    key: str
    citation: str
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a reference a figure stands, and how sure we are that it stands there (``mark``)."""

    reference: Reference
    place: str
    mark: str = "seen"

    def __post_init__(self) -> None:
        if self.mark not in VERIFIED_MARKS | PROVISIONAL_MARKS:
            raise RuleMistake(f"{self.mark!r} is not a mark of the reference files")

    @property
    def status(self) -> Status:
        return "verified" if self.mark in VERIFIED_MARKS else "provisional"

    def __str__(self) -> str:
        remark = " (read as a page-numbered quotation)" if self.mark == "seenQ" else ""
        return f"{self.reference.citation}, {self.place}{remark}"


def status_of(sources: tuple[Source, ...]) -> Status:
    """Verified when at least one source was read for itself."""
    return "verified" if any(source.status == "verified" for source in sources) else "provisional"


@dataclass(frozen=True, slots=True)
class Clause:
    """One threshold. ``ask``: when it cannot be judged although there is a result, that itself is raised."""

    level: Level
    sentence: str
    condition: Condition
    source: tuple[Source, ...]
    ask: bool = True

    @property
    def status(self) -> Status:
        return status_of(self.source)

    @property
    def measure(self) -> Measured | None:
        """The measurement the clause is first of all about."""
        return next((n.measure for n in self.condition.walk() if isinstance(n, OfMeasure)), None)


def red(sentence: str, condition: Condition, *source: Source, ask: bool = True) -> Clause:
    """Same-day clinician."""
    return Clause("red", sentence, condition, source, ask)


def amber(sentence: str, condition: Condition, *source: Source, ask: bool = True) -> Clause:
    """Ring, and repeat within 72 hours."""
    return Clause("amber", sentence, condition, source, ask)


@dataclass(frozen=True, slots=True)
class Every:
    """A test that is due again ``interval`` after the last; at the start of treatment too if ``baseline``."""

    measure: Measured
    interval: timedelta
    baseline: bool
    source: tuple[Source, ...]

    @property
    def status(self) -> Status:
        return status_of(self.source)

    def words(self) -> str:
        start = "at the start and then " if self.baseline else ""
        return f"{self.measure.name} {start}every {self.interval.days} days"


def every(measure: Measured, *source: Source, days: float, baseline: bool = True) -> Every:
    """A test due every so many days while the rule applies."""
    return Every(measure, timedelta(days=days), baseline, source)


@dataclass(frozen=True)
class Monitoring:
    """One rule file. Everything a page, an alert, the manual or an engine needs is here or follows from it.

    Raises:
        RuleMistake: without examples, sources or identity; with a schedule but no course to count from.
    """

    id: str
    title: str
    applies: Condition
    say: str
    author: str
    checked_by: str
    reviewed_on: date
    next_review: date
    examples: str
    due: tuple[Every, ...] = ()
    out_of_range: tuple[Clause, ...] = ()
    remark: str = ""

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise RuleMistake(f"rule {self.id}: {'; '.join(problems)}")

    def _problems(self) -> Iterator[str]:
        if not (self.due or self.out_of_range):
            yield "it neither asks for a test nor judges one"
        if self.due and self.course is None:
            yield "a schedule counts from a course: applies must say on(...)"
        if not all(part.source for part in self.parts):
            yield "every schedule and threshold names its source"
        if self.next_review <= self.reviewed_on:
            yield "the next review lies before the last"
        if not self.examples.strip():
            yield "it has no examples"

    @property
    def parts(self) -> tuple[Every | Clause, ...]:
        """The schedules, then the thresholds."""
        return (*self.due, *self.out_of_range)

    @property
    def course(self) -> Drugs | None:
        """The drugs whose running course the rule counts from: the first ``on(...)`` of ``applies``."""
        return next((node.drugs for node in self.applies.walk() if isinstance(node, On)), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the rule, once, in reading order."""
        return tuple(dict.fromkeys(source for part in self.parts for source in part.source))

    @property
    def status(self) -> Status:
        """Verified when every schedule and threshold is; otherwise provisional."""
        return "verified" if all(part.status == "verified" for part in self.parts) else "provisional"

    def nodes(self) -> Iterator[Node]:
        """Every node of every tree of the rule."""
        yield from self.applies.walk()
        for clause in self.out_of_range:
            yield from clause.condition.walk()

    def clause_key(self, position: int) -> str:
        """A stable name for a threshold, for switches and alerts: ``red-1``, ``amber-1``, ``amber-2``."""
        clause = self.out_of_range[position]
        rank = sum(c.level == clause.level for c in self.out_of_range[: position + 1])
        return f"{clause.level}-{rank}"
