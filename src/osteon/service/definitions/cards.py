"""A definition's answer as a page shows it: what it says, why, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Final

from django.utils.translation import gettext as _

from osteon.events.vocabulary.questions import BIRTH, QUESTION_BY_CODE
from osteon.rules.answering import AxisAnswer, CriterionAnswer, DefinitionAnswer, interval_words
from osteon.rules.answers import Evidence
from osteon.rules.calculation import CalculationAnswer, Figure
from osteon.rules.definition import Cited, Definition, Table
from osteon.rules.monitoring import Source
from osteon.rules.quantities import in_words, unit
from osteon.rules.things import Question
from osteon.service.definitions.urgency import Urgent, urgent_of

Link = Callable[[str | None], str | None]
Note = Callable[[Evidence], str]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact behind a criterion. ``href``: the page of the fact."""

    what: str
    value: str
    time: datetime | None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion. ``asks``: the questions that would settle it."""

    key: str
    sentence: str
    state: str
    facts: tuple[FactLine, ...]
    asks: tuple[Question, ...]
    say: str
    is_provisional: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One axis or the score: its name and what it answers. ``low`` and ``high``: the two ends while it is open."""

    name: str
    certain: str
    low: str = ""
    high: str = ""
    say: str = ""

    @property
    def is_open(self) -> bool:
        return not self.certain


@dataclass(frozen=True, slots=True)
class Would:
    """What would change the answer: any of these ``criteria``, met (or, ``if_met`` false, not met)."""

    answer: str
    criteria: tuple[str, ...]
    if_met: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """The part of a published table that the score allows."""

    title: str
    scores: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a page shows of one definition's answer."""

    definition: Definition
    words: str
    refused: tuple[str, ...]
    parts: tuple[Part, ...]
    groups: tuple[tuple[str, str, tuple[Line, ...]], ...]
    would: tuple[Would, ...]
    asks: tuple[Question, ...]
    warnings: tuple[str, ...]
    contradictions: tuple[str, ...]
    edges: tuple[str, ...]
    tables: tuple[TableShown, ...]
    sources: tuple[str, ...]
    ambiguities: tuple[Cited, ...]
    urgent: Urgent | None
    is_certain: bool

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def is_provisional(self) -> bool:
        return self.definition.status == "provisional"

    @property
    def says_nothing(self) -> bool:
        """No criterion could be judged at all."""
        return all(state != "met" and state != "not-met" for state, _title, lines in self.groups if lines)

    def count(self, state: str) -> int:
        """How many criteria are ``met``, ``not-met`` or ``unknown``."""
        return next((len(lines) for found, _title, lines in self.groups if found == state), 0)


STATES: Final = (("met", True), ("not-met", False), ("unknown", None))


def nothing(_source: str | None) -> str | None:
    """No page and no remark: the facts were typed."""
    return None


def no_remark(_item: Evidence) -> str:
    """What was typed bears no remark."""
    return ""


def card_of(answer: DefinitionAnswer, link: Link = nothing, note: Note = no_remark) -> Card:
    """The card of an answer; ``link`` gives the page of a fact by its source, ``note`` its remark."""
    titles = {"met": _("Met"), "not-met": _("Not met"), "unknown": _("Not known")}
    groups = tuple(
        (state, titles[state], tuple(_line(one, link, note) for one in answer.met(truth)))
        for state, truth in STATES
    )
    return Card(
        definition=answer.definition,
        words=answer.words(),
        refused=answer.refused,
        parts=() if answer.refused else tuple(_parts(answer)),
        groups=groups,
        would=tuple(would(answer)),
        asks=answer.missing_questions,
        warnings=answer.warnings,
        contradictions=answer.contradictions,
        edges=answer.edges,
        tables=tuple(_table(*found) for found in answer.tables()),
        sources=tuple(map(cited, answer.definition.sources)),
        ambiguities=answer.definition.ambiguities,
        urgent=None if answer.refused else urgent_of(answer),
        is_certain=answer.is_certain and not answer.refused,
    )


def cited(source: Source) -> str:
    """A source with its mark, as the reference files give it."""
    return str(source) if source.mark in ("seen", "READY") else f"{source} [{source.mark}]"


def _parts(answer: DefinitionAnswer) -> Iterator[Part]:
    several = len(answer.axes) > 1
    for one in answer.axes:
        name = one.axis.name if several else ""
        yield Part(name, one.certain or "", one.mildest, one.gravest, _say(one))
    if answer.score is not None:
        words = interval_words(answer.score)
        is_point = answer.score.low == answer.score.high
        low, high = in_words(answer.score.low), in_words(answer.score.high)
        yield Part(answer.definition.score_name, words if is_point else "", low, high)
    if not answer.axes and answer.score is None:
        met = len(answer.met(True))
        yield Part("", _("%(count)s criteria met") % {"count": met} if met else _("none met"))


