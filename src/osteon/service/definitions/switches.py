"""How a definition stands in this unit: the worklist's switch of a rule, read for definitions.

A provisional definition is shown with that word from the start: it raises nothing. The unit's lead can switch it
off, and then it is still shown, without an answer; or on, which says that the unit has decided to use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from osteon.rules.definition import Definition
from osteon.service.worklist.models import RuleSwitch
from osteon.service.worklist.rulebook import latest_switches


@dataclass(frozen=True, slots=True)
class Standing:
    """A definition and the unit's last word on it."""

    definition: Definition
    switch: RuleSwitch | None

    @property
    def can_be_switched(self) -> bool:
        """Only what is not verified is the unit's to decide."""
        return self.definition.status == "provisional"

    @property
    def is_off(self) -> bool:
        """Whether it gives no answer here."""
        return self.can_be_switched and self.switch is not None and not self.switch.on

    @property
    def words(self) -> str:
        """How it stands, in words."""
        if not self.can_be_switched:
            return _("verified")
        if self.switch is None:
            return _("provisional: the unit has not decided")
        return _("provisional, switched on here") if self.switch.on else _("switched off here")

    def is_past_review(self, today: date) -> bool:
        """Whether its next review has passed."""
        return self.definition.next_review < today


def standings(definitions: list[Definition]) -> dict[str, Standing]:
    """By definition, how it stands. One query."""
    switches = latest_switches()
    return {one.id: Standing(one, switches.get(one.id)) for one in definitions}
