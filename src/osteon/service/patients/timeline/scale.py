"""The value axis: where a value lies between the bottom and the top, and which points are worth drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

Point = TypeVar("Point")

STEPS_WANTED: Final = 4
NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
LOG_FROM_RATIO: Final = 50.0  # below this a logarithmic axis hides more than it shows
LEAST_SPREAD: Final = 1e-8  # values nearer to each other than this are one value
THIN_FROM: Final = 300  # points; fewer are all drawn
THRESHOLD_REACH: Final = 1.6  # a threshold further above the values than this would squash them flat


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis. ``share(value)`` is 0 at the bottom and 1 at the top; outside values are held at the edge."""

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """How far up a value lies."""
        value = min(max(value, self.low), self.high)
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def can_be_log(values: Iterable[float]) -> bool:
    """Whether a logarithmic axis is worth offering: all positive, and more than 50 times apart."""
    known = list(values)
    return bool(known) and min(known) > 0 and max(known) / min(known) > LOG_FROM_RATIO


def value_scale(
    values: Sequence[float],
    reference: tuple[float | None, float | None] = (None, None),
    thresholds: Iterable[float] = (),
    log: bool = False,
) -> Scale:
    """An axis for these values, their reference range, and the thresholds that lie within reach of them.

    All numbers in the measure's unit. ``log`` is ignored where a logarithmic axis would not be right.
    """
    if log and can_be_log(values):
        return _log_scale(values)
    low, high = reference
    floor = 0.0 if low is None and high is not None and high > 0 else low  # "below 5" begins at nothing
    inside = [*values, *(limit for limit in (floor, high) if limit is not None)] or [0.0, 1.0]
    top = max(inside)
    inside += [limit for limit in thresholds if min(inside) / 2 <= limit <= top * THRESHOLD_REACH]
    return _linear_scale(min(inside), max(inside))


def _linear_scale(low: float, high: float) -> Scale:
    if 0 <= low <= high * 0.6:
        low = 0.0
    if high - low <= max(abs(high), 1.0) * LEAST_SPREAD:
        low, high = low - abs(low) * 0.1, high + max(abs(high) * 0.1, 1.0)
    step = nice_step((high - low) / STEPS_WANTED)
    bottom, top = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(n * step, 10) for n in range(bottom, top + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def nice_step(rough: float) -> float:
    """The nearest step above ``rough`` that people count in: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(nice * power for nice in NICE if nice * power >= rough * (1 - 1e-9))


def _log_scale(values: Sequence[float]) -> Scale:
    bottom, top = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) - 1e-9)
    ticks = tuple(float(f"1e{power}") for power in range(bottom, top + 1))
    return Scale(ticks[0], ticks[-1], ticks, log=True)


def thinned(
    points: Sequence[Point],
    column_of: Callable[[Point], int],
    value_of: Callable[[Point], float],
    limit: int = THIN_FROM,
) -> list[Point]:
    """Points in time order, few enough to draw: of a crowded pixel column its first, lowest, highest and last.

    No peak vanishes, and the line enters and leaves each column where it did. Up to ``limit`` points nothing
    is left out.
    """
    if len(points) <= limit:
        return list(points)
    kept: list[Point] = []
    for _column, group in groupby(points, key=column_of):
        kept += _outline(list(group), value_of)
    return kept


def _outline(column: list[Point], value_of: Callable[[Point], float]) -> list[Point]:
    if len(column) <= 4:
        return column
    order = range(len(column))
    lowest = min(order, key=lambda i: value_of(column[i]))
    highest = max(order, key=lambda i: value_of(column[i]))
    return [column[i] for i in sorted({0, lowest, highest, len(column) - 1})]