def _say(one: AxisAnswer) -> str:
    """What the answer means or asks for, unless it only says the answer again."""
    said = next((option.say for option in one.axis.classes if option.name == one.certain), "")
    repeats = {f"{one.certain}".lower(), f"{one.axis.name} {one.certain}".lower()}
    return "" if said.rstrip(".").lower() in repeats else said


def _line(one: CriterionAnswer, link: Link, note: Note) -> Line:
    criterion = one.criterion
    return Line(
        criterion.key,
        criterion.sentence,
        one.word,
        tuple(fact_line(item, link, note) for item in one.evidence),
        one.missing,
        criterion.say if one.met else "",
        criterion.status == "provisional",
        tuple(map(cited, criterion.source)),
    )


def fact_line(item: Evidence, link: Link = nothing, note: Note = no_remark) -> FactLine:
    """A fact with its value in words, its remark (a specimen's label), and the page it can be opened on."""
    time, value, remark = (
        None if item.code == BIRTH else item.time,
        value_words(item),
        note(item),
    )
    return FactLine(item.what, value, time, link(item.source) or "", "" if remark == value else remark)


def value_words(item: Evidence) -> str:
    """``24 mg/L``, ``yes``, ``++``; empty where the fact has no value."""
    question = QUESTION_BY_CODE.get(item.code)
    if item.value is None or item.code == BIRTH:
        return ""
    if question is not None and question.kind == "yes-no":
        return _("yes") if item.value else _("no")
    if question is not None and question.kind == "choice":
        return next((word for word, number in question.choices if number == item.value), f"{item.value:g}")
    return f"{in_words(item.value)} {unit(item.unit).words if item.unit != '1' else ''}".rstrip()


def would(answer: DefinitionAnswer) -> Iterator[Would]:
    """What would change the answer, gathered: the outcomes that differ from what is said now."""
    now = answer.words()
    for if_met in (True, False):
        found: dict[str, list[str]] = {}
        for item in answer.missing:
            outcome = item.if_met if if_met else item.if_not
            if outcome and outcome != now:
                found.setdefault(outcome, []).append(item.criterion.sentence)
        yield from (Would(outcome, tuple(names), if_met) for outcome, names in found.items())


def _table(table: Table, first: int, last: int) -> TableShown:
    rows = tuple((name, cells[first : last + 1], cited(source)) for name, cells, source in table.rows)
    return TableShown(table.title, table.scores[first : last + 1], rows)


# Calculations ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its ends, as a picture from 0 to 100."""

    figure: Figure
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything a page shows of a calculation."""

    answer: CalculationAnswer
    last: Figure | None
    bars: tuple[Bar, ...]
    sources: tuple[str, ...]


def sums_of(answer: CalculationAnswer) -> Sums:
    """The figures of a calculation, and a picture where they are shares."""
    shares = [figure for figure in answer.figures if figure.unit == "%"]
    bars = tuple(_bar(figure) for figure in shares) if len(shares) > 1 else ()
    last = answer.figures[-1] if answer.figures else None
    return Sums(answer, last, bars, tuple(map(cited, answer.calculation.sources)))


def _bar(figure: Figure) -> Bar:
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return Bar(figure, figure.value, low, high)


# Where definitions disagree --------------------------------------------------------------------------

INFECTION: Final = "infection"
GRAVE, BETWEEN, MILD = "grave", "between", "mild"


def side_by_side(answers: Iterable[DefinitionAnswer]) -> list[list[DefinitionAnswer]]:
    """Answers to one question that cannot all be right, each such group together.

    One question: whether it is infected at all, within one subject; or whatever the readings of one paper ask.
    """
    groups: dict[str, list[DefinitionAnswer]] = {}
    for answer in answers:
        question = _question(answer)
        if question and not answer.refused and (answer.met(True) or answer.met(False)):
            groups.setdefault(question, []).append(answer)
    return [group for group in groups.values() if _disagree(group)]


def _question(answer: DefinitionAnswer) -> str:
    definition = answer.definition
    if definition.axes and (definition.axes[0].name == INFECTION or definition.reading_of):
        is_infection = any(one.name == INFECTION for one in definition.axes)
        return definition.subject if is_infection else definition.reading_of
    return ""


def _disagree(group: Iterable[DefinitionAnswer]) -> bool:
    said = [_gravity(answer) for answer in group]
    return any(one.isdisjoint(other) for one, other in combinations(said, 2))


def _gravity(answer: DefinitionAnswer) -> set[str]:
    """Whether the gravest, the mildest or something between is possible."""
    one = next((axis for axis in answer.axes if axis.axis.name == INFECTION), answer.axes[0])
    names = one.axis.answers
    words = {names[0]: GRAVE, names[-1]: MILD}
    return {words.get(name, BETWEEN) for name in one.possible}
