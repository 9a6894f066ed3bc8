"""Every page opens, for those who may open it, and says who it is about. Three tests a view, as a table."""

import pytest
from django.urls import reverse

from osteon.service.worklist.actions import create_task
from osteon.service.worklist.urls import urlpatterns

OPEN = {
    # URL name: (what its address needs, a role that may open it, a role that may not)
    "today": ((), "opat_nurse", "privacy_lead"),
    "quiet": ((), "opat_nurse", "privacy_lead"),
    "failing": ((), "opat_nurse", "administrator"),
    "patient_alerts": (("patient",), "opat_nurse", "privacy_lead"),
    "show_alert": (("patient", "alert"), "coordinator", "privacy_lead"),
    "acknowledge_alert": (("patient", "alert"), "opat_nurse", "coordinator"),
    "snooze_alert": (("patient", "alert"), "pharmacist", "therapist"),
    "tasks": ((), "therapist", "privacy_lead"),
    "create_task": ((), "coordinator", "audit_lead"),
    "edit_task": (("task",), "psychologist", "audit_lead"),
    "handover": ((), "resident", "psychologist"),
    "write_handover": (("patient",), "resident", "pharmacist"),
    "rules": ((), "audit_lead", "administrator"),
    "show_rule": (("rule",), "audit_lead", "administrator"),
    "switch_rule": (("rule",), "unit_lead", "infection_physician"),
}
POSTED = {
    "reopen_alert": (("patient", "alert"), "opat_nurse", "coordinator"),
    "finish_task": (("task",), "therapist", "audit_lead"),
    "reopen_task": (("task",), "therapist", "audit_lead"),
    "mark_seen": (("patient",), "resident", "pharmacist"),
    "oversee_handover": (("patient",), "infection_physician", "pharmacist"),
}


@pytest.fixture
def things(unit):
    patient = unit.on_daptomycin()
    unit.look(patient)
    task = create_task(
        by=unit.physician,
        patient=patient,
        text="Ring",
        owner_role="therapist",
        due_on=unit.today,
        team=unit.limb,
    )
    alert = unit.ck_alert(patient)
    return {
        "patient": patient.public_id,
        "alert": alert.public_id,
        "task": task.public_id,
        "rule": "daptomycin-ck",
    }


def address(name, needs, things):
    return reverse(f"worklist:{name}", args=[things[need] for need in needs])


def test_every_view_of_the_worklist_is_in_one_of_the_two_tables():
    assert {pattern.name for pattern in urlpatterns} == {*OPEN, *POSTED}


@pytest.mark.parametrize("name", [*OPEN, *POSTED])
def test_a_visitor_who_is_not_signed_in_is_sent_to_the_sign_in_page(name, things, client):
    needs, *_ = (OPEN | POSTED)[name]
    response = (
        client.post(address(name, needs, things))
        if name in POSTED
        else client.get(address(name, needs, things))
    )
    assert response.status_code == 302
    assert "sign-in" in response["Location"]


@pytest.mark.parametrize("name", [*OPEN, *POSTED])
def test_a_role_without_the_permission_is_refused(name, unit, things, signed_in):
    needs, _, role = (OPEN | POSTED)[name]
    client = signed_in(unit.person(role))
    there = address(name, needs, things)
    assert (client.post(there) if name in POSTED else client.get(there)).status_code == 403


@pytest.mark.parametrize("name", OPEN)
def test_a_role_with_the_permission_opens_the_page(name, unit, things, signed_in):
    needs, role, _ = OPEN[name]
    response = signed_in(unit.person(role)).get(address(name, needs, things))
    assert response.status_code == 200
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("name", POSTED)
def test_a_role_with_the_permission_may_do_it_and_is_led_back(name, unit, things, signed_in):
    needs, role, _ = POSTED[name]
    response = signed_in(unit.person(role)).post(address(name, needs, things))
    assert response.status_code == 302


@pytest.mark.parametrize("name", POSTED)
def test_what_changes_something_cannot_be_opened_by_a_link(name, unit, things, signed_in):
    needs, role, _ = POSTED[name]
    assert signed_in(unit.person(role)).get(address(name, needs, things)).status_code == 405


@pytest.mark.parametrize("name", [n for n, row in (OPEN | POSTED).items() if "patient" in row[0]])
def test_a_patient_of_another_team_is_behind_the_glass(name, unit, things, signed_in):
    needs, role, _ = (OPEN | POSTED)[name]
    stranger = signed_in(unit.person(role, teams=(unit.spine,)))
    there = address(name, needs, things)
    response = stranger.post(there) if name in POSTED else stranger.get(there)
    assert response.status_code == 403
    assert "Okafor" not in response.content.decode()
