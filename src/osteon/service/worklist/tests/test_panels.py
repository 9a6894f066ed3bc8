"""What the worklist puts on the patient's page: alerts and tasks, and red alerts in the header."""

from osteon.service.worklist import actions


def page(client, patient):
    return client.get(patient.get_absolute_url()).content.decode()


def test_the_overview_shows_alerts_with_their_acts(unit, signed_in):
    patient = unit.on_daptomycin()
    unit.look(patient)
    body = page(signed_in(unit.nurse), patient)
    assert "Alerts and tasks" in body
    assert body.count("CK 2,140 U/L (10.7 × upper limit) on daptomycin") >= 2, (
        "in the header and in the panel"
    )
    assert "Acknowledge…" in body


def test_the_overview_says_when_there_is_nothing(unit, signed_in):
    assert "No alert stands and no task is open" in page(signed_in(unit.nurse), unit.cast.ruth)


def test_the_header_warns_of_open_red_alerts_only(unit, signed_in):
    patient = unit.on_daptomycin()
    unit.look(patient)
    client = signed_in(unit.nurse)
    warned = 'app-level--red">CK 2,140'
    assert warned in page(client, patient)
    alert = unit.ck_alert(patient)
    actions.acknowledge_alert(by=unit.nurse, alert=alert, seen=alert.fingerprint, act="stopped")
    assert warned not in page(client, patient)


def test_the_tab_lists_tasks_and_closed_alerts(unit, signed_in):
    patient = unit.on_daptomycin()
    unit.look(patient)
    unit.result(patient, value=90, days_ago=0)
    unit.look(patient)
    actions.create_task(
        by=unit.physician, patient=patient, text="Ring", owner=unit.nurse, due_on=unit.today, team=unit.limb
    )
    body = signed_in(unit.nurse).get(f"/patients/{patient.public_id}/alerts/").content.decode()
    assert "Task: Ring" in body and "Closed alerts" in body and "CK 2,140" in body


def test_the_tab_of_a_patient_without_anything_says_so(unit, signed_in):
    body = signed_in(unit.nurse).get(f"/patients/{unit.cast.ruth.public_id}/alerts/").content.decode()
    assert "No alert stands" in body and "No task is open" in body


def test_the_panel_has_no_acts_for_who_may_only_read(unit, signed_in):
    patient = unit.on_daptomycin()
    unit.look(patient)
    body = page(signed_in(unit.person("audit_lead")), patient)
    assert "Alerts and tasks" in body
    assert "Acknowledge…" not in body and "Make a task…" not in body and "New task" not in body
