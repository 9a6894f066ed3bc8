"""What the unit must do, and why: alerts with their history, tasks, the ward round list, rule switches."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osteon.service.patients.facts import Versioned
from osteon.service.worklist.states import LEVELS, SAME_DAY, State


class AppendOnly(models.Model):
    """A row that is written once. What was said at the time stays as it was said."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError(f"a {self._meta.verbose_name} is written once and never changed")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError(f"a {self._meta.verbose_name} is never deleted")


class Level(models.TextChoices):
    """How urgent a rule's answer is."""

    RED = "red", _("Red")
    AMBER = "amber", _("Amber")
    OVERDUE = "overdue", _("Overdue")
    DUE = "due", _("Due")
    UNKNOWN = "unknown", _("Not known")


class AlertQuerySet(models.QuerySet["Alert"]):
    """Questions about alerts."""

    def unclosed(self) -> Self:
        """Open, acknowledged or snoozed: the rule still fires."""
        return self.exclude(state=State.CLOSED)

    def open(self) -> Self:
        """Waiting for somebody to look."""
        return self.filter(state=State.OPEN)


class Alert(models.Model):
    """A rule that fired for a patient, with its evidence. One row from the first time until it is closed.

    The constraint is what makes "never raised twice" true whatever workers do.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="alerts")
    rule_id = models.CharField(max_length=100)
    level = models.CharField(max_length=10, choices=Level.choices)
    urgency = models.SmallIntegerField()  # states.urgency_of: the level, and whether it is for the same day
    sentence = models.CharField(max_length=500)
    evidence = models.JSONField(default=dict)  # shape: judgement.evidence_of
    provisional = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=32)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in State], default=State.OPEN.value
    )
    first_raised_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    fact_at = models.DateTimeField(null=True)  # when the newest fact behind it was true
    due_at = models.DateTimeField(null=True)
    reopened_because = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)  # acknowledged or snoozed, by whom and in which words
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=300, blank=True)
    snoozed_until = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(null=True)  # an acknowledgement does not hold for ever
    closed_at = models.DateTimeField(null=True)
    moved_from = models.ForeignKey("patients.Patient", models.PROTECT, null=True, related_name="+")

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "rule_id"],
                condition=~Q(state="closed"),
                name="one_unclosed_alert_per_patient_and_rule",
            ),
            models.CheckConstraint(condition=Q(level__in=list(LEVELS)), name="alert_level_is_known"),
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False)
                | (~Q(state="snoozed") & Q(snoozed_until__isnull=True)),
                name="snoozed_alert_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state="acknowledged", look_again_at__isnull=False)
                | (~Q(state="acknowledged") & Q(look_again_at__isnull=True)),
                name="acknowledged_alert_is_looked_at_again",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["acknowledged", "snoozed"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                | Q(
                    state__in=["open", "closed"],
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    answer="",
                ),
                name="answered_alert_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="closed_alert_says_when",
            ),
        ]
        indexes = [
            models.Index(
                F("state"), F("urgency").desc(), F("first_raised_at"), name="alert_most_urgent_first"
            ),
            models.Index(fields=["rule_id", "state"], name="alert_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.rule_id}: {self.sentence}"

    @property
    def is_for_now(self) -> bool:
        """Needs a clinician the same day."""
        return self.urgency >= SAME_DAY

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def wakes_at(self) -> datetime | None:
        """When it comes back by itself: the end of a snooze, or the second look at an acknowledged one."""
        return self.snoozed_until or self.look_again_at

    def get_absolute_url(self) -> str:
        return reverse("worklist:show_alert", args=[self.patient.public_id, self.public_id])


class EventKind(models.TextChoices):
    """What can happen to an alert."""

    RAISED = "raised", _("Raised")
    WORSENED = "worsened", _("Became more urgent")
    EASED = "eased", _("Became less urgent")
    UPDATED = "updated", _("New evidence")
    REOPENED = "reopened", _("Reopened")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    SNOOZED = "snoozed", _("Snoozed")
    CLOSED = "closed", _("Closed")
    MOVED = "moved", _("Moved with the patient's record")


class Act(models.TextChoices):
    """What a person did about an alert. The last three say nothing was done, so they need a reason."""

    STOPPED = "stopped", _("Stopped or changed the drug")
    REPEATED = "repeated", _("Asked for the blood test or repeated it")
    SPOKE = "spoke", _("Spoke to the patient")
    DISCUSSED = "discussed", _("Discussed with the infection physician")
    PLANNED = "planned", _("Already planned: say what and when")
    ACCEPTED = "accepted", _("Seen and accepted: say why")
    NOT_SO = "not-so", _("Does not fit this patient: say why")


ACTS_THAT_NEED_A_REASON = frozenset({Act.PLANNED, Act.ACCEPTED, Act.NOT_SO})


class AlertEvent(AppendOnly):
    """One line of an alert's history, with the evidence as it was then."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    act = models.CharField(max_length=12, choices=Act.choices, blank=True)
    reason = models.TextField(blank=True)
    snoozed_until = models.DateTimeField(null=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    sentence = models.CharField(max_length=500)
    evidence = models.JSONField(default=dict)

    class Meta:
        verbose_name = "line of an alert's history"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "at"], name="alert_event_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Task(Versioned):
    """Work due: what, for whom, by when, and who did it."""

    patient = models.ForeignKey("patients.Patient", models.PROTECT, null=True, related_name="tasks")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="tasks")
    owner_role = models.CharField(max_length=40, blank=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="tasks")
    due_on = models.DateField()
    from_alert = models.ForeignKey(Alert, models.PROTECT, null=True, related_name="tasks")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(owner__isnull=False) & Q(owner_role=""))
                | (Q(owner__isnull=True) & ~Q(owner_role="")),
                name="task_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_says_who_and_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="task_open_by_owner"
            ),
            models.Index(
                fields=["owner_role", "due_on"], condition=Q(done_at__isnull=True), name="task_open_by_role"
            ),
            models.Index(
                fields=["team", "due_on"], condition=Q(done_at__isnull=True), name="task_open_by_team"
            ),
            models.Index(fields=["patient"], condition=Q(done_at__isnull=True), name="task_open_by_patient"),
            models.Index(fields=["done_at"], name="task_by_done"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def get_absolute_url(self) -> str:
        return reverse("worklist:edit_task", args=[self.public_id])


class HandoverEntry(Versioned):
    """One inpatient on one day's ward round list."""

    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="handover_entries")
    day = models.DateField()
    overnight = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    overseen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    overseen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "handover entries"
        constraints = [
            models.UniqueConstraint(fields=["patient", "day"], name="one_handover_entry_per_patient_and_day"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="handover_seen_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(overseen_at__isnull=True, overseen_by__isnull=True)
                | Q(overseen_at__isnull=False, overseen_by__isnull=False),
                name="handover_overseen_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient} on {self.day:%Y-%m-%d}"

    @property
    def changed_since_overseen(self) -> bool:
        return self.overseen_at is not None and self.written_at > self.overseen_at


class RuleSwitch(AppendOnly):
    """The unit's decision that a provisional rule may, or may no longer, raise alerts. The newest counts."""

    rule_id = models.CharField(max_length=100)
    on = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "rule switch"
        verbose_name_plural = "rule switches"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["rule_id", "at"], name="rule_switch_latest")]

    def __str__(self) -> str:
        return f"{self.rule_id} {'on' if self.on else 'off'}"


