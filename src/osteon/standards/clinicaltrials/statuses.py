"""What the state of a trial means to somebody who might take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Status:
    """``words`` is what a reader sees; ``is_open`` says whether asking to take part makes sense now."""

    key: str
    words: str
    is_open: bool = False
    may_open: bool = False


STATUSES: Final = {
    status.key: status
    for status in (
        Status("RECRUITING", "Looking for people to take part", is_open=True),
        Status("NOT_YET_RECRUITING", "Not open yet", may_open=True),
        Status("ENROLLING_BY_INVITATION", "By invitation only"),
        Status("ACTIVE_NOT_RECRUITING", "Running, but not taking new people"),
        Status("COMPLETED", "Finished"),
        Status("SUSPENDED", "Stopped for now", may_open=True),
        Status("TERMINATED", "Stopped early"),
        Status("WITHDRAWN", "Called off before anyone took part"),
        Status("AVAILABLE", "The treatment can be asked for outside a trial"),
        Status("NO_LONGER_AVAILABLE", "No longer available"),
        Status("TEMPORARILY_NOT_AVAILABLE", "Not available for now"),
        Status("APPROVED_FOR_MARKETING", "The treatment has been approved"),
        Status("WITHHELD", "Details are withheld"),
        # Nobody confirmed it for two years: it must not be offered as open (section 6).
        Status("UNKNOWN", "Not known: nobody has confirmed it lately"),
    )
}


def status_of(key: str) -> Status:
    """A status we have no words for is not known, never open."""
    return STATUSES.get(key.upper(), STATUSES["UNKNOWN"])
