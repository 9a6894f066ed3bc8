"""Who the patient is, and what the unit knows that no other concept folder keeps."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.events.vocabulary import name_of
from osteon.service.patients.facts import ClinicalFact, Versioned
from osteon.service.patients.finding_kinds import unit_words
from osteon.service.patients.names import identifier_key, name_key
from osteon.service.patients.nhs_number import is_valid_nhs_number, spaced
from osteon.service.patients.partial_dates import PartialDate, Precision, age_on
from osteon.service.patients.road import POSITION_WORDS, Position
from osteon.service.patients.words import said, said_moment

NHS = "nhs"

DATE_PRECISIONS = [(p.value, p.value) for p in Precision if p is not Precision.MINUTE]
MOMENT_PRECISIONS = [(p.value, p.value) for p in Precision]


class Prefix(models.Lookup):
    """``column__prefix="obr"``: begins with, by an index range on every database.

    SQLite does not use an index for Django's ``startswith`` (it adds ESCAPE); PostgreSQL needs LIKE to use one
    whatever its collation. Only for keys of letters and digits: nothing is escaped.
    """

    lookup_name = "prefix"

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, self.rhs + "\U0010ffff"]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", [*params, self.rhs + "%"]


models.CharField.register_lookup(Prefix)


class PatientQuerySet(models.QuerySet):
    """Questions about patients."""

    def surviving(self) -> Self:
        """Those not merged into another."""
        return self.filter(merged_into=None)


class Patient(Versioned):
    """A person. ``id`` is the stream's ``subject_id``; only ``public_id`` appears in addresses."""

    class Sex(models.TextChoices):
        FEMALE = "female", gettext_lazy("Female")
        MALE = "male", gettext_lazy("Male")
        OTHER = "other", gettext_lazy("Other")
        UNKNOWN = "unknown", gettext_lazy("Not known")

    id = models.BigAutoField(primary_key=True)
    family_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=200, blank=True)
    family_key = models.CharField(max_length=200, editable=False)
    given_key = models.CharField(max_length=200, editable=False, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=6, choices=DATE_PRECISIONS, default=Precision.DAY.value)
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)
    died_on = models.DateField(null=True, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=400, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_here", db_index=False
    )
    merged_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The end of a chain of merges: A into B, B into C makes C the survivor of both.
    survivor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        editable=False,
        db_index=False,
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["family_key", "given_key", "birth_date"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops", "date_ops"],
                name="patient_family_given",
            ),
            models.Index(
                fields=["given_key", "family_key"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="patient_given_family",
            ),
            models.Index(fields=["birth_date"], name="patient_birth_date"),
            # Partial: SQLite, which keeps no statistics, would take "merged into nobody" for a rare thing.
            models.Index(
                fields=["survivor"], condition=Q(survivor__isnull=False), name="patient_merged_records"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(family_name=""), name="patient_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="patient_not_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, survivor=None, merged_at=None)
                | Q(merged_into__isnull=False, survivor__isnull=False, merged_at__isnull=False),
                name="patient_merge_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(died_on__gte=F("birth_date")),
                name="patient_died_after_birth",
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> Self:
        """Fills the search keys from the names; bulk writers must call it, ``save`` does."""
        self.family_key = name_key(self.family_name)[:200]
        self.given_key = name_key(self.given_name)[:200]
        return self

    def __str__(self) -> str:
        return f"{self.family_name}, {self.given_name}" if self.given_name else self.family_name

    def get_absolute_url(self) -> str:
        """The patient page."""
        return reverse("patients:patient", args=[self.public_id])

    @property
    def birth(self) -> PartialDate | None:
        """The birth date with its precision."""
        return PartialDate(self.birth_date, Precision(self.birth_precision)) if self.birth_date else None

    @property
    def born(self) -> str:
        """The birth date in words; "not known"."""
        return said(self.birth)

    def age_on(self, day: date) -> int | None:
        """Whole years on ``day``, or at death if that came first; ``None`` when the birth date is not known."""
        if not self.birth:
            return None
        return age_on(self.birth, min(day, self.died_on) if self.died_on else day)


class PatientIdentifier(ClinicalFact):
    """A number the patient is known by: ``system`` is ``nhs`` or ``hospital:<name>``; never rewritten."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=100)
    value = models.CharField(max_length=100)
    value_key = models.CharField(max_length=100, editable=False, db_index=True)

    class Meta(ClinicalFact.Meta):
        constraints = [
            *ClinicalFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["system", "value_key"],
                condition=Q(entered_in_error_at=None),
                name="identifier_of_one_patient",
            ),
            models.CheckConstraint(condition=~Q(value_key="") & ~Q(system=""), name="identifier_not_empty"),
        ]

    def save(self, *args, **kwargs) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> Self:
        """Fills the search key; bulk writers must call it, ``save`` does."""
        self.value_key = identifier_key(self.value)
        return self

    def __str__(self) -> str:
        return f"{self.name} {self.shown}"

    @property
    def name(self) -> str:
        """What people call the number: "NHS number", or the hospital's name."""
        return _("NHS number") if self.system == NHS else self.system.removeprefix("hospital:")

    @property
    def shown(self) -> str:
        """The value as people read it; the stored one is untouched."""
        return spaced(self.value) if self.system == NHS else self.value

    @property
    def is_doubtful(self) -> bool:
        """An NHS number whose check digit is wrong."""
        return self.system == NHS and not is_valid_nhs_number(self.value)


class PossibleDuplicate(models.Model):
    """Two records that may be one person: found, then merged or told apart by someone."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    noted_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    settled_how = models.CharField(max_length=300, blank=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            # The lower id first, so that a pair is listed once however often it is found.
            models.CheckConstraint(condition=Q(patient__lt=F("other")), name="duplicate_pair_in_order"),
            models.UniqueConstraint(fields=["patient", "other", "why"], name="duplicate_noted_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settled_how="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_how="")),
                name="duplicate_settling_is_whole",
            ),
        ]


class Episode(ClinicalFact):
    """One infection at one site in one patient, from suspicion to final outcome."""

    class Kind(models.TextChoices):
        OSTEOMYELITIS = "osteomyelitis", gettext_lazy("Osteomyelitis")
        PROSTHETIC_JOINT = "prosthetic-joint", gettext_lazy("Prosthetic joint infection")
        FRACTURE_RELATED = "fracture-related", gettext_lazy("Fracture-related infection")
        SPINAL = "spinal", gettext_lazy("Spinal infection")
        SEPTIC_ARTHRITIS = "septic-arthritis", gettext_lazy("Septic arthritis")
        DIABETIC_FOOT = "diabetic-foot", gettext_lazy("Diabetic foot infection")
        OTHER = "other", gettext_lazy("Other bone or joint infection")

    class Side(models.TextChoices):
        LEFT = "left", gettext_lazy("Left")
        RIGHT = "right", gettext_lazy("Right")
        BOTH = "both", gettext_lazy("Both sides")
        NONE = "none", gettext_lazy("No side (midline)")

    kind = models.CharField(max_length=20, choices=Kind)
    site = models.CharField(max_length=80)
    side = models.CharField(max_length=5, choices=Side, default=Side.NONE)
    diagnosis = models.CharField(max_length=400, blank=True)
    status = models.CharField(
        max_length=10,
        choices=[(p.value, POSITION_WORDS[p]) for p in Position],
        default=Position.REFERRED.value,
    )
    status_since = models.DateTimeField(default=timezone.now)
    opened_on = models.DateField()
    opened_precision = models.CharField(max_length=6, choices=DATE_PRECISIONS, default=Precision.DAY.value)
    closed_on = models.DateField(null=True, blank=True)
    closed_how = models.CharField(max_length=400, blank=True)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="episodes")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="episodes", null=True, blank=True
    )

    class Meta(ClinicalFact.Meta):
        indexes = [
            models.Index(fields=["team", "status"], name="episode_team_status"),
            # Reach is read off these alone: PostgreSQL may ask it once for the team, or once for each patient.
            models.Index(
                fields=["patient", "team"], condition=Q(entered_in_error_at=None), name="episode_of_patient"
            ),
            models.Index(
                fields=["team", "patient"], condition=Q(entered_in_error_at=None), name="episode_of_team"
            ),
        ]
        constraints = [
            *ClinicalFact.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(status=Position.CLOSED.value, closed_on__isnull=False) & ~Q(closed_how=""))
                | (~Q(status=Position.CLOSED.value) & Q(closed_on__isnull=True, closed_how="")),
                name="episode_closed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_kind_display().lower()}"

    @property
    def place(self) -> str:
        """``Left tibia``; ``T7/8`` where there is no side."""
        if self.side == self.Side.NONE:
            return self.site[:1].upper() + self.site[1:]
        if self.side == self.Side.BOTH:
            return _("%(site)s, both sides") % {"site": self.site[:1].upper() + self.site[1:]}
        said = _("Left %(site)s") if self.side == self.Side.LEFT else _("Right %(site)s")
        return said % {"site": self.site}

    @property
    def position(self) -> Position:
        """Where on the road it stands."""
        return Position(self.status)

    @property
    def opened(self) -> PartialDate:
        """When it was opened, with its precision."""
        return PartialDate(self.opened_on, Precision(self.opened_precision))

    @property
    def opened_words(self) -> str:
        """When it was opened, in words."""
        return said(self.opened)


class EpisodeMove(models.Model):
    """One move along the road; rows are added, never changed."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="moves")
    start = models.CharField(max_length=10)
    goal = models.CharField(max_length=10)
    reason = models.CharField(max_length=500, blank=True)
    is_override = models.BooleanField(default=False)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_override=False) | ~Q(reason=""), name="move_override_has_a_reason"
            )
        ]

    @property
    def start_words(self) -> str:
        """Where it stood."""
        return Position(self.start).words

    @property
    def goal_words(self) -> str:
        """Where it went."""
        return Position(self.goal).words


