"""The one line that says why a patient needs someone, made from the tree and the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from osteon.events.vocabulary import name_of
from osteon.rules.answers import ScheduleAnswer
from osteon.rules.chart import Chart, Reading
from osteon.rules.monitoring import Clause, Monitoring
from osteon.rules.quantities import in_words
from osteon.rules.tree import (
    Baseline,
    Compare,
    Condition,
    DaysOn,
    Highest,
    Latest,
    Lowest,
    Node,
    OfDrugs,
    Present,
    Previous,
    UpperLimit,
)


def threshold_sentence(rule: Monitoring, clause: Clause, chart: Chart) -> str:
    """``CK 2,140 U/L (10.7 × upper limit) on daptomycin``."""
    facts = list(dict.fromkeys(_facts(clause.condition, chart)))
    return _with_course(", ".join(facts) or clause.sentence, rule, chart)


def unknown_sentence(clause: Clause, missing: Sequence[str], chart: Chart) -> str:
    """``CK 2,140 U/L cannot be judged: upper limit of CK not known``."""
    facts = list(dict.fromkeys(_facts(clause.condition, chart)))
    subject = ", ".join(facts[:1]) or clause.sentence
    return f"{subject} cannot be judged: {', '.join(dict.fromkeys(missing))} not known"


def schedule_sentence(rule: Monitoring, late: Sequence[ScheduleAnswer], chart: Chart) -> str:
    """``CK, platelets 3 days late on daptomycin``."""
    tests = ", ".join(dict.fromkeys(schedule.what for schedule in late))
    worst = min(late, key=lambda schedule: schedule.due_at)
    days_late = (chart.as_of - worst.due_at) // timedelta(days=1)
    lateness = "due" if worst.due == "due" else f"{days_late} days late"
    never = " (no result yet)" if all(schedule.last_at is None for schedule in late) else ""
    return _with_course(f"{tests} {lateness}{never}", rule, chart)


def _with_course(text: str, rule: Monitoring, chart: Chart) -> str:
    """Adds the drugs the patient is really on, not the class the rule speaks of."""
    running = chart.running(rule.course) if rule.course else []
    names = list(dict.fromkeys(name_of(course.code).lower() for course in running))
    if not names or any(name in text for name in names):
        return text
    return f"{text} on {' and '.join(names)}"


def _facts(condition: Condition, chart: Chart) -> Iterator[str]:
    for node in condition.walk():
        text = _fact(node, condition, chart)
        if text:
            yield text


def _fact(node: Node, clause: Condition, chart: Chart) -> str | None:
    if isinstance(node, Latest):
        return _latest_fact(node, clause, chart)
    if isinstance(node, DaysOn) and not _is_negated(node, clause):
        length = chart.value(node)
        return f"day {int(length.low) + 1} of {node.drugs.name}" if length else None
    if isinstance(node, Present):
        return node.finding.name if chart.truth(node) else None
    if isinstance(node, OfDrugs) and chart.truth(node):
        return node.words()
    return None


def _is_negated(node: Node, clause: Condition) -> bool:
    return not any(isinstance(n, Compare) and node in n.walk() for n in clause.walk())


def _latest_fact(node: Latest, clause: Condition, chart: Chart) -> str | None:
    reading = chart.latest(node.measure)
    if reading is None:
        return None
    return f"{node.words()} {_result_words(reading, node)}{_comparison(node, reading, clause, chart)}"


def _result_words(reading: Reading, node: Latest) -> str:
    event = reading.event
    if event.numeric_value is None:
        return event.text_value or "without a number"
    sign = f"{event.comparator} " if event.comparator else ""
    unit = node.unit.words if reading.value else f"{event.unit or ''} (unit not understood)"
    return " ".join(f"{sign}{in_words(event.numeric_value)} {unit}".split())


def _comparison(node: Latest, reading: Reading, clause: Condition, chart: Chart) -> str:
    """What the result is compared with, in brackets: the upper limit, or an earlier result."""
    remarks = []
    for other in clause.walk():
        if isinstance(other, UpperLimit) and reading.upper_limit and reading.value:
            times = round(reading.value.low / reading.upper_limit.high, 1)
            remarks.append(f"{in_words(times)} × upper limit")
        elif isinstance(other, Baseline | Previous | Lowest | Highest) and other.measure == node.measure:
            value = chart.value(other)
            remarks += [f"{_earlier(other)} {in_words(value.low)}"] if value else []
    return f" ({', '.join(dict.fromkeys(remarks))})" if remarks else ""


def _earlier(node: Baseline | Previous | Lowest | Highest) -> str:
    words = {Baseline: "at the start", Previous: "before", Lowest: "lowest", Highest: "highest"}
    return words[type(node)]
