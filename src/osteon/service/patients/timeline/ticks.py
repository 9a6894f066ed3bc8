"""Marks on the time axis that read well, from days to decades, at local midnights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from osteon.service.patients.timeline import moments
from osteon.service.patients.timeline.window import Window


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the drawing; ``strong`` at the border of what the upper row names."""

    day: date
    label: str
    strong: bool = False

    @property
    def at(self) -> float:
        """Seconds since 1970."""
        return moments.seconds(moments.start_of(self.day))


@dataclass(frozen=True, slots=True)
class Axis:
    """The time axis in two rows: ``upper`` names the larger unit, ``lower`` the steps."""

    upper: tuple[Tick, ...]
    lower: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A way to divide time: how long, what the label needs (in text widths of a digit), how to walk and name it."""

    days: float
    digits: float
    start: Callable[[date], date]
    following: Callable[[date], date]
    label: Callable[[date], str]
    upper: str  # month, year or nothing

    def walk(self, window: Window) -> Iterator[date]:
        """Its days inside the window."""
        day = self.start(window.first)
        while day < window.first:
            day = self.following(day)
        while day <= window.last:
            yield day
            day = self.following(day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(count: int) -> Callable[[date], date]:
    return lambda day: day + timedelta(days=count)


def _months(count: int) -> Callable[[date], date]:
    return lambda day: moments.months_later(day, count)


def _month_start(count: int) -> Callable[[date], date]:
    return lambda day: date(day.year, (day.month - 1) // count * count + 1, 1)


def _year_start(count: int) -> Callable[[date], date]:
    return lambda day: date(max(1, day.year // count * count), 1, 1)


def _month(day: date) -> str:
    return moments.month_name(day.month)


def _weekday(day: date) -> str:
    return f"{moments.weekday_name(day.weekday())} {day.day}"


def _year(day: date) -> str:
    return str(day.year)


def _number(day: date) -> str:
    return str(day.day)


STEPS: Final = (
    Step(1, 8, lambda day: day, _days(1), _weekday, "month"),
    Step(1, 3.6, lambda day: day, _days(1), _number, "month"),
    Step(7, 3.6, _monday, _days(7), _number, "month"),
    Step(30.4, 5, _month_start(1), _months(1), _month, "year"),
    Step(91.3, 5, _month_start(3), _months(3), _month, "year"),
    Step(182.6, 5, _month_start(6), _months(6), _month, "year"),
    *(
        Step(365.25 * years, 6, _year_start(years), _months(12 * years), _year, "")
        for years in (1, 2, 5, 10, 20, 50, 100)
    ),
)
UPPER: Final = {
    "month": (_month_start(1), _months(1), lambda day: f"{moments.long_month_name(day.month)} {day.year}"),
    "year": (_year_start(1), _months(12), _year),
}


def time_axis(window: Window, width: float, digit_width: float) -> Axis:
    """The finest division of the window whose labels stand clear of each other.

    ``width`` is the drawing's, ``digit_width`` one digit's, in the same units.
    """
    per_day = width / window.length.days
    step = next((s for s in STEPS if s.days * per_day >= s.digits * digit_width), STEPS[-1])
    upper = tuple(_upper_row(step, window))
    borders = {tick.day for tick in upper}
    lower = tuple(Tick(day, step.label(day), day in borders) for day in step.walk(window))
    return Axis(upper, lower)


def _upper_row(step: Step, window: Window) -> Iterator[Tick]:
    if not step.upper:
        return
    start, following, label = UPPER[step.upper]
    day = start(window.first)
    while day <= window.last:
        yield Tick(max(day, window.first), label(day), True)
        day = following(day)
