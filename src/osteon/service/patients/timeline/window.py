"""Which stretch of time is shown: chosen from the address, or well chosen by default; and the ways to move it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.service.patients.timeline.moments import (
    civil_day,
    day_of,
    months_later,
    seconds,
    spoken_period,
    start_of,
)

SHORTEST: Final = timedelta(days=7)
LONGEST: Final = timedelta(days=3 * 366)  # unless the whole story is asked for
MARGIN: Final = timedelta(days=14)  # shown before the episode's first fact and after now
DEFAULT_MONTHS: Final = 6
EARLIEST_DAY: Final = date(1880, 1, 1)
LATEST_DAY: Final = date(2299, 12, 1)
SPANS: Final = {
    "2w": (gettext_lazy("2 weeks"), timedelta(days=14)),
    "3m": (gettext_lazy("3 months"), timedelta(days=92)),
    "1y": (gettext_lazy("1 year"), timedelta(days=366)),
    "3y": (gettext_lazy("3 years"), LONGEST),
}


class BadPeriod(ValueError):
    """The address asks for a period that cannot be. ``str(error)`` is for the person."""


@dataclass(frozen=True)
class Window:
    """Whole days in the unit, ``first`` to ``last``, both shown."""

    first: date
    last: date

    @cached_property
    def start(self) -> datetime:
        """Where it begins (UTC, no zone)."""
        return start_of(self.first)

    @cached_property
    def end(self) -> datetime:
        """Where it ends (UTC, no zone): the midnight after the last day."""
        return start_of(self.last + timedelta(days=1))

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Start and end in seconds since 1970."""
        return seconds(self.start), seconds(self.end)

    @property
    def length(self) -> timedelta:
        """How many whole days are shown."""
        return self.last - self.first + timedelta(days=1)

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.first + self.length // 2

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= moment < self.end

    def moved(self, by: timedelta) -> Window:
        """The same length, earlier or later, kept between the years the stream allows."""
        by = max(EARLIEST_DAY - self.first, min(by, LATEST_DAY - self.last))
        return Window(self.first + by, self.last + by)

    def resized(self, length: timedelta, around: date | None = None) -> Window:
        """Another length. ``around`` keeps its place in the picture; without it the middle does."""
        length = timedelta(days=max(SHORTEST.days, length.days))
        pivot = around if around and self.first <= around <= self.last else self.middle
        share = (pivot - self.first) / self.length
        first = pivot - timedelta(days=round(length.days * share))
        return clamped(first, first + length - timedelta(days=1), length)

    def __str__(self) -> str:
        return spoken_period(self.first, self.last)


def clamped(first: date, last: date, longest: timedelta = LONGEST) -> Window:
    """A window of at least a week and at most ``longest``, ending where it was asked to end."""
    first, last = max(first, EARLIEST_DAY), min(max(last, EARLIEST_DAY), LATEST_DAY)
    if last - first + timedelta(days=1) < SHORTEST:
        last = min(first + SHORTEST, LATEST_DAY + timedelta(days=1)) - timedelta(days=1)
        first = last - SHORTEST + timedelta(days=1)
    return Window(max(first, last - longest + timedelta(days=1)), last)


def default_window(now: datetime, episode_from: datetime | None = None) -> Window:
    """From two weeks before the running episode's first fact, else the last six months, to two weeks from now."""
    today = day_of(now)
    first = months_later(today, -DEFAULT_MONTHS)
    if episode_from is not None:
        first = civil_day(episode_from) - MARGIN
    return clamped(min(first, today - SHORTEST), today + MARGIN)


def whole_window(first: datetime | None, last: datetime | None, now: datetime) -> Window:
    """From the first fact of the whole story to two weeks after the last one, or after now where that is later."""
    today = day_of(now)
    start = day_of(first) if first else months_later(today, -DEFAULT_MONTHS)
    end = max(today, day_of(last) if last else today) + MARGIN
    start = min(start, today) - timedelta(days=max(1, (end - start).days // 50))
    return clamped(start, end, LATEST_DAY - EARLIEST_DAY)


@dataclass(frozen=True)
class Story:
    """What the window may be chosen from: now, the running episode's first fact, the story's first and last."""

    now: datetime
    episode_from: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None

    @property
    def usual(self) -> Window:
        """The window without any wish."""
        return default_window(self.now, self.episode_from)

    @property
    def whole(self) -> Window:
        """The window that shows everything."""
        return whole_window(self.first, self.last, self.now)


def parse_window(params: Mapping[str, str], story: Story) -> Window:
    """The window an address asks for: ``from`` and ``to`` (days, ``2026-11-24``), or ``span`` (``3m``, ``all``).

    Raises:
        BadPeriod: for a date that cannot be read, or an end before its start.
    """
    if params.get("span") == "all":
        return story.whole
    if params.get("span") in SPANS:
        return preset(story.usual, params["span"], day_of(story.now))
    first, last = _day(params, "from"), _day(params, "to")
    if first is None and last is None:
        return story.usual
    usual = story.usual
    if last is None:
        last = min(max(usual.last, (first or usual.first) + SHORTEST), (first or usual.first) + LONGEST)
    first = first or min(usual.first, last - SHORTEST)
    if last < first:
        raise BadPeriod(_("The period ends before it starts."))
    return clamped(first, last, max(LONGEST, story.whole.length))


def parse_period(params: Mapping[str, str]) -> Window | None:
    """The period somebody picked out (``period_from``, ``period_to``), of a day or more; ``None`` without one.

    Raises:
        BadPeriod: for a date that cannot be read, or an end before its start.
    """
    first, last = _day(params, "period_from"), _day(params, "period_to")
    if first is None and last is None:
        return None
    chosen = Window(first or last or EARLIEST_DAY, last or first or EARLIEST_DAY)
    if chosen.last < chosen.first:
        raise BadPeriod(_("The period ends before it starts."))
    return chosen


def _day(params: Mapping[str, str], name: str) -> date | None:
    text = (params.get(name) or "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadPeriod(_("“%(text)s” is not a date.") % {"text": text[:40]}) from None
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise BadPeriod(_("The year %(year)s cannot be right.") % {"year": day.year})
    return day


def preset(window: Window, span: str, today: date) -> Window:
    """One of ``SPANS``: today stays in sight with a little of what is ahead, else the middle stays."""
    length = SPANS[span][1]
    if not window.first <= today <= window.last:
        return window.resized(length)
    ahead = min(MARGIN, length / 7)
    last = today + timedelta(days=ahead.days)
    return Window(last - timedelta(days=length.days - 1), last)
