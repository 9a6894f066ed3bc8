"""The ward round and handover list: who is in hospital, what happened, what is planned, what is to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from osteon.service.patients.models import ImportedFact, Patient
from osteon.service.patients.presenters import age_words
from osteon.service.worklist.models import Alert, HandoverEntry, Task
from osteon.service.worklist.presenters import places
from osteon.service.worklist.queries import INPATIENT, Scope, beside, survivors_of, within
from osteon.service.worklist.task_queries import open_tasks

SHOWN = 200  # inpatients of one list
CANDIDATES = 2000  # admissions without an end that are looked at, the latest first
LOOK_BACK = timedelta(days=14)  # how old a plan may be to be shown as "the plan before"


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
    """The inpatients within reach, by name. Ten queries, however many there are."""
    admitted = _admitted(scope)
    patients = sorted(
        _survivors(admitted).values(), key=lambda patient: (patient.family_key, patient.given_key, patient.pk)
    )
    since = {(fact.patient.survivor or fact.patient).pk: fact.time for fact in admitted}
    around, entries = beside(patients), _entries(patients, day)
    jobs, alerts = _jobs(patients), _alerts(patients)
    return [
        Bed(
            patient=patient,
            age=age_words(patient, day),
            places=tuple(places(patient, around, day)),
            admitted_at=since[patient.pk],
            entry=entries.get((patient.pk, True)),
            before=entries.get((patient.pk, False)),
            jobs=tuple(jobs[patient.pk]),
            alerts=tuple(alerts[patient.pk]),
        )
        for patient in patients
    ]


def _admitted(scope: Scope) -> list[ImportedFact]:
    """Admissions without an end, of patients within reach, the latest first."""
    rows = ImportedFact.objects.standing().filter(code=INPATIENT, end__isnull=True)
    found = list(rows.select_related("patient__survivor").order_by("-time")[:CANDIDATES])
    mine = Patient.objects.filter(pk__in=_survivors(found)).filter(within(scope, "pk"))
    reached = set(mine.values_list("pk", flat=True))
    return [fact for fact in found if (fact.patient.survivor or fact.patient).pk in reached][:SHOWN]


def _survivors(facts: Iterable[ImportedFact]) -> dict[int, Patient]:
    people = (fact.patient.survivor or fact.patient for fact in facts)
    return {patient.pk: patient for patient in people}


def _entries(patients: Sequence[Patient], day: date) -> dict[tuple[int, bool], HandoverEntry]:
    """By patient and "is today's": today's entry, and the last one before it."""
    rows = HandoverEntry.objects.filter(patient__in=patients, day__lte=day, day__gte=day - LOOK_BACK)
    rows = rows.select_related("written_by", "seen_by", "overseen_by").order_by("day")
    return {(entry.patient_id, entry.day == day): entry for entry in rows}


def _jobs(patients: Sequence[Patient]) -> dict[int, list[Task]]:
    whose = survivors_of(patient.pk for patient in patients)
    found: dict[int, list[Task]] = defaultdict(list)
    for task in open_tasks().filter(patient_id__in=list(whose)).order_by("due_on", "pk"):
        found[whose[task.patient_id]].append(task)
    return found


def _alerts(patients: Sequence[Patient]) -> dict[int, list[Alert]]:
    found: dict[int, list[Alert]] = defaultdict(list)
    rows = Alert.objects.open().filter(patient__in=patients).select_related("patient")
    for alert in rows.order_by("-urgency", "pk"):
        found[alert.patient_id].append(alert)
    return found


def entry_of(patient: Patient, day: date) -> HandoverEntry | None:
    """The patient's entry of that day."""
    return HandoverEntry.objects.filter(patient=patient, day=day).first()


def plan_before(patient: Patient, day: date) -> HandoverEntry | None:
    """The last entry before that day, to start from."""
    return HandoverEntry.objects.filter(patient=patient, day__lt=day).order_by("-day").first()
