"""The events this folder yields: who the patient is, episodes, findings, allergies and imported facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from osteon.events.schema import Event
from osteon.service.patients.facts import as_known
from osteon.service.patients.models import Allergy, Episode, Finding, ImportedFact, Patient, Timed
from osteon.service.patients.names import name_key
from osteon.service.patients.partial_dates import NotADate, Precision, parse_partial_date, spoken
from osteon.service.patients.story import naive_utc

OURS: Final = "record:patients."
SEPARATOR: Final = "; "
SEX_CODES: Final = {"female": "GENDER//F", "male": "GENDER//M", "other": "GENDER//O"}


def events(patient_ids: list[int], *, known_at: datetime | None = None) -> Iterator[Event]:
    """Events of these rows of the patient table, in no particular order. Five queries, nine with ``known_at``.

    Where a date is less exact than a day, ``time`` is its first day and ``original`` ends with how it was known
    ("March 2024"); ``precision_of`` reads it back.
    """
    for patient in Patient.objects.filter(pk__in=patient_ids):
        yield from _person(patient)
    for model, as_event in _KINDS:
        for fact in as_known(model.objects.of_patients(patient_ids), known_at):
            yield as_event(fact)


def _person(patient: Patient) -> Iterator[Event]:
    source = f"record:patients.patient/{patient.public_id}"
    if patient.sex in SEX_CODES:
        yield Event(patient.pk, None, SEX_CODES[patient.sex], source=source)
    # A record merged into another repeats the survivor's birth and death: the survivor's stands.
    if patient.merged_into_id is None and patient.birth_date:
        yield Event(
            patient.pk,
            _midnight(patient.birth_date),
            "MEDS_BIRTH",
            source=source,
            original=_said(patient.birth_date, patient.birth_precision),
        )
    if patient.merged_into_id is None and patient.died_on:
        yield Event(patient.pk, _midnight(patient.died_on), "MEDS_DEATH", source=source)


def _episode(episode: Episode) -> Event:
    opened = _midnight(episode.opened_on)
    return Event(
        episode.patient_id,
        opened,
        f"OSTEON//episode//{episode.kind}",
        end=max(_midnight(episode.closed_on), opened) if episode.closed_on else None,
        text_value=f"{episode.place}: {episode.diagnosis}" if episode.diagnosis else str(episode),
        recorded_at=_naive(episode.recorded_at),
        source=episode.stream_source,
        original=_said(episode.opened_on, episode.opened_precision),
    )


def _finding(finding: Finding) -> Event:
    value = finding.numeric_value if finding.present is None else float(finding.present)
    return Event(
        code=finding.code,
        numeric_value=value,
        unit=finding.unit or None,
        text_value=finding.text_value or None,
        **_common(finding),
    )


def _allergy(allergy: Allergy) -> Event:
    return Event(code=allergy_code(allergy), text_value=str(allergy), **_common(allergy))


def allergy_code(allergy: Allergy) -> str:
    """``OSTEON//allergy//penicillin``; ``OSTEON//allergy//none-known`` for the statement that none is known."""
    if allergy.kind == Allergy.Kind.NONE_KNOWN:
        return "OSTEON//allergy//none-known"
    return allergy.code or f"OSTEON//allergy//{name_key(allergy.substance) or 'unnamed'}"


def _imported(fact: ImportedFact) -> Event:
    return Event(
        code=fact.code,
        end=_naive(fact.end),
        numeric_value=fact.numeric_value,
        comparator=fact.comparator or None,
        unit=fact.unit or None,
        text_value=fact.text_value or None,
        **_common(fact),
    )


_KINDS: Final = ((Episode, _episode), (Finding, _finding), (Allergy, _allergy), (ImportedFact, _imported))


def _common(fact: Timed) -> dict[str, Any]:
    said = _said(fact.time.date(), fact.precision) if fact.time else None
    return {
        "subject_id": fact.patient_id,
        "time": _naive(fact.time),
        "recorded_at": _naive(fact.recorded_at),
        "source": fact.stream_source,
        "original": SEPARATOR.join(filter(None, (fact.original, said))) or None,
    }


def _said(when: date, precision: str) -> str | None:
    return None if precision in (Precision.DAY, Precision.MINUTE) else spoken(when, precision)


def is_about_identity(event: Event) -> bool:
    """Whether an event only says who the patient is: sex, birth, death."""
    return (event.source or "").startswith(f"{OURS}patient/")


def precision_of(event: Event) -> str:
    """How exactly the time of one of this folder's events is known; ``day`` where nothing says less."""
    if not event.original or not (event.source or "").startswith(OURS):
        return Precision.DAY
    try:
        return parse_partial_date(event.original.rpartition(SEPARATOR)[2]).precision
    except NotADate:
        return Precision.DAY


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the stream is UTC without a zone


def _naive(moment: datetime | None) -> datetime | None:
    return None if moment is None else naive_utc(moment)
