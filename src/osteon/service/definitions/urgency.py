"""Answers that cannot wait: what a page says first, before anything else."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from osteon.rules.answering import DefinitionAnswer

# The word that an answer of the knowledge files begins with when somebody must act the same day.
SAME_DAY = ("emergency", "same day", "same-day")


@dataclass(frozen=True, slots=True)
class Urgent:
    """The heading of a danger. ``is_certain``: it is so, and not only possible."""

    heading: str
    say: str
    is_certain: bool


def urgent_of(answer: DefinitionAnswer) -> Urgent | None:
    """The danger an answer speaks of, when one does, or cannot be ruled out by what was asked."""
    for one in answer.axes:
        for option in one.axis.classes:
            if option.name == one.certain and option.name.lower().startswith(SAME_DAY):
                return Urgent(_("Arrange same-day assessment now"), option.say, True)
    return None