class PatientCheck(models.Model):
    """That a patient's rules are to be run, and when: the durable queue, one row per patient.

    requests counts how often it was asked for; answered is the count an evaluation has caught up with.
    A worker that dies leaves the row as it was, apart from a lease that runs out.
    """

    patient = models.OneToOneField(
        "patients.Patient", models.PROTECT, primary_key=True, related_name="check_row"
    )
    queued_at = models.DateTimeField(null=True)
    requests = models.BigIntegerField(default=0)
    answered = models.BigIntegerField(default=0)
    last_checked_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["queued_at"], condition=Q(queued_at__isnull=False), name="check_queued"),
            models.Index(fields=["next_check_at"], name="check_due"),
            models.Index(fields=["last_checked_at"], name="check_oldest"),
            models.Index(fields=["failures"], condition=Q(failures__gt=0), name="check_failing"),
        ]

    def __str__(self) -> str:
        return f"check of patient {self.patient_id}"


class LastAnswer(models.Model):
    """What a rule last said of a patient, kept for the counts on the rules page. "Does not apply" has no row."""

    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    rule_id = models.CharField(max_length=100)
    state = models.CharField(max_length=16)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "rule_id"], name="one_last_answer_per_patient_and_rule"
            )
        ]
        indexes = [models.Index(fields=["rule_id", "state"], name="last_answer_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.state}"


class RulesState(models.Model):
    """One row: which edition of the rules the answers rest on, and since when all patients are to be rechecked."""

    edition = models.CharField(max_length=32, blank=True)
    recheck_before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"rules {self.edition}"


class WorkerBeat(models.Model):
    """A worker's sign of life."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    evaluated = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["beat_at"], name="worker_last_beat")]

    def __str__(self) -> str:
        return self.name
