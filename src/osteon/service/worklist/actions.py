"""Everything that changes the worklist, one verb each: keyword-only, ``by=``, one transaction, audited.

What cannot be done raises ``Refused`` or one of its kinds, with a sentence for the person who tried.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osteon.service.accounts.audit import action
from osteon.service.accounts.models import Person, Team
from osteon.service.patients.facts import Refused, StaleEdit, change, save_new
from osteon.service.patients.models import Patient
from osteon.service.worklist.judgement import Finding
from osteon.service.worklist.models import (
    ACTS_THAT_NEED_A_REASON,
    Act,
    Alert,
    AlertEvent,
    EventKind,
    HandoverEntry,
    RuleSwitch,
    Task,
)
from osteon.service.worklist.queue import recheck_all
from osteon.service.worklist.states import Change, Move, State, reason_to_reopen

__all__ = ["Refused", "StaleEdit"]

# Our own limits, not published ones. Nobody on the caseload may be silent for more than a week (opat.md
# G4.1), so an acknowledged alert that is still true comes back after seven days; what needs a clinician the
# same day can be put off until tomorrow at the latest, anything else for two weeks.
LOOK_AGAIN_AFTER = timedelta(days=7)
LONGEST_SNOOZE_DAYS, LONGEST_SNOOZE_DAYS_SAME_DAY = 14, 1
SNOOZE_ENDS_AT = time(7, 0)


class AlertMoved(Refused):
    """The alert is no longer as the person saw it; they should look again before they answer it."""


class NeedsReason(Refused):
    """The act says that nothing was done, so it needs a reason."""


class SnoozeTooLong(Refused):
    """The date is in the past, or further off than such an alert may wait."""


# What the rules do (called by evaluation.py) ---------------------------------------------------------


@action("worklist.raise_alert")
def raise_alert(*, by: Person, patient: Patient, finding: Finding, now: datetime) -> Alert:
    """A rule fires for a patient and no unclosed alert of it stands."""
    alert = Alert(patient=patient, rule_id=finding.rule_id, first_raised_at=now, changed_at=now)
    _take_over(alert, finding)
    alert.save()
    _write(alert, EventKind.RAISED, by, now)
    return alert


@action("worklist.change_alert")
def change_alert(
    *, by: Person, alert: Alert, move: Move, change: Change, finding: Finding, now: datetime
) -> Alert:
    """The rule says something else than the alert does; an answered alert is open again."""
    _take_over(alert, finding)
    alert.changed_at = now
    why = ""
    if move is Move.REOPEN:
        _open(alert)
        why = alert.reopened_because = reason_to_reopen(change)
    alert.save()
    _write(alert, EventKind(move.value), by, now, reason=why)
    return alert


@action("worklist.close_alert")
def close_alert(*, by: Person, alert: Alert, reason: str, now: datetime) -> Alert:
    """The rule no longer fires, or no longer speaks."""
    _open(alert)
    alert.state, alert.closed_at, alert.changed_at = State.CLOSED, now, now
    alert.save()
    _write(alert, EventKind.CLOSED, by, now, reason=reason)
    return alert


@action("worklist.move_alert")
def move_alert(*, by: Person, alert: Alert, patient: Patient, now: datetime) -> Alert:
    """The patient's record was merged, or taken apart again: the alert follows the record."""
    alert.moved_from = alert.moved_from or alert.patient
    if alert.moved_from == patient:
        alert.moved_from = None
    alert.patient = patient
    alert.save()
    _write(alert, EventKind.MOVED, by, now)
    return alert


def reword_alert(alert: Alert, finding: Finding) -> None:
    """The same facts, said for today: "3 days late" becomes "4 days late". No news, so no history."""
    Alert.objects.filter(pk=alert.pk).update(sentence=finding.sentence)


def _take_over(alert: Alert, finding: Finding) -> None:
    alert.level, alert.urgency = finding.level, finding.said.urgency
    alert.fingerprint, alert.sentence = finding.said.fingerprint, finding.sentence
    alert.evidence, alert.provisional = finding.evidence, finding.provisional
    alert.fact_at, alert.due_at = finding.fact_at, finding.due_at


def _open(alert: Alert) -> None:
    alert.state, alert.reopened_because = State.OPEN, ""
    alert.snoozed_until = alert.look_again_at = alert.answered_at = alert.answered_by = None
    alert.answer = ""


def _answered(alert: Alert, by: Person, now: datetime, words: str) -> None:
    alert.answered_at, alert.answered_by, alert.answer = now, by, words[:300]


