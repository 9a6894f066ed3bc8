"""Each time a file was brought into the record, or refused."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One file or folder, read once. ``report`` is the reader's report, ``added`` what of it is new in the record.

    ``name`` is the file's own name without its folder. ``digest`` tells whether two runs read the same bytes.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken")
        UNCHANGED = "unchanged", _("Nothing new")
        REFUSED = "refused", _("Refused")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    team = models.ForeignKey(
        "accounts.Team", on_delete=models.PROTECT, related_name="import_runs", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="import_runs")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State)
    message = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    added = models.JSONField(default=dict)
    conflicts = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="import_run_started")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(message=""), name="import_run_refusal_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display().lower()}"

    def get_absolute_url(self) -> str:
        """The run with its report."""
        return reverse("imports:run", args=[self.public_id])

    @property
    def found_problems(self) -> bool:
        """Whether a person should look: it was refused, or somebody's identity is in doubt."""
        return self.state == self.State.REFUSED or bool(self.conflicts)
