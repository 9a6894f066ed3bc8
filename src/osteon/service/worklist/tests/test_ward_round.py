"""The ward round and handover list: who is on it, what is written, who has seen and who has overseen it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from osteon.service.patients.actions import mark_entered_in_error, merge_patients
from osteon.service.worklist import actions, queries, ward_round
from osteon.service.worklist.actions import Refused, StaleEdit
from osteon.service.worklist.models import HandoverEntry

DAY = timedelta(days=1)
LIST = "/handover/"


@pytest.fixture
def resident(unit):
    return unit.person("resident", "Dr Lu Okoro")


@pytest.fixture
def inpatient(unit):
    patient = unit.on_daptomycin("Ward", "Wendy")
    unit.admission(patient, days_ago=3)
    return patient


def beds(unit, person=None, **more):
    scope = queries.scope_of(person or unit.physician, now=unit.now, **more)
    return ward_round.beds(scope, scope.today)


def write(unit, patient, by, plan="Stop daptomycin", overnight="Slept", seen_version=0, day=None):
    return actions.write_handover(
        by=by,
        patient=patient,
        day=day or unit.today,
        plan=plan,
        overnight=overnight,
        seen_version=seen_version,
        now=unit.now,
    )


# Who is on it


def test_inpatients_within_reach_are_listed_by_name(unit, inpatient):
    other = unit.patient("Able", "Ann")
    unit.admission(other)
    elsewhere = unit.patient("Far", "Fred", team=unit.spine)
    unit.admission(elsewhere)
    assert [str(bed.patient) for bed in beds(unit, unit.nurse)] == ["Able, Ann", "Ward, Wendy"]
    assert len(beds(unit)) == 3
    assert [str(bed.patient) for bed in beds(unit, team_slug="spine")] == ["Far, Fred"]


def test_an_admission_that_ended_or_was_never_true_is_not_listed(unit):
    gone, wrong = unit.patient("Gone"), unit.patient("Wrong")
    unit.admission(gone, ended=True)
    mark_entered_in_error(by=unit.physician, fact=unit.admission(wrong), reason="Another patient")
    assert beds(unit) == []


def test_a_patient_with_two_open_admissions_stands_once(unit, inpatient):
    unit.admission(inpatient, days_ago=1)
    assert len(beds(unit)) == 1


def test_an_admission_on_a_merged_record_counts_for_the_survivor(unit, inpatient):
    other = unit.patient("Ward", "W")
    merge_patients(by=unit.physician, patient=inpatient, into=other, reason="Same person")
    assert [str(bed.patient) for bed in beds(unit)] == ["Ward, W"]


def test_a_line_holds_day_alerts_jobs_and_the_plan_of_the_day_before(unit, inpatient, resident):
    unit.look(inpatient)
    actions.create_task(
        by=resident, patient=inpatient, text="Repeat CK", owner=resident, due_on=unit.today, team=unit.limb
    )
    write(unit, inpatient, resident, plan="Yesterday's plan", day=unit.today - DAY)
    [bed] = beds(unit)
    assert bed.day == 4
    assert "Inpatient day 4" in bed.places
    assert bed.alerts[0].level == "red"
    assert [task.text for task in bed.jobs] == ["Repeat CK"]
    assert (bed.entry, bed.before.plan) == (None, "Yesterday's plan")


def test_the_number_of_queries_does_not_grow_with_the_beds(unit, inpatient, resident, signed_in):
    client = signed_in(resident)

    def count():
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    few = count()
    for n in range(5):
        patient = unit.on_daptomycin(f"Bed{n}")
        unit.admission(patient), unit.look(patient), write(unit, patient, resident)
    assert count() == few


# What is written


def test_the_first_entry_of_a_day_is_new_and_later_ones_change_it(unit, inpatient, resident):
    entry = write(unit, inpatient, resident)
    again = write(unit, inpatient, unit.physician, plan="Ceftriaxone", seen_version=entry.version)
    assert (again.pk, again.plan, again.written_by) == (entry.pk, "Ceftriaxone", unit.physician)
    assert [row.plan for row in entry.history.order_by("version")] == ["Stop daptomycin", "Ceftriaxone"]


@pytest.mark.parametrize("seen", [0, 99])
def test_the_second_of_two_writers_is_told(unit, inpatient, resident, seen):
    write(unit, inpatient, resident)
    with pytest.raises(StaleEdit):
        write(unit, inpatient, unit.physician, plan="Other", seen_version=seen)
    assert HandoverEntry.objects.get().plan == "Stop daptomycin"


def test_each_day_has_its_own_entry(unit, inpatient, resident):
    write(unit, inpatient, resident, day=unit.today - DAY)
    write(unit, inpatient, resident)
    assert HandoverEntry.objects.count() == 2


def test_seen_can_be_marked_before_anything_is_written(unit, inpatient, resident):
    entry = actions.mark_seen(by=resident, patient=inpatient, day=unit.today, now=unit.now)
    assert (entry.seen_by, entry.seen_at, entry.plan) == (resident, unit.now, "")


def test_only_an_infection_consultant_oversees(unit, inpatient, resident):
    write(unit, inpatient, resident)
    with pytest.raises(Refused, match="infection consultant"):
        actions.oversee_handover(by=resident, patient=inpatient, day=unit.today)
    entry = actions.oversee_handover(by=unit.physician, patient=inpatient, day=unit.today, now=unit.now)
    assert (entry.overseen_by, entry.changed_since_overseen) == (unit.physician, False)


def test_there_must_be_a_plan_to_oversee(unit, inpatient, resident):
    actions.mark_seen(by=resident, patient=inpatient, day=unit.today)
    with pytest.raises(Refused, match="no plan"):
        actions.oversee_handover(by=unit.physician, patient=inpatient, day=unit.today)


def test_a_change_after_overseeing_shows(unit, inpatient, resident):
    write(unit, inpatient, resident)
    entry = actions.oversee_handover(by=unit.physician, patient=inpatient, day=unit.today, now=unit.now)
    unit.now += timedelta(hours=1)
    changed = write(unit, inpatient, resident, plan="Changed", seen_version=entry.version)
    assert changed.overseen_by == unit.physician
    assert changed.changed_since_overseen


# The pages


def test_the_list_prints_what_was_written_and_who_has_seen_it(unit, inpatient, resident, signed_in):
    unit.look(inpatient)
    write(unit, inpatient, resident, plan="Stop <daptomycin>", overnight="Temp 37.9")
    body = signed_in(resident).get(LIST).content.decode()
    for words in (
        "Ward, Wendy",
        "Temp 37.9",
        "Stop &lt;daptomycin&gt;",
        "Not seen yet",
        "Not overseen yet",
        "CK 2,140",
    ):
        assert words in body, words
    assert "Oversee<" not in body


def test_an_empty_list_says_so(unit, resident, signed_in):
    assert "No inpatient" in signed_in(resident).get(LIST).content.decode()


def test_who_may_only_read_gets_no_buttons(unit, inpatient, signed_in):
    body = signed_in(unit.person("pharmacist")).get(LIST).content.decode()
    assert "Ward, Wendy" in body and ">Write<" not in body and ">Seen<" not in body


def test_the_form_starts_from_the_plan_of_the_day_before(unit, inpatient, resident, signed_in):
    write(unit, inpatient, resident, plan="Continue daptomycin", day=unit.today - DAY)
    there = reverse("worklist:write_handover", args=[inpatient.public_id])
    client = signed_in(resident)
    assert "Continue daptomycin" in client.get(there).content.decode()
    response = client.post(there, {"version": 0, "overnight": "Fell", "plan": "X-ray"})
    assert response["Location"] == f"/handover/#{inpatient.public_id}"
    assert HandoverEntry.objects.get(day=unit.today).plan == "X-ray"


def test_the_form_shows_both_versions_and_loses_nothing(unit, inpatient, resident, signed_in):
    there = reverse("worklist:write_handover", args=[inpatient.public_id])
    write(unit, inpatient, unit.physician, plan="The consultant's plan")
    body = (
        signed_in(resident).post(there, {"version": 0, "overnight": "", "plan": "My plan"}).content.decode()
    )
    assert "The consultant&#39;s plan" in body and "My plan" in body
    assert "Somebody else changed this meanwhile" in body


def test_seen_and_overseen_by_a_press_of_a_button(unit, inpatient, resident, signed_in):
    write(unit, inpatient, resident)
    for name, person in (("mark_seen", resident), ("oversee_handover", unit.physician)):
        signed_in(person).post(reverse(f"worklist:{name}", args=[inpatient.public_id]))
    body = signed_in(unit.physician).get(LIST).content.decode()
    assert "Seen by Dr Lu Okoro" in body and "Overseen by Dr Amara Cole" in body


def test_a_resident_who_tries_to_oversee_is_told(unit, inpatient, resident, signed_in):
    write(unit, inpatient, resident)
    there = reverse("worklist:oversee_handover", args=[inpatient.public_id])
    body = signed_in(resident).post(there, follow=True).content.decode()
    assert "Only the infection consultant oversees the list" in body
