"""The judge: a plain reading of the rules on one patient, against which every engine is measured.

No optimisation beyond reading each event once: this file must be checkable line by line against
``tree.py``. It is also what the web page and the worker use, because one patient is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from osteon.events.schema import Event
from osteon.events.vocabulary import LABORATORY_CODES
from osteon.rules.answers import Answer, Evidence, FiredClause, ScheduleAnswer, due_state
from osteon.rules.chart import Chart
from osteon.rules.monitoring import Clause, Every, Level, Monitoring
from osteon.rules.sentences import schedule_sentence, threshold_sentence, unknown_sentence
from osteon.rules.tree import Compare, Condition, Known, Node, Not, Or, Value


def judge(rules: Iterable[Monitoring], events: Sequence[Event], as_of: datetime) -> list[Answer]:
    """Each rule's answer on one patient's events at one moment (UTC, no zone), in the order of the rules."""
    chart = Chart(events, as_of)
    return [_answer(rule, chart) for rule in rules]


def last_moment(events: Iterable[Event]) -> datetime | None:
    """What *as of last* means for one patient: the last laboratory result; without one, the last event.

    Not simply the last event: a hospital stay ends with every order stopped, and a moment later no rule
    about treatment concerns anybody.
    """
    dated = [(event.code in LABORATORY_CODES, event.time) for event in events if event.time]
    results = [time for is_result, time in dated if is_result]
    return max(results or [time for _, time in dated], default=None)


def _answer(rule: Monitoring, chart: Chart) -> Answer:
    applies = chart.truth(rule.applies)
    if applies is False:
        return Answer(rule, chart.as_of, False, (), None, None, False, (), (), (), "")
    schedules = tuple(_schedule(rule, schedule, chart) for schedule in rule.due) if applies else ()
    truths = [chart.truth(clause.condition) for clause in rule.out_of_range]
    fired = tuple(_fired(rule, i) for i, truth in enumerate(truths) if truth)
    level = _worst(clause.level for clause in fired)
    asking = [c for c, truth in zip(rule.out_of_range, truths, strict=True) if _asks(c, truth, level, chart)]
    could_be = _worst([*(part.level for part in fired), *(part.level for part in asking)])
    missing = tuple(dict.fromkeys(word for clause in asking for word in _missing(clause.condition, chart)))
    if applies is None:
        missing = tuple(_missing(rule.applies, chart))
    return Answer(
        rule=rule,
        as_of=chart.as_of,
        applies=applies,
        schedules=schedules,
        level=level,
        could_be=could_be,
        asks=could_be != level,
        missing=missing,
        fired_clauses=fired,
        evidence=_evidence(rule, truths, asking, chart),
        sentence=_sentence(rule, truths, asking, schedules, chart),
    )


def _worst(levels: Iterable[Level]) -> Level | None:
    found = set(levels)
    return "red" if "red" in found else "amber" if "amber" in found else None


def _asks(clause: Clause, truth: bool | None, level: Level | None, chart: Chart) -> bool:
    """Unknown, could make things worse than is certain, and there is something to judge."""
    if truth is not None or not clause.ask or level == "red" or level == clause.level:
        return False
    return clause.measure is None or chart.latest(clause.measure) is not None


def _fired(rule: Monitoring, position: int) -> FiredClause:
    clause = rule.out_of_range[position]
    provenance = tuple(str(source) for source in clause.source)
    return FiredClause(rule.clause_key(position), clause.level, clause.sentence, clause.status, provenance)


def _schedule(rule: Monitoring, schedule: Every, chart: Chart) -> ScheduleAnswer:
    assert rule.course is not None  # Monitoring refuses a schedule without one
    start = chart.course_start(rule.course)
    last = chart.latest(schedule.measure)
    last_at = last.time if last else None
    due_at = due_moment(schedule, start or chart.as_of, last_at)
    state = due_state(chart.as_of - due_at)
    provenance = tuple(str(source) for source in schedule.source)
    return ScheduleAnswer(schedule.measure.name, state, due_at, last_at, schedule.status, provenance)


def due_moment(schedule: Every, start: datetime, last_at: datetime | None) -> datetime:
    """When the test is due: never before treatment began; at its start when a baseline is wanted."""
    if schedule.baseline:
        return max(last_at + schedule.interval, start) if last_at else start
    return max(last_at or start, start) + schedule.interval


# Evidence -------------------------------------------------------------------------------------------


def _missing(condition: Condition, chart: Chart) -> list[str]:
    """The unknown facts that leave this condition undecided."""
    if chart.truth(condition) is not None:
        return []
    found: list[str] = []
    for child in condition.children():
        if isinstance(child, Condition):
            found += _missing(child, chart)
        elif isinstance(child, Value) and chart.value(child) is None:
            found += _missing_values(child, chart)
    return found or [condition.words()]


def _missing_values(value: Value, chart: Chart) -> list[str]:
    deeper = [
        word
        for child in value.children()
        if isinstance(child, Value) and chart.value(child) is None
        for word in _missing_values(child, chart)
    ]
    return deeper or [value.words()]


def _evidence(
    rule: Monitoring, truths: list[bool | None], asking: list[Clause], chart: Chart
) -> tuple[Evidence, ...]:
    shown: dict[tuple[str, datetime | None], Evidence] = {}
    trees: list[tuple[Node, str | None]] = [(rule.applies, None)]
    for clause, truth in zip(rule.out_of_range, truths, strict=True):
        if truth or clause in asking:
            trees.append((clause.condition, clause.sentence))
    for tree, sentence in trees:
        for item in _evidence_of(tree, sentence, chart):
            shown.setdefault((item.what, item.time), item)
    for schedule in rule.due:
        last = chart.latest(schedule.measure)
        if last:
            item = chart.as_evidence(schedule.measure.name, last, f"due {schedule.words()}")
            shown.setdefault((item.what, item.time), item)
    return tuple(shown.values())


def _evidence_of(tree: Node, sentence: str | None, chart: Chart) -> list[Evidence]:
    return [
        item
        for node in tree.walk()
        if not isinstance(node, Compare | Known | Not | Or)
        for item in chart.evidence(node, sentence)
    ]


def _sentence(
    rule: Monitoring,
    truths: list[bool | None],
    asking: list[Clause],
    schedules: tuple[ScheduleAnswer, ...],
    chart: Chart,
) -> str:
    fired = [c for c, truth in zip(rule.out_of_range, truths, strict=True) if truth]
    if fired:
        worst = min(fired, key=lambda clause: clause.level != "red")
        return threshold_sentence(rule, worst, chart)
    late = [s for s in schedules if s.due != "not due"]
    if any(s.due == "overdue" for s in late) or (late and not asking):
        return schedule_sentence(rule, late, chart)
    if asking:
        return unknown_sentence(asking[0], _missing(asking[0].condition, chart), chart)
    return ""
