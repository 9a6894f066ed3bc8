"""The events this folder yields: results, specimens, isolates and susceptibilities.

An isolate's source is its specimen's with ``/isolate/1`` behind it, a susceptibility's the isolate's with the
agent behind that, so that evidence leads back to the specimen's page. Its text is the specimen's label; of an
organism that the vocabulary does not know it is the organism's name, which nothing else could say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from osteon.events.schema import Event
from osteon.events.vocabulary import ORGANISM_BY_CODE
from osteon.service.patients.facts import as_known
from osteon.service.patients.story import naive_utc
from osteon.service.results.models import Isolate, Result, Specimen, Susceptibility


def events(patient_ids: list[int], *, known_at: datetime | None = None) -> Iterator[Event]:
    """Events of these rows of the patient table, in no particular order. Four queries, eight with ``known_at``.

    An isolate whose specimen is entered in error is not yielded, nor a susceptibility of such an isolate. A
    specimen reported after ``known_at`` is still pending then.
    """
    for result in as_known(Result.objects.of_patients(patient_ids), known_at):
        yield _result(result)
    specimens = _by_pk(as_known(Specimen.objects.of_patients(patient_ids), known_at))
    isolates = _by_pk(
        isolate
        for isolate in as_known(Isolate.objects.of_patients(patient_ids), known_at)
        if isolate.specimen_id in specimens
    )
    for specimen in specimens.values():
        yield _specimen(specimen, known_at)
    for isolate in isolates.values():
        yield _isolate(isolate, specimens[isolate.specimen_id])
    for row in as_known(Susceptibility.objects.of_patients(patient_ids), known_at):
        if row.isolate_id in isolates:
            isolate = isolates[row.isolate_id]
            yield _susceptibility(row, isolate, specimens[isolate.specimen_id])


def _by_pk(rows: Iterable) -> dict[int, object]:
    return {row.pk: row for row in rows}


def _result(result: Result) -> Event:
    return Event(
        subject_id=result.patient_id,
        time=naive_utc(result.taken_at),
        code=result.code,
        numeric_value=result.numeric_value,
        comparator=result.comparator or None,
        unit=result.unit or None,
        text_value=result.text_value or None,
        reference_low=result.reference_low,
        reference_high=result.reference_high,
        recorded_at=naive_utc(result.recorded_at),
        source=result.stream_source,
        original=result.original or None,
    )


def _specimen(specimen: Specimen, known_at: datetime | None) -> Event:
    reported = specimen.reported_at
    not_yet = known_at is not None and reported is not None and reported > known_at
    return Event(
        subject_id=specimen.patient_id,
        time=naive_utc(specimen.taken_at),
        code=specimen.code,
        numeric_value=None if not_yet else specimen.known_growth,
        text_value=specimen.label,
        recorded_at=naive_utc(specimen.recorded_at),
        source=specimen.stream_source,
        original=specimen.original or None,
    )


def _isolate(isolate: Isolate, specimen: Specimen) -> Event:
    return Event(
        subject_id=specimen.patient_id,
        time=naive_utc(specimen.taken_at),
        code=isolate.organism_code,
        text_value=specimen.label if isolate.organism_code in ORGANISM_BY_CODE else isolate.organism_name,
        recorded_at=naive_utc(isolate.recorded_at),
        source=isolate_source(isolate, specimen),
        original=isolate.original or None,
    )


def _susceptibility(row: Susceptibility, isolate: Isolate, specimen: Specimen) -> Event:
    organism = isolate.organism_code.removeprefix("SNOMED//")
    return Event(
        subject_id=specimen.patient_id,
        time=naive_utc(specimen.taken_at),
        code=f"SUSCEPTIBILITY//{organism}//{row.agent}",
        text_value=row.category,
        recorded_at=naive_utc(row.recorded_at),
        source=f"{isolate_source(isolate, specimen)}/{row.agent}",
        original=specimen.label,
    )


def isolate_source(isolate: Isolate, specimen: Specimen) -> str:
    """``record:results.specimen/<uuid>/isolate/1``."""
    return f"{specimen.stream_source}/isolate/{isolate.number}"
