"""What the laboratory says: results (one value or one text), and specimens with isolates and susceptibilities."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from osteon.events.schema import COMPARATORS
from osteon.events.vocabulary import MEASURE_BY_CODE, Measure
from osteon.service.patients.facts import ClinicalFact, FactQuerySet
from osteon.service.patients.models import MOMENT_PRECISIONS
from osteon.service.patients.partial_dates import Precision, spoken
from osteon.service.results.ranges import Reading

MOST_FINITE = 1e300  # nothing measured comes near; infinity lies beyond it on every database


class InterpretedQuerySet(FactQuerySet):
    """Questions about what somebody has read, or not yet."""

    def uninterpreted(self) -> Self:
        """Standing facts that nobody has read and interpreted."""
        return self.standing().filter(interpreted_at=None)


class Interpreted(ClinicalFact):
    """A fact that a person reads and interprets: who, when, and in which words."""

    interpreted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    interpreted_at = models.DateTimeField(null=True, blank=True)
    interpretation = models.TextField(blank=True, max_length=4000)

    objects = InterpretedQuerySet.as_manager()

    class Meta(ClinicalFact.Meta):
        abstract = True
        constraints = [
            *ClinicalFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(interpreted_by__isnull=True, interpreted_at__isnull=True, interpretation="")
                | (Q(interpreted_by__isnull=False, interpreted_at__isnull=False) & ~Q(interpretation="")),
                name="%(app_label)s_%(class)s_interpretation_is_whole",
            ),
        ]


class TakenMixin:
    """``taken_at`` said no more exactly than ``precision`` knows it."""

    @property
    def spoken_time(self) -> str:
        """``Tue 24 Nov 2026, 08:12``; ``March 2024`` where no more is known."""
        if self.precision == Precision.MINUTE:
            return date_format(timezone.localtime(self.taken_at), "D j M Y, H:i")
        return spoken(self.taken_at.date(), self.precision)


class Result(TakenMixin, Interpreted):
    """One laboratory result. ``numeric_value`` is in ``unit``; a unit nobody could convert stays in the text.

    ``code`` is the stream code (``LOINC//1988-5``), or the sender's own where no vocabulary knows it.
    ``original`` keeps code, value and unit as they came, when anything was changed.
    """

    code = models.CharField(max_length=200)
    name = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField()
    precision = models.CharField(max_length=6, choices=MOMENT_PRECISIONS, default=Precision.MINUTE)
    numeric_value = models.FloatField(null=True, blank=True)
    comparator = models.CharField(max_length=2, blank=True, choices=[(c, c) for c in COMPARATORS])
    unit = models.CharField(max_length=60, blank=True)
    text_value = models.TextField(blank=True, max_length=20_000)
    reference_low = models.FloatField(null=True, blank=True)
    reference_high = models.FloatField(null=True, blank=True)
    original = models.CharField(max_length=500, blank=True)
    wants_interpretation = models.BooleanField(default=False)

    class Meta(Interpreted.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["patient", "taken_at"], name="result_patient_taken"),
            models.Index(fields=["patient", "code", "taken_at"], name="result_patient_code_taken"),
            models.Index(
                fields=["taken_at"],
                condition=Q(wants_interpretation=True, interpreted_at=None),
                name="result_uninterpreted",
            ),
        ]
        constraints = [
            *Interpreted.Meta.constraints,
            models.CheckConstraint(
                condition=Q(numeric_value__isnull=False) | ~Q(text_value=""), name="result_says_something"
            ),
            models.CheckConstraint(
                condition=Q(comparator="") | Q(numeric_value__isnull=False, comparator__in=COMPARATORS),
                name="result_limit_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(numeric_value__isnull=True)
                | Q(numeric_value__gt=-MOST_FINITE, numeric_value__lt=MOST_FINITE),
                name="result_value_is_finite",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="result_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def get_absolute_url(self) -> str:
        """The result with its history."""
        return reverse("results:result", args=[self.public_id])

    @property
    def measure(self) -> Measure | None:
        """The measure of the vocabulary; ``None`` for a test it does not know."""
        return MEASURE_BY_CODE.get(self.code)

    @property
    def reading(self) -> Reading:
        """The value with its range; a range whose ends are the wrong way round is no range."""
        low, high = self.reference_low, self.reference_high
        if low is not None and high is not None and low > high:
            low = high = None
        return Reading(self.numeric_value, self.comparator, low, high)


class Specimen(TakenMixin, Interpreted):
    """One specimen sent for culture. ``isolate_count`` is what the laboratory reported; null while unknown.

    ``taking`` names the operation or procedure; specimens of one patient with the same taking, or with none
    on the same day, belong together. ``label`` is what stands on the pot: "S3 tibia".
    """

    class Kind(models.TextChoices):
        TISSUE = "tissue", _("Deep tissue")
        BONE = "bone", _("Bone")
        FLUID = "fluid", _("Joint fluid")
        SONICATE = "sonicate", _("Sonication fluid")
        BLOOD = "blood", _("Blood culture")
        SWAB = "swab", _("Swab")

    class State(models.TextChoices):
        PENDING = "pending", _("Pending: nothing reported yet")
        INTERIM = "interim", _("Interim report: still incubating")
        FINAL = "final", _("Final report")

    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=120)
    site = models.CharField(max_length=120, blank=True)
    taking = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField()
    precision = models.CharField(max_length=6, choices=MOMENT_PRECISIONS, default=Precision.MINUTE)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    reported_at = models.DateTimeField(null=True, blank=True)
    isolate_count = models.PositiveSmallIntegerField(null=True, blank=True)
    report = models.TextField(blank=True, max_length=20_000)
    separate_instrument = models.BooleanField(null=True, blank=True)
    in_bottles = models.BooleanField(null=True, blank=True)
    antibiotic_free_days = models.PositiveSmallIntegerField(null=True, blank=True)
    days_incubated = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_incubation_days = models.PositiveSmallIntegerField(null=True, blank=True)
    original = models.CharField(max_length=500, blank=True)

    class Meta(Interpreted.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["patient", "taken_at"], name="specimen_patient_taken"),
            models.Index(
                fields=["taken_at"],
                condition=Q(interpreted_at=None, entered_in_error_at=None),
                name="specimen_uninterpreted",
            ),
        ]
        constraints = [
            *Interpreted.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="pending", isolate_count__isnull=True)
                | Q(state="interim")
                | Q(state="final", isolate_count__isnull=False),
                name="specimen_state_fits_its_growth",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="specimen_has_a_label"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The specimen with its isolates and history."""
        return reverse("results:specimen", args=[self.public_id])

    @property
    def code(self) -> str:
        """The stream code."""
        return f"OSTEON//specimen//{self.kind}"

    @property
    def is_reported(self) -> bool:
        """Whether there is anything to interpret."""
        return self.state == self.State.FINAL or bool(self.isolate_count)

    @property
    def known_growth(self) -> int | None:
        """How many isolates grew; ``None`` while nothing can be said (an interim "no growth" is not final)."""
        if self.state == self.State.FINAL or self.isolate_count:
            return self.isolate_count
        return None


class Isolate(ClinicalFact):
    """One organism grown from one specimen, numbered by the laboratory.

    ``organism_code`` is ``SNOMED//…``, or the sender's own code where the vocabulary does not know it.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.PROTECT, related_name="isolates")
    number = models.PositiveSmallIntegerField(default=1)
    organism_code = models.CharField(max_length=200)
    organism_name = models.CharField(max_length=300)
    quantity = models.CharField(max_length=120, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    original = models.CharField(max_length=500, blank=True)

    class Meta(ClinicalFact.Meta):
        abstract = False
        constraints = [
            *ClinicalFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["specimen", "number"],
                condition=Q(entered_in_error_at=None),
                name="isolate_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(organism_code="") & ~Q(organism_name=""), name="isolate_names_its_organism"
            ),
        ]

    def __str__(self) -> str:
        return self.organism_name


class Susceptibility(ClinicalFact):
    """One drug against one isolate: S, I ("susceptible, increased exposure") or R.

    ``guideline`` is the breakpoint table and version the laboratory used; a category means nothing without it,
    so a missing one is said on the page. ``agent`` is the AMR code (``FLC``) of the drug.
    """

    class Category(models.TextChoices):
        SUSCEPTIBLE = "S", _("Susceptible")
        INCREASED_EXPOSURE = "I", _("Susceptible, increased exposure")
        RESISTANT = "R", _("Resistant")

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="susceptibilities")
    isolate = models.ForeignKey(Isolate, on_delete=models.PROTECT, related_name="susceptibilities")
    agent = models.CharField(max_length=40)
    drug_name = models.CharField(max_length=200)
    category = models.CharField(max_length=1, choices=Category)
    mic = models.FloatField(null=True, blank=True)
    mic_comparator = models.CharField(max_length=2, blank=True, choices=[(c, c) for c in COMPARATORS])
    guideline = models.CharField(max_length=120, blank=True)
    original = models.CharField(max_length=500, blank=True)

    class Meta(ClinicalFact.Meta):
        abstract = False
        verbose_name_plural = "susceptibilities"
        constraints = [
            *ClinicalFact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(agent="") & ~Q(drug_name=""), name="susceptibility_names_its_drug"
            ),
            models.CheckConstraint(condition=Q(category__in=["S", "I", "R"]), name="susceptibility_category"),
            models.CheckConstraint(
                condition=Q(mic__isnull=True, mic_comparator="") | Q(mic__gt=0, mic__lt=MOST_FINITE),
                name="susceptibility_mic_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drug_name}: {self.category}"
