"""Brings a file into the record. One transaction: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.utils import timezone

from osteon.service.accounts.audit import action, note, touched
from osteon.service.accounts.models import Person, Team
from osteon.service.imports.digests import digest_of
from osteon.service.imports.identity import Known, recognise
from osteon.service.imports.models import ImportRun
from osteon.service.imports.routing import Router
from osteon.service.imports.storing import Store, fill_in
from osteon.service.patients.models import Patient
from osteon.standards.sources import Source, open_source

ROWS_TOGETHER: Final = 20_000

Progress = Callable[[int], None]


@action("imports.import_source")
def import_source(
    *, by: Person, path: Path, name: str = "", team: Team | None = None, progress: Progress | None = None
) -> ImportRun:
    """Reads ``path`` and adds to the record what is not in it yet. The same file again changes nothing.

    ``name`` is what the file is called in the list of imports (its own name by default). ``team`` is whom the
    patients are for: it is noted with the run, and opens no episode. ``progress`` is called with the number of
    rows done.

    Raises:
        SourceRefused: when the file is damaged or foreign; nothing of it was taken.
    """
    digest = digest_of(path)
    return _take(open_source(path), name or path.name, digest, by=by, team=team, progress=progress)


@action("imports.import_events")
def import_events(
    *, by: Person, source: Source, team: Team | None = None, progress: Progress | None = None
) -> ImportRun:
    """Adds what an open source tells: one that is no file (the simulator), else as ``import_source``."""
    return _take(source, source.name, "", by=by, team=team, progress=progress)


def _take(
    source: Source, name: str, digest: str, *, by: Person, team: Team | None, progress: Progress | None
) -> ImportRun:
    started = timezone.now()
    known = recognise(source.subjects(), by=by, fallback=digest[:16] or name)
    store = Store(by=by, new_patients=known.new)
    left_out, deaths = _store_events(source, known, store, by, progress or (lambda _rows: None))
    filled = fill_in(_told(known, deaths), by=by)
    for patient in _patients_touched(known, store):
        touched(patient)
    note(f"{len(known.new)} patients registered, {store.added.total()} facts added")
    return ImportRun.objects.create(
        name=name[:255],
        kind=source.kind,
        digest=digest,
        team=team,
        by=by,
        started_at=started,
        finished_at=timezone.now(),
        state=_state(known, store, filled),
        report=source.report.as_dict(),
        added=_added(known, store, filled, left_out),
        conflicts=[conflict.as_dict() for conflict in known.conflicts],
    )


@action("imports.note_refused_import")
def note_refused_import(
    *, by: Person, name: str, message: str, team: Team | None = None, digest: str = ""
) -> ImportRun:
    """Remembers that a file was refused, and why."""
    return ImportRun.objects.create(
        name=name[:255], digest=digest, team=team, by=by, state=ImportRun.State.REFUSED, message=message
    )


def _store_events(
    source: Source, known: Known, store: Store, by: Person, progress: Progress
) -> tuple[int, dict[int, date]]:
    """Stores group after group; how many events belong to nobody who was taken, and who died when."""
    router = Router(by=by, names=source.names, now=timezone.now())
    read, taken = 0, 0
    deaths: dict[int, date] = {}
    for rows in _groups(source.events()):
        owned = [
            (row, known.patients[row["subject_id"]]) for row in rows if row["subject_id"] in known.patients
        ]
        routed = router.route(owned)
        store.put(routed)
        deaths |= {patient: died.date() for patient, died in routed.deaths.items()}
        read, taken = read + len(rows), taken + len(owned)
        progress(read)
    return read - taken, deaths


def _groups(tables: Iterable[pl.DataFrame]) -> Iterator[list[dict[str, Any]]]:
    """Whole patients, about ``ROWS_TOGETHER`` rows at a time: what is held in memory as model instances."""
    held: list[dict[str, Any]] = []
    for table in tables:
        for patient in table.partition_by("subject_id", maintain_order=True):
            held += patient.to_dicts()
            if len(held) >= ROWS_TOGETHER:
                yield held
                held = []
    if held:
        yield held


def _told(known: Known, deaths: dict[int, date]) -> Iterator[tuple[Patient, dict[str, Any]]]:
    """What the source says of each patient that the record may not know."""
    for patient, subject in known.said:
        yield (
            patient,
            {
                "birth_date": subject.birth_date,
                "birth_precision": subject.birth_precision if subject.birth_date else "",
                "sex": subject.sex if subject.sex in ("female", "male", "other") else "",
                "died_on": deaths.get(patient.pk),
            },
        )
    for patient in known.patients.values():
        if patient.pk in known.new and patient.pk in deaths:
            yield patient, {"died_on": deaths[patient.pk]}


def _patients_touched(known: Known, store: Store) -> Iterator[Patient]:
    for patient in known.patients.values():
        if patient.pk in store.touched or patient.pk in known.new:
            yield patient.survivor or patient


def _state(known: Known, store: Store, filled: int) -> str:
    changed = known.new or known.identifiers_added or filled
    changed = changed or store.added.total() or store.corrected.total()
    return ImportRun.State.TAKEN if changed else ImportRun.State.UNCHANGED


def _added(known: Known, store: Store, filled: int, left_out: int) -> dict[str, Any]:
    return {
        "patients": len(known.new),
        "identifiers": known.identifiers_added,
        "added": dict(+Counter(store.added)),
        "corrected": dict(+Counter(store.corrected)),
        "unchanged": store.unchanged,
        "kept_as_edited_here": store.kept_as_edited,
        "patients_completed": filled,
        "left_out_with_a_conflict": left_out,
    }
