"""The rows that pages show. A fixed number of queries each, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from osteon.service.accounts.models import AuditEntry, Person, Team
from osteon.service.accounts.permissions import ROLES, Permission
from osteon.service.patients.finding_kinds import WEIGHT
from osteon.service.patients.models import (
    Allergy,
    Episode,
    EpisodeMove,
    Finding,
    Patient,
    PatientIdentifier,
    PossibleDuplicate,
)

ROWS_ON_A_PAGE: Final = 50


def records_of(patient: Patient) -> list[Patient]:
    """The rows of the patient table that make up one patient, the patient's own first."""
    rows = Patient.objects.filter(Q(pk=patient.pk) | Q(survivor=patient))
    return sorted(rows, key=lambda row: (row.pk != patient.pk, row.pk))


def merged_records(patient: Patient) -> list[Patient]:
    """The records that are read as part of this one."""
    return list(Patient.objects.filter(survivor=patient).select_related("merged_into").order_by("merged_at"))


def numbers(record_ids: Iterable[int]) -> list[PatientIdentifier]:
    """Numbers that stand, the NHS number first."""
    rows = PatientIdentifier.objects.of_patients(record_ids).standing().order_by("pk")
    return sorted(rows, key=lambda row: (row.system != "nhs", row.system))


def episodes(record_ids: Iterable[int]) -> list[Episode]:
    """Episodes that stand, the latest first."""
    rows = Episode.objects.of_patients(record_ids).standing().select_related("team", "responsible")
    return list(rows.order_by("-opened_on", "-pk"))


def moves(episode: Episode) -> list[EpisodeMove]:
    """The moves of an episode along the road, the latest first."""
    return list(episode.moves.select_related("moved_by").order_by("-moved_at", "-pk"))


def allergies(record_ids: Iterable[int]) -> list[Allergy]:
    """Allergies, and statements that there is none, that stand."""
    rows = Allergy.objects.of_patients(record_ids).standing().select_related("recorded_by")
    return list(rows.order_by("substance", "pk"))


def latest_weight(record_ids: Iterable[int]) -> Finding | None:
    """The weight measured last; of two at one moment the one recorded last."""
    rows = Finding.objects.of_patients(record_ids).standing().filter(code=WEIGHT)
    return rows.order_by("-time", "-recorded_at", "-pk").first()


def findings(record_ids: Iterable[int], page_number: object) -> Page[Finding]:
    """Findings that stand, the latest first."""
    rows = Finding.objects.of_patients(record_ids).standing().select_related("recorded_by")
    return Paginator(rows.order_by("-time", "-pk"), ROWS_ON_A_PAGE).get_page(page_number)


def teams() -> QuerySet[Team]:
    """The unit's teams."""
    return Team.objects.order_by("name")


def teams_of(person: Person) -> list[Team]:
    """The teams a person is in."""
    return list(Team.objects.filter(pk__in=person.teams_ids()))


def doctors() -> QuerySet[Person]:
    """People who can be responsible for an episode: those who may both prescribe and lead it."""
    needed = {Permission.PRESCRIBE_COURSE, Permission.MANAGE_EPISODE}
    roles = [key for key, role in ROLES.items() if needed <= role.permissions]
    return Person.objects.filter(role__in=roles, is_active=True).order_by("full_name")


def possible_duplicates(page_number: object) -> Page[PossibleDuplicate]:
    """Pairs that nobody has settled yet, the latest first."""
    rows = PossibleDuplicate.objects.filter(settled_at=None).select_related("patient", "other")
    return Paginator(rows.order_by("-noted_at", "-pk"), ROWS_ON_A_PAGE).get_page(page_number)


def possible_duplicate(public_id: UUID) -> PossibleDuplicate | None:
    """One pair, settled or not."""
    rows = PossibleDuplicate.objects.select_related("patient", "other", "settled_by")
    return rows.filter(public_id=public_id).first()


def surviving(public_id: UUID | str) -> Patient | None:
    """A patient not merged away, wherever; for people who keep identities in order."""
    return Patient.objects.surviving().filter(public_id=public_id).first()


def namesakes(patient: Patient) -> list[Patient]:
    """Others with the same name and a birth date that does not contradict."""
    rows = Patient.objects.surviving().exclude(pk=patient.pk)
    same = rows.filter(family_key=patient.family_key, given_key=patient.given_key)
    if patient.birth_date:
        same = same.filter(Q(birth_date=None) | Q(birth_date__year=patient.birth_date.year))
    return list(same.prefetch_related("identifiers")[:10])


def audit_entries(records: Iterable[Patient], page_number: object) -> Page[AuditEntry]:
    """Everything done to these records, the latest first."""
    ids = [record.public_id for record in records]
    rows = AuditEntry.objects.filter(patient_id__in=ids).select_related("by")
    return Paginator(rows.order_by("-at", "-pk"), ROWS_ON_A_PAGE).get_page(page_number)
