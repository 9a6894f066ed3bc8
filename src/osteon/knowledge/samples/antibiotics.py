"""Antibiotics before a specimen was taken: what grows after them says less."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUG_BY_CODE

NO_ANTIMICROBIALS: Final = ("anticoagulant", "not systemic")


def antibiotic_free_days(events: Iterable[Event], taken_at: datetime) -> int | None:
    """Days from the last recorded antimicrobial to a moment (UTC, no zone); 0 while one ran, ``None`` if none.

    A course that began on the day itself counts as given after the taking: prophylaxis is no treatment.
    """
    ends = [_end_before(event, taken_at) for event in events if _is_antimicrobial(event)]
    free = [(taken_at - end).days for end in ends if end is not None]
    return min(free, default=None)


def _is_antimicrobial(event: Event) -> bool:
    drug = DRUG_BY_CODE.get(event.code)
    return drug is not None and drug.group not in NO_ANTIMICROBIALS and event.time is not None


def _end_before(event: Event, taken_at: datetime) -> datetime | None:
    if event.time is None or event.time > taken_at - timedelta(days=1):
        return None
    return min(event.end or taken_at, taken_at)
