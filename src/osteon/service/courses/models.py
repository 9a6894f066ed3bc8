"""Antimicrobial courses and what was changed while they ran."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from osteon.service.courses.arithmetic import Span
from osteon.service.patients.facts import ClinicalFact


class Route(models.TextChoices):
    """The way in."""

    INTRAVENOUS = "intravenous", _("Intravenous")
    ORAL = "oral", _("By mouth")
    INTRAMUSCULAR = "intramuscular", _("Intramuscular")
    SUBCUTANEOUS = "subcutaneous", _("Subcutaneous")
    LOCAL = "local", _("Local (in bone or joint)")
    INHALED = "inhaled", _("Inhaled")
    OTHER = "other", _("Another way")
    NOT_RECORDED = "not-recorded", _("Not recorded")


class Delivery(models.TextChoices):
    """Who gives it: the words of the services' own look-up lists (opat.md section b) [seen]."""

    INPATIENT = "inpatient", _("Inpatient team")
    OPAT_CLINIC = "opat-clinic", _("OPAT clinic")
    SELF = "self", _("Patient")
    FAMILY = "family", _("Family or carer")
    DISTRICT_NURSE = "district-nurse", _("District nurse")
    GP = "gp", _("GP")
    DAY_UNIT = "day-unit", _("Local day unit")
    HOSPITAL_AT_HOME = "hospital-at-home", _("Hospital-at-home nurse")
    NOT_RECORDED = "not-recorded", _("Not recorded")


class StopReason(models.TextChoices):
    """Why a course stopped (opat.md section b) [seen]. The last one is for imports only."""

    COMPLETED = "completed", _("Completed")
    ORAL_SWITCH = "oral-switch", _("Planned switch to oral")
    RESISTANCE = "resistance", _("Unplanned: resistance")
    PROGRESSION = "progression", _("Unplanned: disease progression")
    INTOLERANCE = "intolerance", _("Unplanned: intolerance or adverse reaction")
    LOGISTICS = "logistics", _("Unplanned: logistics")
    PATIENT_PREFERENCE = "patient-preference", _("Unplanned: patient preference")
    ADMITTED = "admitted", _("Unplanned: admitted")
    OTHER = "other", _("Unplanned: other")
    NOT_RECORDED = "not-recorded", _("Reason not recorded")


class Course(ClinicalFact):
    """An antimicrobial with dose, route, start, planned stop and, one day, an actual stop.

    ``drug`` is the vocabulary key (``daptomycin``); empty when the drug is kept by name only. ``code`` is then
    what the sender called it, or empty. ``started_at`` is the exact moment when it is known; ``started_on``
    always says the day. ``planned_stop_on`` is the last day of treatment by the plan.
    """

    episode = models.ForeignKey(
        "patients.Episode", on_delete=models.PROTECT, related_name="courses", null=True, blank=True
    )
    drug = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=200, blank=True)
    drug_name = models.CharField(max_length=300)
    dose_text = models.CharField(max_length=300, blank=True)
    route = models.CharField(max_length=14, choices=Route, default=Route.NOT_RECORDED)
    delivery = models.CharField(max_length=16, choices=Delivery, default=Delivery.NOT_RECORDED)
    indication = models.CharField(max_length=300, blank=True)
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    planned_stop_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=20, choices=StopReason, blank=True)
    stop_note = models.CharField(max_length=1000, blank=True)
    allergy_override = models.CharField(max_length=1000, blank=True)
    original = models.CharField(max_length=500, blank=True)

    class Meta(ClinicalFact.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["patient", "started_on"], name="course_patient_started"),
            models.Index(
                fields=["planned_stop_on"],
                condition=Q(stopped_at=None, entered_in_error_at=None),
                name="course_running_planned_stop",
            ),
        ]
        constraints = [
            *ClinicalFact.Meta.constraints,
            models.CheckConstraint(condition=~Q(drug_name=""), name="course_names_its_drug"),
            models.CheckConstraint(
                condition=Q(planned_stop_on__isnull=True) | Q(planned_stop_on__gte=F("started_on")),
                name="course_planned_stop_after_start",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stop_reason="", stop_note="")
                | (Q(stopped_at__isnull=False) & ~Q(stop_reason="")),
                name="course_stop_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.drug_name

    def clean(self) -> None:
        """What no single column can check."""
        if self.stopped_at and self.started_on and self.stopped_on < self.started_on:
            raise ValidationError({"stopped_at": "It cannot stop before it started."})

    def get_absolute_url(self) -> str:
        """The course with its history."""
        return reverse("courses:course", args=[self.public_id])

    @property
    def stopped_on(self) -> date | None:
        """The local day on which it stopped."""
        return timezone.localtime(self.stopped_at).date() if self.stopped_at else None

    @property
    def span(self) -> Span:
        """The course on the calendar."""
        return Span(self.started_on, self.planned_stop_on, self.stopped_on)

    @property
    def start_moment(self) -> datetime:
        """When it began: the exact moment, or midnight UTC of the day (the same day in London all year)."""
        return self.started_at or datetime.combine(self.started_on, time.min, tzinfo=UTC)

    @property
    def stream_code(self) -> str:
        """``ATC//J01XX09``; the sender's code; or our own word made of the name."""
        return self.code or f"OSTEON//course//{slugify(self.drug_name)[:80] or 'unnamed'}"


class CourseChange(models.Model):
    """One change of dose, plan or delivery while the course ran, or its stop. Rows are added, never changed."""

    class What(models.TextChoices):
        DOSE = "dose", _("Dose")
        PLAN = "plan", _("Planned stop")
        DELIVERY = "delivery", _("Delivery")
        STOP = "stop", _("Stopped")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=8, choices=What)
    effective_on = models.DateField()
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=1000)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["effective_on", "changed_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="course_change_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.before} → {self.after}"
