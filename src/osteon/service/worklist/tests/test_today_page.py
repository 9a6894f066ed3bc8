"""The page of Today as a browser gets it: words, links, what is said when rules are late, how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from osteon.service.accounts.models import ReadEntry
from osteon.service.worklist import actions, presenters, queries
from osteon.service.worklist.models import PatientCheck, WorkerBeat

TODAY = "/today/"


def test_the_page_shows_the_words_the_shape_and_the_why(unit, signed_in):
    unit.red()
    body = signed_in(unit.nurse).get(TODAY).content.decode()
    for words in (
        "Now",
        "Red, Pat",
        "app-level--red",
        ">Red<",
        "Why",
        "Stop daptomycin",
        "verified",
        "Source:",
        "Acknowledge…",
    ):
        assert words in body, words
    assert "Quiet (" in body and "Done today" in body


def test_a_provisional_alert_says_so_in_its_row(unit, signed_in):
    patient = unit.patient("Rising", "Pat")
    unit.course(patient)
    unit.result(patient, value=150, days_ago=5)
    unit.result(patient, value=400, days_ago=0.1)
    unit.finding(patient, "muscle-symptoms", present=False)
    actions.switch_rule(by=unit.lead, rule_id="daptomycin-ck", on=True, reason="Agreed", now=unit.now)
    unit.look(patient)
    assert "provisional" in signed_in(unit.nurse).get(TODAY).content.decode()


def test_an_empty_today_says_so(unit, signed_in):
    WorkerBeat.objects.create(name="w", started_at=unit.now, beat_at=unit.now)
    body = signed_in(unit.nurse).get(TODAY).content.decode()
    assert "Nobody needs you now" in body
    assert "Nothing yet" in body


def test_a_person_without_a_team_sees_an_empty_today(unit, signed_in):
    unit.red()
    body = signed_in(unit.person("therapist", "New Person", teams=())).get(TODAY).content.decode()
    assert "Nobody needs you now" in body and "Red, Pat" not in body


def test_a_very_long_name_is_shown_whole(unit, signed_in):
    family = "Wolfeschlegelsteinhausenbergerdorff" * 5
    unit.red(family[:170])
    assert family[:170] in signed_in(unit.nurse).get(TODAY).content.decode()


def test_a_name_cannot_carry_markup(unit, signed_in):
    unit.red("<b>Bold</b>")
    body = signed_in(unit.nurse).get(TODAY).content.decode()
    assert "<b>Bold" not in body and "&lt;b&gt;Bold" in body


def test_home_leads_to_today(unit, signed_in):
    assert signed_in(unit.nurse).get("/", follow=True).redirect_chain[-1][0] == reverse("worklist:today")


def test_every_record_on_the_list_counts_as_read_once_a_day(unit, signed_in):
    patient = unit.red()
    client = signed_in(unit.nurse)
    client.get(TODAY), client.get(TODAY)
    entries = ReadEntry.objects.filter(patient_id=patient.public_id, person=unit.nurse)
    assert [(entry.what, entry.path_name, entry.break_glass) for entry in entries] == [
        ("Today", "worklist:today", False)
    ]


def queries_of(client, path):
    client.get(path)  # what is written once a day, and caches
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "role", ["opat_nurse", "infection_physician", "resident", "pharmacist", "microbiologist"]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(unit, signed_in, role):
    client = signed_in(unit.person(role))
    first = unit.red("One")
    unit.late("Two"), unit.admission(first)
    few = queries_of(client, TODAY)
    for n in range(6):
        patient = unit.red(f"Red{n}")
        unit.late(f"Late{n}"), unit.admission(patient)
        unit.give(f"Task {n}", patient=patient)
        alert = unit.ck_alert(patient)
        if n % 2:
            actions.acknowledge_alert(
                by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now
            )
    assert queries_of(client, TODAY) == few
    assert few <= 40


# Stale ------------------------------------------------------------------------------------------------


def beat(unit, **ago):
    WorkerBeat.objects.update_or_create(
        name="w", defaults={"started_at": unit.ago(days=1), "beat_at": unit.ago(**ago)}
    )


def test_rules_that_never_ran_are_said(unit, signed_in):
    assert "The rules have never been run here" in signed_in(unit.nurse).get(TODAY).content.decode()


def test_rules_that_ran_lately_are_not_mentioned(unit, signed_in):
    unit.look(unit.cast.ruth)
    PatientCheck.objects.update(queued_at=None)
    beat(unit, hours=0.1)
    assert "out of date" not in signed_in(unit.nurse).get(TODAY).content.decode()


def test_rules_that_ran_more_than_ten_minutes_ago_are_said(unit, signed_in):
    beat(unit, hours=0.2)
    body = signed_in(unit.nurse).get(TODAY).content.decode()
    assert "The rules last ran 12 min ago" in body


def test_a_queue_that_does_not_move_is_said_although_the_worker_lives(unit, signed_in):
    beat(unit)
    PatientCheck.objects.filter(patient=unit.cast.ruth).update(queued_at=unit.ago(hours=1))
    assert "patients have been waiting for them since" in signed_in(unit.nurse).get(TODAY).content.decode()


def test_patients_whose_rules_fail_are_said_and_listed(unit, signed_in):
    PatientCheck.objects.filter(patient=unit.cast.ruth).update(
        failures=2, last_error="ZeroDivisionError: rule"
    )
    client = signed_in(unit.nurse)
    assert "The rules could not be run for 1 patient" in client.get(TODAY).content.decode()
    body = client.get("/today/failing/").content.decode()
    assert "Okafor, Ruth" in body and "ZeroDivisionError" in body


def test_more_people_than_fit_are_counted_and_one_link_away(unit, signed_in, monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 2)
    for n in range(4):
        unit.red(f"Red{n}")
    client = signed_in(unit.nurse)
    body = client.get(TODAY).content.decode()
    assert "Show 2 more people" in body and "Red3, Pat" not in body
    assert "Red3, Pat" in client.get(TODAY, {"rows": "all"}).content.decode()


def test_the_buttons_of_a_row_lead_to_the_alerts_own_pages(unit):
    alert = unit.ck_alert(unit.red())
    acts = presenters.alert_acts(alert, unit.nurse)
    names = {act.text: resolve(act.href.partition("?")[0]).view_name for act in acts}
    assert names == {
        "Acknowledge…": "worklist:acknowledge_alert",
        "Snooze…": "worklist:snooze_alert",
        "Make a task…": "worklist:create_task",
    }
    actions.acknowledge_alert(by=unit.nurse, alert=alert, seen=alert.fingerprint, act="stopped")
    [reopen] = presenters.alert_acts(unit.ck_alert(alert.patient), unit.nurse)
    assert resolve(reopen.href).view_name == "worklist:reopen_alert"
