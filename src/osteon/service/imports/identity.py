"""Finds the patient of the record that a source's subject is; or makes one; or says that it cannot tell.

Two records are never joined because of a number alone: where the same number comes with another birth date,
or with another name and sex, or where one subject's numbers belong to two records, the subject is a conflict
and nothing of theirs is taken, until a person has decided who is who.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from osteon.events.subjects import Identifier, Subject
from osteon.service.accounts.models import Person
from osteon.service.imports.bulk import create_all
from osteon.service.patients.models import NHS, Patient, PatientIdentifier
from osteon.service.patients.names import identifier_key, name_key
from osteon.service.patients.partial_dates import PartialDate, Precision

LOOKED_UP_TOGETHER: Final = 400
_LONGEST: Final = 100
_SEXES: Final = frozenset(Patient.Sex.values)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A subject whose identity is in doubt. ``holder`` is the public id of the record that has the number."""

    system: str
    why: str
    holder: str

    def as_dict(self) -> dict[str, str]:
        """As plain data, for the report; without the number itself."""
        return {"system": self.system, "why": self.why, "holder": self.holder}


@dataclass(slots=True)
class Known:
    """The subjects of a source as patients of the record."""

    patients: dict[int, Patient] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)  # primary keys of patients that this run registered
    identifiers_added: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    said: list[tuple[Patient, Subject]] = field(default_factory=list)  # of patients the record had already
    _subject_of: dict[int, int] = field(default_factory=dict)  # patient → the subject that took it

    def take(self, subject: Subject, patient: Patient) -> bool:
        """Notes who a subject is; ``False`` when another subject of this source is that patient already."""
        taken_by = self._subject_of.setdefault(patient.pk, subject.subject_id)
        if taken_by != subject.subject_id:
            return False
        self.patients[subject.subject_id] = patient
        return True


Key = tuple[str, str]


def recognise(subjects: Iterable[Subject], *, by: Person, fallback: str) -> Known:
    """Every subject as a patient, registered when nobody has their numbers, or as a conflict.

    ``fallback`` names the source: a subject without any number that can be kept is known by it, so that a
    second run of the same file finds them again.
    """
    known = Known()
    remaining = iter(subjects)
    while group := list(islice(remaining, LOOKED_UP_TOGETHER)):
        _recognise_group([(s, _numbers(s, fallback)) for s in group], known, by)
    return known


def _recognise_group(group: list[tuple[Subject, dict[Key, Identifier]]], known: Known, by: Person) -> None:
    holders = _holders({key for _, numbers in group for key in numbers})
    fresh: list[tuple[Subject, dict[Key, Identifier]]] = []
    claimed: dict[Key, Subject] = {}
    more: list[PatientIdentifier] = []
    for subject, numbers in group:
        held = {key: holders[key] for key in numbers if key in holders}
        twin = next((claimed[key] for key in numbers if key in claimed), None)
        conflict = _conflict(subject, held, twin, numbers)
        if conflict is None and held and not known.take(subject, next(iter(held.values()))):
            conflict = Conflict(
                _system(held), "another patient of this file has the number too", _holder(held)
            )
        if conflict is not None:
            known.conflicts.append(conflict)
            continue
        claimed |= dict.fromkeys(numbers, subject)
        if held:
            patient = next(iter(held.values()))
            known.said.append((patient, subject))
            more += [_identifier(patient, numbers[key], by) for key in numbers.keys() - held.keys()]
        else:
            fresh.append((subject, numbers))
    more += _register(fresh, known, by)
    create_all(PatientIdentifier, more, by=by)
    known.identifiers_added += len(more)


def _numbers(subject: Subject, fallback: str) -> dict[Key, Identifier]:
    """The numbers worth keeping. One without a system could be anybody's."""
    found = {
        (system, identifier_key(i.value)): Identifier(system, i.value)
        for i in subject.identifiers
        if (system := system_name(i.system)) and identifier_key(i.value) and len(i.value) <= _LONGEST
    }
    if not found:
        stand_in = Identifier(f"hospital:import {fallback}"[:_LONGEST], str(subject.subject_id))
        found = {(stand_in.system, identifier_key(stand_in.value)): stand_in}
    return found


