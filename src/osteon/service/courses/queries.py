"""What the pages of courses ask the database. No answer takes more queries for more rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from osteon.service.courses.models import Course, CourseChange
from osteon.service.patients.models import Allergy, Episode, Patient
from osteon.service.patients.story import record_ids


def courses_of(patient: Patient) -> list[Course]:
    """The patient's standing courses, those that run first, then the latest stop first."""
    rows = Course.objects.of_patients(record_ids(patient)).standing().select_related("episode")
    return sorted(rows, key=_running_first)


def _running_first(course: Course) -> tuple[bool, float, int]:
    when = course.stopped_at or course.start_moment
    return (course.stopped_at is not None, -when.timestamp(), course.pk)


def withdrawn_courses_of(patient: Patient) -> QuerySet[Course]:
    """Courses entered in error, for the history at the foot of the page."""
    rows = Course.objects.of_patients(record_ids(patient)).exclude(entered_in_error_at=None)
    return rows.select_related("entered_in_error_by").order_by("-entered_in_error_at")


def changes_of(course: Course) -> list[CourseChange]:
    """What was changed while it ran, in order, with the people."""
    return list(course.changes.select_related("changed_by"))


def running_courses_of(patient: Patient) -> list[Course]:
    """The courses that run, with what was changed, oldest first."""
    rows = Course.objects.of_patients(record_ids(patient)).standing().filter(stopped_at=None)
    return list(rows.prefetch_related(Prefetch("changes")).order_by("started_on", "pk"))


def with_people(course: Course) -> Course:
    """The course with the people its page names, and its episode."""
    people = ("recorded_by", "entered_in_error_by", "episode", "patient")
    return Course.objects.select_related(*people).get(pk=course.pk)


def versions_of(course: Course) -> list:
    """Every stored version, newest first, with the person who wrote it."""
    return list(course.history.select_related("history_user").order_by("-history_date", "-history_id"))


def episodes_of(patient: Patient) -> list[Episode]:
    """The patient's standing episodes, open ones first."""
    rows = Episode.objects.of_patients(record_ids(patient)).standing()
    return sorted(rows, key=lambda episode: (episode.closed_on is not None, -episode.opened_on.toordinal()))


def allergy_record(patient: Patient) -> tuple[list[tuple[str, str]], bool]:
    """(substance, reaction) of each standing allergy, and whether anything at all is recorded of allergies."""
    rows = list(Allergy.objects.of_patients(record_ids(patient)).standing())
    return [(row.substance, row.reaction) for row in _real(rows)], bool(rows)


def _real(rows: Iterable[Allergy]) -> list[Allergy]:
    return [row for row in rows if row.kind != Allergy.Kind.NONE_KNOWN]
