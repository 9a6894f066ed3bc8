"""One patient's events, laid out so that the judge can read any node of a rule off them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import singledispatchmethod
from typing import NamedTuple

from osteon.events.schema import Event
from osteon.rules.answers import Evidence
from osteon.rules.criteria import Age, Answered, Chosen, Graded, Named, Points, Said
from osteon.rules.things import Drugs, Finding, Measured, Question
from osteon.rules.tree import (
    BASELINE_AFTER,
    BASELINE_BEFORE,
    And,
    Baseline,
    Compare,
    Condition,
    Constant,
    DaysOn,
    DaysSince,
    Difference,
    Gap,
    Happened,
    Highest,
    InWindow,
    Known,
    Latest,
    Lowest,
    Node,
    Not,
    OfDrugs,
    On,
    Or,
    Overrun,
    Present,
    Previous,
    Ratio,
    Scaled,
    Sum,
    Unplanned,
    UpperLimit,
)

# A laboratory's limit becomes an interval with one open end: nothing measured lies beyond these.
LEAST, MOST = 0.0, 1e18
# "< 4" is surely below 4: the closed end lies this far inside.
JUST_INSIDE, JUST_OUTSIDE = 0.999999999, 1.000000001
DAY = timedelta(days=1)
# Completed years without a calendar, which no two engines share: the mean Gregorian year. A birthday is
# reached up to a day early, never late.
YEAR_US = 31_556_952_000_000
BIRTHDAY_US = 64_800_000_000


PLAIN = "1"  # an answer without a unit is a plain number: a count, a choice, yes or no


class Interval(NamedTuple):
    """What is known of a number: it lies between ``low`` and ``high``, which are equal for a plain result."""

    low: float
    high: float


class Reading(NamedTuple):
    """The results of one measurement at one moment. ``value`` is unknown when no unit was understood."""

    time: datetime
    value: Interval | None
    upper_limit: Interval | None
    event: Event


def interval_of(event: Event, unit: str) -> Interval | None:
    """The result as an interval; unknown without a number or in a unit other than the one asked for."""
    number = event.numeric_value
    if number is None or (event.unit or PLAIN) != unit:
        return None
    if event.comparator == "<":
        return Interval(LEAST, number * JUST_INSIDE)
    if event.comparator == "<=":
        return Interval(LEAST, number)
    if event.comparator == ">":
        return Interval(number * JUST_OUTSIDE, MOST)
    if event.comparator == ">=":
        return Interval(number, MOST)
    return Interval(number, number)


def _hull(intervals: Iterable[Interval | None]) -> Interval | None:
    known = [interval for interval in intervals if interval is not None]
    if not known:
        return None
    return Interval(min(i.low for i in known), max(i.high for i in known))


def _limit_of(event: Event, unit: str) -> Interval | None:
    high = event.reference_high
    return Interval(high, high) if high is not None and high > 0 and event.unit == unit else None


class Chart:
    """Reads nodes: ``value`` gives an interval or ``None``, ``truth`` gives yes, no or ``None``."""

    def __init__(self, events: Sequence[Event], as_of: datetime) -> None:
        self.as_of = as_of
        self._events: dict[str, list[Event]] = {}
        self._readings: dict[tuple[str, ...], list[Reading]] = {}
        self._running: dict[tuple[str, ...], list[Event]] = {}
        # By identity, with the node beside its answer so that it stays alive: to hash a whole tree at every
        # step costs more than to read it.
        self._values: dict[int, tuple[Node, Interval | None]] = {}
        self._truths: dict[int, tuple[Node, bool | None]] = {}
        for event in events:
            if event.time is not None and event.time <= as_of:
                self._events.setdefault(event.code, []).append(event)

    # Facts

    def _of(self, codes: Iterable[str]) -> list[Event]:
        return [event for code in codes for event in self._events.get(code, ())]

    def readings(self, measure: Measured) -> list[Reading]:
        """Every moment the measurement was made, oldest first."""
        if measure.codes not in self._readings:
            moments: dict[datetime, list[Event]] = {}
            for event in self._of(measure.codes):
                moments.setdefault(event.time, []).append(event)  # type: ignore[arg-type]
            unit = measure.unit.ucum
            self._readings[measure.codes] = [
                Reading(
                    moment,
                    _hull(interval_of(event, unit) for event in found),
                    _hull(_limit_of(event, unit) for event in found),
                    found[0],
                )
                for moment, found in sorted(moments.items())
            ]
        return self._readings[measure.codes]

    def latest(self, measure: Measured) -> Reading | None:
        """The last reading, whether or not its value could be understood."""
        readings = self.readings(measure)
        return readings[-1] if readings else None

    def previous(self, measure: Measured) -> Reading | None:
        """The reading before the last."""
        readings = self.readings(measure)
        return readings[-2] if len(readings) > 1 else None

    def running(self, drugs: Drugs) -> list[Event]:
        """The courses that are running."""
        if drugs.codes not in self._running:
            self._running[drugs.codes] = [
                course for course in self._of(drugs.codes) if course.end is None or course.end > self.as_of
            ]
        return self._running[drugs.codes]

    def course_start(self, drugs: Drugs) -> datetime | None:
        """When the first of the running courses began."""
        return min((course.time for course in self.running(drugs) if course.time), default=None)

    def baseline(self, node: Baseline) -> Reading | None:
        """The reading that stands for the time before treatment."""
        start = self.course_start(node.drugs)
        if start is None:
            return None
        first, last = start - BASELINE_BEFORE, start + BASELINE_AFTER
        return next((r for r in reversed(self.readings(node.measure)) if first <= r.time <= last), None)

    def since_start(self, node: Lowest | Highest) -> list[Reading]:
        """The readings of the running course."""
        start = self.course_start(node.drugs)
        return [r for r in self.readings(node.measure) if start is not None and r.time >= start]

    def asked(self, node: InWindow) -> list[Event]:
        """What was recorded of the finding within the window."""
        return [e for e in self._of(node.finding.codes) if e.time and self.as_of - e.time <= node.within]

    def answers(self, question: Question) -> list[Event]:
        """What was answered on the last day the question was answered."""
        given = self._of(question.codes)
        newest = max((event.time for event in given if event.time), default=None)
        return [e for e in given if e.time and newest and newest - e.time < DAY]

    def answered(self, question: Question) -> Interval | None:
        """The answer; an interval where two differ, ``None`` when there is none that is understood."""
        return _hull(interval_of(event, question.unit.ucum) for event in self.answers(question))

    def assuming(self, settled: Iterable[Condition], one: Condition, truth: bool) -> Chart:
        """The same patient with one condition taken for granted; those settled are not read again."""
        other = Chart((), self.as_of)
        other._events = self._events
        other._truths = {id(node): (node, self.truth(node)) for node in settled}
        other._truths[id(one)] = (one, truth)
        return other

    # Values

    def value(self, node: Node) -> Interval | None:
        """The interval in which the value lies, or ``None`` when it is unknown."""
        if id(node) not in self._values:
            self._values[id(node)] = (node, _reader_of_value(type(node))(self, node))
        return self._values[id(node)][1]

    @singledispatchmethod
    def _value(self, node: Node) -> Interval | None:
        raise TypeError(f"the judge cannot read {type(node).__name__}")

    @_value.register
    def _(self, node: Constant) -> Interval | None:
        return Interval(node.quantity.number, node.quantity.number)

    @_value.register
    def _(self, node: Latest) -> Interval | None:
        reading = self.latest(node.measure)
        return reading.value if reading else None

    @_value.register
    def _(self, node: Previous) -> Interval | None:
        reading = self.previous(node.measure)
        return reading.value if reading else None

    @_value.register
    def _(self, node: UpperLimit) -> Interval | None:
        reading = self.latest(node.measure)
        return reading.upper_limit if reading else None

    @_value.register
    def _(self, node: Baseline) -> Interval | None:
        reading = self.baseline(node)
        return reading.value if reading else None

    @_value.register
    def _(self, node: Lowest) -> Interval | None:
        known = [r.value for r in self.since_start(node) if r.value]
        return Interval(min(v.low for v in known), min(v.high for v in known)) if known else None

    @_value.register
    def _(self, node: Highest) -> Interval | None:
        known = [r.value for r in self.since_start(node) if r.value]
        return Interval(max(v.low for v in known), max(v.high for v in known)) if known else None

    @_value.register
    def _(self, node: DaysOn) -> Interval | None:
        return self._days_from(self.course_start(node.drugs), self.as_of)

    @_value.register
    def _(self, node: DaysSince) -> Interval | None:
        reading = self.latest(node.measure)
        return self._days_from(reading.time if reading else None, self.as_of)

    @_value.register
    def _(self, node: Gap) -> Interval | None:
        last, before = self.latest(node.measure), self.previous(node.measure)
        return self._days_from(before.time, last.time) if last and before else None

    @staticmethod
    def _days_from(start: datetime | None, end: datetime) -> Interval | None:
        if start is None:
            return None
        # Whole microseconds first, as the engines count them, so that all round alike.
        length = ((end - start) // timedelta(microseconds=1)) / (DAY // timedelta(microseconds=1))
        return Interval(length, length)

    @_value.register
    def _(self, node: Scaled) -> Interval | None:
        inner = self.value(node.value)
        return Interval(node.factor * inner.low, node.factor * inner.high) if inner else None

    @_value.register
    def _(self, node: Sum) -> Interval | None:
        left, right = self.value(node.left), self.value(node.right)
        return Interval(left.low + right.low, left.high + right.high) if left and right else None

    @_value.register
    def _(self, node: Difference) -> Interval | None:
        left, right = self.value(node.left), self.value(node.right)
        return Interval(left.low - right.high, left.high - right.low) if left and right else None

    @_value.register
    def _(self, node: Ratio) -> Interval | None:
        left, right = self.value(node.left), self.value(node.right)
        if not left or not right or right.low <= 0:
            return None
        return Interval(left.low / right.high, left.high / right.low)

    @_value.register
    def _(self, node: Answered) -> Interval | None:
        return self.answered(node.question)

    @_value.register
    def _(self, node: Age) -> Interval | None:
        born = max((event.time for event in self._of(node.question.codes) if event.time), default=None)
        if born is None:
            return None
        lived = (self.as_of - born) // timedelta(microseconds=1)
        years = float((lived + BIRTHDAY_US) // YEAR_US)
        return Interval(years, years)

    @_value.register
    def _(self, node: Points) -> Interval | None:
        low = high = 0.0
        for part in node.parts:
            truth = self.truth(part.condition)
            low += part.points if truth else min(part.points, 0.0) if truth is None else 0.0
            high += part.points if truth else max(part.points, 0.0) if truth is None else 0.0
        return Interval(low, high)

    @_value.register
    def _(self, node: Graded) -> Interval | None:
        low = high = node.remains
        for part in reversed(node.asked):
            truth = self.truth(part.condition)
            if truth:
                low = high = part.points
            elif truth is None:
                low, high = min(low, part.points), max(high, part.points)
        return Interval(low, high)

    # Conditions

    def truth(self, node: Node) -> bool | None:
        """Yes, no, or ``None`` for unknown."""
        if id(node) not in self._truths:
            self._truths[id(node)] = (node, _reader_of_truth(type(node))(self, node))
        return self._truths[id(node)][1]

    @singledispatchmethod
    def _truth(self, node: Node) -> bool | None:
        raise TypeError(f"the judge cannot read {type(node).__name__}")

    @_truth.register
    def _(self, node: Compare) -> bool | None:
        left, right = self.value(node.left), self.value(node.right)
        return compared(node.sign, left, right) if left and right else None

    @_truth.register
    def _(self, node: On) -> bool | None:
        return bool(self.running(node.drugs))

    @_truth.register
    def _(self, node: Overrun) -> bool | None:
        return any(self._is_past_plan(course) for course in self.running(node.drugs))

    @_truth.register
    def _(self, node: Unplanned) -> bool | None:
        return any(course.numeric_value is None for course in self.running(node.drugs))

    def _is_past_plan(self, course: Event) -> bool:
        if course.numeric_value is None or course.time is None:
            return False
        running_for = (self.as_of - course.time) // timedelta(microseconds=1)
        return running_for > course.numeric_value * (DAY // timedelta(microseconds=1))

    @_truth.register
    def _(self, node: Present) -> bool | None:
        values = [event.numeric_value for event in self.asked(node) if event.numeric_value is not None]
        return max(values) >= 1 if values else None

    @_truth.register
    def _(self, node: Happened) -> bool | None:
        return bool(self.asked(node))

    @_truth.register
    def _(self, node: Known) -> bool | None:
        return self.value(node.value) is not None

    @_truth.register
    def _(self, node: And) -> bool | None:
        left, right = self.truth(node.left), self.truth(node.right)
        if left is False or right is False:
            return False
        return None if left is None or right is None else True

    @_truth.register
    def _(self, node: Or) -> bool | None:
        left, right = self.truth(node.left), self.truth(node.right)
        if left or right:
            return True
        return None if left is None or right is None else False

    @_truth.register
    def _(self, node: Not) -> bool | None:
        inner = self.truth(node.condition)
        return None if inner is None else not inner

    @_truth.register
    def _(self, node: Said) -> bool | None:
        answer = self.answered(node.question)
        return compared(">=", answer, Interval(1.0, 1.0)) if answer else None

    @_truth.register
    def _(self, node: Chosen) -> bool | None:
        answer = self.answered(node.question)
        if answer is None or answer.low != answer.high:
            return None
        return answer.low in node.numbers

    @_truth.register
    def _(self, node: Named) -> bool | None:
        return self.truth(node.condition)

    # Evidence

    def as_evidence(self, what: str, reading: Reading, threshold: str | None) -> Evidence:
        """A reading as a fact a person can open."""
        event = reading.event
        return Evidence(
            what, event.code, event.numeric_value, event.unit or "", reading.time, threshold, event.source
        )

    def evidence(self, node: Node, threshold: str | None) -> list[Evidence]:
        """The facts that this node alone read."""
        reading = self._reading_of(node)
        if reading:
            return [self.as_evidence(node.words(), reading, threshold)]
        if isinstance(node, OfDrugs):
            return [
                Evidence(node.words(), c.code, c.numeric_value, c.unit or "", c.time, threshold, c.source)
                for c in self.running(node.drugs)
            ]
        if isinstance(node, Answered | Age | Said | Chosen):
            return [self._answer_evidence(node.question, e, threshold) for e in self.answers(node.question)]
        if isinstance(node, InWindow):
            return [self._finding_evidence(node.finding, event, threshold) for event in self.asked(node)]
        return []

    def _reading_of(self, node: Node) -> Reading | None:
        if isinstance(node, Latest):
            return self.latest(node.measure)
        if isinstance(node, Previous):
            return self.previous(node.measure)
        if isinstance(node, Baseline):
            return self.baseline(node)
        if isinstance(node, Lowest | Highest):
            return self._extreme(node)
        return None

    def _extreme(self, node: Lowest | Highest) -> Reading | None:
        known = [r for r in self.since_start(node) if r.value]
        pick = min if isinstance(node, Lowest) else max
        return pick(known, key=lambda r: r.value or Interval(MOST, MOST), default=None)

    @staticmethod
    def _answer_evidence(question: Question, event: Event, threshold: str | None) -> Evidence:
        value, unit = event.numeric_value, event.unit or ""
        return Evidence(question.name, event.code, value, unit, event.time, threshold, event.source)

    @staticmethod
    def _finding_evidence(finding: Finding, event: Event, threshold: str | None) -> Evidence:
        return Evidence(
            finding.name, event.code, event.numeric_value, "", event.time, threshold, event.source
        )


# Asked for by class: the method object that ``singledispatchmethod`` makes at every call costs more than to read.
_reader_of_value = Chart.__dict__["_value"].dispatcher.dispatch
_reader_of_truth = Chart.__dict__["_truth"].dispatcher.dispatch


def compared(sign: str, left: Interval, right: Interval) -> bool | None:
    """A comparison of intervals: yes or no only when every number in them agrees."""
    if sign == ">":
        return True if left.low > right.high else False if left.high <= right.low else None
    if sign == ">=":
        return True if left.low >= right.high else False if left.high < right.low else None
    if sign == "<":
        return True if left.high < right.low else False if left.low >= right.high else None
    return True if left.high <= right.low else False if left.low > right.high else None
