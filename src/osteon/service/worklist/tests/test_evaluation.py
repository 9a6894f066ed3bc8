"""What the alerts of one patient do as facts arrive, are corrected, and time passes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from osteon.knowledge import all_rules
from osteon.service.patients.actions import (
    edit_patient,
    mark_entered_in_error,
    merge_patients,
    unmerge_patients,
)
from osteon.service.worklist import actions, evaluation
from osteon.service.worklist.evaluation import reevaluate
from osteon.service.worklist.judgement import Ruleset
from osteon.service.worklist.models import Alert, AlertEvent, LastAnswer, PatientCheck
from osteon.service.worklist.states import Move, State

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def kinds(alert: Alert) -> list[str]:
    return list(alert.events.values_list("kind", flat=True))


def test_a_red_result_raises_an_alert_with_its_evidence(unit):
    patient = unit.on_daptomycin()
    evaluated = unit.look(patient)
    alert = unit.ck_alert(patient)
    assert evaluated.moves["daptomycin-ck"] is Move.RAISE
    assert (alert.level, alert.state, alert.is_for_now) == ("red", State.OPEN, True)
    assert "2,140 U/L" in alert.sentence
    assert any(fact["source"].startswith("record:results.result/") for fact in alert.evidence["facts"])
    assert kinds(alert) == ["raised"]


def test_looking_again_changes_nothing(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    before = list(Alert.objects.values())
    assert unit.look(patient, later=timedelta(minutes=5)).moves == {}
    assert list(Alert.objects.values()) == before
    assert AlertEvent.objects.count() == len(before)


def test_the_database_refuses_a_second_unclosed_alert_of_the_same_rule(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    alert = unit.ck_alert(patient)
    alert.pk, alert.public_id = None, "11111111-1111-1111-1111-111111111111"
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save(force_insert=True)


def test_a_normal_result_closes_it_and_says_why(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    unit.result(patient, value=90, days_ago=0)
    assert unit.look(patient, later=HOUR).moves["daptomycin-ck"] is Move.CLOSE
    alert = unit.ck_alert(patient)
    assert alert.is_closed
    assert alert.events.last().reason == "No longer true."


def test_a_closed_alert_is_history_and_the_next_danger_a_new_alert(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    unit.result(patient, value=90, days_ago=1 / 24)
    unit.look(patient, later=HOUR)
    unit.result(patient, value=2500, days_ago=0)
    unit.look(patient, later=2 * HOUR)
    alerts = Alert.objects.filter(patient=patient, rule_id="daptomycin-ck").order_by("pk")
    assert [alert.state for alert in alerts] == [State.CLOSED, State.OPEN]


def test_a_result_entered_in_error_closes_its_alert(unit):
    patient = unit.patient()
    unit.course(patient)
    unit.result(patient, value=80, days_ago=1)
    wrong = unit.result(patient, value=2140, days_ago=2 / 24)
    unit.look(patient)
    assert unit.ck_alert(patient).is_open
    mark_entered_in_error(by=unit.physician, fact=wrong, reason="Another patient's tube")
    unit.look(patient, later=HOUR)
    assert unit.ck_alert(patient).is_closed
    assert unit.ck_alert(patient).events.first().evidence["facts"], "what it rested on stays in its history"


def test_a_test_becomes_due_then_overdue_then_for_now_as_days_pass(unit):
    patient = unit.patient()
    unit.course(patient, days_ago=8)
    unit.result(patient, value=80, days_ago=7.5)
    levels = []
    for days in (0, 2, 4):
        unit.look(patient, later=days * DAY)
        alert = unit.ck_alert(patient)
        levels.append((alert.level, alert.is_for_now))
    assert levels == [("due", False), ("overdue", False), ("overdue", True)]
    assert kinds(unit.ck_alert(patient)) == ["raised", "worsened", "worsened"]


def test_the_sentence_keeps_up_with_the_days_without_filling_the_history(unit):
    patient = unit.patient()
    unit.course(patient, days_ago=8)
    unit.result(patient, value=80, days_ago=7.5)
    unit.look(patient, later=2 * DAY)
    first = unit.ck_alert(patient).sentence
    unit.look(patient, later=3 * DAY)
    assert unit.ck_alert(patient).sentence != first
    assert kinds(unit.ck_alert(patient)) == ["raised"]


def acknowledged(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    alert = unit.ck_alert(patient)
    actions.acknowledge_alert(
        by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now
    )
    return patient


def test_an_acknowledged_alert_stays_so_while_nothing_changes(unit):
    patient = acknowledged(unit)
    assert unit.look(patient, later=DAY).moves.get("daptomycin-ck") is None
    assert unit.ck_alert(patient).state == State.ACKNOWLEDGED


def test_new_evidence_reopens_an_acknowledged_alert(unit):
    patient = acknowledged(unit)
    unit.result(patient, value=3300, days_ago=0)
    unit.look(patient, later=HOUR)
    alert = unit.ck_alert(patient)
    assert alert.is_open
    assert alert.reopened_because == "there is new evidence since"
    assert "3,300" in alert.sentence
    assert kinds(alert) == ["raised", "acknowledged", "reopened"]


def test_an_acknowledged_alert_comes_back_for_a_second_look_after_a_week(unit):
    patient = unit.patient()
    unit.course(patient, "ceftriaxone", days_ago=10, planned_days=5)
    unit.look(patient)
    alert = Alert.objects.get(patient=patient, rule_id="course-past-planned-stop")
    actions.acknowledge_alert(
        by=unit.physician, alert=alert, seen=alert.fingerprint, act="discussed", now=unit.now
    )
    unit.look(patient, later=7 * DAY - HOUR)
    alert.refresh_from_db()
    assert alert.state == State.ACKNOWLEDGED
    unit.look(patient, later=7 * DAY)
    alert.refresh_from_db()
    assert (alert.state, alert.look_again_at) == (State.OPEN, None)
    assert alert.reopened_because == "still true when the time for a second look came"


def test_an_acknowledged_alert_closes_when_it_is_no_longer_true(unit):
    patient = acknowledged(unit)
    unit.result(patient, value=90, days_ago=0)
    unit.look(patient, later=HOUR)
    alert = unit.ck_alert(patient)
    assert (alert.is_closed, alert.look_again_at) == (True, None)


def test_a_snooze_ends_on_its_morning(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    alert = unit.ck_alert(patient)
    tomorrow = unit.today + DAY
    actions.snooze_alert(
        by=unit.physician,
        alert=alert,
        seen=alert.fingerprint,
        until=tomorrow,
        reason="Repeat sent",
        now=unit.now,
    )
    ends = unit.ck_alert(patient).snoozed_until
    reevaluate(patient.pk, now=ends - timedelta(minutes=1))
    assert unit.ck_alert(patient).state == State.SNOOZED
    reevaluate(patient.pk, now=ends)
    alert = unit.ck_alert(patient)
    assert (alert.state, alert.snoozed_until) == (State.OPEN, None)
    assert alert.reopened_because == "still true when the time for a second look came"


def test_a_snoozed_alert_that_worsens_is_open_at_once(unit):
    patient = unit.patient()
    unit.course(patient, days_ago=8)
    unit.result(patient, value=80, days_ago=7.5)
    unit.look(patient)
    alert = unit.ck_alert(patient)
    actions.snooze_alert(
        by=unit.physician,
        alert=alert,
        seen=alert.fingerprint,
        until=unit.today + 5 * DAY,
        reason="Away",
        now=unit.now,
    )
    unit.look(patient, later=2 * DAY)
    alert = unit.ck_alert(patient)
    assert (alert.level, alert.state) == ("overdue", State.OPEN)
    assert alert.reopened_because == "it has become more urgent since"


def rising(unit):
    """CK above its limit and rising: only a provisional threshold is crossed."""
    patient = unit.patient()
    unit.course(patient)
    unit.result(patient, value=150, days_ago=5)
    unit.result(patient, value=400, days_ago=2 / 24)
    unit.finding(patient, "muscle-symptoms", present=False)
    return patient


def ck_alerts(patient):
    return Alert.objects.filter(patient=patient, rule_id="daptomycin-ck")


def test_a_provisional_threshold_raises_nothing_until_the_lead_switches_it_on(unit):
    patient = rising(unit)
    unit.look(patient)
    assert not ck_alerts(patient).exists()
    actions.switch_rule(by=unit.lead, rule_id="daptomycin-ck", on=True, reason="Agreed", now=unit.now)
    unit.look(patient)
    alert = unit.ck_alert(patient)
    assert (alert.level, alert.provisional) == ("amber", True)
    actions.switch_rule(by=unit.lead, rule_id="daptomycin-ck", on=False, reason="Too noisy", now=unit.now)
    unit.look(patient)
    assert unit.ck_alert(patient).is_closed


def test_an_alert_of_a_rule_switched_off_whole_says_so(unit, monkeypatch):
    patient = unit.on_daptomycin()
    found = next(r for r in all_rules() if all(p.status == "provisional" for p in (*r.due, *r.out_of_range)))
    unit.look(patient)
    Alert.objects.filter(pk=unit.ck_alert(patient).pk).update(rule_id=found.id)
    reevaluate(patient.pk, now=unit.now, ruleset=Ruleset.of([found], {}))
    [alert] = Alert.objects.filter(patient=patient, rule_id=found.id)
    assert alert.events.last().reason == "The rule is switched off."


def test_nobody_is_alarmed_about_a_patient_who_has_died(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    edit_patient(
        by=unit.physician,
        patient=patient,
        seen_version=patient.version,
        family_name="Okafor",
        given_name="Ada",
        birth=patient.birth,
        sex=patient.sex,
        telephone="",
        address="",
        died_on=unit.today,
    )
    unit.look(patient)
    assert unit.ck_alert(patient).events.last().reason == "The patient has died."


def test_an_alert_of_a_rule_that_cannot_be_run_stays_as_it_is(unit, monkeypatch):
    patient = unit.on_daptomycin()
    unit.look(patient)

    def fails(rules, events, as_of):
        raise ZeroDivisionError("in a rule")

    monkeypatch.setattr("osteon.service.worklist.judgement.judge", fails)
    evaluated = unit.look(patient, later=HOUR)
    assert "daptomycin-ck" in evaluated.broken
    assert unit.ck_alert(patient).is_open
    check = PatientCheck.objects.get(patient=patient)
    assert (check.failures, "ZeroDivisionError" in check.last_error) == (1, True)


def test_an_evaluation_overtaken_by_a_newer_one_is_thrown_away(unit, monkeypatch):
    patient = unit.on_daptomycin()
    real_story = evaluation.story

    def slow_story(asked):
        events = real_story(asked)
        monkeypatch.setattr(evaluation, "story", real_story)
        unit.result(asked, value=90, days_ago=0)
        unit.look(asked, later=HOUR)
        return events

    monkeypatch.setattr(evaluation, "story", slow_story)
    assert unit.look(patient).overtaken
    assert not ck_alerts(patient).exists()


def test_facts_that_arrive_during_an_evaluation_leave_the_patient_queued(unit, monkeypatch):
    patient = unit.on_daptomycin()
    real_story = evaluation.story

    def story_then_change(asked):
        events = real_story(asked)
        unit.result(asked, value=90, days_ago=0)
        return events

    monkeypatch.setattr(evaluation, "story", story_then_change)
    unit.look(patient)
    check = PatientCheck.objects.get(patient=patient)
    assert check.queued_at is not None
    assert check.requests > check.answered


def test_a_finished_evaluation_leaves_the_queue(unit):
    patient = unit.on_daptomycin()
    assert PatientCheck.objects.get(patient=patient).queued_at is not None
    unit.look(patient)
    check = PatientCheck.objects.get(patient=patient)
    assert (check.queued_at, check.leased_until, check.last_checked_at) == (None, None, unit.now)


def test_a_patient_with_a_running_course_is_looked_at_hourly(unit):
    patient = unit.patient()
    unit.course(patient)
    unit.result(patient, value=80, days_ago=1)
    unit.look(patient)
    assert PatientCheck.objects.get(patient=patient).next_check_at <= unit.now + HOUR


def test_a_patient_to_whom_no_rule_applies_waits_for_new_facts(unit):
    patient = unit.patient()
    unit.look(patient)
    assert PatientCheck.objects.get(patient=patient).next_check_at is None


def test_a_course_planned_to_start_later_wakes_the_worker_then(unit):
    patient = unit.patient()
    course = unit.course(patient, days_ago=-3, planned_days=None)
    unit.look(patient)
    assert PatientCheck.objects.get(patient=patient).next_check_at == course.started_at


def test_last_answers_keep_what_each_rule_said_and_forget_what_no_longer_applies(unit):
    patient = unit.patient()
    course = unit.course(patient)
    unit.result(patient, value=80, days_ago=1)
    unit.look(patient)
    assert LastAnswer.objects.get(patient=patient, rule_id="daptomycin-ck").state == "quiet"
    mark_entered_in_error(by=unit.physician, fact=course, reason="Never given")
    unit.look(patient)
    assert not LastAnswer.objects.filter(patient=patient, rule_id="daptomycin-ck").exists()


# Merged records


@pytest.fixture
def pair(unit):
    one, other = unit.on_daptomycin("Okafor", "Ada"), unit.patient("Okafor", "A")
    unit.look(one)
    unit.look(other)
    return one, other


def merge(unit, one, other):
    merge_patients(by=unit.physician, patient=one, into=other, reason="Same person")
    unit.look(one)
    unit.look(other)


def test_an_acknowledgement_goes_with_the_record_when_it_is_merged(unit, pair):
    one, other = pair
    alert = unit.ck_alert(one)
    actions.acknowledge_alert(
        by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now
    )
    merge(unit, one, other)
    assert not Alert.objects.unclosed().filter(patient=one).exists()
    moved = unit.ck_alert(other)
    assert (moved.pk, moved.state) == (alert.pk, State.ACKNOWLEDGED)
    assert kinds(moved) == ["raised", "acknowledged", "moved"]


def test_the_same_alert_on_both_records_becomes_one(unit):
    one, other = unit.on_daptomycin("Okafor", "Ada"), unit.on_daptomycin("Okafor", "A", ck=2500)
    unit.look(one)
    unit.look(other)
    merge(unit, one, other)
    unclosed = Alert.objects.unclosed().filter(rule_id="daptomycin-ck")
    assert [alert.patient for alert in unclosed] == [other]
    assert "merged" in unit.ck_alert(one).events.last().reason


def test_after_an_unmerge_the_alert_is_back_on_its_own_record_only(unit, pair):
    one, other = pair
    alert = unit.ck_alert(one)
    merge(unit, one, other)
    one.refresh_from_db()
    unmerge_patients(by=unit.physician, patient=one, reason="Two people after all")
    unit.look(one)
    unit.look(other)
    assert [a.pk for a in Alert.objects.unclosed().filter(rule_id="daptomycin-ck")] == [alert.pk]
    back = unit.ck_alert(one)
    assert (back.pk, back.moved_from) == (alert.pk, None)


def test_after_an_unmerge_looked_at_in_the_other_order_each_record_has_its_own(unit, pair):
    one, other = pair
    merge(unit, one, other)
    one.refresh_from_db()
    unmerge_patients(by=unit.physician, patient=one, reason="Two people after all")
    unit.look(other)
    unit.look(one)
    assert [a.patient for a in Alert.objects.unclosed().filter(rule_id="daptomycin-ck")] == [one]


def test_a_fact_recorded_on_a_merged_record_queues_the_survivor(unit, pair):
    one, other = pair
    merge(unit, one, other)
    unit.result(one, value=90, days_ago=0)
    unit.look(one)
    assert PatientCheck.objects.get(patient=other).queued_at is not None
