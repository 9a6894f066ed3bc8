"""A patient's story: every event that the record holds, whichever concept folder keeps it, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from osteon.events.schema import EARLIEST, Event
from osteon.service.patients.models import Patient

Stream = Callable[..., Iterator[Event]]


def story(
    patient: Patient, *, known_at: datetime | None = None, as_of: datetime | None = None
) -> list[Event]:
    """The events of a patient and of the records merged into them, oldest first.

    Shapes and units:
        known_at: only what the record held at that moment, with the values it had then (aware, or naive UTC).
        as_of: only what was true by that moment.
        subject_id of every event is ``patient.id``. The number of queries does not grow with the events.
    """
    told = _remembered(
        patient,
        ("story", known_at, as_of),
        lambda: stories([patient.pk], known_at=known_at, as_of=as_of)[patient.pk],
    )
    return list(told)


def stories(
    patient_ids: Iterable[int], *, known_at: datetime | None = None, as_of: datetime | None = None
) -> dict[int, list[Event]]:
    """The same for many surviving patients at once, in no more queries than for one."""
    told: dict[int, list[Event]] = {patient_id: [] for patient_id in patient_ids}
    survivors = _rows_and_survivors(told)
    limit = None if as_of is None else naive_utc(as_of)
    for event in _events(list(survivors), known_at):
        if limit is None or event.time is None or event.time <= limit:
            survivor = survivors[event.subject_id]
            own = event if survivor == event.subject_id else replace(event, subject_id=survivor)
            told[survivor].append(own)
    for events in told.values():
        events.sort(key=_in_order)
    return told


def record_ids(patient: Patient) -> list[int]:
    """The rows of the patient table that make up one patient: their own and those merged into it."""
    return list(_remembered(patient, "records", lambda: list(_rows_and_survivors([patient.pk]))))


def remember(patient: Patient) -> None:
    """Lets this very object remember its story and its records: for one request that only reads.

    The panels of a page, each of another app, then share one reading.
    """
    patient.remembered = {}


def _remembered(patient: Patient, key: Hashable, make: Callable[[], list[Any]]) -> list[Any]:
    memory: dict[Hashable, list[Any]] | None = getattr(patient, "remembered", None)
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    return memory[key]


def survivor_ids(patient_ids: Iterable[int]) -> set[int]:
    """The patients whose record these rows now belong to."""
    rows = Patient.objects.filter(pk__in=list(patient_ids))
    return set(rows.values_list(Coalesce("survivor_id", "pk"), flat=True))


def naive_utc(moment: datetime) -> datetime:
    """A moment as the stream writes it: UTC, without a zone."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def aware_utc(moment: datetime) -> datetime:
    """A moment as the database wants it; one without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _rows_and_survivors(patient_ids: Iterable[int]) -> dict[int, int]:
    wanted = set(patient_ids)
    rows = Patient.objects.filter(Q(pk__in=wanted) | Q(survivor__in=wanted))
    return {pk: survivor if survivor in wanted else pk for pk, survivor in rows.values_list("pk", "survivor")}


def _events(patient_ids: list[int], known_at: datetime | None) -> Iterator[Event]:
    moment = None if known_at is None else aware_utc(known_at)
    for stream in _streams(tuple(settings.OSTEON_STREAMS)):
        yield from stream(patient_ids, known_at=moment)


@cache
def _streams(names: tuple[str, ...]) -> tuple[Stream, ...]:
    return tuple(import_string(name) for name in names)


def _in_order(event: Event) -> tuple[datetime, str, str]:
    return (event.time or EARLIEST, event.code, event.source or "")
