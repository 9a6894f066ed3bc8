"""Everything that changes a patient's record, one verb each: keyword-only, ``by=``, one transaction, audited.

What cannot be done raises ``facts.Refused`` or one of its kinds, with a sentence for the person who tried.
Registering, numbers and merging are in ``identity_actions`` and are reached from here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.service.accounts.audit import action
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
from osteon.service.patients.identity_actions import (
    CannotMerge,
    IdentityConflict,
    add_identifier,
    edit_patient,
    merge_patients,
    note_possible_duplicate,
    register_patient,
    settle_duplicate,
    unmerge_patients,
)
from osteon.service.patients.models import Allergy, Episode, EpisodeMove, Finding, Patient
from osteon.service.patients.partial_dates import PartialDate, Precision
from osteon.service.patients.road import Position, is_ordinary
from osteon.service.patients.story import record_ids

__all__ = [
    "AlreadyInError",
    "CannotMerge",
    "IdentityConflict",
    "Refused",
    "StaleEdit",
    "add_identifier",
    "edit_patient",
    "merge_patients",
    "note_possible_duplicate",
    "register_patient",
    "settle_duplicate",
    "unmerge_patients",
]


class NeedsReason(Refused):
    """The move is not an ordinary one: it can be made, with a reason."""


class AllergiesStand(Refused):
    """ "No known allergies" contradicts an allergy that is recorded."""


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
        raise Refused(_("An episode is not opened closed."))
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
        raise Refused(_("An episode is closed with its outcome."))
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
        raise Refused(_("Say how the episode ended."))
    if closed_on < episode.opened_on:
        raise Refused(_("It cannot be closed before it was opened."))
    return _move(
        by, episode, Position.CLOSED, reason, seen_version, closed_on=closed_on, closed_how=how.strip()
    )


def _move(
    by: Person, episode: Episode, goal: Position, reason: str, seen_version: int | None, **values: Any
) -> Episode:
    start = Position(episode.status)
    if start == goal:
        raise Refused(_("It stands at %(position)s already.") % {"position": goal.words})
    if not is_ordinary(start, goal) and not reason.strip():
        said = {"start": start.words, "goal": goal.words}
        raise NeedsReason(_("From %(start)s to %(goal)s is not the usual way. Say why.") % said)
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
        raise AlreadyInError(_("It is entered in error: record it anew instead."))
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
    known = Allergy.objects.of_patients(record_ids(patient.survivor or patient)).standing()
    if known.exclude(kind=Allergy.Kind.NONE_KNOWN).exists():
        raise AllergiesStand(_("An allergy is recorded. If it is wrong, mark it as entered in error first."))
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
