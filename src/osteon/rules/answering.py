"""The judge for definitions: how one definition reads one patient, why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from osteon.events.schema import Event
from osteon.rules.answers import Evidence
from osteon.rules.chart import Chart, Interval
from osteon.rules.criteria import Answered, questions_of
from osteon.rules.definition import Axis, Criterion, Definition, Guard, Table
from osteon.rules.quantities import in_words
from osteon.rules.things import Question
from osteon.rules.tree import Compare, Constant, Node

# So many open criteria are tried both ways; beyond it the missing facts stand in the paper's order.
MOST_TRIED = 40
UNKNOWN = (-1e9, 1e9)  # a score of which nothing is known, as its ends


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """Whether a criterion is met, from what, and which questions leave it open."""

    criterion: Criterion
    met: bool | None
    evidence: tuple[Evidence, ...]
    missing: tuple[Question, ...]

    @property
    def word(self) -> str:
        return "unknown" if self.met is None else "met" if self.met else "not met"


@dataclass(frozen=True, slots=True)
class AxisAnswer:
    """The answers that what is known allows, the gravest first. One: it is certain."""

    axis: Axis
    possible: tuple[str, ...]

    @property
    def certain(self) -> str | None:
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def gravest(self) -> str:
        """The answer if every open question were answered for the worse."""
        return self.possible[0]

    @property
    def mildest(self) -> str:
        """The answer if every open question were answered for the better."""
        return self.possible[-1]

    def words(self) -> str:
        """``confirmed``, or ``unlikely to confirmed``."""
        return self.certain or f"{self.mildest} to {self.gravest}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A criterion that is open and matters. ``would``: what the answer would be if it were met, or not."""

    criterion: Criterion
    questions: tuple[Question, ...]
    if_met: str
    if_not: str