class Timed(ClinicalFact):
    """A fact that was true at a moment, known no more exactly than ``precision`` says."""

    time = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=6, choices=MOMENT_PRECISIONS, default=Precision.MINUTE.value)
    original = models.CharField(max_length=500, blank=True)

    class Meta(ClinicalFact.Meta):
        abstract = True

    @property
    def spoken_time(self) -> str:
        """The time as exactly as it is known: ``March 2024``; with the clock only where that was known."""
        return said_moment(self.time, self.precision)


class Finding(Timed):
    """One clinical observation: present, absent, a number, or words."""

    code = models.CharField(max_length=100)
    present = models.BooleanField(null=True, blank=True)
    numeric_value = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    text_value = models.CharField(max_length=1000, blank=True)

    class Meta(Timed.Meta):
        abstract = False
        indexes = [models.Index(fields=["patient", "time"], name="finding_patient_time")]
        constraints = [
            *Timed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(present__isnull=False) | Q(numeric_value__isnull=False) | ~Q(text_value=""),
                name="finding_says_something",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(numeric_value__isnull=True),
                name="finding_says_one_thing",
            ),
            models.CheckConstraint(condition=Q(time__isnull=False), name="finding_has_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.answer}"

    @property
    def name(self) -> str:
        """What was looked for: "Fever", "Weight"."""
        return name_of(self.code)

    @property
    def answer(self) -> str:
        """What was found, in words: "present", "70.5 kg", and the remark that goes with it."""
        found = "" if self.present is None else _("present") if self.present else _("absent")
        if self.numeric_value is not None:
            found = f"{self.numeric_value:g} {unit_words(self.unit)}".strip()
        return ". ".join(filter(None, (found, self.text_value)))


class Allergy(Timed):
    """An allergy, an intolerance, or the recorded statement that there is none known."""

    class Kind(models.TextChoices):
        ALLERGY = "allergy", gettext_lazy("Allergy")
        INTOLERANCE = "intolerance", gettext_lazy("Intolerance")
        NONE_KNOWN = "none-known", gettext_lazy("No known allergies")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allergies")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.ALLERGY)
    code = models.CharField(max_length=100, blank=True)
    substance = models.CharField(max_length=200, blank=True)
    reaction = models.CharField(max_length=300, blank=True)

    class Meta(Timed.Meta):
        abstract = False
        verbose_name_plural = "allergies"
        constraints = [
            *Timed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="none-known", substance="", reaction="")
                | (~Q(kind="none-known") & ~Q(substance="")),
                name="allergy_names_its_substance",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.NONE_KNOWN:
            return _("No known allergies")
        return f"{self.substance}: {self.reaction}" if self.reaction else self.substance


class ImportedFact(Timed):
    """An event row kept for a concept whose folder comes later, so that the timeline is whole today."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=200)
    end = models.DateTimeField(null=True, blank=True)
    numeric_value = models.FloatField(null=True, blank=True)
    comparator = models.CharField(max_length=2, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    text_value = models.TextField(blank=True)

    class Meta(Timed.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["patient", "time"], name="imported_patient_time"),
            # Who is in hospital, who has a frame: asked across all patients by the worklist.
            models.Index(fields=["code"], condition=Q(end__isnull=True), name="imported_lasting"),
        ]
        constraints = [
            *Timed.Meta.constraints,
            models.CheckConstraint(condition=~Q(source=""), name="imported_has_a_source"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(time__isnull=False, end__gte=F("time")),
                name="imported_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.answer}" if self.answer else self.name

    @property
    def name(self) -> str:
        """What the code stands for, in words."""
        return name_of(self.code)

    @property
    def answer(self) -> str:
        """The value with its unit, and the words that came with it."""
        number = "" if self.numeric_value is None else f"{self.comparator}{self.numeric_value:g} {self.unit}"
        return ". ".join(filter(None, (number.strip(), self.text_value)))
