"""*Feedback*: what became of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from osteon.standards.cds_hooks.cards import Coding
from osteon.standards.cds_hooks.fields import Fields, Json, written
from osteon.standards.cds_hooks.values import Outcome


@dataclass(frozen=True, slots=True)
class OverrideReason:
    """*OverrideReason*: one of the card's reasons, words of the person's own, or both."""

    reason: Coding | None = None
    user_comment: str | None = None

    @classmethod
    def read(cls, fields: Fields) -> OverrideReason:
        """The reason of a JSON object."""
        reason = Coding.read(fields.object("reason")) if fields.has("reason") else None
        found = cls(reason, fields.maybe("userComment", fields.text))
        fields.done()
        return found

    def as_json(self) -> Json:
        """The reason as the specification writes it."""
        reason = self.reason.as_json() if self.reason else None
        return written(reason=reason, userComment=self.user_comment)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One card's outcome. ``outcome_at`` is in UTC with its zone."""

    card: str
    outcome: Outcome
    outcome_at: datetime
    accepted_suggestions: tuple[str, ...] = ()
    override_reason: OverrideReason | None = None

    @classmethod
    def read(cls, fields: Fields) -> Feedback:
        """The feedback of a JSON object."""
        outcome, reason = fields.word("outcome", Outcome), None
        accepted: tuple[str, ...] = ()
        if outcome is Outcome.ACCEPTED or fields.has("acceptedSuggestions"):
            accepted = tuple(map(_accepted, fields.each("acceptedSuggestions")))
        if fields.has("overrideReason"):
            reason = OverrideReason.read(fields.object("overrideReason"))
        found = cls(fields.uuid("card"), outcome, fields.moment("outcomeTimestamp"), accepted, reason)
        fields.done()
        return found

    def as_json(self) -> Json:
        """The feedback as the specification writes it."""
        return written(
            card=self.card,
            outcome=self.outcome.value,
            acceptedSuggestions=[{"id": identity} for identity in self.accepted_suggestions],
            overrideReason=self.override_reason.as_json() if self.override_reason else None,
            outcomeTimestamp=self.outcome_at.isoformat().replace("+00:00", "Z"),
        )


def _accepted(fields: Fields) -> str:
    identity = fields.uuid("id")
    fields.done()
    return identity


def read_feedback(value: object) -> tuple[Feedback, ...]:
    """The feedback of a parsed JSON document.

    Raises:
        Malformed: naming the field that is wrong.
    """
    fields = Fields.of(value, "")
    found = tuple(map(Feedback.read, fields.each("feedback")))
    fields.done()
    return found
