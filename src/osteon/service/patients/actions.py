"""Everything that changes a patient's record, one verb each: keyword-only, ``by=``, one transaction, audited.

What cannot be done raises ``facts.Refused`` or one of its kinds, with a sentence for the person who tried.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from osteon.service.accounts.audit import action, touched
from osteon.service.accounts.models import Person, Team
from osteon.service.patients.facts import (
    AlreadyInError,
    ClinicalFact,
    Refused,
    StaleEdit,
    change,
    save_new,
    withdraw,
)
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
from osteon.service.patients.names import identifier_key
from osteon.service.patients.partial_dates import PartialDate, Precision
from osteon.service.patients.road import Position, is_ordinary

__all__ = ["AlreadyInError", "Refused", "StaleEdit"]


class IdentityConflict(Refused):
    """The number belongs to another record already. ``holder`` is that record's patient."""

    def __init__(self, *, system: str, value: str, holder: Patient) -> None:
        super().__init__(f"{value} is already the number of another patient.")
        self.system, self.value, self.holder = system, value, holder


class CannotMerge(Refused):
    """These two records cannot be merged, or this one not taken apart."""


class NeedsReason(Refused):
    """The move is not an ordinary one: it can be made, with a reason."""


class AllergiesStand(Refused):
    """ "No known allergies" contradicts an allergy that is recorded."""


# Who the patient is


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
    same = PatientIdentifier.objects.standing().filter(system=system, value_key=identifier_key(value))
    held = same.select_related("patient__survivor").first()
    if held is None:
        return save_new(PatientIdentifier(patient=patient, system=system, value=value, recorded_by=by))
    if _survivor(held.patient) != _survivor(patient):
        raise IdentityConflict(system=system, value=value, holder=_survivor(held.patient))
    return held


@action("patients.note_possible_duplicate")
def note_possible_duplicate(*, by: Person, patient: Patient, other: Patient, why: str) -> PossibleDuplicate:
    """Lists two records that may be one person; the same pair for the same cause is listed once.

    Raises:
        Refused: for one and the same record.
    """
    first, second = sorted((_survivor(patient), _survivor(other)), key=lambda each: each.pk)
    if first == second:
        raise Refused("It is one record.")
    touched(first)
    touched(second)
    noted, _new = PossibleDuplicate.objects.get_or_create(patient=first, other=second, why=why[:300])
    return noted


@action("patients.settle_duplicate")
def settle_duplicate(*, by: Person, duplicate: PossibleDuplicate, how: str) -> PossibleDuplicate:
    """Takes a pair off the list, saying how it was settled ("two different people: twins")."""
    if not how.strip():
        raise Refused("Say how you know.")
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
        raise CannotMerge("This record is not merged into another.")
    if not reason.strip():
        raise CannotMerge("Say why the two records are two people.")
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
        raise CannotMerge("A record cannot be merged into itself.")
    if patient.merged_into_id or into.merged_into_id:
        raise CannotMerge("One of the two is merged into another record already. Open that one first.")
    if not reason.strip():
        raise CannotMerge("Say how you know that they are one person.")


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


def _survivor(patient: Patient) -> Patient:
    return patient.survivor or patient


def _birth(birth: PartialDate | None) -> dict[str, Any]:
    if birth is None:
        return {"birth_date": None, "birth_precision": Precision.DAY}
    return {"birth_date": birth.date, "birth_precision": birth.precision}


# Episodes


@action("patients.open_episode")
def open_episode(
    *,
    by: Person,
    patient: Patient,
    kind: str,
    site: str,
    opened: PartialDate,
    team: Team,
    side: str = Episode.Side.NONE,
    diagnosis: str = "",
    responsible: Person | None = None,
    status: Position = Position.REFERRED,
    source: str = "",
    recorded_at: datetime | None = None,
) -> Episode:
    """A new episode, at ``status`` on the road (an urgent admission starts in theatre)."""
    if status == Position.CLOSED:
        raise Refused("An episode is not opened closed.")
    return save_new(
        Episode(
            patient=patient,
            kind=kind,
            site=site,
            side=side,
            diagnosis=diagnosis,
            opened_on=opened.date,
            opened_precision=opened.precision,
            team=team,
            responsible=responsible,
            status=status,
            source=source,
            recorded_by=by,
            recorded_at=recorded_at or timezone.now(),
        )
    )


@action("patients.edit_episode")
def edit_episode(
    *,
    by: Person,
    episode: Episode,
    seen_version: int,
    kind: str,
    site: str,
    side: str,
    diagnosis: str,
    opened: PartialDate,
    team: Team,
    responsible: Person | None,
) -> Episode:
    """Changes what the episode says. Where it stands changes by ``move_episode`` and ``close_episode``.

    Raises:
        StaleEdit: when somebody else changed it since ``seen_version``.
    """
    return change(
        episode,
        seen_version=seen_version,
        kind=kind,
        site=site,
        side=side,
        diagnosis=diagnosis,
        opened_on=opened.date,
        opened_precision=opened.precision,
        team=team,
        responsible=responsible,
    )


@action("patients.move_episode")
def move_episode(
    *, by: Person, episode: Episode, goal: str, reason: str = "", seen_version: int | None = None
) -> Episode:
    """Moves an episode along the road. From *closed* this reopens it.

    Raises:
        NeedsReason: for a move that is not in ``road.ORDINARY_MOVES``, without a reason.
        StaleEdit: when ``seen_version`` is given and somebody else changed it since.
        Refused: when it stands there already, or the goal is *closed* (that is ``close_episode``).
    """
    if goal == Position.CLOSED:
        raise Refused("An episode is closed with its outcome.")
    return _move(by, episode, Position(goal), reason, seen_version, closed_on=None, closed_how="")


