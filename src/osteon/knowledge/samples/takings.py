"""Specimens of a patient's stream, put back together: what grew in each, and which were taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from osteon.events.schema import Event
from osteon.events.vocabulary import ORGANISM_BY_CODE, name_of
from osteon.knowledge.samples.agreement import COUNTING_KINDS, Agreement, Growth, Taken, agreements

SPECIMEN: Final = "OSTEON//specimen//"
ISOLATE: Final = "/isolate/"
_CATEGORIES: Final = frozenset("SIR")
OPERATIVE_KINDS: Final = frozenset({"tissue", "bone", "sonicate"})
# How long before an operation an aspirate still belongs to it: Osteon's own choice, no paper gives a number.
ASPIRATE_BEFORE: Final = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Isolate:
    """One organism of one specimen with the results that do not contradict one another."""

    event: Event
    antibiogram: frozenset[tuple[str, str]]

    @property
    def growth(self) -> Growth:
        return Growth(self.event.code, organism_name(self.event), self.antibiogram)

    def count(self, category: str) -> int:
        """How many drugs were reported in this category."""
        return sum(one == category for _, one in self.antibiogram)


@dataclass(frozen=True, slots=True)
class Specimen:
    """One specimen. ``event.numeric_value``: how many isolates grew; ``None`` while it is pending."""

    event: Event
    time: datetime
    isolates: tuple[Isolate, ...]

    @property
    def kind(self) -> str:
        return self.event.code.removeprefix(SPECIMEN)

    @property
    def label(self) -> str:
        return self.event.text_value or self.kind

    @property
    def is_pending(self) -> bool:
        return self.event.numeric_value is None and not self.isolates

    @property
    def grew(self) -> bool:
        return bool(self.isolates) or (self.event.numeric_value or 0) > 0

    @property
    def is_unnamed(self) -> bool:
        """Something grew and nobody says what."""
        return self.grew and not self.isolates

    def as_taken(self) -> Taken:
        """As the agreement rule reads it; the stream does not say whether instruments were separate."""
        key = f"{self.label}\0{self.event.source}"  # labels repeat; a specimen counts once all the same
        return Taken(key, self.kind, tuple(one.growth for one in self.isolates), is_final=not self.is_pending)


@dataclass(frozen=True)
class Taking:
    """Specimens of one day that count, and the aspirates that led to the operation of that day."""

    specimens: tuple[Specimen, ...]
    aspirates_before: tuple[Specimen, ...] = ()

    @property
    def time(self) -> datetime:
        return max(one.time for one in self.specimens)

    @property
    def is_operation(self) -> bool:
        return any(one.kind in OPERATIVE_KINDS for one in self.specimens)

    @property
    def pool(self) -> tuple[Specimen, ...]:
        """All specimens that may agree with one another."""
        return (*self.aspirates_before, *self.specimens)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Every species with how often it grew, the most frequent first."""
        return agreements([one.as_taken() for one in self.pool])

    @property
    def alike(self) -> tuple[int, int]:
        """The fewest and the most specimens that may agree: antibiograms missing, reports pending."""
        least = max((one.matched for one in self.agreements), default=0)
        most = max((one.possible for one in self.agreements), default=0)
        return least, most + sum(one.is_pending or one.is_unnamed for one in self.pool)

    @property
    def isolates(self) -> list[tuple[Specimen, Isolate]]:
        return [(specimen, isolate) for specimen in self.pool for isolate in specimen.isolates]


def organism_name(event: Event) -> str:
    """The organism's name; one that the vocabulary does not know carries it as its text."""
    known = event.code in ORGANISM_BY_CODE
    return name_of(event.code) if known or not event.text_value else event.text_value


def takings(events: Sequence[Event]) -> list[Taking]:
    """Every taking of specimens that count, the oldest first."""
    counting = [one for one in specimens(events) if one.kind in COUNTING_KINDS]
    days: dict[date, list[Specimen]] = defaultdict(list)
    for one in counting:
        days[one.time.date()].append(one)
    made = [Taking(tuple(found)) for _, found in sorted(days.items())]
    aspirates = [s for taking in made if not taking.is_operation for s in taking.specimens]
    return [_with_aspirates(taking, aspirates) for taking in made]


def _with_aspirates(taking: Taking, aspirates: Iterable[Specimen]) -> Taking:
    if not taking.is_operation:
        return taking
    first = min(one.time for one in taking.specimens)
    before = (one for one in aspirates if timedelta(0) < first - one.time <= ASPIRATE_BEFORE)
    return Taking(taking.specimens, tuple(before))


def specimens(events: Sequence[Event]) -> list[Specimen]:
    """Every specimen with its isolates, joined by their sources."""
    results: dict[str, list[Event]] = defaultdict(list)
    isolates: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.source and ISOLATE in event.source:
            whole, drug = event.source, event.code.startswith("SUSCEPTIBILITY//")
            key = whole.rpartition("/")[0] if drug else whole.partition(ISOLATE)[0]
            (results if drug else isolates)[key].append(event)
    return [
        Specimen(event, event.time, tuple(_isolate(one, results) for one in _of(event, isolates)))
        for event in events
        if event.code.startswith(SPECIMEN) and event.time is not None
    ]


def _of(specimen: Event, isolates: dict[str, list[Event]]) -> list[Event]:
    return isolates.get(specimen.source, []) if specimen.source else []


def _isolate(event: Event, results: dict[str, list[Event]]) -> Isolate:
    said: dict[str, set[str]] = defaultdict(set)
    for result in results.get(event.source or "", ()):
        said[result.code.rpartition("//")[2]].add(result.text_value or "")
    clear = {(agent, min(found)) for agent, found in said.items() if len(found) == 1 and found <= _CATEGORIES}
    return Isolate(event, frozenset(clear))
