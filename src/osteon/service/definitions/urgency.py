"""Answers that cannot wait: what a page says first, before anything else."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from osteon.rules.answering import DefinitionAnswer

# The word that an answer of the knowledge files begins with when somebody must act the same day.
SAME_DAY = ("emergency", "same day", "same-day")


@dataclass(frozen=True, slots=True)
class Urgent:
    """The heading of a danger, and the number to ring where the unit has given one."""

    heading: str
    say: str
    telephone: str


def urgent_of(answer: DefinitionAnswer) -> Urgent | None:
    """The danger an answer speaks of when it is certain; one that is only possible does not cry."""
    for one in answer.axes:
        for option in one.axis.classes:
            if option.name == one.certain and option.name.lower().startswith(SAME_DAY):
                heading = _("Arrange same-day assessment now")
                return Urgent(heading, option.say, settings.OSTEON_URGENT_TELEPHONE)
    return None
