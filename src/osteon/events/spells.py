"""From single orders and doses to the spells during which a drug was given.

Hospitals write starts and stops as separate rows, late, twice, or not at all. These decisions add no day of
treatment that the source does not show:

- Two spells of one drug belong together when the second begins at most 24 hours after the first ended
  (a new order, a change of dose or ward). Single doses are allowed 36 hours between them, because a drug
  given once a day is not given on the stroke. Drugs given less often than daily come out as several spells.
- A stop ends the latest order of the drug that is still open. An order does not stay open beyond the stay it
  was written in (and a day, for stops written after the patient has left), so that one whose stop was never
  written is not stretched to the stop of another, years later.
- A stop while no order is open cancels an order that was to begin within the next 24 hours. Otherwise it
  tells us nothing. Both are counted.
- A start without a stop lasts, unless something later contradicts it (a stop of the same drug, a discharge
  from hospital, death). It then ends at the first of these.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from osteon.events.schema import LATEST

JOIN: Final = timedelta(hours=24)
DAILY_DOSES: Final = timedelta(hours=36)


class Spell(NamedTuple):
    """A stretch of time; ``end`` is ``None`` while it lasts. ``source`` is the row it began with."""

    start: datetime
    end: datetime | None
    source: str


class Paired(NamedTuple):
    """Starts matched to stops; how many stops were left over, and how many starts were cancelled."""

    spells: list[Spell]
    stops_alone: int
    cancelled: int


def paired(
    starts: Iterable[tuple[datetime, str]], stops: Iterable[datetime], ends_of_stays: Sequence[datetime] = ()
) -> Paired:
    """Orders and their ends as spells. Times in any order; a start without a stop gives an open spell."""
    pairing = _Pairing(sorted(ends_of_stays))
    moments = [(start, 0, source) for start, source in starts] + [(stop, 1, "") for stop in stops]
    for moment, is_stop, source in sorted(moments):
        if is_stop:
            pairing.stop(moment)
        else:
            pairing.start(moment, source)
    return pairing.result()


class _Pairing:
    """The orders of one drug that are open as time goes by."""

    def __init__(self, ends_of_stays: list[datetime]) -> None:
        self.ends_of_stays = ends_of_stays
        self.open: list[tuple[datetime, str]] = []
        self.spells: list[Spell] = []
        self.waiting: deque[datetime] = deque()
        self.stops_alone = self.cancelled = 0

    def start(self, moment: datetime, source: str) -> None:
        self._forget_stops(moment - JOIN)
        if self.waiting:
            self.waiting.popleft()
            self.cancelled += 1
        else:
            self.open.append((moment, source))

    def stop(self, moment: datetime) -> None:
        if self.open and moment <= self._limit(self.open[-1][0]):
            start, source = self.open.pop()
            self.spells.append(Spell(start, moment, source))
        else:
            self.waiting.append(moment)

    def result(self) -> Paired:
        self._forget_stops(LATEST)
        spells = [*self.spells, *(Spell(start, None, source) for start, source in self.open)]
        return Paired(sorted(spells, key=lambda spell: spell.start), self.stops_alone, self.cancelled)

    def _forget_stops(self, before: datetime) -> None:
        while self.waiting and self.waiting[0] < before:
            self.waiting.popleft()
            self.stops_alone += 1

    def _limit(self, start: datetime) -> datetime:
        place = bisect_left(self.ends_of_stays, start)
        return self.ends_of_stays[place] + JOIN if place < len(self.ends_of_stays) else LATEST


def closed(spell: Spell, contradictions: Sequence[datetime]) -> Spell:
    """An open spell, ended at the first moment that contradicts it; a closed one unchanged."""
    if spell.end is not None:
        return spell
    return spell._replace(
        end=min((moment for moment in contradictions if moment > spell.start), default=None)
    )


def joined(spells: Iterable[Spell], gap: timedelta = JOIN) -> list[Spell]:
    """Overlapping and neighbouring spells as one, oldest first; each keeps the source of its first part."""
    out: list[Spell] = []
    for spell in sorted(spells, key=lambda s: (s.start, s.end is None, s.end or s.start, s.source)):
        if out and _touches(out[-1], spell, gap):
            out[-1] = out[-1]._replace(end=_later(out[-1].end, spell.end))
        else:
            out.append(spell)
    return out


def doses(moments: Iterable[tuple[datetime, str]]) -> list[Spell]:
    """Single doses as spells, from the first dose of each to its last."""
    return joined((Spell(moment, moment, source) for moment, source in moments), DAILY_DOSES)


def _touches(earlier: Spell, later: Spell, gap: timedelta) -> bool:
    return earlier.end is None or later.start - earlier.end <= gap


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)