def _write(alert: Alert, kind: EventKind, by: Person, now: datetime, **more: Any) -> AlertEvent:
    event = AlertEvent(
        alert=alert,
        kind=kind,
        at=now,
        by=by,
        level=alert.level,
        sentence=alert.sentence,
        evidence=alert.evidence,
        **more,
    )
    event.save()
    return event


# What people do with an alert -----------------------------------------------------------------------


@action("worklist.acknowledge_alert")
def acknowledge_alert(
    *, by: Person, alert: Alert, seen: str, act: str, reason: str = "", now: datetime | None = None
) -> Alert:
    """Somebody has seen it and says what was done, or why nothing is to be done.

    ``seen`` is the fingerprint of the alert as the person saw it.

    Raises:
        AlertMoved: it has changed or closed since, or somebody answered it first.
        NeedsReason: the act needs words.
    """
    now = now or timezone.now()
    if Act(act) in ACTS_THAT_NEED_A_REASON and not reason.strip():
        raise NeedsReason(_("Say why, so that the next person need not ask."))
    alert = _as_seen(alert, seen)
    _open(alert)
    alert.state, alert.look_again_at = State.ACKNOWLEDGED, now + LOOK_AGAIN_AFTER
    _answered(alert, by, now, in_words(act, reason))
    alert.save()
    _write(alert, EventKind.ACKNOWLEDGED, by, now, act=act, reason=reason.strip())
    return alert


def in_words(act: str, reason: str) -> str:
    """The act with what was added: ``Stopped or changed the drug: switched to ceftriaxone``."""
    said = str(Act(act).label).partition(":")[0]
    return f"{said}: {reason.strip()}" if reason.strip() else said


@action("worklist.snooze_alert")
def snooze_alert(
    *, by: Person, alert: Alert, seen: str, until: date, reason: str, now: datetime | None = None
) -> Alert:
    """Puts it off to the morning of a day, with a reason. It comes back earlier if anything changes.

    Raises:
        AlertMoved, NeedsReason: as for ``acknowledge_alert``.
        SnoozeTooLong: the day is past, or too far off.
    """
    now = now or timezone.now()
    if not reason.strip():
        raise NeedsReason(_("Say why it can wait."))
    alert = _as_seen(alert, seen)
    ends = timezone.make_aware(datetime.combine(until, SNOOZE_ENDS_AT))
    latest = latest_snooze(alert, now)
    if not timezone.localtime(now).date() < until <= latest:
        raise SnoozeTooLong(
            _("Choose a day from tomorrow to %(day)s.") % {"day": date_format(latest, "D j M Y")}
        )
    _open(alert)
    alert.state, alert.snoozed_until = State.SNOOZED, ends
    _answered(alert, by, now, reason.strip())
    alert.save()
    _write(alert, EventKind.SNOOZED, by, now, reason=reason.strip(), snoozed_until=ends)
    return alert


def latest_snooze(alert: Alert, now: datetime) -> date:
    """The last day to which this alert may be put off."""
    days = LONGEST_SNOOZE_DAYS_SAME_DAY if alert.is_for_now else LONGEST_SNOOZE_DAYS
    return timezone.localtime(now).date() + timedelta(days=days)


@action("worklist.reopen_alert")
def reopen_alert(*, by: Person, alert: Alert, reason: str = "", now: datetime | None = None) -> Alert:
    """Takes back an acknowledgement or a snooze.

    Raises:
        AlertMoved: it is open or closed already.
    """
    alert = Alert.objects.select_for_update().select_related("patient").get(pk=alert.pk)
    if alert.state not in (State.ACKNOWLEDGED, State.SNOOZED):
        raise AlertMoved(f"This alert is {alert.state} already.")
    _open(alert)
    alert.reopened_because = f"{by.full_name} reopened it"[:200]
    alert.save()
    _write(alert, EventKind.REOPENED, by, now or timezone.now(), reason=reason.strip())
    return alert


def _as_seen(alert: Alert, seen: str) -> Alert:
    """The alert as stored, locked, if it is open and still says what the person saw."""
    stored = Alert.objects.select_for_update().select_related("patient").get(pk=alert.pk)
    if stored.state != State.OPEN:
        raise AlertMoved(f"This alert is {stored.state} already. Its history says by whom.")
    if stored.fingerprint != seen:
        raise AlertMoved(_("This alert has changed since you opened it. Look at what it says now."))
    return stored


# Tasks ----------------------------------------------------------------------------------------------