def system_name(system: str) -> str:
    """How the record names the system of a number: ``nhs``, or ``hospital:<name>``.

    >>> system_name("http://hospital.example.org"), system_name("nhs"), system_name("")
    ('hospital:hospital.example.org', 'nhs', '')
    """
    if system == NHS or not system:
        return system
    name = system.removeprefix("https://").removeprefix("http://").removeprefix("hospital:").rstrip("/")
    return f"hospital:{name}"[:_LONGEST]


def _holders(keys: set[Key]) -> dict[Key, Patient]:
    rows = PatientIdentifier.objects.standing().filter(value_key__in={value for _, value in keys})
    found = rows.select_related("patient").order_by("pk")
    return {key: row.patient for row in found if (key := (row.system, row.value_key)) in keys}


def _conflict(
    subject: Subject, held: dict[Key, Patient], twin: Subject | None, numbers: dict[Key, Identifier]
) -> Conflict | None:
    people = {patient.survivor_id or patient.pk for patient in held.values()}
    if len(people) > 1:
        return Conflict(_system(held), "the numbers belong to two records", _holder(held))
    if twin is not None:
        return Conflict(_system(numbers), "another patient of this file has the number too", "")
    for patient in held.values():
        if why := contradiction(subject, patient):
            return Conflict(_system(held), why, _holder(held))
    return None


def _system(keyed: dict[Key, Any]) -> str:
    return next(system for system, _ in keyed)


def _holder(held: dict[Key, Patient]) -> str:
    return str(next(iter(held.values())).public_id)


def contradiction(subject: Subject, patient: Patient) -> str:
    """Why a subject cannot be the patient who has their number; empty when nothing speaks against it.

    A changed name alone does not: people marry, and clerks misspell.
    """
    birth = _birth(subject)
    if (
        birth
        and patient.birth
        and (birth.latest < patient.birth.earliest or patient.birth.latest < birth.earliest)
    ):
        return "the number is there already, with another birth date"
    other_sex = {subject.sex, patient.sex} == {"female", "male"}
    if other_sex and name_key(subject.family_name) != patient.family_key:
        return "the number is there already, with another name and sex"
    return ""


def _birth(subject: Subject) -> PartialDate | None:
    if subject.birth_date is None:
        return None
    return PartialDate(subject.birth_date, Precision(subject.birth_precision))


def _register(
    fresh: list[tuple[Subject, dict[Key, Identifier]]], known: Known, by: Person
) -> list[PatientIdentifier]:
    made = create_all(Patient, [_patient(subject) for subject, _ in fresh], by=by)
    identifiers: list[PatientIdentifier] = []
    for (subject, numbers), patient in zip(fresh, made, strict=True):
        known.take(subject, patient)
        known.new.add(patient.pk)
        identifiers += [_identifier(patient, number, by) for number in numbers.values()]
    return identifiers


def _patient(subject: Subject) -> Patient:
    return Patient(
        family_name=clipped(subject.family_name, 200) or f"Unnamed {_shown_number(subject)}",
        given_name=clipped(subject.given_name, 200),
        birth_date=subject.birth_date,
        birth_precision=subject.birth_precision,
        sex=subject.sex if subject.sex in _SEXES else Patient.Sex.UNKNOWN,
        telephone=clipped(subject.telephone, 60),
        address=clipped(", ".join(subject.address_lines), 400),
    ).set_keys()


def _shown_number(subject: Subject) -> str:
    return next((i.value[:_LONGEST] for i in subject.identifiers), str(subject.subject_id))


def _identifier(patient: Patient, number: Identifier, by: Person) -> PatientIdentifier:
    row = PatientIdentifier(patient=patient, system=number.system, value=number.value, recorded_by=by)
    return row.set_keys()


def clipped(text: str, length: int) -> str:
    """Text a column can hold: without NUL, which PostgreSQL refuses, and cut with a sign where it is too long."""
    text = text.replace("\x00", "").strip()
    return text if len(text) <= length else f"{text[: length - 1]}…"
