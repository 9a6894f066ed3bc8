"""Runs the rules on one patient and lets the alerts follow. Called by the worker; may be called by anyone.

Reading and judging happen outside the transaction, so that the only write lock SQLite has is held for a
moment and not for the time rules take. Then one transaction: the patient's row of the queue is locked, an
evaluation that has been overtaken by a newer one is thrown away, the alerts move, the row says what was done.
Doing it twice, or dying in the middle, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from osteon.events.schema import Event
from osteon.knowledge import all_rules
from osteon.service.accounts.models import Person
from osteon.service.patients.models import Patient
from osteon.service.patients.story import story
from osteon.service.worklist import actions
from osteon.service.worklist.judgement import Judgement, Ruleset, judge_all
from osteon.service.worklist.models import Alert, LastAnswer, PatientCheck, RuleSwitch
from osteon.service.worklist.queue import enqueue
from osteon.service.worklist.states import Move, Standing, State, change_between, next_move

# A patient with a running course or an unclosed alert is looked at hourly, so that what becomes due, late or
# past its stop shows within the hour; one for whom a rule cannot say whether it applies, daily.
HOURLY, DAILY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of it. ``overtaken``: a newer evaluation was written first and this one was thrown away."""

    moves: dict[str, Move] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    overtaken: bool = False


def rules_of_the_unit() -> Ruleset:
    """All rules, with the provisional ones as the unit's lead left them."""
    return Ruleset.of(all_rules(), switches())


def switches() -> dict[str, bool]:
    """By rule, whether its provisional parts are switched on. The newest switch counts."""
    return dict(RuleSwitch.objects.order_by("at", "pk").values_list("rule_id", "on"))


def reevaluate(
    patient_id: int, *, now: datetime, by: Person | None = None, ruleset: Ruleset | None = None
) -> Evaluated:
    """Asks every rule about a patient and opens, changes, reopens and closes alerts accordingly.

    ``now`` is aware. ``by`` is whom the history names: the system, unless somebody asked for it.
    """
    by = by or Person.objects.system()
    check, _ = PatientCheck.objects.get_or_create(patient_id=patient_id)
    patient = Patient.objects.select_related("survivor").get(pk=patient_id)
    if patient.merged_into_id:
        return _hand_over(patient, check.requests, now, by)
    # The number of requests is read before the facts: whatever changes in between is asked for again.
    events = story(patient)
    judgement = judge_all(ruleset or rules_of_the_unit(), events, now.astimezone(UTC).replace(tzinfo=None))
    if patient.died_on and patient.died_on <= now.date():
        judgement = Judgement({}, {}, judgement.broken)
    return _write(patient, check.requests, judgement, events, ruleset or rules_of_the_unit(), now, by)


def _write(
    patient: Patient,
    asked: int,
    judgement: Judgement,
    events: Sequence[Event],
    ruleset: Ruleset,
    now: datetime,
    by: Person,
) -> Evaluated:
    with transaction.atomic():
        check = _locked(patient)[patient.pk]
        if check.answered > asked or (check.last_checked_at and check.last_checked_at > now):
            return Evaluated(overtaken=True)
        _bring_home(patient, now, by)
        moves = _move_alerts(patient, judgement, ruleset, now, by)
        _keep_answers(patient, judgement)
        _note_done(check, asked, next_check(patient, judgement, events, now), judgement.broken, now)
    return Evaluated({rule_id: move for rule_id, move in moves.items() if move}, judgement.broken)


def _locked(patient: Patient) -> dict[int, PatientCheck]:
    """The queue rows of everybody whose alerts may move with this patient's, locked in one order."""
    family = Q(patient=patient) | Q(patient__survivor=patient) | Q(patient__records=patient)
    rows = PatientCheck.objects.filter(family).distinct().values_list("pk", flat=True)
    locked = PatientCheck.objects.select_for_update().filter(pk__in=list(rows)).order_by("pk")
    return {check.pk: check for check in locked}


# Alerts ---------------------------------------------------------------------------------------------


def _move_alerts(
    patient: Patient, judgement: Judgement, ruleset: Ruleset, now: datetime, by: Person
) -> dict[str, Move]:
    alerts = {alert.rule_id: alert for alert in Alert.objects.unclosed().filter(patient=patient)}
    moves = {}
    for rule_id in sorted({*alerts, *judgement.findings} - set(judgement.broken)):
        moves[rule_id] = _move_one(patient, rule_id, alerts.get(rule_id), judgement, ruleset, now, by)
    return moves


def _move_one(
    patient: Patient,
    rule_id: str,
    alert: Alert | None,
    judgement: Judgement,
    ruleset: Ruleset,
    now: datetime,
    by: Person,
) -> Move:
    finding = judgement.findings.get(rule_id)
    said = finding.said if finding else None
    standing = standing_of(alert) if alert else None
    move = next_move(standing, said, now)
    if move is Move.CLOSE:
        why = "The patient has died." if patient.died_on else ruleset.why_silent(rule_id)
        actions.close_alert(by=by, alert=alert, reason=why, now=now)
    elif move is Move.RAISE:
        actions.raise_alert(by=by, patient=patient, finding=finding, now=now)
    elif move:
        change = change_between(standing, said, now)
        actions.change_alert(by=by, alert=alert, move=move, change=change, finding=finding, now=now)
    elif finding and alert.sentence != finding.sentence:
        actions.reword_alert(alert, finding)  # "3 days late" has become "4 days late": no news, so no history
    return move


