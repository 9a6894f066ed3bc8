"""The events this folder yields: one for each course, from its start to its stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from osteon.events.schema import Event
from osteon.service.courses.models import Course
from osteon.service.patients.facts import as_known
from osteon.service.patients.story import naive_utc


def events(patient_ids: list[int], *, known_at: datetime | None = None) -> Iterator[Event]:
    """Events of these rows of the patient table. One query, two with ``known_at``.

    ``numeric_value`` is the planned length in days, first and last day included; ``None`` without a plan. A
    course that stopped after ``known_at`` still runs then.
    """
    for course in as_known(Course.objects.of_patients(patient_ids), known_at):
        yield _course(course, known_at)


def _course(course: Course, known_at: datetime | None) -> Event:
    stopped = course.stopped_at
    if known_at is not None and stopped is not None and stopped > known_at:
        stopped = None
    start = naive_utc(course.start_moment)
    planned = course.span.planned_days
    return Event(
        subject_id=course.patient_id,
        time=start,
        end=max(start, naive_utc(stopped)) if stopped else None,
        code=course.stream_code,
        numeric_value=planned,
        unit="d" if planned is not None else None,
        text_value=course.dose_text or None,
        recorded_at=naive_utc(course.recorded_at),
        source=course.stream_source,
        original=course.original or (None if course.code else course.drug_name),
    )
