"""Tasks: made from an alert or from nothing, for a person or a role, handed over, done, not done after all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from osteon.service.accounts.actions import deactivate_person
from osteon.service.accounts.models import AuditEntry
from osteon.service.worklist import actions, task_queries
from osteon.service.worklist.actions import Refused, StaleEdit
from osteon.service.worklist.models import Task

DAY = timedelta(days=1)
LIST, NEW = "/tasks/", "/tasks/create/"


def create(unit, **more):
    values = {"text": "Ring the patient", "due_on": unit.today, "owner": unit.nurse, "team": unit.limb} | more
    return actions.create_task(by=unit.physician, **values)


def form(unit, **more):
    """What the browser posts."""
    due = more.pop("due", unit.today)
    values = {
        "text": "Repeat the CK",
        "owner": f"person:{unit.nurse.public_id}",
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
        "version": "",
    }
    return values | more


# Actions


def test_a_task_has_one_owner(unit):
    for owners in ({"owner": None}, {"owner_role": "pharmacist"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            create(unit, **owners)
    assert create(unit, owner=None, owner_role="pharmacist").owner_role == "pharmacist"


def test_a_task_that_is_done_says_by_whom_when_and_how(unit):
    task = actions.finish_task(by=unit.nurse, task=create(unit), note=" Done by phone ", now=unit.now)
    assert (task.done_by, task.done_at, task.done_note) == (unit.nurse, unit.now, "Done by phone")


def test_a_task_is_done_once(unit):
    task = create(unit)
    actions.finish_task(by=unit.nurse, task=task)
    with pytest.raises(Refused, match="done already"):
        actions.finish_task(by=unit.physician, task=task)


def test_a_task_can_turn_out_not_to_be_done(unit):
    task = create(unit)
    actions.finish_task(by=unit.nurse, task=task)
    task = actions.reopen_task(by=unit.nurse, task=task)
    assert (task.done_at, task.done_by, task.done_note) == (None, None, "")
    with pytest.raises(Refused, match="open already"):
        actions.reopen_task(by=unit.nurse, task=task)


def test_handing_a_task_over_keeps_the_former_owner_in_its_history(unit):
    task = create(unit)
    actions.edit_task(
        by=unit.nurse,
        task=task,
        seen_version=1,
        text=task.text,
        owner=unit.physician,
        owner_role="",
        due_on=unit.today,
    )
    assert [row.owner for row in task.history.order_by("version")] == [unit.nurse, unit.physician]


def test_the_second_of_two_editors_is_told(unit):
    task = create(unit)
    values = {"owner": unit.nurse, "owner_role": "", "due_on": unit.today}
    actions.edit_task(by=unit.nurse, task=task, seen_version=1, text="First", **values)
    with pytest.raises(StaleEdit):
        actions.edit_task(by=unit.physician, task=task, seen_version=1, text="Second", **values)
    assert Task.objects.get().text == "First"


def test_each_change_is_on_the_trail(unit):
    task = create(unit, patient=unit.cast.ruth)
    actions.finish_task(by=unit.nurse, task=task)
    rows = AuditEntry.objects.filter(verb__startswith="worklist.").order_by("pk")
    assert [(row.verb, row.patient_id) for row in rows] == [
        ("worklist.create_task", unit.cast.ruth.public_id),
        ("worklist.finish_task", unit.cast.ruth.public_id),
    ]


# Pages


def test_a_task_from_an_alert_is_worded_by_the_rule_and_leads_back_to_it(unit, signed_in):
    patient = unit.on_daptomycin()
    unit.look(patient)
    alert = unit.ck_alert(patient)
    client = signed_in(unit.nurse)
    there = f"{NEW}?patient={patient.public_id}&alert={alert.public_id}&next=/today/"
    assert "Stop daptomycin, ring the infection physician" in client.get(there).content.decode()
    response = client.post(there, form(unit))
    assert (response.status_code, response["Location"]) == (302, "/today/")
    task = Task.objects.get()
    assert (task.from_alert, task.patient, task.team, task.created_by) == (
        alert,
        patient,
        unit.limb,
        unit.nurse,
    )


def test_a_task_can_be_given_to_whoever_of_a_role_is_on_duty(unit, signed_in):
    signed_in(unit.nurse).post(NEW, form(unit, owner="role:pharmacist"))
    task = Task.objects.get()
    assert (task.owner, task.owner_role, task.patient, task.team) == (None, "pharmacist", None, unit.limb)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "Say what is to be done"),
        ({"owner": ""}, "Choose a person, or whoever is on duty"),
        ({"owner": "role:privacy_lead"}, "Select a valid choice"),
        ({"due_on_day": "31", "due_on_month": "2"}, "There is no such date"),
        ({"due_on_day": "", "due_on_month": "", "due_on_year": ""}, "Say by when"),
    ],
    ids=["no words", "no owner", "a role without tasks", "no such day", "no day"],
)
def test_the_form_says_what_is_wrong_and_keeps_the_rest(unit, signed_in, wrong, said):
    response = signed_in(unit.nurse).post(NEW, form(unit, **{"text": "Repeat the CK", **wrong}))
    body = response.content.decode()
    assert response.status_code == 200
    assert said in body
    assert wrong.get("text") == "" or "Repeat the CK" in body
    assert not Task.objects.exists()


def test_a_person_who_left_cannot_be_given_a_task(unit, signed_in):
    gone = unit.person("therapist", "Gone Away")
    body = signed_in(unit.nurse).get(NEW).content.decode()
    assert "Gone Away, Therapist" in body
    deactivate_person(by=unit.person("administrator"), person=gone, reason="Left")
    assert "Gone Away" not in signed_in(unit.nurse).get(NEW).content.decode()


def test_colleagues_of_the_patients_other_team_can_be_asked(unit):
    assert unit.cast.surgeon not in task_queries.colleagues(unit.nurse, unit.cast.ruth)
    unit.cast.episode(unit.cast.ruth, unit.spine)
    assert unit.cast.surgeon in task_queries.colleagues(unit.nurse, unit.cast.ruth)


def test_a_patient_out_of_reach_cannot_be_named(unit, signed_in):
    client = signed_in(unit.nurse)
    assert client.get(f"{NEW}?patient={unit.cast.sean.public_id}").status_code == 404
    assert client.get(f"{NEW}?patient=nonsense").status_code == 404
    assert client.get(f"{NEW}?patient={unit.cast.ruth.public_id}&alert=nonsense").status_code == 404


def test_the_three_lists(unit, signed_in):
    create(unit, text="Mine"), create(unit, text="Of the role", owner=None, owner_role="opat_nurse")
    create(unit, text="Of another", owner=unit.physician)
    actions.create_task(by=unit.nurse, text="Asked", due_on=unit.today, owner=unit.physician, team=unit.limb)
    create(unit, text="Elsewhere", owner=unit.physician, team=unit.spine)
    client = signed_in(unit.nurse)

    def shown(which):
        body = client.get(LIST, {"list": which}).content.decode()
        return {
            t for t in ("Mine", "Of the role", "Of another", "Asked", "Elsewhere") if f'row">{t}<' in body
        }

    assert shown("mine") == {"Mine", "Of the role"}
    assert shown("teams") == {"Mine", "Of the role", "Of another", "Asked"}
    assert shown("asked") == {"Asked"}
    assert shown("nonsense") == shown("mine")


def test_the_list_says_what_is_late_and_nothing_when_it_is_empty(unit, signed_in):
    client = signed_in(unit.nurse)
    assert "No open task here" in client.get(LIST).content.decode()
    create(unit, due_on=unit.today - DAY)
    assert "Overdue" in client.get(LIST).content.decode()


def test_the_page_of_a_task_changes_it(unit, signed_in):
    task = create(unit)
    data = form(unit, version=1, text="Ring again", owner="role:therapist", due=unit.today + DAY)
    assert signed_in(unit.nurse).post(task.get_absolute_url(), data).status_code == 302
    task.refresh_from_db()
    assert (task.text, task.owner, task.owner_role, task.due_on) == (
        "Ring again",
        None,
        "therapist",
        unit.today + DAY,
    )


def test_the_page_of_a_task_shows_both_versions_to_the_second_editor(unit, signed_in):
    task = create(unit)
    client = signed_in(unit.nurse)
    client.post(task.get_absolute_url(), form(unit, version=1, text="First wins"))
    response = client.post(task.get_absolute_url(), form(unit, version=1, text="Second typed this"))
    body = response.content.decode()
    assert "First wins" in body and "Second typed this" in body
    assert "Somebody else changed this meanwhile" in body
    assert (
        client.post(task.get_absolute_url(), form(unit, version=2, text="Second typed this")).status_code
        == 302
    )


def test_done_from_the_list_leads_back_to_the_list(unit, signed_in):
    task = create(unit)
    there = reverse("worklist:finish_task", args=[task.public_id])
    response = signed_in(unit.nurse).post(there, {"next": "/tasks/?list=teams", "note": "By phone"})
    assert response["Location"] == "/tasks/?list=teams"
    task.refresh_from_db()
    assert (task.done_by, task.done_note) == (unit.nurse, "By phone")


def test_done_twice_is_said(unit, signed_in):
    task = create(unit)
    there = reverse("worklist:finish_task", args=[task.public_id])
    client = signed_in(unit.nurse)
    client.post(there)
    assert "done already" in client.post(there, follow=True).content.decode()


def test_a_task_of_another_team_is_not_found(unit, signed_in):
    task = create(unit, team=unit.spine, owner=unit.physician)
    client = signed_in(unit.nurse)
    assert client.get(task.get_absolute_url()).status_code == 404
    assert client.post(reverse("worklist:finish_task", args=[task.public_id])).status_code == 404


def test_a_task_whose_owner_left_the_team_still_names_them(unit, signed_in):
    stranger = unit.person("therapist", "Theo Far", teams=(unit.spine,))
    task = create(unit, owner=stranger)
    assert "Theo Far, Therapist" in signed_in(unit.nurse).get(task.get_absolute_url()).content.decode()
