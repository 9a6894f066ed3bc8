"""The road of an episode, from referral to closing, and the moves that need no explanation.

Positions are those of the patient page; the moves follow the unit's pathway (reference
``meeting_and_pathway.md`` section j, shortened to the positions the unit says aloud). A move that is not in
the table is still possible, because patients do not read tables: it needs a reason, which is kept.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy


class Position(StrEnum):
    """Where on the road an episode stands."""

    REFERRED = "referred"
    WORK_UP = "work-up"
    MEETING = "meeting"
    THEATRE = "theatre"
    OPAT = "opat"
    FOLLOW_UP = "follow-up"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As a person reads it."""
        return str(POSITION_WORDS[self])


POSITION_WORDS: Final = {
    Position.REFERRED: gettext_lazy("Referred"),
    Position.WORK_UP: gettext_lazy("Work-up"),
    Position.MEETING: gettext_lazy("Meeting"),
    Position.THEATRE: gettext_lazy("Theatre"),
    Position.OPAT: gettext_lazy("OPAT"),
    Position.FOLLOW_UP: gettext_lazy("Follow-up"),
    Position.CLOSED: gettext_lazy("Closed"),
}
ROAD: Final = tuple(Position)

ORDINARY_MOVES: Final[dict[Position, frozenset[Position]]] = {
    Position.REFERRED: frozenset({Position.WORK_UP, Position.MEETING, Position.THEATRE}),
    Position.WORK_UP: frozenset({Position.MEETING, Position.THEATRE}),
    Position.MEETING: frozenset({Position.WORK_UP, Position.THEATRE, Position.OPAT, Position.FOLLOW_UP}),
    Position.THEATRE: frozenset({Position.MEETING, Position.OPAT, Position.FOLLOW_UP}),
    Position.OPAT: frozenset({Position.MEETING, Position.THEATRE, Position.FOLLOW_UP}),
    Position.FOLLOW_UP: frozenset({Position.MEETING, Position.OPAT, Position.CLOSED}),
    Position.CLOSED: frozenset(),
}


def is_ordinary(start: str, goal: str) -> bool:
    """Whether the move needs no reason."""
    return Position(goal) in ORDINARY_MOVES[Position(start)]
