"""A value against its reference range and against the value before it, in words.

A value reported as a limit (``<4``) is an interval: it is placed only when the whole interval falls on one
side (definitions.md section 0.2), otherwise the answer is "cannot say". No range and no number are said as
such; neither ever reads as normal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """Where a value lies."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    NO_RANGE = "no range"
    CANNOT_SAY = "cannot say"
    NO_NUMBER = "no number"


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value; ``low`` and ``high`` are the laboratory's own range, in the same unit."""

    value: float | None
    comparator: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def least(self) -> float:
        """The smallest value this reading allows. Laboratory quantities are not negative."""
        if self.value is None:
            return -math.inf
        return min(0.0, self.value) if self.comparator.startswith("<") else self.value

    @property
    def most(self) -> float:
        """The largest value this reading allows."""
        if self.value is None or self.comparator.startswith(">"):
            return math.inf
        return self.value

    @property
    def standing(self) -> Standing:
        """Below, within or above; or why that cannot be said."""
        if self.value is None:
            return Standing.NO_NUMBER
        if self.low is None and self.high is None:
            return Standing.NO_RANGE
        if self._is_above:
            return Standing.ABOVE
        if self._is_below:
            return Standing.BELOW
        return Standing.WITHIN if self._is_within else Standing.CANNOT_SAY

    @property
    def is_out(self) -> bool:
        return self.standing in (Standing.ABOVE, Standing.BELOW)

    @property
    def _is_above(self) -> bool:
        if self.high is None:
            return False
        return self.least > self.high or (self.comparator == ">" and self.least >= self.high)

    @property
    def _is_below(self) -> bool:
        if self.low is None:
            return False
        return self.most < self.low or (self.comparator == "<" and self.most <= self.low)

    @property
    def _is_within(self) -> bool:
        return (self.low is None or self.least >= self.low) and (self.high is None or self.most <= self.high)


def figure(value: float) -> str:
    """A number as a person writes it: no exponent, thousands apart, no trailing zeros.

    >>> figure(2140.0), figure(0.064), figure(4.50)
    ('2,140', '0.064', '4.5')
    """
    shortened = format(value, ".0f") if abs(value) >= 1e6 else format(value, ".6g")
    written = f"{Decimal(shortened):,f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def range_in_words(low: float | None, high: float | None) -> str:
    """``5 to 40``, ``up to 5``, ``60 or more``, or that none was given."""
    if low is not None and high is not None:
        return f"{figure(low)} to {figure(high)}"
    if high is not None:
        return f"up to {figure(high)}"
    return f"{figure(low)} or more" if low is not None else "not given"


def standing_in_words(reading: Reading) -> str:
    """``10.7 × upper limit``, ``within range``, ``no range to compare with``."""
    standing = reading.standing
    if standing is Standing.ABOVE:
        return _beyond(reading, reading.high, "upper")
    if standing is Standing.BELOW:
        return _beyond(reading, reading.low, "lower")
    return {
        Standing.WITHIN: "within range",
        Standing.NO_RANGE: "no range to compare with",
        Standing.NO_NUMBER: "not a number",
        Standing.CANNOT_SAY: "cannot be placed: reported only as a limit",
    }[standing]


def _beyond(reading: Reading, limit: float | None, side: str) -> str:
    where = "above" if side == "upper" else "below"
    if not limit or limit < 0 or reading.value is None:
        return f"{where} the {side} limit"
    ratio = reading.value / limit
    if abs(ratio - 1) < 0.05:
        return f"just {where} the {side} limit"
    prefix = {"<": "less than ", ">": "more than ", "<=": "at most ", ">=": "at least "}
    shown = figure(round(ratio, 1)) if ratio >= 0.1 else figure(float(f"{ratio:.1g}"))
    return f"{prefix.get(reading.comparator, '')}{shown} × {side} limit"


def value_in_words(value: float | None, comparator: str = "", text: str = "") -> str:
    """The value without its unit; the laboratory's words when there is no number."""
    if value is None:
        return text or "no value"
    return f"{comparator}{figure(value)}"


@dataclass(frozen=True, slots=True)
class Direction:
    """How a value moved: a shape, and the words that say the same."""

    arrow: str
    words: str


def direction(now: Reading, before: Reading | None) -> Direction:
    """Up, down or the same as the value before. No judgement of what is a meaningful change."""
    if before is None:
        return Direction("", "first value")
    if now.value is None or before.value is None:
        return Direction("", "cannot be compared")
    earlier = value_in_words(before.value, before.comparator)
    if now.value == before.value and now.comparator == before.comparator:
        return Direction("→", f"same as {earlier}")
    if _surely_more(now, before):
        return Direction("↑", f"up from {earlier}")
    if _surely_more(before, now):
        return Direction("↓", f"down from {earlier}")
    return Direction("", f"cannot be compared with {earlier}")


def _surely_more(one: Reading, other: Reading) -> bool:
    if one.least > other.most:
        return True
    return one.least == other.most and (one.comparator == ">" or other.comparator == "<")
