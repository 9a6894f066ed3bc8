"""Courses in words."""

from datetime import date, timedelta

import pytest

from osteon.service.courses.models import Course
from osteon.service.courses.presenters import BAR_WIDTH, CourseView, views

TODAY = date(2026, 11, 24)


def course(start=-18, stop=23, **more):
    planned = None if stop is None else TODAY + timedelta(days=stop)
    return Course(
        drug_name="Daptomycin", started_on=TODAY + timedelta(days=start), planned_stop_on=planned, **more
    )


def view(*args, **more):
    return CourseView(course(*args, **more), TODAY)


@pytest.mark.parametrize(
    ("start", "stop", "day", "plan", "word", "style"),
    [
        (-18, 23, "day 19 of 42", "in 23 days", "Running", ""),
        (-18, 0, "day 19 of 19", "today is the last day", "Running", ""),
        (-18, -3, "day 19, planned 16", "3 days over", "Past its planned stop", "over"),
        (-18, None, "day 19, no planned stop", "", "No planned stop", "unplanned"),
        (2, 23, "starts in 2 days", "in 23 days", "Not started", ""),
    ],
)
def test_a_course_says_its_day_and_its_plan(start, stop, day, plan, word, style):
    shown = view(start, stop)
    assert (shown.day, shown.plan, shown.badge[1], shown.style) == (day, plan, word, style)


def test_a_missing_plan_is_loud():
    assert view(stop=None).badge == ("amber", "No planned stop")


def test_what_is_not_recorded_is_said():
    assert view().facts == "dose not recorded · route not recorded · who gives it is not recorded"
    told = view(dose_text="500 mg", route="intravenous", delivery="opat-clinic").facts
    assert told == "500 mg · intravenous · given by: OPAT clinic"


def test_a_stop_gives_its_reason_and_note():
    assert view(stop_reason="intolerance", stop_note="CK 2,140").stop_words == (
        "Unplanned: intolerance or adverse reaction: CK 2,140"
    )
    assert view(stop_reason="not-recorded").stop_words == "reason not recorded"


def test_the_bar_is_as_long_as_the_course():
    assert view(-20, 21).bar == {"width": BAR_WIDTH, "done": 240.0, "over": 0.0, "plan": 480.0}
    over = view(-19, -10).bar
    assert (over["done"], over["over"], over["plan"]) == (240.0, 240.0, 240.0)
    assert view(stop=None).bar is None
    assert view(2, 23).bar is None


def test_courses_that_need_a_decision_come_first():
    running, past = views([course(), course(stop=-3), course(stop=None), course(start=3)], TODAY)
    assert [v.badge[1] for v in running] == [
        "Past its planned stop",
        "No planned stop",
        "Running",
        "Not started",
    ]
    assert past == []
