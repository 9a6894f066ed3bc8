"""What people do with an alert: acknowledge, snooze, reopen; what is refused, kept and written down."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from osteon.service.accounts.models import AuditEntry
from osteon.service.worklist import actions
from osteon.service.worklist.actions import AlertMoved, NeedsReason, SnoozeTooLong
from osteon.service.worklist.models import ACTS_THAT_NEED_A_REASON, Act, Alert, AlertEvent
from osteon.service.worklist.states import State

DAY = timedelta(days=1)


@pytest.fixture
def alert(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    return unit.ck_alert(patient)


@pytest.fixture
def late_alert(unit):
    """A test that is due: it can wait longer than a red one."""
    patient = unit.patient()
    unit.course(patient, days_ago=8)
    unit.result(patient, value=80, days_ago=7.5)
    unit.look(patient)
    return unit.ck_alert(patient)


def acknowledge(unit, alert, act="stopped", reason="", by=None):
    return actions.acknowledge_alert(
        by=by or unit.nurse, alert=alert, seen=alert.fingerprint, act=act, reason=reason, now=unit.now
    )


def snooze(unit, alert, days, reason="Bloods are booked"):
    return actions.snooze_alert(
        by=unit.nurse,
        alert=alert,
        seen=alert.fingerprint,
        until=unit.today + days * DAY,
        reason=reason,
        now=unit.now,
    )


@pytest.mark.parametrize("act", [act for act in Act if act not in ACTS_THAT_NEED_A_REASON])
def test_an_act_is_enough(unit, alert, act):
    acknowledged = acknowledge(unit, alert, act)
    assert acknowledged.state == State.ACKNOWLEDGED
    assert (acknowledged.answered_by, acknowledged.answered_at) == (unit.nurse, unit.now)
    assert acknowledged.look_again_at == unit.now + 7 * DAY


@pytest.mark.parametrize("act", sorted(ACTS_THAT_NEED_A_REASON))
@pytest.mark.parametrize("reason", ["", "  "])
def test_doing_nothing_needs_a_reason(unit, alert, act, reason):
    with pytest.raises(NeedsReason):
        acknowledge(unit, alert, act, reason)
    alert.refresh_from_db()
    assert alert.is_open
    assert acknowledge(unit, alert, act, "Known and discussed").state == State.ACKNOWLEDGED


def test_the_history_keeps_who_what_why_and_the_evidence_of_that_moment(unit, alert):
    acknowledge(unit, alert, "discussed", "Dr Cole will ring")
    event = AlertEvent.objects.get(alert=alert, kind="acknowledged")
    assert (event.by, event.act, event.reason) == (unit.nurse, "discussed", "Dr Cole will ring")
    assert event.evidence == alert.evidence
    assert event.sentence == alert.sentence


def test_the_trail_names_the_act_and_the_patient(unit, alert):
    acknowledge(unit, alert)
    entry = AuditEntry.objects.get(verb="worklist.acknowledge_alert")
    assert (entry.by, entry.patient_id, entry.object_id) == (
        unit.nurse,
        alert.patient.public_id,
        str(alert.public_id),
    )


def test_history_is_written_once(unit, alert):
    event = alert.events.get()
    event.reason = "otherwise"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_two_people_cannot_answer_the_same_alert(unit, alert):
    acknowledge(unit, alert)
    with pytest.raises(AlertMoved, match="acknowledged already"):
        acknowledge(unit, alert, by=unit.physician)
    assert alert.events.filter(kind="acknowledged").count() == 1


def test_an_alert_that_changed_since_it_was_seen_is_not_answered(unit, alert):
    unit.result(alert.patient, value=4000, days_ago=0)
    unit.look(alert.patient, later=timedelta(minutes=1))
    with pytest.raises(AlertMoved, match="changed since"):
        acknowledge(unit, alert)
    alert.refresh_from_db()
    assert alert.is_open


def test_a_closed_alert_is_not_answered(unit, alert):
    unit.result(alert.patient, value=90, days_ago=0)
    unit.look(alert.patient, later=timedelta(minutes=1))
    with pytest.raises(AlertMoved, match="closed already"):
        acknowledge(unit, alert)


def test_a_red_alert_can_wait_until_tomorrow_at_the_latest(unit, alert):
    with pytest.raises(SnoozeTooLong, match="Choose a day from tomorrow to"):
        snooze(unit, alert, 2)
    assert snooze(unit, alert, 1).state == State.SNOOZED


def test_another_alert_can_wait_for_two_weeks(unit, late_alert):
    with pytest.raises(SnoozeTooLong):
        snooze(unit, late_alert, 15)
    assert snooze(unit, late_alert, 14).state == State.SNOOZED


@pytest.mark.parametrize("days", [-1, -30])
def test_nothing_is_snoozed_into_the_past(unit, late_alert, days):
    with pytest.raises(SnoozeTooLong):
        snooze(unit, late_alert, days)


def test_a_snooze_ends_at_seven_in_the_morning_where_the_unit_is(unit, late_alert):
    ends = timezone.localtime(snooze(unit, late_alert, 3).snoozed_until)
    assert (ends.date(), ends.hour, ends.minute) == (unit.today + 3 * DAY, 7, 0)


def test_a_snooze_needs_a_reason(unit, late_alert):
    with pytest.raises(NeedsReason):
        snooze(unit, late_alert, 1, " ")


@pytest.mark.parametrize("answer", [acknowledge, lambda unit, alert: snooze(unit, alert, 1)])
def test_an_answer_can_be_taken_back(unit, alert, answer):
    answer(unit, alert)
    reopened = actions.reopen_alert(by=unit.physician, alert=alert, reason="Not stopped after all")
    assert reopened.is_open
    assert (reopened.answered_by, reopened.answer, reopened.snoozed_until) == (None, "", None)
    assert reopened.reopened_because == "Dr Amara Cole reopened it"
    assert reopened.events.last().reason == "Not stopped after all"


def test_an_open_alert_cannot_be_reopened(unit, alert):
    with pytest.raises(AlertMoved):
        actions.reopen_alert(by=unit.nurse, alert=alert)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "snoozed"},
        {"state": "acknowledged"},
        {"state": "closed"},
        {"snoozed_until": "2026-11-24T07:00Z"},
        {"level": "purple"},
        {"answer": "said by nobody"},
    ],
    ids=str,
)
def test_the_database_refuses_an_alert_that_contradicts_itself(unit, alert, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**broken)


# The pages


def page(alert, name):
    return reverse(f"worklist:{name}", args=[alert.patient.public_id, alert.public_id])


def test_the_form_acknowledges_and_leads_back_to_where_one_was(unit, alert, signed_in):
    client = signed_in(unit.nurse)
    there = f"{page(alert, 'acknowledge_alert')}?next=/tasks/"
    response = client.post(there, {"seen": alert.fingerprint, "act": "stopped", "reason": "Rang the ward"})
    assert (response.status_code, response["Location"]) == (302, "/tasks/")
    alert.refresh_from_db()
    assert (alert.state, alert.answer) == (State.ACKNOWLEDGED, "Stopped or changed the drug: Rang the ward")


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(unit, alert, signed_in, elsewhere):
    client = signed_in(unit.nurse)
    data = {"seen": alert.fingerprint, "act": "stopped", "next": elsewhere}
    response = client.post(f"{page(alert, 'acknowledge_alert')}?next={elsewhere}", data)
    assert response["Location"] == reverse("worklist:today")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose what you have done"),
        ({"act": "accepted"}, "Say why, so that the next person need not ask"),
        ({"act": "bribed"}, "Select a valid choice"),
    ],
)
def test_the_form_says_what_is_missing(unit, alert, signed_in, data, said):
    response = signed_in(unit.nurse).post(
        page(alert, "acknowledge_alert"), {"seen": alert.fingerprint, **data}
    )
    assert response.status_code == 200
    assert said in response.content.decode()
    alert.refresh_from_db()
    assert alert.is_open


def test_a_form_that_was_overtaken_shows_the_alert_as_it_is_and_keeps_what_was_typed(unit, alert, signed_in):
    unit.result(alert.patient, value=4000, days_ago=0)
    unit.look(alert.patient, later=timedelta(minutes=1))
    data = {"seen": alert.fingerprint, "act": "discussed", "reason": "Spoke to Dr Cole at 14:00"}
    client = signed_in(unit.nurse)
    response = client.post(page(alert, "acknowledge_alert"), data)
    body = response.content.decode()
    assert response.status_code == 409
    assert "4,000 U/L" in body and "changed since you opened it" in body
    assert "Spoke to Dr Cole at 14:00" in body
    alert.refresh_from_db()
    again = client.post(page(alert, "acknowledge_alert"), {**data, "seen": alert.fingerprint})
    assert again.status_code == 302


def test_a_second_person_is_told_and_gets_back_what_they_typed(unit, alert, signed_in):
    acknowledge(unit, alert, by=unit.physician)
    data = {"seen": alert.fingerprint, "act": "discussed", "reason": "A long account"}
    response = signed_in(unit.nurse).post(page(alert, "acknowledge_alert"), data)
    body = response.content.decode()
    assert response.status_code == 409
    assert "acknowledged already" in body and "A long account" in body


def test_the_snooze_form_names_the_last_day_and_refuses_beyond(unit, alert, signed_in):
    client = signed_in(unit.nurse)
    assert "until" in client.get(page(alert, "snooze_alert")).content.decode()
    far = unit.today + 5 * DAY
    data = {
        "seen": alert.fingerprint,
        "reason": "x",
        "until_day": far.day,
        "until_month": far.month,
        "until_year": far.year,
    }
    response = client.post(page(alert, "snooze_alert"), data)
    assert "Choose a day from tomorrow to" in response.content.decode()
    near = unit.today + DAY
    data |= {"until_day": near.day, "until_month": near.month, "until_year": near.year}
    assert client.post(page(alert, "snooze_alert"), data).status_code == 302


def test_the_alert_page_tells_its_whole_history(unit, alert, signed_in):
    acknowledge(unit, alert, "planned", "Repeat on Friday")
    actions.reopen_alert(by=unit.physician, alert=alert)
    body = signed_in(unit.nurse).get(alert.get_absolute_url()).content.decode()
    for words in (
        "Creatine kinase on daptomycin",
        "Raised",
        "Already planned: Repeat on Friday",
        "Reopened",
        "Nia Bell",
    ):
        assert words in body


def test_the_alert_page_of_another_patient_is_not_found(unit, alert, signed_in):
    other = unit.patient("Other")
    there = reverse("worklist:show_alert", args=[other.public_id, alert.public_id])
    assert signed_in(unit.nurse).get(there).status_code == 404


def test_a_value_in_the_evidence_leads_to_its_result(unit, alert, signed_in):
    [source] = {
        f["source"] for f in alert.evidence["facts"] if f["source"].startswith("record:results.result/")
    }
    body = signed_in(unit.nurse).get(alert.get_absolute_url()).content.decode()
    assert f'href="{reverse("results:result", kwargs={"fact_id": source.rpartition("/")[2]})}"' in body


def test_words_of_people_are_escaped(unit, alert, signed_in):
    acknowledge(unit, alert, "accepted", "<script>alert(1)</script>")
    body = signed_in(unit.nurse).get(alert.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in body and "&lt;script&gt;" in body
