"""What changes who a patient is: registering, numbers, duplicates, merging. Reached as ``actions``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.service.accounts.audit import action, touched
from osteon.service.accounts.models import Person
from osteon.service.patients.facts import Refused, change, save_new
from osteon.service.patients.models import Patient, PatientIdentifier, PossibleDuplicate
from osteon.service.patients.names import identifier_key
from osteon.service.patients.partial_dates import PartialDate, Precision


class IdentityConflict(Refused):
    """The number belongs to another record already. ``holder`` is that record's patient."""

    def __init__(self, *, system: str, value: str, holder: Patient) -> None:
        super().__init__(_("%(value)s is already the number of another patient.") % {"value": value})
        self.system, self.value, self.holder = system, value, holder


class CannotMerge(Refused):
    """These two records cannot be merged, or this one not taken apart."""


@action("patients.register_patient")
def register_patient(
    *,
    by: Person,
    family_name: str,
    given_name: str = "",
    birth: PartialDate | None = None,
    sex: str = Patient.Sex.UNKNOWN,
    died_on: date | None = None,
    telephone: str = "",
    address: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
) -> Patient:
    """A new patient, with the (system, value) numbers they are known by.

    Raises:
        IdentityConflict: when one of the numbers is another patient's; nobody is registered.
    """
    patient = save_new(
        Patient(
            family_name=family_name,
            given_name=given_name,
            sex=sex,
            died_on=died_on,
            telephone=telephone,
            address=address,
            **_birth(birth),
        )
    )
    for system, value in identifiers:
        _identify(by, patient, system, value)
    return patient


@action("patients.edit_patient")
def edit_patient(
    *,
    by: Person,
    patient: Patient,
    seen_version: int,
    family_name: str,
    given_name: str,
    birth: PartialDate | None,
    sex: str,
    died_on: date | None,
    telephone: str,
    address: str,
) -> Patient:
    """Corrects who the patient is said to be.

    Raises:
        StaleEdit: when somebody else changed it since ``seen_version``.
    """
    return change(
        patient,
        seen_version=seen_version,
        family_name=family_name,
        given_name=given_name,
        sex=sex,
        died_on=died_on,
        telephone=telephone,
        address=address,
        **_birth(birth),
    )


@action("patients.add_identifier")
def add_identifier(*, by: Person, patient: Patient, system: str, value: str) -> PatientIdentifier:
    """One more number, kept exactly as given. The same number again changes nothing.

    Raises:
        IdentityConflict: when it is another patient's. Never joins the two; ``note_possible_duplicate`` lists
            them for somebody to decide.
    """
    return _identify(by, patient, system, value)


def _identify(by: Person, patient: Patient, system: str, value: str) -> PatientIdentifier:
    held = _held(system, value)
    if held is None:
        new = PatientIdentifier(patient=patient, system=system, value=value, recorded_by=by)
        try:
            with transaction.atomic():
                return save_new(new)
        except IntegrityError:  # somebody gave it to a patient between the look and the writing
            held = _held(system, value)
            if held is None:
                raise
    if survivor_of(held.patient) != survivor_of(patient):
        raise IdentityConflict(system=system, value=value, holder=survivor_of(held.patient))
    return held


def _held(system: str, value: str) -> PatientIdentifier | None:
    same = PatientIdentifier.objects.standing().filter(system=system, value_key=identifier_key(value))
    return same.select_related("patient__survivor").first()


@action("patients.note_possible_duplicate")
def note_possible_duplicate(*, by: Person, patient: Patient, other: Patient, why: str) -> PossibleDuplicate:
    """Lists two records that may be one person; the same pair for the same cause is listed once.

    Raises:
        Refused: for one and the same record.
    """
    first, second = sorted((survivor_of(patient), survivor_of(other)), key=lambda each: each.pk)
    if first == second:
        raise Refused(_("It is one record."))
    touched(first)
    touched(second)
    noted, _new = PossibleDuplicate.objects.get_or_create(patient=first, other=second, why=why[:300])
    return noted


