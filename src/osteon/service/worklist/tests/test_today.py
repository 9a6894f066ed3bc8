"""Today: who stands in which section, in which order, for whom, on whose day, in how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache

from osteon.service.patients.actions import merge_patients
from osteon.service.patients.facts import save_new
from osteon.service.patients.models import ImportedFact
from osteon.service.patients.road import Position
from osteon.service.results.models import Specimen
from osteon.service.worklist import actions, presenters, queries
from osteon.service.worklist.models import Alert
from osteon.service.worklist.today import today as todays_page

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = "/today/"


def scope(unit, person=None, **more):
    return queries.scope_of(person or unit.nurse, now=more.pop("now", unit.now), **more)


def today(unit, person=None, **more):
    return todays_page(scope(unit, person, **more))


def names(people):
    return [person.name for person in people]


# Sections ---------------------------------------------------------------------------------------------


def test_red_is_now_and_due_is_today(unit):
    unit.red(), unit.late()
    page = today(unit)
    assert names(page.now) == ["Red, Pat"]
    assert names(page.due) == ["Late, Pat"]


def test_a_row_says_who_which_infection_where_on_the_road_and_the_fact(unit):
    unit.red(born=date(1959, 3, 12))
    [row] = today(unit).now
    assert row.age.isdigit()
    assert row.places == ("Left tibia: osteomyelitis, OPAT", "Daptomycin day 11 of 42")
    [line] = [line for line in row.lines if line.level == "red"]
    assert line.text == "CK 2,140 U/L (10.7 × upper limit) on daptomycin"
    assert line.when == unit.ago(hours=2)


def test_a_person_stands_once_with_every_fact_the_most_urgent_first(unit):
    patient = unit.red()
    actions.create_task(
        by=unit.physician, patient=patient, text="Ring", owner=unit.nurse, due_on=unit.today, team=unit.limb
    )
    page = today(unit)
    [row] = page.now
    assert page.due == []
    assert [line.level for line in row.lines] == ["red", "due"]


def test_what_is_folded_is_never_red_never_a_task_and_never_alone():
    def line(level, why="because", urgency=1):
        return presenters.Line(level, level, None, "", level, why=why, urgency=urgency)

    row = presenters.Person(
        "P", "/", lines=[line("red"), line("red"), line("overdue"), line("due"), line("due", None)]
    )
    assert [one.level for one in row.shown] == ["red", "red", "due"]
    assert [one.level for one in row.folded] == ["overdue", "due"]
    short = presenters.Person("P", "/", lines=[line("red"), line("overdue")])
    assert short.folded == []


def test_the_more_urgent_come_first_and_among_equals_those_who_wait_longer(unit):
    unit.red("Second")
    unit.now += HOUR
    unit.red("Third")
    Alert.objects.filter(patient__family_name="Second").update(first_raised_at=unit.ago(days=1))
    unit.late()
    assert names(today(unit).now) == ["Second, Pat", "Third, Pat"]


def test_an_acknowledged_alert_moves_to_done_today_and_can_be_taken_back(unit):
    patient = unit.red()
    alert = unit.ck_alert(patient)
    actions.acknowledge_alert(
        by=unit.physician,
        alert=alert,
        seen=alert.fingerprint,
        act="stopped",
        reason="Ceftriaxone",
        now=unit.now,
    )
    page = today(unit)
    assert (page.now, page.waiting) == ([], [])
    [done] = page.done
    assert (done.name, done.words, done.by) == (
        "Red, Pat",
        "Stopped or changed the drug: Ceftriaxone",
        "Dr Amara Cole",
    )
    assert done.back.post


def test_from_the_next_day_it_waits_for_someone_else(unit):
    patient = unit.red()
    alert = unit.ck_alert(patient)
    actions.acknowledge_alert(
        by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now
    )
    page = today(unit, now=unit.now + DAY)
    assert page.done == []
    assert names(page.waiting) == ["Red, Pat"]
    assert page.waiting[0].lines[0].note == "Dr Amara Cole: Stopped or changed the drug"


def test_a_snoozed_alert_says_until_when(unit):
    patient = unit.late()
    alert = unit.ck_alert(patient)
    actions.snooze_alert(
        by=unit.nurse,
        alert=alert,
        seen=alert.fingerprint,
        until=unit.today + 3 * DAY,
        reason="Booked",
        now=unit.now,
    )
    [row] = today(unit, now=unit.now + DAY).waiting
    assert row.lines[0].note.startswith("Snoozed until ")
    assert row.lines[0].note.endswith("by Nia Bell: Booked")


def test_what_closed_by_itself_today_is_done_today(unit):
    patient = unit.red()
    unit.result(patient, value=90, days_ago=0)
    unit.look(patient, later=timedelta(minutes=1))
    done = today(unit).done
    assert [(row.name, row.words, row.by, row.back) for row in done] == [
        ("Red, Pat", "No longer true.", "Osteon", None)
    ]


def test_a_reopened_alert_says_why(unit):
    patient = unit.red()
    alert = unit.ck_alert(patient)
    actions.acknowledge_alert(
        by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now
    )
    unit.result(patient, value=5000, days_ago=0)
    unit.look(patient, later=HOUR)
    [row] = today(unit, now=unit.now + HOUR).now
    assert row.lines[0].note == "Reopened: there is new evidence since"


# Tasks ------------------------------------------------------------------------------------------------


def test_tasks_due_today_or_late_are_listed_and_later_ones_are_not(unit):
    unit.give("Late one", -2), unit.give("Now", 0), unit.give("Later", 1)
    [row] = today(unit).due
    assert [(line.text, line.level) for line in row.lines] == [
        ("Task: Late one", "overdue"),
        ("Task: Now", "due"),
    ]


def test_a_task_of_the_role_is_seen_by_the_role_in_that_team_only(unit):
    unit.give("For nurses", owner=None, owner_role="opat_nurse")
    other = unit.person("opat_nurse", "Ned Away", teams=(unit.spine,))
    assert len(today(unit).due) == 1
    assert today(unit, other).due == []
    assert today(unit, unit.person("pharmacist")).due == []


def test_a_task_asked_of_somebody_waits_for_someone_else(unit):
    patient = unit.patient()
    unit.give("Book MRI", patient=patient)
    assert names(today(unit, unit.physician).waiting) == ["Okafor, Ada"]
    assert today(unit, unit.physician).due == []


def test_a_finished_task_is_done_today(unit):
    task = unit.give("Ring", patient=unit.patient())
    actions.finish_task(by=unit.nurse, task=task, note="Nobody answered", now=unit.now)
    page = today(unit)
    assert page.due == []
    assert [(row.text, row.words) for row in page.done] == [("Ring", "Nobody answered")]


def test_a_task_noted_on_a_merged_record_stands_with_the_survivor(unit):
    one, other = unit.patient("Okafor", "A"), unit.patient("Okafor", "Ada")
    unit.give("Ring", patient=one)
    merge_patients(by=unit.physician, patient=one, into=other, reason="Same person")
    assert names(today(unit).due) == ["Okafor, Ada"]


# Whose day it is --------------------------------------------------------------------------------------

SUMMER_EVENING = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight of 2 July in London
WINTER_EVENING = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)  # the same evening in London


@pytest.mark.parametrize(
    ("moment", "day", "midnight"),
    [
        (SUMMER_EVENING, date(2026, 7, 2), datetime(2026, 7, 1, 23, tzinfo=UTC)),
        (WINTER_EVENING, date(2026, 12, 1), datetime(2026, 12, 1, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 12, tzinfo=UTC), date(2026, 3, 29), datetime(2026, 3, 29, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 12, tzinfo=UTC), date(2026, 10, 25), datetime(2026, 10, 24, 23, tzinfo=UTC)),
    ],
    ids=["summer", "winter", "clocks go forward", "clocks go back"],
)
def test_today_is_the_day_of_london(moment, day, midnight):
    assert queries.local_day(moment) == day
    assert queries.start_of_day(moment) == midnight


def test_what_was_done_before_midnight_in_london_was_done_yesterday(unit):
    alert = unit.ck_alert(unit.red())
    actions.acknowledge_alert(
        by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now
    )
    before_midnight = SUMMER_EVENING - timedelta(minutes=45)
    Alert.objects.filter(pk=alert.pk).update(answered_at=before_midnight)
    assert len(today(unit, now=before_midnight + timedelta(minutes=5)).done) == 1
    after = today(unit, now=SUMMER_EVENING)
    assert (after.done, names(after.waiting)) == ([], ["Red, Pat"])


# Quiet ------------------------------------------------------------------------------------------------


def test_quiet_counts_those_of_whom_nothing_is_open(unit):
    before = today(unit).quiet
    unit.patient("Calm"), unit.red()
    cache.clear()
    assert today(unit).quiet == before + 1


def test_a_patient_with_an_open_task_is_not_quiet(unit):
    patient = unit.patient("Calm")
    cache.clear()
    before = today(unit).quiet
    unit.give("Ring", patient=patient)
    assert today(unit).quiet == before - 1


def test_quiet_people_are_listed_by_name_with_what_is_due_next(unit, signed_in):
    patient = unit.patient("Calm", "Carl")
    unit.course(patient, days_ago=3)
    unit.result(patient, value=80, days_ago=2)
    unit.in_order(patient)
    unit.look(patient)
    assert not Alert.objects.filter(patient=patient).exists()
    body = signed_in(unit.nurse).get("/today/quiet/").content.decode()
    assert "Calm, Carl" in body and "next test due" in body
    assert body.index("Calm, Carl") < body.index("Okafor, Ruth")


def test_the_caseload_leaves_out_closed_episodes_and_counts_a_merged_person_once(unit):
    before = queries.caseload_count([unit.limb.pk])
    one, other = unit.patient("Okafor", "A"), unit.patient("Okafor", "Ada")
    merge_patients(by=unit.physician, patient=one, into=other, reason="Same person")
    cache.clear()
    assert queries.caseload_count([unit.limb.pk]) == before + 1


# Roles and teams --------------------------------------------------------------------------------------


def test_a_patient_of_another_team_is_not_on_the_list(unit):
    unit.red(team=unit.spine)
    assert today(unit).now == []
    assert names(today(unit, unit.cast.surgeon).now) == ["Red, Pat"]


def test_the_switcher_narrows_to_one_team_and_a_strange_team_to_none(unit):
    unit.red("Limb"), unit.red("Spine", team=unit.spine)
    assert set(names(today(unit, unit.physician).now)) == {"Limb, Pat", "Spine, Pat"}
    assert names(today(unit, unit.physician, team_slug="spine").now) == ["Spine, Pat"]
    assert set(names(today(unit, unit.nurse, team_slug="spine").now)) == {"Limb, Pat"}


def test_a_consultants_own_patients_come_first_within_what_is_due(unit):
    unit.late("Anyone")
    unit.late("Own", responsible=unit.physician)
    assert names(today(unit, unit.physician).due) == ["Own, Pat", "Anyone, Pat"]
    assert names(today(unit).due) == ["Anyone, Pat", "Own, Pat"]


def test_danger_comes_before_ones_own_patients(unit):
    unit.red("Anyone")
    patient = unit.patient("Own", "Pat", responsible=unit.physician)
    unit.course(patient, days_ago=14)
    unit.look(patient)
    assert names(today(unit, unit.physician).now) == ["Anyone, Pat", "Own, Pat"]


def test_a_resident_sees_inpatients_and_what_cannot_wait(unit):
    unit.red("Urgent"), unit.late("Home")
    inpatient = unit.late("Ward")
    unit.admission(inpatient)
    discharged = unit.late("Gone")
    unit.admission(discharged, ended=True)
    resident = unit.person("resident")
    page = today(unit, resident)
    assert names(page.now) == ["Urgent, Pat"]
    assert names(page.due) == ["Ward, Pat"]
    assert page.hidden == 2
    assert set(names(today(unit, resident, everything=True).due)) == {"Home, Pat", "Ward, Pat", "Gone, Pat"}


def test_a_test_that_is_very_late_is_no_reason_to_show_an_outpatient_to_the_resident(unit):
    patient = unit.patient("Home", "Pat")
    unit.course(patient, days_ago=20)
    unit.look(patient)
    page = today(unit, unit.person("resident"))
    assert (page.now, page.hidden) == ([], 1)
    unit.admission(patient)
    assert names(today(unit, unit.person("resident", "Second Resident")).now) == ["Home, Pat"]


def test_a_pharmacist_sees_stop_dates_first_and_no_inflammatory_marker(unit):
    patient = unit.patient("Past", "Pat")
    unit.course(patient, "ceftriaxone", days_ago=2, planned_days=1)
    unit.look(patient)
    unit.late("Bloods")
    pharmacist = unit.person("pharmacist")
    page = today(unit, pharmacist)
    people = [*page.now, *page.due]
    assert names(people)[0] == "Past, Pat"
    assert not any("CRP" in line.text for person in people for line in person.lines)
    assert any("CRP" in line.text for person in [*today(unit).now, *today(unit).due] for line in person.lines)


@pytest.mark.parametrize("role", ["therapist", "psychologist", "radiologist", "pathologist"])
def test_roles_that_work_from_tasks_see_theirs_and_how_many_alerts_there_are(unit, role):
    unit.red()
    person = unit.person(role)
    unit.give("Assess", owner=person)
    page = today(unit, person)
    assert (page.now, page.hidden, len(page.due)) == ([], 1, 1)
    assert names(today(unit, person, everything=True).now) == ["Red, Pat"]


@pytest.mark.parametrize("role", ["coordinator", "audit_lead", "therapist"])
def test_who_may_not_acknowledge_is_offered_no_such_button(unit, role):
    unit.red()
    person = unit.person(role)
    [row] = today(unit, person, everything=True).now
    assert not any("cknowledge" in act.text or "nooze" in act.text for line in row.lines for act in line.acts)


@pytest.mark.parametrize(
    "role", ["opat_nurse", "infection_physician", "pharmacist", "microbiologist", "resident"]
)
def test_who_may_acknowledge_is_never_kept_from_what_is_red(unit, role):
    unit.red()
    [row] = today(unit, unit.person(role)).now
    assert [act.text for act in row.lines[0].acts if act.main] == ["Acknowledge…"]


def test_a_frame_comes_first_for_the_frame_nurse_and_says_its_day(unit):
    unit.late("Anyone")
    framed = unit.late("Framed")
    save_new(
        ImportedFact(
            patient=framed,
            kind="frame",
            code=queries.FRAME,
            time=unit.ago(days=40),
            source="fhir:Device/1",
            recorded_by=unit.physician,
        )
    )
    rows = today(unit, unit.person("frame_nurse")).due
    assert names(rows) == ["Framed, Pat", "Anyone, Pat"]
    assert "Frame day 41" in rows[0].places


def test_a_microbiologist_finds_cultures_that_nobody_has_interpreted(unit):
    patient = unit.patient("Grown", "Pat")
    save_new(
        Specimen(
            patient=patient,
            kind="bone",
            label="S1 tibia",
            taken_at=unit.ago(days=5),
            state="final",
            isolate_count=0,
            recorded_by=unit.physician,
        )
    )
    micro = unit.person("microbiologist")
    assert [(row.name, row.text) for row in today(unit, micro).cultures] == [
        ("Grown, Pat", "Bone: No growth from 1 specimen")
    ]
    assert today(unit).cultures == []


def test_positions_of_the_road_are_named(unit):
    patient = unit.red(status=Position.FOLLOW_UP)
    around = queries.beside([patient])
    assert "Left tibia: osteomyelitis, Follow-up" in tuple(presenters.places(patient, around, unit.today))
