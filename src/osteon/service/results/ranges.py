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

from django.utils.translation import gettext as _


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
        return _("%(low)s to %(high)s") % {"low": figure(low), "high": figure(high)}
    if high is not None:
        return _("up to %(high)s") % {"high": figure(high)}
    return _("%(low)s or more") % {"low": figure(low)} if low is not None else _("not given")


def standing_in_words(reading: Reading) -> str:
    """``10.7 × upper limit``, ``within range``, ``no range to compare with``."""
    standing = reading.standing
    if standing is Standing.ABOVE:
        return _above(reading)
    if standing is Standing.BELOW:
        return _below(reading)
    return {
        Standing.WITHIN: _("within range"),
        Standing.NO_RANGE: _("no range to compare with"),
        Standing.NO_NUMBER: _("not a number"),
        Standing.CANNOT_SAY: _("cannot be placed: reported only as a limit"),
    }[standing]


def _above(reading: Reading) -> str:
    times = _times(reading, reading.high)
    if times is None:
        return _("above the upper limit")
    return _("%(times)s × upper limit") % {"times": times} if times else _("just above the upper limit")


def _below(reading: Reading) -> str:
    times = _times(reading, reading.low)
    if times is None:
        return _("below the lower limit")
    return _("%(times)s × lower limit") % {"times": times} if times else _("just below the lower limit")


def _times(reading: Reading, limit: float | None) -> str | None:
    """``10.7``, ``more than 3``; empty when it is as good as the limit; ``None`` when it cannot be divided."""
    if not limit or limit < 0 or reading.value is None:
        return None
    ratio = reading.value / limit
    if abs(ratio - 1) < 0.05:
        return ""
    prefixes = {
        "<": _("less than %(times)s"),
        ">": _("more than %(times)s"),
        "<=": _("at most %(times)s"),
        ">=": _("at least %(times)s"),
    }
    shown = figure(round(ratio, 1)) if ratio >= 0.1 else figure(float(f"{ratio:.1g}"))
    return prefixes.get(reading.comparator, "%(times)s") % {"times": shown}


def value_in_words(value: float | None, comparator: str = "", text: str = "") -> str:
    """The value without its unit; the laboratory's words when there is no number."""
    if value is None:
        return text or _("no value")
    return f"{comparator}{figure(value)}"


@dataclass(frozen=True, slots=True)
class Direction:
    """How a value moved: a shape, and the words that say the same."""

    arrow: str
    words: str


def direction(now: Reading, before: Reading | None) -> Direction:
    """Up, down or the same as the value before. No judgement of what is a meaningful change."""
    if before is None:
        return Direction("", _("first value"))
    if now.value is None or before.value is None:
        return Direction("", _("cannot be compared"))
    earlier = value_in_words(before.value, before.comparator)
    if now.value == before.value and now.comparator == before.comparator:
        return Direction("→", _("same as %(earlier)s") % {"earlier": earlier})
    if _surely_more(now, before):
        return Direction("↑", _("up from %(earlier)s") % {"earlier": earlier})
    if _surely_more(before, now):
        return Direction("↓", _("down from %(earlier)s") % {"earlier": earlier})
    return Direction("", _("cannot be compared with %(earlier)s") % {"earlier": earlier})


def _surely_more(one: Reading, other: Reading) -> bool:
    if one.least > other.most:
        return True
    return one.least == other.most and (one.comparator == ">" or other.comparator == "<")
