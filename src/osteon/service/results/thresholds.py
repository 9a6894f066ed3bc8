"""The action thresholds of the rules, as lines over one measure. Read from the rule files, never typed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from osteon.events.schema import Event
from osteon.events.vocabulary import Measure
from osteon.knowledge import all_rules
from osteon.rules.judge import judge
from osteon.rules.monitoring import Clause, Monitoring
from osteon.rules.tree import Compare, Constant, Latest, Ratio, UpperLimit
from osteon.service.results.ranges import figure

SIGNS = {">": "above", ">=": "from", "<": "below", "<=": "down to"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value at which a rule speaks. ``times`` is set where the rule counts in upper limits of normal."""

    value: float
    sign: str
    level: str
    sentence: str
    rule: Monitoring
    status: str
    times: float | None = None

    @property
    def label(self) -> str:
        """What stands beside the line: ``red above 2,000``, ``red from 10 × upper limit``."""
        number = figure(self.value) if self.times is None else f"{figure(self.times)} × upper limit"
        return f"{self.level} {SIGNS[self.sign]} {number}"

    @property
    def is_provisional(self) -> bool:
        return self.status == "provisional"


def thresholds_for(
    measure: Measure, *, upper_limit: float | None = None, rules: Iterable[Monitoring] | None = None
) -> list[Threshold]:
    """The thresholds that rules set on the latest value of a measure, in its own unit, the lowest first.

    ``upper_limit``: of the laboratory, for rules that count in it; without one these are left out, because
    they cannot be drawn. ``rules``: those that apply to the patient; all of them by default. A threshold that
    also asks for something else (muscle symptoms) says so in its sentence.
    """
    found = [
        Threshold(value, sign, clause.level, clause.sentence, rule, clause.status, times)
        for rule in (all_rules() if rules is None else rules)
        for clause in rule.out_of_range
        for value, sign, times in _values(measure, clause, upper_limit)
    ]
    return sorted(dict.fromkeys(found), key=lambda t: (t.value, t.rule.id, t.level))


def applying_rules(events: Sequence[Event], as_of: datetime) -> list[Monitoring]:
    """The rules that apply to a patient, or might (``as_of``: UTC, no zone)."""
    return [answer.rule for answer in judge(all_rules(), events, as_of) if answer.applies is not False]


def monitored_keys(rules: Iterable[Monitoring]) -> list[str]:
    """The measures for which these rules ask a test again and again."""
    return list(dict.fromkeys(schedule.measure.key for rule in rules for schedule in rule.due))


def _values(
    measure: Measure, clause: Clause, upper_limit: float | None
) -> Iterable[tuple[float, str, float | None]]:
    for node in clause.condition.walk():
        if not isinstance(node, Compare) or not isinstance(node.right, Constant):
            continue
        number = node.right.quantity.number
        if isinstance(node.left, Latest) and node.left.measure.key == measure.key:
            yield number, node.sign, None
        if _counts_in_limits(node, measure) and upper_limit:
            yield number * upper_limit, node.sign, number


def _counts_in_limits(node: Compare, measure: Measure) -> bool:
    ratio = node.left
    return (
        isinstance(ratio, Ratio)
        and isinstance(ratio.left, Latest)
        and isinstance(ratio.right, UpperLimit)
        and ratio.left.measure.key == measure.key == ratio.right.measure.key
    )