@action("patients.settle_duplicate")
def settle_duplicate(*, by: Person, duplicate: PossibleDuplicate, how: str) -> PossibleDuplicate:
    """Takes a pair off the list, saying how it was settled ("two different people: twins")."""
    if not how.strip():
        raise Refused(_("Say how you know."))
    duplicate.settled_at, duplicate.settled_by, duplicate.settled_how = timezone.now(), by, how.strip()[:300]
    duplicate.save()
    return duplicate


@action("patients.merge_patients")
def merge_patients(*, by: Person, patient: Patient, into: Patient, reason: str) -> Patient:
    """Reads ``patient`` as part of ``into`` from now on. No fact moves, so that it can be undone exactly.

    Raises:
        CannotMerge: into itself, or when either is merged away already.
    """
    first, second = _locked(patient, into)
    patient, into = (first, second) if first.pk == patient.pk else (second, first)
    _check_merge(patient, into, reason)
    merged = _place(patient, into, merged_into=into, merged_at=timezone.now(), why=f"Merged: {reason}")
    for follower in Patient.objects.filter(survivor=patient):
        _place(follower, into, why=f"Merged along: {reason}")
    for pair in PossibleDuplicate.objects.filter(patient=first, other=second, settled_at=None):
        settle_duplicate(by=by, duplicate=pair, how="Merged")
    touched(into)
    return merged


@action("patients.unmerge_patients")
def unmerge_patients(*, by: Person, patient: Patient, reason: str) -> Patient:
    """Takes a merged record out again, with those that had been merged into it before.

    Raises:
        CannotMerge: when it is not merged.
    """
    if patient.merged_into is None:
        raise CannotMerge(_("This record is not merged into another."))
    if not reason.strip():
        raise CannotMerge(_("Say why the two records are two people."))
    former = patient.survivor
    apart = _place(patient, None, merged_into=None, merged_at=None, why=f"Unmerged: {reason}")
    for follower in _merged_under(apart, Patient.objects.filter(survivor=former)):
        _place(follower, apart, why=f"Unmerged along: {reason}")
    touched(former)
    return apart


def _locked(*patients: Patient) -> list[Patient]:
    rows = Patient.objects.select_for_update().filter(pk__in=[patient.pk for patient in patients])
    return list(rows.order_by("pk")) if len({p.pk for p in patients}) > 1 else [patients[0]] * 2


def _check_merge(patient: Patient, into: Patient, reason: str) -> None:
    if patient.pk == into.pk:
        raise CannotMerge(_("A record cannot be merged into itself."))
    if patient.merged_into_id or into.merged_into_id:
        raise CannotMerge(_("One of the two is merged into another record already. Open that one first."))
    if not reason.strip():
        raise CannotMerge(_("Say how you know that they are one person."))


def _place(patient: Patient, survivor: Patient | None, *, why: str, **values: Any) -> Patient:
    return change(patient, seen_version=patient.version, why=why, survivor=survivor, **values)


def _merged_under(root: Patient, candidates: Iterable[Patient]) -> list[Patient]:
    """Those whose chain of merges leads to ``root``."""
    parents = {row.pk: row for row in candidates}

    def leads_to_root(row: Patient) -> bool:
        return row.merged_into_id == root.pk or (
            row.merged_into_id in parents and leads_to_root(parents[row.merged_into_id])
        )

    return [row for row in parents.values() if leads_to_root(row)]


def survivor_of(patient: Patient) -> Patient:
    """The record that this one is read as part of, or itself."""
    return patient.survivor or patient


def _birth(birth: PartialDate | None) -> dict[str, Any]:
    if birth is None:
        return {"birth_date": None, "birth_precision": Precision.DAY}
    return {"birth_date": birth.date, "birth_precision": birth.precision}
