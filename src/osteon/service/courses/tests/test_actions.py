"""Starting, changing and stopping a course, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from osteon.service.accounts.models import AuditEntry
from osteon.service.courses import actions
from osteon.service.courses.actions import AllergyWarning, AlreadyInError, Refused, StaleEdit
from osteon.service.courses.models import Course, CourseChange
from osteon.service.courses.tests.conftest import day, moment
from osteon.service.patients.actions import record_allergy

pytestmark = pytest.mark.django_db


# Starting


def test_a_course_is_started_with_its_code_and_plan(pharmacy, cast):
    course = pharmacy.course(episode=cast.ruth_episode)
    assert (course.drug_name, course.code) == ("Daptomycin", "ATC//J01XX09")
    assert (course.span.planned_days, course.stopped_at) == (42, None)
    entry = AuditEntry.objects.get(verb="courses.start_course")
    assert (entry.by, entry.patient_id) == (cast.physician, cast.ruth.public_id)


def test_a_drug_outside_the_list_is_kept_by_its_name(pharmacy):
    course = pharmacy.course(drug="", drug_name="Cloxanovir <b>")
    assert (course.drug, course.code, course.drug_name) == ("", "", "Cloxanovir <b>")
    assert course.stream_code == "OSTEON//course//cloxanovir-b"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"dose_text": "  "}, "Write the dose"),
        ({"drug": "", "drug_name": "  "}, "which drug"),
        ({"start": 120, "stop": 130}, "Check the year"),
        ({"start": 0, "stop": -1}, "before the start"),
        ({"start": 0, "stop": 4000}, "ten years"),
        ({"start": -365 * 100, "stop": 1}, "before the patient was born"),
    ],
)
def test_an_impossible_course_is_refused_in_plain_words(pharmacy, wrong, words):
    with pytest.raises(Refused, match=words):
        pharmacy.course(**wrong)
    assert not Course.objects.exists()


def test_a_course_needs_a_planned_stop(pharmacy, cast):
    order = actions.Order("daptomycin", "Daptomycin", "500 mg")
    with pytest.raises(Refused, match="planned to stop"):
        actions.start_course(
            by=cast.physician, patient=cast.ruth, order=order, started_on=day(), planned_stop_on=None
        )


def test_an_unknown_drug_key_is_refused(pharmacy, cast):
    order = actions.Order("daptomicin", "Daptomicin", "500 mg")
    with pytest.raises(Refused, match="no drug called"):
        actions.start_course(
            by=cast.physician, patient=cast.ruth, order=order, started_on=day(), planned_stop_on=day(7)
        )


def test_a_course_after_the_death_is_refused(pharmacy, cast):
    cast.ruth.died_on = day(-30)
    cast.ruth.save()
    with pytest.raises(Refused, match="after the patient died"):
        pharmacy.course()


def test_a_course_of_the_year_1000_is_refused(cast):
    order = actions.Order("daptomycin", "Daptomycin", "500 mg")
    with pytest.raises(Refused, match="1000"):
        actions.start_course(
            by=cast.physician,
            patient=cast.longname,
            order=order,
            started_on=date(1000, 1, 1),
            planned_stop_on=date(1000, 2, 1),
        )


def test_another_patients_episode_is_refused(pharmacy, cast):
    with pytest.raises(Refused, match="another patient"):
        pharmacy.course(episode=cast.sean_episode)


def test_the_same_drug_by_the_same_route_runs_once(pharmacy):
    pharmacy.course()
    with pytest.raises(Refused, match="running already"):
        pharmacy.course()
    pharmacy.course("rifampicin", route="oral")
    assert pharmacy.course("vancomycin").pk


# Allergies


def test_nobody_having_asked_about_allergies_is_a_warning(cast):
    with pytest.raises(AllergyWarning, match="not even that there are none") as told:
        from_nowhere(cast)
    assert told.value.conflicts == []


def from_nowhere(cast, **more):
    order = actions.Order("flucloxacillin", "Flucloxacillin", "2 g every 6 hours")
    return actions.start_course(
        by=cast.physician, patient=cast.ruth, order=order, started_on=day(), planned_stop_on=day(13), **more
    )


def test_an_allergy_is_a_warning_that_can_be_answered_with_a_reason(cast):
    record_allergy(by=cast.nurse, patient=cast.ruth, substance="Penicillin", reaction="rash in 1980")
    with pytest.raises(AllergyWarning, match="same class") as told:
        from_nowhere(cast)
    assert told.value.conflicts[0].reaction == "rash in 1980"
    course = from_nowhere(cast, allergy_override="De-labelled in 2024, oral challenge tolerated")
    assert course.allergy_override.startswith("De-labelled")


def test_an_answer_that_was_not_needed_is_not_kept(pharmacy):
    assert pharmacy.course(allergy_override="I know").allergy_override == ""


# Changing


def change_dose(cast, course, seen_version=1, dose_text="700 mg every 24 hours", effective_on=None, **more):
    arguments = {"reason": "Weight 82 kg", "effective_on": effective_on or day(), **more}
    return actions.change_dose(
        by=cast.physician, course=course, seen_version=seen_version, dose_text=dose_text, **arguments
    )


def test_a_new_dose_keeps_the_old_one_in_the_history_and_the_course_running(pharmacy, cast):
    changed = change_dose(cast, pharmacy.course())
    assert (changed.dose_text, changed.stopped_at) == ("700 mg every 24 hours", None)
    step = CourseChange.objects.get()
    assert (step.before, step.after, step.reason) == (
        "500 mg every 24 hours",
        "700 mg every 24 hours",
        "Weight 82 kg",
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"dose_text": ""}, "new dose"),
        ({"dose_text": "500 mg every 24 hours"}, "new dose"),
        ({"effective_on": day(-40)}, "during the course"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_an_impossible_change_of_dose_is_refused(pharmacy, cast, wrong, words):
    course = pharmacy.course()
    with pytest.raises(Refused, match=words):
        change_dose(cast, course, **wrong)
    assert not CourseChange.objects.exists()


def test_the_second_editor_is_told(pharmacy, cast):
    course = pharmacy.course()
    change_dose(cast, course)
    with pytest.raises(StaleEdit) as told:
        change_dose(cast, course, dose_text="850 mg every 24 hours")
    assert told.value.current.dose_text == "700 mg every 24 hours"
    assert told.value.attempted == {"dose_text": "850 mg every 24 hours"}
    assert CourseChange.objects.count() == 1


def change_plan(cast, course, planned_stop_on, reason="MDT of Thursday", seen_version=1):
    return actions.change_plan(
        by=cast.physician,
        course=course,
        seen_version=seen_version,
        planned_stop_on=planned_stop_on,
        reason=reason,
    )


def test_a_plan_can_be_changed_with_a_reason(pharmacy, cast):
    course = pharmacy.course()
    assert change_plan(cast, course, day(65)).span.planned_days == 84
    for same, words in ((day(65), "already"), (day(-30), "before the start")):
        with pytest.raises(Refused, match=words):
            change_plan(cast, Course.objects.get(), same, seen_version=2)


def test_a_plan_is_not_taken_away(pharmacy, cast):
    with pytest.raises(Refused, match="planned to stop"):
        change_plan(cast, pharmacy.course(), None)


def test_delivery_changes_when_the_patient_goes_home(pharmacy, cast):
    def change_delivery(course, delivery, effective_on=None):
        return actions.change_delivery(
            by=cast.physician,
            course=course,
            seen_version=course.version,
            delivery=delivery,
            effective_on=effective_on or day(),
            reason="Discharged",
        )

    changed = change_delivery(pharmacy.course(), "district-nurse")
    assert (changed.delivery, changed.changes.get().after) == ("district-nurse", "District nurse")
    with pytest.raises(Refused, match="already"):
        change_delivery(changed, "district-nurse")


# Stopping


def test_a_stop_needs_a_coded_reason(pharmacy):
    course = pharmacy.course()
    stopped = pharmacy.stop(course, stop_reason="intolerance", note="CK 2,140")
    assert (stopped.stop_reason, stopped.stop_note, stopped.stopped_on) == ("intolerance", "CK 2,140", day())
    assert stopped.changes.get().what == "stop"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"stop_reason": ""}, "why it stopped"),
        ({"stop_reason": "bored"}, "why it stopped"),
        ({"stop_reason": "not-recorded"}, "why it stopped"),
        ({"stop_reason": "other"}, "in words"),
        ({"stopped_at": moment(2)}, "in the future"),
        ({"stopped_at": moment(-30)}, "before it started"),
    ],
)
def test_an_impossible_stop_is_refused(pharmacy, wrong, words):
    course = pharmacy.course()
    with pytest.raises(Refused, match=words):
        pharmacy.stop(course, **wrong)
    assert Course.objects.get().stopped_at is None


def test_a_stopped_course_is_not_changed_nor_stopped_again(pharmacy, cast):
    stopped = pharmacy.stop(pharmacy.course())
    for attempt in (
        lambda: pharmacy.stop(stopped),
        lambda: change_dose(cast, stopped, seen_version=2),
        lambda: change_plan(cast, stopped, day(80), seen_version=2),
    ):
        with pytest.raises(Refused, match="has stopped"):
            attempt()


def test_two_people_stopping_it_at_once_stop_it_once(pharmacy):
    course = pharmacy.course()
    pharmacy.stop(course)
    with pytest.raises(StaleEdit):
        pharmacy.stop(course, stop_reason="intolerance")
    assert Course.objects.get().stop_reason == "completed"


# Correcting


def edit(cast, course, seen_version=1, **said):
    order = actions.Order(
        course.drug,
        said.pop("drug_name", course.drug_name),
        said.pop("dose_text", course.dose_text),
        said.pop("route", course.route),
        course.delivery,
    )
    arguments = {
        "started_on": course.started_on,
        "planned_stop_on": course.planned_stop_on,
        "episode": None,
        "reason": "Typing error",
        **said,
    }
    return actions.edit_course(
        by=cast.physician, course=course, seen_version=seen_version, order=order, **arguments
    )


def test_a_correction_changes_what_was_written_down_wrongly(pharmacy, cast):
    course = pharmacy.course()
    edited = edit(cast, course, started_on=day(-20), route="oral")
    assert (edited.started_on, edited.route, edited.version) == (day(-20), "oral", 2)
    with pytest.raises(StaleEdit):
        edit(cast, course, started_on=day(-19))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"planned_stop_on": day(-60)}, "before the start"),
        ({"planned_stop_on": None}, "planned to stop"),
        ({"reason": ""}, "Say why"),
        ({"dose_text": ""}, "Write the dose"),
    ],
)
def test_an_impossible_correction_is_refused(pharmacy, cast, wrong, words):
    with pytest.raises(Refused, match=words):
        edit(cast, pharmacy.course(), **wrong)


def test_a_correction_never_makes_it_start_after_it_stopped(pharmacy, cast):
    stopped = pharmacy.stop(pharmacy.course(), stopped_at=moment(-10))
    with pytest.raises(Refused, match="after it stopped"):
        edit(cast, stopped, seen_version=2, started_on=day(-2), planned_stop_on=day(30))


def test_the_stop_reason_can_be_corrected(pharmacy, cast):
    stopped = pharmacy.stop(pharmacy.course())
    edited = edit(cast, stopped, seen_version=2, stop_reason="intolerance", stop_note="Rash")
    assert (edited.stop_reason, edited.stop_note) == ("intolerance", "Rash")


def test_a_course_kept_by_name_is_not_renamed_into_another_drug(pharmacy, cast):
    course = pharmacy.course(drug="", drug_name="Cloxanovir")
    with pytest.raises(Refused, match="another drug"):
        edit(cast, course, drug_name="Noxavir")


def test_a_withdrawn_course_stays_in_the_history_and_is_not_changed(pharmacy, cast):
    course = actions.mark_in_error(by=cast.physician, course=pharmacy.course(), reason="Wrong patient")
    assert course.history.count() == 2
    with pytest.raises(AlreadyInError):
        pharmacy.stop(course)
    assert pharmacy.course().pk != course.pk


# What the database itself refuses


@pytest.mark.parametrize(
    "wrong",
    [
        {"drug_name": ""},
        {"planned_stop_on": day(-60)},
        {"stopped_at": timezone.now()},
        {"stop_reason": "completed"},
        {"stop_note": "stopped, they say"},
    ],
)
def test_a_nonsense_course_cannot_be_stored_by_any_route(cast, wrong):
    values = {"drug_name": "Daptomycin", "started_on": day(-18), **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.create(patient=cast.ruth, recorded_by=cast.nurse, **values)


def test_an_import_may_lack_a_plan_and_a_reason_to_stop(cast):
    course = Course.objects.create(
        patient=cast.ruth,
        recorded_by=cast.nurse,
        drug_name="Vancomycin",
        started_on=day(-18),
        stopped_at=timezone.now() - timedelta(days=1),
        stop_reason="not-recorded",
        source="meds:events#1",
    )
    assert (course.span.planned_days, course.span.given_days) == (None, 18)
