"""Courses in words: the day of treatment, the plan, what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.service.courses.arithmetic import Phase, day_in_words, days_in_words
from osteon.service.courses.models import Course, StopReason

# State of the badge component (its shape) and its word.
BADGES: Final = {
    Phase.PLANNED: ("unknown", gettext_lazy("Not started")),
    Phase.RUNNING: ("quiet", gettext_lazy("Running")),
    Phase.OVER: ("amber", gettext_lazy("Past its planned stop")),
    Phase.UNPLANNED: ("amber", gettext_lazy("No planned stop")),
    Phase.STOPPED: ("unknown", gettext_lazy("Stopped")),
}
BAR_WIDTH: Final = 480


@dataclass(frozen=True, slots=True)
class CourseView:
    """One course on a day."""

    course: Course
    today: date

    @property
    def phase(self) -> Phase:
        return self.course.span.phase(self.today)

    @property
    def is_running(self) -> bool:
        return self.phase is not Phase.STOPPED

    @property
    def badge(self) -> tuple[str, str | Promise]:
        """State and word of the badge."""
        return BADGES[self.phase]

    @property
    def style(self) -> str:
        """The suffix of its class: ``over``, ``unplanned``, or nothing."""
        return {Phase.OVER: "over", Phase.UNPLANNED: "unplanned"}.get(self.phase, "")

    @property
    def day(self) -> str:
        """``day 19 of 42``."""
        return day_in_words(self.course.span, self.today)

    @property
    def plan(self) -> str:
        """``in 23 days``, ``today``, ``3 days over``; empty without a plan."""
        span = self.course.span
        over, left = span.days_over(self.today), span.days_left(self.today)
        if over:
            return _("%(days)s over") % {"days": days_in_words(over)}
        if left is None:
            return ""
        return _("in %(span)s") % {"span": days_in_words(left)} if left else _("today is the last day")

    @property
    def facts(self) -> str:
        """Dose, route and who gives it, as far as they are recorded."""
        course = self.course
        route = course.get_route_display() if course.route != "not-recorded" else _("route not recorded")
        given = (
            _("given by: %(whom)s") % {"whom": _in_sentence(str(course.get_delivery_display()))}
            if course.delivery != "not-recorded"
            else _("who gives it is not recorded")
        )
        return " · ".join([course.dose_text or _("dose not recorded"), _in_sentence(str(route)), given])

    @property
    def stop_words(self) -> str:
        """Why it stopped, with the note."""
        course = self.course
        if course.stop_reason == StopReason.NOT_RECORDED:
            return _("reason not recorded")
        return ": ".join(str(part) for part in (course.get_stop_reason_display(), course.stop_note) if part)

    @property
    def bar(self) -> dict[str, Any] | None:
        """How far it has come, to draw: widths on a bar of 480; ``None`` without a plan or before its start."""
        planned = self.course.span.planned_days
        day = self.course.span.day_on(self.today)
        if not planned or day < 1 or not self.is_running:
            return None
        whole = max(planned, day)
        return {
            "width": BAR_WIDTH,
            "done": round(BAR_WIDTH * min(day, planned) / whole, 1),
            "over": round(BAR_WIDTH * max(0, day - planned) / whole, 1),
            "plan": round(BAR_WIDTH * planned / whole, 1),
        }


def views(courses: Iterable[Course], today: date | None = None) -> tuple[list[CourseView], list[CourseView]]:
    """The courses that run, those that need a decision first, and those that are past."""
    day = today or timezone.localdate()
    made = [CourseView(course, day) for course in courses]
    order = {Phase.OVER: 0, Phase.UNPLANNED: 1, Phase.RUNNING: 2, Phase.PLANNED: 3}
    running = sorted((v for v in made if v.is_running), key=lambda v: (order[v.phase], v.course.started_on))
    return running, [view for view in made if not view.is_running]


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version in the history of a course."""

    at: datetime
    by: str
    what: str
    why: str


def versions(rows: Iterable[Any]) -> list[Version]:
    """The history of a course, newest first."""
    return [
        Version(
            timezone.localtime(row.history_date),
            str(row.history_user) if row.history_user else "Osteon",
            version_words(row),
            row.history_change_reason or "",
        )
        for row in rows
    ]


def version_words(row: Any) -> str:
    """What one version of a course said."""
    plan = (
        _("planned to %(day)s") % {"day": _said(row.planned_stop_on)}
        if row.planned_stop_on
        else _("no planned stop")
    )
    stopped_on = timezone.localtime(row.stopped_at).date() if row.stopped_at else None
    stopped = _("stopped %(day)s") % {"day": _said(stopped_on)} if stopped_on else ""
    error = _("(entered in error)") if row.entered_in_error_at else ""
    parts = (
        row.drug_name,
        row.dose_text,
        row.get_route_display(),
        _("from %(day)s") % {"day": _said(row.started_on)},
        plan,
        stopped,
        error,
    )
    return " · ".join(str(part) for part in parts if part)


def _said(day: date) -> str:
    return f"{day.day} {date_format(day, 'M')} {day.year}"


def _in_sentence(words: str) -> str:
    """Without its capital, unless it is an abbreviation (OPAT, GP)."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