@action("worklist.create_task")
def create_task(
    *,
    by: Person,
    text: str,
    due_on: date,
    patient: Patient | None = None,
    owner: Person | None = None,
    owner_role: str = "",
    team: Team | None = None,
    from_alert: Alert | None = None,
    now: datetime | None = None,
) -> Task:
    """Work for a person, or for whoever of a role is on duty."""
    return save_new(
        Task(
            text=text,
            patient=patient,
            owner=owner,
            owner_role=owner_role,
            team=team,
            due_on=due_on,
            from_alert=from_alert,
            created_by=by,
            created_at=now or timezone.now(),
        )
    )


@action("worklist.edit_task")
def edit_task(
    *,
    by: Person,
    task: Task,
    seen_version: int,
    text: str,
    owner: Person | None,
    owner_role: str,
    due_on: date,
) -> Task:
    """Words, owner or date. Handing a task over is changing its owner.

    Raises:
        StaleEdit: somebody changed it first.
    """
    values = {"text": text, "owner": owner, "owner_role": owner_role, "due_on": due_on}
    return change(task, seen_version=seen_version, **values)


@action("worklist.finish_task")
def finish_task(*, by: Person, task: Task, note: str = "", now: datetime | None = None) -> Task:
    """It is done, or no longer needed: the note says so.

    Raises:
        Refused: it was finished already.
    """
    current = Task.objects.select_for_update().get(pk=task.pk)
    if current.is_done:
        raise Refused(_("This task is done already."))
    values = {"done_at": now or timezone.now(), "done_by": by, "done_note": note.strip()}
    return change(current, seen_version=current.version, why="Done", **values)


@action("worklist.reopen_task")
def reopen_task(*, by: Person, task: Task) -> Task:
    """Not done after all.

    Raises:
        Refused: it is open.
    """
    current = Task.objects.select_for_update().get(pk=task.pk)
    if not current.is_done:
        raise Refused(_("This task is open already."))
    nothing = {"done_at": None, "done_by": None, "done_note": ""}
    return change(current, seen_version=current.version, why="Not done after all", **nothing)


# Rules ----------------------------------------------------------------------------------------------


@action("worklist.switch_rule")
def switch_rule(
    *, by: Person, rule_id: str, on: bool, reason: str, now: datetime | None = None
) -> RuleSwitch:
    """The unit's decision about a provisional rule. Every patient is looked at again.

    Raises:
        NeedsReason: without one.
    """
    if not reason.strip():
        raise NeedsReason(_("Say why: the decision is kept and shown beside the rule."))
    now = now or timezone.now()
    switch = RuleSwitch(rule_id=rule_id, on=on, reason=reason.strip(), by=by, at=now)
    switch.save()
    recheck_all(now=now)
    return switch


# Ward round and handover ----------------------------------------------------------------------------

OVERSEERS = frozenset({"infection_physician", "unit_lead"})  # the roles an infection consultant has


@action("worklist.write_handover")
def write_handover(
    *,
    by: Person,
    patient: Patient,
    day: date,
    overnight: str,
    plan: str,
    seen_version: int,
    now: datetime | None = None,
) -> HandoverEntry:
    """What happened overnight and what is planned today. ``seen_version`` 0: there was no entry yet.

    Raises:
        StaleEdit: somebody else wrote first.
    """
    now = now or timezone.now()
    words = {"overnight": overnight.strip(), "plan": plan.strip(), "written_by": by, "written_at": now}
    entry = _entry(patient, day)
    if entry is None:
        return save_new(HandoverEntry(patient=patient, day=day, **words))
    return change(entry, seen_version=seen_version, **words)


@action("worklist.mark_seen")
def mark_seen(*, by: Person, patient: Patient, day: date, now: datetime | None = None) -> HandoverEntry:
    """Seen on the ward round."""
    now = now or timezone.now()
    entry = _entry(patient, day) or save_new(
        HandoverEntry(patient=patient, day=day, written_by=by, written_at=now)
    )
    return change(entry, seen_version=entry.version, why="Seen", seen_by=by, seen_at=now)


@action("worklist.oversee_handover")
def oversee_handover(
    *, by: Person, patient: Patient, day: date, now: datetime | None = None
) -> HandoverEntry:
    """The infection consultant has gone through what is written and stands by it.

    Raises:
        Refused: by anybody else, or when nothing is written.
    """
    if by.role not in OVERSEERS:
        raise Refused(_("Only the infection consultant oversees the list."))
    entry = _entry(patient, day)
    if entry is None or not entry.plan:
        raise Refused(_("There is no plan to oversee yet."))
    now = now or timezone.now()
    return change(entry, seen_version=entry.version, why="Overseen", overseen_by=by, overseen_at=now)


def _entry(patient: Patient, day: date) -> HandoverEntry | None:
    return HandoverEntry.objects.select_for_update().filter(patient=patient, day=day).first()
