"""What happens to an alert when its rule is asked again. One table, no database, no clock of its own.

An alert stands open, acknowledged or snoozed; once closed it stays closed and the next time a new one is
raised. The rule's answer, compared with what the alert says, is one of six changes. The table gives the
move for each pair; a person's own acts (acknowledge, snooze, reopen) are in ``actions.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_noop

# The order of urgency. A certain danger comes before lateness; an answer that cannot be given for want of
# a fact comes before one that is merely due, because it may hide anything.
LEVELS: Final = {"due": 1, "unknown": 2, "overdue": 3, "amber": 4, "red": 5}
SAME_DAY: Final = 10


def urgency_of(level: str, same_day: bool) -> int:
    """How urgent, as one number to sort by: the level, and above all levels what cannot wait until tomorrow."""
    return LEVELS[level] + (SAME_DAY if same_day else 0)


class State(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Change(StrEnum):
    """The rule's answer now, beside what the alert says."""

    GONE = "no longer true"
    SAME = "the same"
    LAPSED = "the same, but the acknowledgement or snooze has run out"
    NEWS = "as urgent, on new evidence"
    WORSE = "more urgent"
    BETTER = "less urgent"


class Move(StrEnum):
    """What is done to the alert; the value is how its history words it."""

    NOTHING = ""
    RAISE = "raised"
    WORSEN = "worsened"
    EASE = "eased"
    UPDATE = "updated"
    REOPEN = "reopened"
    CLOSE = "closed"


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of a patient now: its urgency and the fingerprint of what it rests on."""

    urgency: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the alert of that rule and patient says, and where it stands.

    wakes_at: when a snooze ends, or when an acknowledged alert is looked at again; ``None`` while open.
    """

    state: str
    urgency: int
    fingerprint: str
    wakes_at: datetime | None = None


_M = Move
MOVES: Final[dict[State, dict[Change, Move]]] = {
    State.OPEN: {
        Change.GONE: _M.CLOSE,
        Change.SAME: _M.NOTHING,
        Change.LAPSED: _M.NOTHING,
        Change.NEWS: _M.UPDATE,
        Change.WORSE: _M.WORSEN,
        Change.BETTER: _M.EASE,
    },
    State.ACKNOWLEDGED: {
        Change.GONE: _M.CLOSE,
        Change.SAME: _M.NOTHING,
        Change.LAPSED: _M.REOPEN,
        Change.NEWS: _M.REOPEN,
        Change.WORSE: _M.REOPEN,
        Change.BETTER: _M.REOPEN,
    },
    State.SNOOZED: {
        Change.GONE: _M.CLOSE,
        Change.SAME: _M.NOTHING,
        Change.LAPSED: _M.REOPEN,
        Change.NEWS: _M.REOPEN,
        Change.WORSE: _M.REOPEN,
        Change.BETTER: _M.REOPEN,
    },
}


def change_between(standing: Standing, said: Said | None, now: datetime) -> Change:
    """How the answer differs from what the alert says."""
    if said is None:
        return Change.GONE
    if said.urgency != standing.urgency:
        return Change.WORSE if said.urgency > standing.urgency else Change.BETTER
    if said.fingerprint != standing.fingerprint:
        return Change.NEWS
    if standing.wakes_at is not None and standing.wakes_at <= now:
        return Change.LAPSED
    return Change.SAME


def next_move(standing: Standing | None, said: Said | None, now: datetime) -> Move:
    """What is to be done, given the alert (``None``: there is no unclosed one) and the rule's answer."""
    if standing is None:
        return Move.RAISE if said is not None else Move.NOTHING
    return MOVES[State(standing.state)][change_between(standing, said, now)]


def reason_to_reopen(change: Change) -> str:
    """Why an acknowledged or snoozed alert is open again, as its history and its row say it."""
    return {
        Change.LAPSED: gettext_noop("still true when the time for a second look came"),
        Change.NEWS: gettext_noop("there is new evidence since"),
        Change.WORSE: gettext_noop("it has become more urgent since"),
        Change.BETTER: gettext_noop("it has changed since, on new evidence"),
    }[change]
