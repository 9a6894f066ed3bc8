"""From single orders and doses to the spells during which a drug was given.

Three decisions, none of which adds a day that the source does not show:

- Two spells of one drug belong together when the second begins at most 24 hours after the first ended
  (a new order, a change of dose or ward). Single doses are allowed 36 hours between them, because a drug
  given once a day is not given on the stroke. Drugs given less often than daily come out as several spells.
- A start pairs with the earliest stop of the same drug that does not precede it and is not yet taken. A stop
  without a start tells us nothing and is counted.
- A start without a stop lasts, unless something later contradicts it: a stop of the same drug, a discharge
  from hospital, the patient's next admission, or death. It then ends at the first of these.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

JOIN: Final = timedelta(hours=24)
DAILY_DOSES: Final = timedelta(hours=36)


class Spell(NamedTuple):
    """A stretch of time; ``end`` is ``None`` while it lasts. ``source`` is the row it began with."""

    start: datetime
    end: datetime | None
    source: str


class Paired(NamedTuple):
    """Starts matched to stops, and how many stops were left over."""

    spells: list[Spell]
    stops_alone: int


def paired(starts: Iterable[tuple[datetime, str]], stops: Iterable[datetime]) -> Paired:
    """Orders and their ends as spells. Times in any order; a start without a stop gives an open spell."""
    waiting = deque(sorted(stops))
    spells: list[Spell] = []
    alone = 0
    for start, source in sorted(starts):
        while waiting and waiting[0] < start:
            waiting.popleft()
            alone += 1
        spells.append(Spell(start, waiting.popleft() if waiting else None, source))
    return Paired(spells, alone + len(waiting))


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
