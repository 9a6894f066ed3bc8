"""A course in the stream, and what the rules make of it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from osteon.knowledge import rule
from osteon.rules.judge import judge
from osteon.service.courses import actions
from osteon.service.courses.models import Course
from osteon.service.courses.stream import events
from osteon.service.courses.tests.conftest import day, moment
from osteon.service.patients.story import naive_utc, story

pytestmark = pytest.mark.django_db


def of(patient, **arguments):
    return list(events([patient.pk], **arguments))


def midnight(offset):
    return datetime.combine(day(offset), time.min)


def test_a_running_course_is_one_event_without_an_end(pharmacy, cast):
    course = pharmacy.course()
    [event] = of(cast.ruth)
    assert (event.code, event.time, event.end) == ("ATC//J01XX09", midnight(-18), None)
    assert (event.numeric_value, event.unit, event.text_value) == (42, "d", "500 mg every 24 hours")
    assert event.source == f"record:courses.course/{course.public_id}"


def test_a_stopped_course_ends_when_it_stopped(pharmacy, cast):
    stopped = pharmacy.stop(pharmacy.course())
    assert of(cast.ruth)[0].end == naive_utc(stopped.stopped_at)


def test_a_drug_outside_the_list_keeps_its_name(pharmacy, cast):
    pharmacy.course(drug="", drug_name="Cloxanovir")
    [event] = of(cast.ruth)
    assert (event.code, event.original) == ("OSTEON//course//cloxanovir", "Cloxanovir")


def test_an_import_without_a_plan_says_nothing_of_its_length(cast):
    started = datetime.combine(day(-18), time(22, 30), tzinfo=UTC)
    Course.objects.create(
        patient=cast.ruth,
        recorded_by=cast.lead,
        drug_name="Vancomycin",
        code="ATC//J01XA01",
        started_on=day(-18),
        started_at=started,
        source="meds:events#1",
    )
    [event] = of(cast.ruth)
    assert (event.numeric_value, event.unit, event.time) == (None, None, naive_utc(started))


def test_a_stop_in_the_hour_of_the_start_never_ends_before_it(cast):
    Course.objects.create(
        patient=cast.ruth,
        recorded_by=cast.lead,
        drug_name="Vancomycin",
        started_on=day(-2),
        started_at=moment(-2),
        stopped_at=moment(-2) - timedelta(hours=1),
        stop_reason="not-recorded",
    )
    [event] = of(cast.ruth)
    assert event.end == event.time


def test_what_is_in_error_is_not_yielded(pharmacy, cast):
    actions.mark_in_error(by=cast.physician, course=pharmacy.course(), reason="Wrong patient")
    assert of(cast.ruth) == []


def test_rewinding_shows_the_dose_and_the_plan_of_then(pharmacy, cast):
    course = pharmacy.course()
    before = timezone.now()
    changed = actions.change_dose(
        by=cast.physician,
        course=course,
        seen_version=1,
        dose_text="700 mg every 24 hours",
        effective_on=day(),
        reason="Weight",
    )
    pharmacy.stop(changed)
    [now], [then] = of(cast.ruth), of(cast.ruth, known_at=before)
    assert (now.text_value, now.end is None) == ("700 mg every 24 hours", False)
    assert (then.text_value, then.end) == ("500 mg every 24 hours", None)


def test_an_imported_course_still_ran_before_its_stop_was_known(cast):
    Course.objects.create(
        patient=cast.ruth,
        recorded_by=cast.lead,
        recorded_at=moment(-30),
        drug_name="Vancomycin",
        started_on=day(-30),
        stopped_at=moment(-10),
        stop_reason="completed",
    )
    assert of(cast.ruth, known_at=moment(-20))[0].end is None
    assert of(cast.ruth, known_at=moment(-5))[0].end is not None


def test_the_number_of_queries_does_not_grow(pharmacy, cast, django_assert_num_queries):
    for drug in ("daptomycin", "vancomycin", "rifampicin"):
        pharmacy.course(drug)
    with django_assert_num_queries(1):
        assert len(of(cast.ruth)) == 3
    with django_assert_num_queries(1):
        of(cast.ruth, known_at=timezone.now())


@pytest.mark.parametrize(("offset", "is_over"), [(0, False), (-1, True)])
def test_page_and_rule_agree_on_the_day_a_course_is_over(pharmacy, cast, offset, is_over):
    course = pharmacy.course(stop=offset)
    as_of = naive_utc(timezone.now())
    [answer] = judge([rule("course-past-planned-stop")], story(cast.ruth), as_of)
    assert (course.span.days_over(day()) > 0) is is_over
    assert answer.fired is is_over
