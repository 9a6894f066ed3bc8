"""Days of a course. Both the day it starts and the day it is planned to stop are days of treatment.

So a course of 42 days that starts on 1 January has its last day on 11 February, and 12 February is "1 day
over". In the stream the planned length is that same 42 (unit ``d``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Phase(StrEnum):
    """Where a course stands on a day."""

    PLANNED = "not started"
    RUNNING = "running"
    OVER = "past its planned stop"
    UNPLANNED = "running without a planned stop"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Span:
    """A course on the calendar. ``planned_stop``: the last planned day. ``stopped``: the last day given."""

    start: date
    planned_stop: date | None = None
    stopped: date | None = None

    @property
    def planned_days(self) -> int | None:
        """The planned length in days, first and last day included."""
        return None if self.planned_stop is None else days_between(self.start, self.planned_stop)

    @property
    def given_days(self) -> int | None:
        """The days from first to last, once it is stopped."""
        return None if self.stopped is None else days_between(self.start, self.stopped)

    def day_on(self, today: date) -> int:
        """Which day of treatment it is: 1 on the first day; 0 or less before it."""
        return days_between(self.start, today)

    def days_over(self, today: date) -> int:
        """Days past the planned stop, while it runs; 0 otherwise."""
        if self.planned_stop is None or self.stopped is not None:
            return 0
        return max(0, (today - self.planned_stop).days)

    def days_left(self, today: date) -> int | None:
        """Days still to come after today, by the plan."""
        if self.planned_stop is None or self.stopped is not None:
            return None
        return max(0, (self.planned_stop - today).days)

    def phase(self, today: date) -> Phase:
        """Where the course stands on that day."""
        if self.stopped is not None:
            return Phase.STOPPED
        if self.start > today:
            return Phase.PLANNED
        if self.planned_stop is None:
            return Phase.UNPLANNED
        return Phase.OVER if today > self.planned_stop else Phase.RUNNING


def days_between(first: date, last: date) -> int:
    """Days from first to last, both counted; 1 when they are the same day."""
    return (last - first).days + 1


def last_day(start: date, length_days: float) -> date:
    """The last day of a course of that many days. A part of a day is a day; less than one is one."""
    whole = int(-(-length_days // 1))
    return start + timedelta(days=max(1, whole) - 1)


def day_in_words(span: Span, today: date) -> str:
    """``day 19 of 42``; ``day 45, planned 42``; ``day 19, no planned stop``; ``ran 30 days``."""
    phase = span.phase(today)
    if phase is Phase.STOPPED:
        return _("ran %(days)s") % {"days": days_in_words(span.given_days or 0)}
    if phase is Phase.PLANNED:
        return _("starts in %(days)s") % {"days": days_in_words((span.start - today).days)}
    said = {"day": span.day_on(today), "planned": span.planned_days}
    if phase is Phase.UNPLANNED:
        return _("day %(day)s, no planned stop") % said
    if phase is Phase.OVER:
        return _("day %(day)s, planned %(planned)s") % said
    return _("day %(day)s of %(planned)s") % said


def days_in_words(number: int) -> str:
    """``1 day``, ``2 days``."""
    return ngettext("%(count)s day", "%(count)s days", number) % {"count": f"{number:,}"}