@action("patients.close_episode")
def close_episode(
    *,
    by: Person,
    episode: Episode,
    closed_on: date,
    how: str,
    reason: str = "",
    seen_version: int | None = None,
) -> Episode:
    """Closes an episode, saying how it ended.

    Raises:
        NeedsReason: when it is not in follow-up and no reason is given.
        StaleEdit: when ``seen_version`` is given and somebody else changed it since.
        Refused: without saying how it ended, or before it was opened.
    """
    if not how.strip():
        raise Refused("Say how the episode ended.")
    if closed_on < episode.opened_on:
        raise Refused("It cannot be closed before it was opened.")
    return _move(
        by, episode, Position.CLOSED, reason, seen_version, closed_on=closed_on, closed_how=how.strip()
    )


def _move(
    by: Person, episode: Episode, goal: Position, reason: str, seen_version: int | None, **values: Any
) -> Episode:
    start = Position(episode.status)
    if start == goal:
        raise Refused(f"It stands at {goal.words} already.")
    if not is_ordinary(start, goal) and not reason.strip():
        raise NeedsReason(f"From {start.words} to {goal.words} is not the usual way. Say why.")
    now = timezone.now()
    moved = change(
        episode,
        seen_version=episode.version if seen_version is None else seen_version,
        why=reason.strip(),
        status=goal,
        status_since=now,
        **values,
    )
    EpisodeMove(
        episode=moved,
        start=start,
        goal=goal,
        reason=reason.strip(),
        is_override=not is_ordinary(start, goal),
        moved_at=now,
        moved_by=by,
    ).save()
    return moved


# Findings and allergies


@action("patients.record_finding")
def record_finding(
    *,
    by: Person,
    patient: Patient,
    code: str,
    time: datetime,
    precision: str = Precision.MINUTE,
    present: bool | None = None,
    numeric_value: float | None = None,
    unit: str = "",
    text_value: str = "",
    source: str = "",
    original: str = "",
    recorded_at: datetime | None = None,
) -> Finding:
    """A finding: present or absent, or a number in ``unit`` (UCUM), or words; true at ``time``."""
    return save_new(
        Finding(
            patient=patient,
            code=code,
            time=time,
            precision=precision,
            present=present,
            numeric_value=numeric_value,
            unit=unit,
            text_value=text_value,
            source=source,
            original=original,
            recorded_by=by,
            recorded_at=recorded_at or timezone.now(),
        )
    )


def record_weight(
    *,
    by: Person,
    patient: Patient,
    kilograms: float,
    time: datetime,
    precision: str = Precision.MINUTE,
) -> Finding:
    """A weight, as the finding that it is."""
    return record_finding(
        by=by,
        patient=patient,
        code=WEIGHT,
        numeric_value=kilograms,
        unit="kg",
        time=time,
        precision=precision,
    )


@action("patients.edit_finding")
def edit_finding(
    *,
    by: Person,
    finding: Finding,
    seen_version: int,
    time: datetime,
    precision: str,
    present: bool | None = None,
    numeric_value: float | None = None,
    text_value: str = "",
) -> Finding:
    """Corrects a finding's time or answer; its earlier values stay in its history.

    Raises:
        StaleEdit: when somebody else changed it since ``seen_version``.
        AlreadyInError: when it is entered in error.
    """
    if finding.is_in_error:
        raise AlreadyInError("It is entered in error: record it anew instead.")
    return change(
        finding,
        seen_version=seen_version,
        time=time,
        precision=precision,
        present=present,
        numeric_value=numeric_value,
        text_value=text_value,
    )


@action("patients.record_allergy")
def record_allergy(
    *,
    by: Person,
    patient: Patient,
    substance: str,
    reaction: str = "",
    kind: str = Allergy.Kind.ALLERGY,
    code: str = "",
    time: datetime | None = None,
    precision: str = Precision.MINUTE,
    source: str = "",
    recorded_at: datetime | None = None,
) -> Allergy:
    """An allergy or intolerance. It outweighs an earlier "no known allergies"."""
    if kind == Allergy.Kind.NONE_KNOWN:
        raise TypeError("that is record_no_known_allergies")
    now = timezone.now()
    return save_new(
        Allergy(
            patient=patient,
            kind=kind,
            code=code,
            substance=substance,
            reaction=reaction,
            time=time or now,
            precision=precision,
            source=source,
            recorded_by=by,
            recorded_at=recorded_at or now,
        )
    )


@action("patients.record_no_known_allergies")
def record_no_known_allergies(
    *, by: Person, patient: Patient, time: datetime | None = None, source: str = ""
) -> Allergy:
    """The statement that somebody asked, and that no allergy is known.

    Raises:
        AllergiesStand: while an allergy is recorded.
    """
    rows = Patient.objects.filter(survivor=_survivor(patient)).values_list("pk", flat=True)
    known = Allergy.objects.of_patients([_survivor(patient).pk, *rows]).standing()
    if known.exclude(kind=Allergy.Kind.NONE_KNOWN).exists():
        raise AllergiesStand("An allergy is recorded. If it is wrong, mark it as entered in error first.")
    now = timezone.now()
    return save_new(
        Allergy(
            patient=patient,
            kind=Allergy.Kind.NONE_KNOWN,
            time=time or now,
            source=source,
            recorded_by=by,
            recorded_at=now,
        )
    )


@action("patients.mark_entered_in_error")
def mark_entered_in_error(*, by: Person, fact: ClinicalFact, reason: str) -> ClinicalFact:
    """Withdraws any clinical fact: it leaves rules and pages, and stays in the history.

    Raises:
        AlreadyInError: when it is withdrawn already.
        Refused: without a reason.
    """
    return withdraw(fact, by=by, reason=reason)
