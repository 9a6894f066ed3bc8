"""What is kept of calls from other systems: what became of cards, and which tokens were used. No patient."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from osteon.service.worklist.models import AppendOnly
from osteon.standards.cds_hooks.values import Outcome


class Feedback(AppendOnly):
    """What became of one card, as another system reported it. The comment that may come with it is not kept:
    nobody can promise that it names no patient."""

    OUTCOMES: ClassVar = [(outcome.value, outcome.value) for outcome in Outcome]

    card = models.UUIDField(db_index=True)
    service = models.CharField(max_length=60)
    about = models.CharField(
        max_length=100, blank=True, help_text="the rule whose card it was, when it was ours"
    )
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    accepted = models.JSONField(default=list, help_text="the suggestions that were taken")
    reason_code = models.CharField(max_length=100, blank=True)
    reason_system = models.CharField(max_length=200, blank=True)
    has_comment = models.BooleanField(default=False)
    outcome_at = models.DateTimeField()
    received_at = models.DateTimeField()
    sender = models.CharField(max_length=200, help_text="the system that reported it")

    class Meta:
        verbose_name = "feedback"
        verbose_name_plural = "feedback"
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["about", "outcome"], name="feedback_by_rule")]

    def __str__(self) -> str:
        return f"{self.about or self.service}: {self.outcome}"


class UsedToken(models.Model):
    """That a signed token was used, until it expires: nobody uses it twice."""

    fingerprint = models.CharField(max_length=32, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.fingerprint