@dataclass(frozen=True, slots=True)
class DefinitionAnswer:
    """A definition's answer at one moment.

    ``concerns``: whether the patient has such an episode (``None``: not asked). ``refused``: why no answer is
    given. ``edges``: values that equal a threshold exactly. ``contradictions``: questions with two answers.
    """

    definition: Definition
    as_of: datetime
    concerns: bool | None
    refused: tuple[str, ...]
    axes: tuple[AxisAnswer, ...]
    score: Interval | None
    criteria: tuple[CriterionAnswer, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    contradictions: tuple[str, ...]
    edges: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Nothing that is unknown could change it."""
        return all(one.certain for one in self.axes) and (self.score is None or _is_point(self.score))

    @property
    def missing_questions(self) -> tuple[Question, ...]:
        """The questions whose answers could change it, each once."""
        return tuple(dict.fromkeys(question for item in self.missing for question in item.questions))

    def met(self, truth: bool | None) -> tuple[CriterionAnswer, ...]:
        """The criteria that are met, not met or (``None``) unknown."""
        return tuple(one for one in self.criteria if one.met is truth)

    def tables(self) -> Iterator[tuple[Table, int, int]]:
        """The published tables with the first and last column that the score allows."""
        if self.score is not None and not self.refused:
            for table in self.definition.tables:
                last = len(table.scores) - 1
                yield table, min(int(self.score.low), last), min(int(self.score.high), last)

    def words(self) -> str:
        """The answer in one line."""
        if self.refused:
            return f"no answer: {self.refused[0]}"
        return "; ".join(self._parts()) or _met_words(self.met(True))

    def _parts(self) -> Iterator[str]:
        for one in self.axes:
            yield f"{one.axis.name}: {one.words()}" if len(self.axes) > 1 else one.words()
        if self.score is not None:
            yield f"{self.definition.score_name} {interval_words(self.score)}"

    def as_dict(self) -> dict[str, object]:
        """The answer as plain data, for JSON."""
        return {
            "rule": self.definition.id,
            "title": self.definition.title,
            "status": self.definition.status,
            "as_of": self.as_of.isoformat(),
            "answer": self.words(),
            "certain": self.is_certain and not self.refused,
            "refused": list(self.refused),
            "axes": [_axis_data(one) for one in self.axes],
            "score": {"low": self.score.low, "high": self.score.high} if self.score is not None else None,
            "met": [one.criterion.key for one in self.met(True)],
            "not_met": [one.criterion.key for one in self.met(False)],
            "unknown": [one.criterion.key for one in self.met(None)],
            "criteria": [_criterion_data(one) for one in self.criteria],
            "missing": [question.key for question in self.missing_questions],
            "would": [_missing_data(item) for item in self.missing],
            "warnings": list(self.warnings),
            "contradictions": list(self.contradictions),
            "edges": list(self.edges),
            "tables": [_table_data(*found) for found in self.tables()],
            "sources": [str(source) for source in self.definition.sources],
        }


def answer_definition(definition: Definition, events: Sequence[Event], as_of: datetime) -> DefinitionAnswer:
    """How the definition reads these events of one patient at one moment (UTC, no zone)."""
    return answer_from(definition, Chart(events, as_of))


def answer_definitions(
    definitions: Iterable[Definition], events: Sequence[Event], as_of: datetime
) -> list[DefinitionAnswer]:
    """The same for several definitions, reading the events once."""
    chart = Chart(events, as_of)
    return [answer_from(definition, chart) for definition in definitions]


def answer_from(definition: Definition, chart: Chart) -> DefinitionAnswer:
    """How the definition reads a patient's chart."""
    axes = tuple(AxisAnswer(one, _possible(one, chart)) for one in definition.axes)
    refused = tuple(g.sentence for g in definition.guards if g.refuses and chart.truth(g.when))
    return DefinitionAnswer(
        definition=definition,
        as_of=chart.as_of,
        concerns=chart.truth(definition.concerns) if definition.concerns is not None else None,
        refused=refused,
        axes=axes,
        score=chart.value(definition.score) if definition.score is not None else None,
        criteria=tuple(_criterion_answer(one, chart) for one in definition.criteria),
        missing=() if refused else tuple(_missing(definition, axes, chart)),
        warnings=tuple(_warnings(definition.guards, chart)),
        contradictions=tuple(_contradictions(definition, chart)),
        edges=tuple(dict.fromkeys(_edges(definition, chart))),
    )


def _possible(one: Axis, chart: Chart) -> tuple[str, ...]:
    """The answers still possible: every class not excluded, until the first that surely holds."""
    found: list[str] = []
    # Without ``otherwise`` the last class is what remains: it is not asked about.
    for option in one.classes if one.otherwise else one.classes[:-1]:
        truth = chart.truth(option.when)
        if truth is not False:
            found.append(option.name)
        if truth:
            return tuple(found)
    return (*found, one.otherwise or one.classes[-1].name)


def _criterion_answer(one: Criterion, chart: Chart) -> CriterionAnswer:
    met = chart.truth(one)
    evidence = tuple(
        dict.fromkeys(item for node in one.walk() for item in chart.evidence(node, one.sentence))
    )
    return CriterionAnswer(one, met, evidence, open_questions(one, chart) if met is None else ())


def open_questions(tree: Node, chart: Chart) -> tuple[Question, ...]:
    """The questions of a tree that nobody answered, or that were answered in two ways."""
    return tuple(q for q in questions_of(tree) if not _is_answered(q, chart))


def _is_answered(question: Question, chart: Chart) -> bool:
    if question.kind == "age":
        return bool(chart.answers(question))
    answer = chart.answered(question)
    return answer is not None and (question.kind not in ("yes-no", "choice") or _is_point(answer))


def _is_point(interval: Interval) -> bool:
    return interval.low == interval.high


# What is missing, and what it would change -------------------------------------------------------------


def _missing(definition: Definition, axes: tuple[AxisAnswer, ...], chart: Chart) -> Iterator[Missing]:
    opened = [one for one in definition.criteria if chart.truth(one) is None]
    now = bare_answer(definition, chart)
    found: list[tuple[int, Missing]] = []
    for one in opened[:MOST_TRIED]:
        met, not_met = (chart.assuming(definition.criteria, one, truth) for truth in (True, False))
        shapes = bare_answer(definition, met), bare_answer(definition, not_met)
        if not axes or any(shape != now for shape in shapes):
            item = Missing(
                one, open_questions(one, chart), _in_words(definition, met), _in_words(definition, not_met)
            )
            found.append((-_weight(now, shapes), item))
    yield from (item for _, item in sorted(found, key=lambda pair: pair[0]))


def bare_answer(definition: Definition, chart: Chart) -> tuple[tuple[float, float], ...]:
    """The answer as numbers and no more: the position of every axis, then the score, each as its ends."""
    values = [axis.position for axis in definition.axes] + (
        [definition.score] if definition.score is not None else []
    )
    ends = [chart.value(value) for value in values]
    return tuple((end.low, end.high) if end else UNKNOWN for end in ends)


def _weight(now: tuple[tuple[float, float], ...], shapes: Iterable[tuple[tuple[float, float], ...]]) -> int:
    """How much an answer narrows what is possible: for the order in which to ask."""
    width = sum(high - low for low, high in now)
    return round(max(width - sum(high - low for low, high in shape) for shape in shapes) * 1000)


def _in_words(definition: Definition, chart: Chart) -> str:
    found = [AxisAnswer(one, _possible(one, chart)).words() for one in definition.axes]
    score = chart.value(definition.score) if definition.score is not None else None
    if score is not None:
        found.append(f"{definition.score_name} {interval_words(score)}")
    return "; ".join(found)


# What the reader must be told ------------------------------------------------------------------------


def _warnings(guards: Iterable[Guard], chart: Chart) -> Iterator[str]:
    for guard in guards:
        truth = chart.truth(guard.when)
        if truth and not guard.refuses:
            yield guard.sentence
        elif truth is None and guard.refuses:
            asked = ", ".join(q.name for q in open_questions(guard.when, chart))
            yield f"not known whether it may be used here ({asked}): {guard.sentence}"


def _contradictions(definition: Definition, chart: Chart) -> Iterator[str]:
    for question in definition.questions:
        answer = chart.answered(question) if question.kind in ("yes-no", "choice") else None
        if answer is not None and not _is_point(answer):
            yield f"{question.name}: two different answers within a day"


def _edges(definition: Definition, chart: Chart) -> Iterator[str]:
    """Numbers that equal a threshold; the number behind a choice is nobody's business."""
    for node in definition.nodes():
        if isinstance(node, Compare) and isinstance(node.right, Constant):
            if isinstance(node.left, Answered) and node.left.question.kind == "choice":
                continue
            value, limit = chart.value(node.left), node.right.quantity
            if value is not None and value.low == value.high == limit.number:
                met = "met" if chart.truth(node) else "not met"
                words = node.left.words()
                name = definition.score_name if node.left is definition.score else words
                yield f'{name} is exactly {limit}: "{node.words().replace(words, name)}" is {met}'


def interval_words(interval: Interval) -> str:
    """``6``, or ``4 to 6``."""
    low, high = in_words(interval.low), in_words(interval.high)
    return low if low == high else f"{low} to {high}"


def _met_words(met: Sequence[CriterionAnswer]) -> str:
    return ", ".join(one.criterion.key for one in met) or "none met"


# Plain data ------------------------------------------------------------------------------------------


def _axis_data(one: AxisAnswer) -> dict[str, object]:
    return {
        "name": one.axis.name,
        "answer": one.certain,
        "possible": list(one.possible),
        "low": one.mildest,
        "high": one.gravest,
    }


def _criterion_data(one: CriterionAnswer) -> dict[str, object]:
    return {
        "key": one.criterion.key,
        "criterion": one.criterion.sentence,
        "state": one.word,
        "status": one.criterion.status,
        "source": [str(source) for source in one.criterion.source],
        "missing": [question.key for question in one.missing],
        "evidence": [
            {"what": e.what, "value": e.value, "unit": e.unit, "time": e.time.isoformat() if e.time else None}
            for e in one.evidence
        ],
    }


def _missing_data(item: Missing) -> dict[str, object]:
    return {
        "criterion": item.criterion.key,
        "questions": [question.key for question in item.questions],
        "if_met": item.if_met,
        "if_not_met": item.if_not,
    }


def _table_data(table: Table, first: int, last: int) -> dict[str, object]:
    rows = [
        {"cohort": name, "figures": list(cells[first : last + 1]), "source": str(source)}
        for name, cells, source in table.rows
    ]
    return {"title": table.title, "scores": list(table.scores[first : last + 1]), "rows": rows}
