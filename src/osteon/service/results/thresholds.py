"""The action thresholds of the rules, as lines over one measure. Read from the rule files, never typed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from osteon.events.schema import EARLIEST, Event
from osteon.events.vocabulary import MEASURES, Measure
from osteon.knowledge import all_rules
from osteon.rules.judge import judge
from osteon.rules.monitoring import Clause, Monitoring
from osteon.rules.tree import (
    And,
    Compare,
    Condition,
    Constant,
    Latest,
    On,
    Or,
    Present,
    Ratio,
    UpperLimit,
    Value,
)
from osteon.service.results.ranges import figure

SIGNS = {">": "above", ">=": "from", "<": "below", "<=": "down to"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value at which a rule speaks. ``times`` is set where the rule counts in upper limits of normal."""

    value: float
    sign: str
    level: str
    times: float | None = None

    @property
    def label(self) -> str:
        """What stands before the value beside its line: ``red above``, ``red from 10 × upper limit:``."""
        start = f"{self.level} {SIGNS[self.sign]}"
        return start if self.times is None else f"{start} {figure(self.times)} × upper limit:"


@dataclass(frozen=True, slots=True)
class Limit:
    """One clause of a rule about a measure, as a sentence."""

    rule: Monitoring
    clause: Clause

    @property
    def is_provisional(self) -> bool:
        return self.clause.status == "provisional"


def limits_for(measure: Measure, rules: Iterable[Monitoring] | None = None) -> list[Limit]:
    """Every clause that is first of all about a measure, of these rules (all of them by default), red ones first."""
    found = [
        Limit(rule, clause)
        for rule in (all_rules() if rules is None else rules)
        for clause in rule.out_of_range
        if clause.measure is not None and clause.measure.key == measure.key
    ]
    return sorted(found, key=lambda limit: (limit.clause.level != "red", limit.rule.id))


def thresholds_for(
    measure: Measure, *, upper_limit: float | None = None, rules: Iterable[Monitoring] | None = None
) -> list[Threshold]:
    """The values to draw as lines, in the measure's own unit, the lowest first.

    Only values that decide a clause, alone or together with a finding (muscle symptoms): one that merely guards
    another condition ("above 10 and not fallen by 30 %") would be read as a limit on the drawing, and is none.
    ``upper_limit``: of the laboratory, for rules that count in it; without one these cannot be drawn.
    """
    found = [
        Threshold(value, compare.sign, limit.clause.level, times)
        for limit in limits_for(measure, rules)
        for compare in _deciding(limit.clause.condition)
        for value, times in _value(measure, compare, upper_limit)
    ]
    return sorted(dict.fromkeys(found), key=lambda t: (t.value, t.times or 0, t.level))


def lines(events: Sequence[Event], key: str, as_of: datetime) -> list[tuple[str, float]]:
    """What a patient's timeline draws over one measure (``as_of``: UTC, no zone): labelled values in its unit.

    Rules that count in upper limits of normal use the laboratory's latest.
    """
    measure = MEASURES[key]
    ranged = [e for e in events if e.code in measure.codes and e.time and e.reference_high is not None]
    latest = max(ranged, key=lambda event: event.time or EARLIEST, default=None)
    found = thresholds_for(
        measure,
        upper_limit=latest.reference_high if latest else None,
        rules=applying_rules(events, as_of),
    )
    return [(threshold.label, threshold.value) for threshold in found]


def applying_rules(events: Sequence[Event], as_of: datetime) -> list[Monitoring]:
    """The rules that apply to a patient, or might (``as_of``: UTC, no zone)."""
    return [answer.rule for answer in judge(all_rules(), events, as_of) if answer.applies is not False]


def monitored_keys(rules: Iterable[Monitoring]) -> list[str]:
    """The measures for which these rules ask a test again and again."""
    return list(dict.fromkeys(schedule.measure.key for rule in rules for schedule in rule.due))


def _deciding(condition: Condition) -> Iterator[Compare]:
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, Or):
        yield from _deciding(condition.left)
        yield from _deciding(condition.right)
    elif isinstance(condition, And):
        for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
            if isinstance(other, Present | On):
                yield from _deciding(one)


def _value(
    measure: Measure, compare: Compare, upper_limit: float | None
) -> Iterator[tuple[float, float | None]]:
    if not isinstance(compare.right, Constant):
        return
    number = compare.right.quantity.number
    if isinstance(compare.left, Latest) and compare.left.measure.key == measure.key:
        yield number, None
    if upper_limit and _counts_in_limits(compare.left, measure):
        yield number * upper_limit, number


def _counts_in_limits(value: Value, measure: Measure) -> bool:
    return (
        isinstance(value, Ratio)
        and isinstance(value.left, Latest)
        and isinstance(value.right, UpperLimit)
        and value.left.measure.key == measure.key == value.right.measure.key
    )
