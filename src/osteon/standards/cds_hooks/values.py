"""The specification's value sets, word for word."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Indicator(StrEnum):
    """*Card attributes*: "in order of increasing urgency"."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the least urgent."""
        return list(Indicator).index(self)


class SelectionBehavior(StrEnum):
    """*Card attributes*: how many of a card's suggestions may be taken."""

    AT_MOST_ONE = "at-most-one"
    ANY = "any"


class ActionType(StrEnum):
    """*Action*."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class LinkType(StrEnum):
    """*Link*."""

    ABSOLUTE = "absolute"
    SMART = "smart"


class Outcome(StrEnum):
    """*Feedback*."""

    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"


class Hook(StrEnum):
    """The hooks that are served here, of the many there are."""

    PATIENT_VIEW = "patient-view"
    ENCOUNTER_DISCHARGE = "encounter-discharge"
    ORDER_SELECT = "order-select"


# *Card attributes*: "One-sentence, <140-character summary message".
LONGEST_SUMMARY: Final = 139
# *Trusting CDS Clients*: the two recommended; never "none", never a symmetric one.
ALGORITHMS: Final = ("ES384", "RS384")
