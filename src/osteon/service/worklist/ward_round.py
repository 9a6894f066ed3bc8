"""The ward round and handover list: who is in hospital, what happened, what is planned, what is to be done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from osteon.service.patients.models import ImportedFact, Patient
from osteon.service.patients.presenters import age_words
from osteon.service.worklist.models import Alert, HandoverEntry, Task
from osteon.service.worklist.presenters import places, whose
from osteon.service.worklist.queries import INPATIENT, Scope, beside, open_tasks, within

SHOWN = 200  # inpatients of one list


@dataclass(frozen=True, slots=True)
class Bed:
    """One inpatient's line."""

    patient: Patient
    age: str
    places: tuple[str, ...]
    admitted_at: datetime | None
    entry: HandoverEntry | None
    before: HandoverEntry | None
    jobs: tuple[Task, ...]
    alerts: tuple[Alert, ...]

    @property
    def day(self) -> int | None:
        """Which day in hospital it is, the first being 1."""
        if self.admitted_at is None:
            return None
        return (timezone.localdate() - timezone.localtime(self.admitted_at).date()).days + 1


def beds(scope: Scope, day: date) -> list[Bed]:
    """The inpatients within reach, by name. Eight queries, however many there are."""
    admitted = _admitted(scope)
    people = {(fact.patient.survivor or fact.patient).pk: fact for fact in admitted}
    patients = sorted(
        (fact.patient.survivor or fact.patient for fact in people.values()),
        key=lambda patient: (patient.family_key, patient.given_key, patient.pk),
    )
    around, entries = beside(patients), _entries(people, day)
    jobs, alerts = _jobs(people), _alerts(people)
    return [
        Bed(
            patient=patient,
            age=age_words(patient, day),
            places=tuple(places(patient, around, day)),
            admitted_at=people[patient.pk].time,
            entry=entries.get((patient.pk, True)),
            before=entries.get((patient.pk, False)),
            jobs=tuple(jobs[patient.pk]),
            alerts=tuple(alerts[patient.pk]),
        )
        for patient in patients
    ]


def _admitted(scope: Scope) -> list[ImportedFact]:
    rows = ImportedFact.objects.standing().filter(code=INPATIENT, end__isnull=True)
    mine = rows.filter(within(scope) | within(scope, "patient__survivor_id"))
    return list(mine.select_related("patient__survivor").order_by("-time")[:SHOWN])


def _entries(ids: dict[int, ImportedFact], day: date) -> dict[tuple[int, bool], HandoverEntry]:
    """By patient and "is today's": today's entry, and the last one before it."""
    rows = HandoverEntry.objects.filter(patient__in=ids, day__lte=day).order_by("day")
    rows = rows.select_related("written_by", "seen_by", "overseen_by")
    return {(entry.patient_id, entry.day == day): entry for entry in rows}


def _jobs(ids: dict[int, ImportedFact]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = defaultdict(list)
    for task in (
        open_tasks().filter(Q(patient__in=ids) | Q(patient__survivor__in=ids)).order_by("due_on", "pk")
    ):
        patient = whose(task)
        if patient:
            found[patient.pk].append(task)
    return found


def _alerts(ids: dict[int, ImportedFact]) -> dict[int, list[Alert]]:
    found: dict[int, list[Alert]] = defaultdict(list)
    rows = Alert.objects.open().filter(patient__in=ids).select_related("patient").order_by("-urgency", "pk")
    for alert in rows:
        found[alert.patient_id].append(alert)
    return found


def entry_of(patient: Patient, day: date) -> HandoverEntry | None:
    """The patient's entry of that day."""
    return HandoverEntry.objects.filter(patient=patient, day=day).first()


def plan_before(patient: Patient, day: date) -> HandoverEntry | None:
    """The last entry before that day, to start from."""
    return HandoverEntry.objects.filter(patient=patient, day__lt=day).order_by("-day").first()