def standing_of(alert: Alert) -> Standing:
    """What the table of moves needs to know of an alert."""
    return Standing(alert.state, alert.urgency, alert.fingerprint, alert.wakes_at)


# Merged records -------------------------------------------------------------------------------------


def _hand_over(patient: Patient, asked: int, now: datetime, by: Person) -> Evaluated:
    """The record was merged into another: its alerts go with it, and the other is looked at anew."""
    with transaction.atomic():
        check = _locked(patient)[patient.pk]
        if check.answered > asked:
            return Evaluated(overtaken=True)
        for alert in Alert.objects.unclosed().filter(patient=patient):
            _place(alert, patient.survivor, now, by)
        LastAnswer.objects.filter(patient=patient).delete()
        enqueue([patient.survivor_id], now=now)
        _note_done(check, asked, None, {}, now)
    return Evaluated()


def _bring_home(patient: Patient, now: datetime, by: Person) -> None:
    """After an unmerge: alerts that had gone with the record come back with it."""
    mine = Q(moved_from=patient) | Q(moved_from__survivor=patient)
    for alert in Alert.objects.unclosed().filter(mine).exclude(patient=patient):
        _place(alert, patient, now, by)


def _place(alert: Alert, patient: Patient, now: datetime, by: Person) -> None:
    twin = Alert.objects.unclosed().filter(patient=patient, rule_id=alert.rule_id).exists()
    if twin:
        why = "The record was merged; the other record has the same alert."
        actions.close_alert(by=by, alert=alert, reason=why, now=now)
    else:
        actions.move_alert(by=by, alert=alert, patient=patient, now=now)


# The queue row --------------------------------------------------------------------------------------


def next_check(
    patient: Patient, judgement: Judgement, events: Iterable[Event], now: datetime
) -> datetime | None:
    """When time alone may change an answer; ``None`` when only new facts can."""
    moments = [*_wakings(patient), *_future(events, judgement, now)]
    answers = judgement.answers.values()
    if any(answer.applies for answer in answers) or judgement.broken or _has_unclosed(patient):
        moments.append(now + HOURLY)
    elif any(answer.applies is None for answer in answers):
        moments.append(now + DAILY)
    return min((moment for moment in moments if moment > now), default=None)


def _has_unclosed(patient: Patient) -> bool:
    return Alert.objects.unclosed().filter(patient=patient).exists()


def _wakings(patient: Patient) -> list[datetime]:
    waiting = Alert.objects.filter(patient=patient, state__in=[State.SNOOZED, State.ACKNOWLEDGED])
    return [alert.wakes_at for alert in waiting]


def _future(events: Iterable[Event], judgement: Judgement, now: datetime) -> Iterator[datetime]:
    for moment in (moment for event in events for moment in (event.time, event.end)):
        if moment is not None and moment.replace(tzinfo=UTC) > now:
            yield moment.replace(tzinfo=UTC)
    for answer in judgement.answers.values():
        if answer.due_at:
            yield answer.due_at.replace(tzinfo=UTC)


def _note_done(
    check: PatientCheck, asked: int, again_at: datetime | None, broken: dict[str, str], now: datetime
) -> None:
    check.answered = asked
    if check.requests == asked:
        check.queued_at = None
    check.last_checked_at, check.next_check_at = now, again_at
    check.leased_by, check.leased_until = "", None
    check.failures = check.failures + 1 if broken else 0
    check.last_error = "\n".join(f"{rule_id}: {error}" for rule_id, error in broken.items())[:2000]
    check.save()


def _keep_answers(patient: Patient, judgement: Judgement) -> None:
    """What each rule says and when its next test is due, for the rules page. Writes only what changed."""
    stored = {row.rule_id: row for row in LastAnswer.objects.filter(patient=patient)}
    said = {
        answer.rule.id: (answer.state, answer.due_at and answer.due_at.replace(tzinfo=UTC))
        for answer in judgement.answers.values()
        if answer.state != "does not apply"
    }
    gone = [
        row.pk for rule_id, row in stored.items() if rule_id not in said and rule_id not in judgement.broken
    ]
    new = [
        LastAnswer(patient=patient, rule_id=rule_id, state=state, due_at=due_at)
        for rule_id, (state, due_at) in said.items()
        if rule_id not in stored
    ]
    changed = [
        row for rule_id, row in stored.items() if rule_id in said and (row.state, row.due_at) != said[rule_id]
    ]
    for row in changed:
        row.state, row.due_at = said[row.rule_id]
    if gone:
        LastAnswer.objects.filter(pk__in=gone).delete()
    if new:
        LastAnswer.objects.bulk_create(new)
    if changed:
        LastAnswer.objects.bulk_update(changed, ["state", "due_at"])
