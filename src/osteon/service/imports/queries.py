"""Reading the list of imports. Each function asks the database a fixed number of times."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from osteon.service.accounts.models import Person, Team
from osteon.service.imports.models import ImportRun
from osteon.service.patients.models import Patient


def runs() -> QuerySet[ImportRun]:
    """Every import, newest first."""
    return ImportRun.objects.select_related("by", "team").order_by("-started_at", "-pk")


def run_by_public_id(public_id: uuid.UUID) -> ImportRun:
    """One import, or 404."""
    return get_object_or_404(runs(), public_id=public_id)


def teams_of(person: Person) -> list[Team]:
    """Whom this person may import for."""
    return list(person.teams.order_by("name"))


def holders(run: ImportRun) -> dict[str, Patient]:
    """The records that hold a number in conflict, by public id."""
    named = {conflict["holder"] for conflict in run.conflicts if conflict["holder"]}
    found = Patient.objects.select_related("survivor").filter(public_id__in=named)
    return {str(patient.public_id): patient.survivor or patient for patient in found}
