"""Keeps what became of a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from osteon.service.accounts.audit import action, note
from osteon.service.accounts.models import Person
from osteon.service.decision_support.card_names import about_of
from osteon.service.decision_support.models import Feedback
from osteon.standards.cds_hooks.feedback import Feedback as Reported


@action("decision_support.record_feedback")
def record_feedback(
    *, by: Person, service: str, sender: str, reported: Sequence[Reported], known: Iterable[str]
) -> list[Feedback]:
    """One row for each card that was reported on. ``known``: what cards may be about."""
    known = tuple(known)
    note(f"{len(reported)} cards of {service}, reported by {sender}")
    return Feedback.objects.bulk_create(_row(one, service, sender, known) for one in reported)


def _row(one: Reported, service: str, sender: str, known: Iterable[str]) -> Feedback:
    reason = one.override_reason.reason if one.override_reason else None
    return Feedback(
        card=one.card,
        service=service,
        about=about_of(one.card, known),
        outcome=one.outcome.value,
        accepted=list(one.accepted_suggestions),
        reason_code=reason.code[:100] if reason else "",
        reason_system=reason.system[:200] if reason else "",
        has_comment=bool(one.override_reason and one.override_reason.user_comment),
        outcome_at=one.outcome_at,
        received_at=timezone.now(),
        sender=sender[:200],
    )
