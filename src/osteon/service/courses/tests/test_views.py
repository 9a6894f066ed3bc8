"""Each page: not signed in, not allowed, allowed; and what is read there."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from osteon.service.accounts.models import ReadEntry
from osteon.service.courses import actions
from osteon.service.courses.models import Course
from osteon.service.courses.tests.conftest import day, moment
from osteon.service.patients.actions import record_allergy

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"

READING = [("courses", "patient"), ("course", "course")]
CHANGING = [
    ("start_course", "patient"),
    ("change_dose", "course"),
    ("change_plan", "course"),
    ("change_delivery", "course"),
    ("stop_course", "course"),
    ("edit_course", "course"),
    ("mark_in_error", "course"),
]


def words(response) -> str:
    """The text of a page, without tags, in single spaces."""
    assert "&lt;/" not in response.content.decode().replace("&lt;/script&gt;", ""), "a component was escaped"
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#39;", "'").split())


def boxes(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


@pytest.fixture
def page(client) -> Callable:
    def open_page(person, page_name, *args):
        client.force_login(person)
        return client.get(reverse(f"courses:{page_name}", args=args))

    return open_page


@pytest.fixture
def post(client) -> Callable:
    def post_page(person, page_name, *args, **data):
        client.force_login(person)
        return client.post(reverse(f"courses:{page_name}", args=args), data)

    return post_page


@pytest.fixture
def course(pharmacy):
    return pharmacy.course()


def address(cast, course, name, about):
    about_id = cast.ruth.public_id if about == "patient" else course.public_id
    return reverse(f"courses:{name}", args=[about_id])


@pytest.mark.parametrize("where", [*READING, *CHANGING])
def test_nobody_reads_without_signing_in(client, cast, course, where):
    response = client.get(address(cast, course, *where))
    assert response.status_code == 302
    assert "sign-in" in response.url


@pytest.mark.parametrize("where", READING)
def test_the_privacy_lead_opens_no_record(client, cast, course, where):
    client.force_login(cast.privacy)
    assert client.get(address(cast, course, *where)).status_code == 403


@pytest.mark.parametrize("where", [*READING, *CHANGING])
def test_another_teams_surgeon_is_asked_to_break_the_glass(client, cast, course, where):
    client.force_login(cast.surgeon)
    response = client.get(address(cast, course, *where))
    assert response.status_code == 403
    assert "Okafor" not in response.content.decode()


@pytest.mark.parametrize("where", CHANGING)
def test_a_nurse_does_not_prescribe(client, cast, course, where):
    client.force_login(cast.nurse)
    assert client.get(address(cast, course, *where)).status_code == 403
    assert client.post(address(cast, course, *where), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("where", READING)
def test_who_may_read_reads_and_the_reading_is_logged(client, cast, course, where):
    client.force_login(cast.coordinator)
    response = client.get(address(cast, course, *where))
    assert response.status_code == 200
    assert "Okafor, Ruth" in words(response)
    assert "Start a course" not in words(response)
    assert ReadEntry.objects.filter(path_name=f"courses:{where[0]}").count() == 1


@pytest.mark.parametrize("where", CHANGING)
def test_a_prescriber_is_shown_the_form(client, cast, course, where):
    client.force_login(cast.physician)
    response = client.get(address(cast, course, *where))
    assert response.status_code == 200
    assert "Save" in words(response)


@pytest.mark.parametrize("where", [*READING, *CHANGING])
def test_an_unknown_address_is_not_found(client, cast, where):
    client.force_login(cast.physician)
    unknown = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse(f"courses:{where[0]}", args=[unknown])).status_code == 404


# Reading


def test_the_page_says_the_day_and_the_plan_of_each_running_course(page, pharmacy, cast):
    pharmacy.course()
    pharmacy.course("rifampicin", stop=-3, route="oral")
    said = words(page(cast.nurse, "courses", cast.ruth.public_id))
    assert "day 19 of 42 Running" in said
    assert "day 19, planned 16 Past its planned stop" in said
    assert "(3 days over)" in said
    assert said.index("Rifampicin") < said.index("Daptomycin")


def test_a_course_without_a_plan_says_so_loudly(page, cast):
    Course.objects.create(
        patient=cast.ruth,
        recorded_by=cast.lead,
        drug_name="Vancomycin",
        started_on=day(-18),
        source="meds:e#1",
    )
    said = words(page(cast.nurse, "courses", cast.ruth.public_id))
    assert "day 19, no planned stop No planned stop" in said
    assert "No planned stop is recorded." in said


def test_past_courses_give_their_days_and_why_they_stopped(page, pharmacy, cast):
    pharmacy.stop(pharmacy.course(), stopped_at=moment(-5), stop_reason="intolerance", note="CK 2,140")
    said = words(page(cast.nurse, "courses", cast.ruth.public_id))
    assert "No course is running" in said
    assert "14 42 Unplanned: intolerance or adverse reaction: CK 2,140" in said


def test_nothing_running_is_said_as_far_as_the_record_knows(page, cast):
    said = words(page(cast.nurse, "courses", cast.ruth.public_id))
    assert "As far as the record knows" in said


def test_hostile_names_are_shown_whole_and_harmless(page, pharmacy, cast):
    hostile = pharmacy.course(drug="", drug_name=HOSTILE, dose_text="x" * 300)
    for response in (
        page(cast.nurse, "courses", cast.ruth.public_id),
        page(cast.nurse, "course", hostile.public_id),
    ):
        assert HOSTILE not in response.content.decode()
        assert "&lt;script&gt;" in response.content.decode()
        assert "x" * 300 in words(response)


def test_a_course_shows_what_was_changed_while_it_ran(page, course, cast):
    actions.change_dose(
        by=cast.physician,
        course=course,
        seen_version=1,
        dose_text="700 mg every 24 hours",
        effective_on=day(),
        reason="Weight 82 kg",
    )
    said = words(page(cast.nurse, "course", course.public_id))
    assert "Dose 500 mg every 24 hours 700 mg every 24 hours Weight 82 kg Dr Amara Cole" in said
    assert "Every stored version (2)" in said


def test_a_withdrawn_course_says_so_and_offers_no_change(page, course, cast):
    actions.mark_in_error(by=cast.physician, course=course, reason="Wrong patient")
    said = words(page(cast.physician, "course", course.public_id))
    assert "Entered in error" in said
    assert "Change the dose" not in said
    listed = words(page(cast.physician, "courses", cast.ruth.public_id))
    assert "Wrong patient" in listed
    assert "No course is running" in listed


def test_pages_take_no_more_queries_for_more_rows(page, pharmacy, cast, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(60) as queries:
            page(cast.nurse, "courses", cast.ruth.public_id)
        return len(queries)

    pharmacy.course(episode=cast.ruth_episode)
    count()
    before = count()
    for drug in ("vancomycin", "linezolid", "meropenem"):
        pharmacy.stop(pharmacy.course(drug, episode=cast.ruth_episode))
        pharmacy.course(drug, episode=cast.ruth_episode)
    assert count() == before


# Starting


def start(**said):
    return {
        "drug": "daptomycin",
        "dose_text": "500 mg every 24 hours",
        "route": "intravenous",
        "delivery": "opat-clinic",
        **boxes("started_on", day()),
        "plan": "length",
        "length_days": "42",
        **said,
    }


def test_a_course_is_started_by_its_length(post, pharmacy, cast):
    data = start(episode=str(cast.ruth_episode.public_id))
    assert post(cast.physician, "start_course", cast.ruth.public_id, **data).status_code == 302
    course = Course.objects.get()
    assert (course.span.planned_days, course.episode, course.delivery) == (
        42,
        cast.ruth_episode,
        "opat-clinic",
    )


def test_a_course_is_started_by_its_last_day(post, pharmacy, cast):
    data = start(plan="day", **boxes("planned_stop_on", day(13)))
    post(cast.physician, "start_course", cast.ruth.public_id, **data)
    assert Course.objects.get().span.planned_days == 14


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"plan": ""}, "Until when is it planned: Choose one"),
        ({"length_days": ""}, "For how many days: This is missing"),
        ({"plan": "day"}, "by the plan: Enter the date"),
        ({"length_days": "0"}, "greater than or equal to 1"),
        ({"drug": ""}, "Drug: Choose one"),
        ({"drug": "other"}, "Write the name of the drug"),
        ({"other_drug": "Cloxanovir"}, "Leave this empty"),
        ({"dose_text": ""}, "Dose: This is missing"),
        ({"delivery": "not-recorded"}, "Select a valid choice"),
        ({"episode": "somebody-elses"}, "Select a valid choice"),
        ({"plan": "day", **boxes("planned_stop_on", day(-5))}, "before the start"),
        (boxes("started_on", day(300)), "too far ahead"),
    ],
)
def test_a_wrong_course_is_refused_and_keeps_what_was_typed(post, pharmacy, cast, wrong, told):
    data = (
        start(indication="kept", **wrong)
        if "started_on_day" not in wrong
        else {**start(indication="kept"), **wrong}
    )
    response = post(cast.physician, "start_course", cast.ruth.public_id, **data)
    assert response.status_code == 200
    assert told in words(response)
    assert 'value="kept"' in response.content.decode()
    assert not Course.objects.exists()


def test_a_drug_outside_the_list_is_started_by_its_name(post, pharmacy, cast):
    post(cast.physician, "start_course", cast.ruth.public_id, **start(drug="other", other_drug="Cloxanovir"))
    assert (Course.objects.get().drug, Course.objects.get().drug_name) == ("", "Cloxanovir")


def test_an_allergy_is_shown_and_asks_for_an_answer(post, cast):
    record_allergy(by=cast.nurse, patient=cast.ruth, substance="Penicillin", reaction="rash")
    data = start(drug="flucloxacillin")
    response = post(cast.physician, "start_course", cast.ruth.public_id, **data)
    assert "Penicillin (rash): Flucloxacillin is of the same class (penicillin)." in words(response)
    assert not Course.objects.exists()
    unanswered = post(cast.physician, "start_course", cast.ruth.public_id, **data, allergy_override=" ")
    assert "Nothing is started yet" in words(unanswered)
    data["allergy_override"] = "De-labelled in 2024"
    assert post(cast.physician, "start_course", cast.ruth.public_id, **data).status_code == 302
    assert Course.objects.get().allergy_override == "De-labelled in 2024"


def test_allergies_nobody_asked_about_are_a_warning_too(post, cast):
    response = post(cast.physician, "start_course", cast.ruth.public_id, **start())
    assert "Nobody has recorded this patient's allergies" in words(response)
    assert not Course.objects.exists()


# Changing


def test_dose_plan_and_delivery_are_changed_and_the_course_goes_on(post, course, cast):
    changes = [
        ("change_dose", {"dose_text": "700 mg", **boxes("effective_on", day())}),
        ("change_plan", boxes("planned_stop_on", day(60))),
        ("change_delivery", {"delivery": "self", **boxes("effective_on", day())}),
    ]
    for version, (name, data) in enumerate(changes, start=1):
        response = post(cast.physician, name, course.public_id, **data, reason="MDT", version=version)
        assert response.status_code == 302
    course.refresh_from_db()
    assert (course.dose_text, course.planned_stop_on, course.delivery) == ("700 mg", day(60), "self")
    assert course.changes.count() == 3


def test_a_course_is_stopped_today_or_on_an_earlier_day(post, course, cast):
    data = {"stop_reason": "completed", "version": "1", **boxes("stopped_on", day(-2))}
    assert post(cast.physician, "stop_course", course.public_id, **data).status_code == 302
    course.refresh_from_db()
    assert (course.stopped_on, course.stop_reason) == (day(-2), "completed")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"stop_reason": ""}, "Why did it stop?"),
        ({"stop_reason": "other"}, "Say in words why it stopped"),
        (boxes("stopped_on", day(3)), "in the future"),
        (boxes("stopped_on", day(-300)), "before it started"),
    ],
)
def test_a_wrong_stop_is_refused(post, course, cast, wrong, told):
    data = {"stop_reason": "completed", "version": "1", **boxes("stopped_on", day()), **wrong}
    response = post(cast.physician, "stop_course", course.public_id, **data)
    assert told in words(response)
    course.refresh_from_db()
    assert course.stopped_at is None


def test_the_second_editor_sees_both_versions_and_can_save_again(post, course, cast):
    actions.change_plan(
        by=cast.lead, course=course, seen_version=1, planned_stop_on=day(60), reason="MDT of Thursday"
    )
    data = {"reason": "Clinic", "version": "1", **boxes("planned_stop_on", day(90))}
    response = post(cast.physician, "change_plan", course.public_id, **data)
    assert "Somebody else changed this meanwhile" in words(response)
    assert "Prof Ines Duarte" in words(response)
    again = post(cast.physician, "change_plan", course.public_id, **{**data, "version": "2"})
    assert again.status_code == 302
    course.refresh_from_db()
    assert course.planned_stop_on == day(90)


def test_a_correction_is_saved(post, course, cast):
    data = {
        **start(dose_text="450 mg", length_days=""),
        **boxes("planned_stop_on", day(23)),
        "reason": "Typing error",
        "version": "1",
    }
    assert post(cast.physician, "edit_course", course.public_id, **data).status_code == 302
    course.refresh_from_db()
    assert (course.dose_text, course.drug, course.version) == ("450 mg", "daptomycin", 2)


def test_the_reason_of_a_stop_is_corrected(post, page, pharmacy, course, cast):
    pharmacy.stop(course)
    shown = page(cast.physician, "edit_course", course.public_id).content.decode()
    assert 'name="stop_reason"' in shown
    data = {
        **start(length_days=""),
        **boxes("planned_stop_on", day(23)),
        "reason": "It was a rash",
        "stop_reason": "intolerance",
        "version": "2",
    }
    assert post(cast.physician, "edit_course", course.public_id, **data).status_code == 302
    course.refresh_from_db()
    assert course.stop_reason == "intolerance"


def test_a_course_is_withdrawn_with_a_reason(post, course, cast):
    assert post(cast.physician, "mark_in_error", course.public_id).status_code == 200
    assert post(cast.physician, "mark_in_error", course.public_id, reason="Wrong patient").status_code == 302
    course.refresh_from_db()
    assert course.is_in_error


# Panel


def test_the_overview_shows_the_running_courses(client, course, cast):
    client.force_login(cast.nurse)
    said = words(client.get(cast.ruth.get_absolute_url()))
    assert "Daptomycin 500 mg every 24 hours · day 19 of 42" in said
