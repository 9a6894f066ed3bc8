"""The durable queue of patients whose rules are to be run: one row per patient, claimed with a lease.

Why not a task queue (docs/decisions): a task that is running when its worker is killed stays "running" for
ever there, and ten changes of one patient are ten tasks. Here the row says *that* a patient must be looked
at; looking twice changes nothing, so a lease that runs out is all the recovery there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from osteon.service.patients.models import Patient
from osteon.service.worklist.models import PatientCheck, RulesState

LEASE = timedelta(seconds=60)
# How long a patient whose rules could not be run waits for the next try: 1, 2, 4 … minutes, at most an hour.
FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=1)
ONE = 1  # the only row of RulesState


def enqueue(patient_ids: Iterable[int], *, now: datetime) -> None:
    """Asks for these patients to be looked at. Part of the caller's transaction: it stands or falls with it."""
    ids = sorted(set(patient_ids))
    PatientCheck.objects.bulk_create([PatientCheck(patient_id=pk) for pk in ids], ignore_conflicts=True)
    PatientCheck.objects.filter(patient_id__in=ids).update(
        requests=F("requests") + 1,
        queued_at=Coalesce("queued_at", Value(now, output_field=PatientCheck._meta.get_field("queued_at"))),
    )


def recheck_all(*, now: datetime) -> None:
    """Asks for every patient to be looked at again, in one row however many they are."""
    RulesState.objects.update_or_create(pk=ONE, defaults={"recheck_before": now})


def sweep(*, now: datetime, limit: int = 5000) -> int:
    """Queues patients that nobody asked about yet (a restored backup, a bulk load). How many."""
    unseen = Patient.objects.filter(~Exists(PatientCheck.objects.filter(patient=OuterRef("pk"))))
    ids = list(unseen.values_list("pk", flat=True)[:limit])
    if ids:
        with transaction.atomic():
            enqueue(ids, now=now)
    return len(ids)


def claim(worker: str, *, now: datetime, limit: int = 20, lease: timedelta = LEASE) -> list[int]:
    """Patients for this worker alone until the lease runs out: first those somebody changed, then by time."""
    with transaction.atomic():
        claimed: list[int] = []
        for rows in _waiting(now):
            if len(claimed) < limit:
                claimed += _unleased(rows, now, limit - len(claimed), claimed)
        PatientCheck.objects.filter(pk__in=claimed).update(leased_by=worker, leased_until=now + lease)
    return claimed


def _waiting(now: datetime) -> list[QuerySet[PatientCheck]]:
    checks = PatientCheck.objects
    rules = RulesState.objects.filter(pk=ONE).first()
    waiting = [
        checks.filter(queued_at__isnull=False).order_by("queued_at"),
        checks.filter(next_check_at__lte=now).order_by("next_check_at"),
    ]
    if rules and rules.recheck_before:
        waiting.append(checks.filter(last_checked_at__lt=rules.recheck_before).order_by("last_checked_at"))
    return waiting


def _unleased(rows: QuerySet[PatientCheck], now: datetime, limit: int, taken: list[int]) -> list[int]:
    free = rows.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now)).exclude(pk__in=taken)
    # PostgreSQL: two workers pass each other by. SQLite: the transaction already holds the only write lock.
    skip = connection.features.has_select_for_update_skip_locked
    return list(free.select_for_update(skip_locked=skip).values_list("pk", flat=True)[:limit])


def release(worker: str) -> None:
    """Gives back what this worker holds (it was told to stop)."""
    PatientCheck.objects.filter(leased_by=worker).update(leased_by="", leased_until=None)


def note_failure(patient_id: int, error: str, *, now: datetime) -> None:
    """The rules could not be run for this patient: try again later, and let Today say so."""
    with transaction.atomic():
        check = PatientCheck.objects.select_for_update().get(pk=patient_id)
        check.failures += 1
        check.last_error = error[:2000]
        wait = min(FIRST_RETRY * 2 ** min(check.failures - 1, 10), LAST_RETRY)
        check.leased_by, check.leased_until = "", now + wait
        check.queued_at = check.queued_at or now
        check.save()
