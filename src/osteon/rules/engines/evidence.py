"""The facts behind a fired rule as plain data, in one shape whoever answered.

Each fact has the keys ``what, code, value, value_at_most, unit, time, threshold``; any but ``what``, ``code``
and ``unit`` can be null. ``value_at_most`` is there when the value is only known to lie between two numbers
(``< 4``, or two results at one moment); ``MOST`` (1e18) means that nothing bounds it above. The patient, the
code and the time name the event: an engine groups rows, so no single event's ``source`` survives there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from osteon.events.schema import Event
from osteon.rules.chart import Chart, Interval, Reading
from osteon.rules.engines.compile import column
from osteon.rules.engines.plan import Feature, Plan, features_of, results_of
from osteon.rules.monitoring import Monitoring
from osteon.rules.tree import Baseline, InWindow, Node, OfDrugs, OfMeasure, Previous, UpperLimit


class Fact(NamedTuple):
    """What was read for one node. A course and a finding's mere presence have no interval."""

    code: str
    value: Interval | None
    time: datetime | None


Reader = Callable[[Node, Feature], Fact | None]


def evidence(rule: Monitoring, crossed: Sequence[object], read: Reader) -> list[dict[str, object]]:
    """The facts of whom the rule concerns, of each crossed threshold, and of what was due.

    Args:
        crossed: for each of ``rule.out_of_range``, whether it is surely crossed.
        read: the fact of a node and of the feature that shows it.
    """
    shown: dict[str, dict[str, object]] = {}
    for node, threshold in _nodes(rule, crossed):
        feature = _shown_feature(node)
        fact = read(node, feature) if feature else None
        if feature and fact:
            shown.setdefault(_what(node), _as_data(_what(node), feature, fact, threshold))
    return list(shown.values())


def _as_data(what: str, feature: Feature, fact: Fact, threshold: str | None) -> dict[str, object]:
    value = fact.value
    return {
        "what": what,
        "code": fact.code,
        "value": value.low if value else None,
        "value_at_most": value.high if value and value.high != value.low else None,
        "unit": feature.series.unit,
        "time": fact.time.isoformat() if fact.time else None,
        "threshold": threshold,
    }


def _nodes(rule: Monitoring, crossed: Sequence[object]) -> Iterator[tuple[Node, str | None]]:
    for node in rule.applies.walk():
        yield node, None
    for clause, yes in zip(rule.out_of_range, crossed, strict=True):
        if yes:
            for node in clause.condition.walk():
                yield node, clause.sentence
    for schedule in rule.due:
        yield OfMeasure(schedule.measure), f"due {schedule.words()}"


def _shown_feature(node: Node) -> Feature | None:
    if type(node) is OfMeasure:
        return Feature("last", results_of(node.measure))
    if isinstance(node, Previous):
        return Feature("before", results_of(node.measure))
    if isinstance(node, OfMeasure | OfDrugs | InWindow):
        return next(features_of(node), None)
    return None


def _what(node: Node) -> str:
    return node.measure.name if type(node) is OfMeasure else node.words()


# From an engine's wide row --------------------------------------------------------------------------


def row_reader(plan: Plan, row: Mapping[str, Any], as_of: datetime) -> Reader:
    """Reads facts off one row of ``passes.wide_table``."""

    def read(node: Node, feature: Feature) -> Fact | None:
        number = plan.features[feature]
        ends = ("limit_low", "limit_high") if isinstance(node, UpperLimit) else ("low", "high")
        age, code, low, high = (row.get(column(number, part)) for part in ("age", "code", *ends))
        if age is None and low is None:
            return None
        if feature.kind == "answer":
            low = high  # the worst answer of the window stands for it
        return Fact(
            code or feature.series.codes[0],
            None if low is None or high is None or feature.kind == "course" else Interval(low, high),
            as_of - timedelta(microseconds=age) if age is not None else None,
        )

    return read


# From one patient's events --------------------------------------------------------------------------


def events_reader(events: Sequence[Event], as_of: datetime) -> Reader:
    """Reads facts off one patient's events, as the engines sum them up."""
    chart = Chart(events, as_of)

    def read(node: Node, feature: Feature) -> Fact | None:
        codes = feature.series.codes
        if isinstance(node, OfDrugs):
            running = chart.running(node.drugs)
            code = min((course.code for course in running), default="")
            return Fact(code, None, chart.course_start(node.drugs)) if running else None
        if isinstance(node, InWindow):
            return _answered(chart.asked(node), codes[0])
        if feature.kind in ("lowest", "highest"):
            extreme = chart.value(node)
            return Fact(codes[0], extreme, None) if extreme else None
        reading = _reading(chart, node)
        if reading is None:
            return None
        value = reading.upper_limit if isinstance(node, UpperLimit) else reading.value
        return Fact(
            min(e.code for e in events if e.time == reading.time and e.code in codes), value, reading.time
        )

    return read


def _reading(chart: Chart, node: Node) -> Reading | None:
    if isinstance(node, Baseline):
        return chart.baseline(node)
    if isinstance(node, Previous):
        return chart.previous(node.measure)
    return chart.latest(node.measure) if isinstance(node, OfMeasure) else None


def _answered(asked: Sequence[Event], code: str) -> Fact | None:
    if not asked:
        return None
    worst = max((event.numeric_value for event in asked if event.numeric_value is not None), default=None)
    newest = max(event.time for event in asked if event.time)
    return Fact(code, Interval(worst, worst) if worst is not None else None, newest)
