"""The rows that pages show. A fixed number of queries each, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from osteon.service.patients.finding_kinds import WEIGHT
from osteon.service.patients.models import Allergy, Episode, Finding, Patient, PatientIdentifier


def records_of(patient: Patient) -> list[Patient]:
    """The rows of the patient table that make up one patient, the patient's own first."""
    rows = Patient.objects.filter(Q(pk=patient.pk) | Q(survivor=patient))
    return sorted(rows, key=lambda row: (row.pk != patient.pk, row.pk))


def numbers(record_ids: Iterable[int]) -> list[PatientIdentifier]:
    """Numbers that stand, the NHS number first."""
    rows = PatientIdentifier.objects.of_patients(record_ids).standing().order_by("pk")
    return sorted(rows, key=lambda row: (row.system != "nhs", row.system))


def episodes(record_ids: Iterable[int]) -> list[Episode]:
    """Episodes that stand, the latest first."""
    return list(_episodes(record_ids).standing().order_by("-opened_on", "-pk"))


def _episodes(record_ids: Iterable[int]) -> QuerySet[Episode]:
    return Episode.objects.of_patients(record_ids).select_related("team", "responsible")


def allergies(record_ids: Iterable[int]) -> list[Allergy]:
    """Allergies, and statements that there is none, that stand."""
    rows = Allergy.objects.of_patients(record_ids).standing().select_related("recorded_by")
    return list(rows.order_by("substance", "pk"))


def latest_weight(record_ids: Iterable[int]) -> Finding | None:
    """The weight measured last; of two at one moment the one recorded last."""
    rows = Finding.objects.of_patients(record_ids).standing().filter(code=WEIGHT)
    return rows.order_by("-time", "-recorded_at", "-pk").first()
