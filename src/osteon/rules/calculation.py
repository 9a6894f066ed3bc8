"""A calculation: figures worked out from numbers that a person gives, where no event stream is asked.

Beside monitoring rules and definitions this is the third kind of rule file: an angle from measured points, a
probability after tests. It declares its questions as they do, so that the command line, the forms and the
manual need to know nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from osteon.events.schema import Event
from osteon.events.vocabulary.questions import QUESTION_BY_CODE
from osteon.rules.chart import BIRTHDAY_US, YEAR_US
from osteon.rules.definition import Cited
from osteon.rules.examples import DAY_ZERO, rows_of
from osteon.rules.given import given
from osteon.rules.monitoring import RuleMistake, Source, Status, status_of
from osteon.rules.quantities import in_words, unit
from osteon.rules.things import Question, asked


class CannotCalculate(ValueError):
    """The numbers are each possible but not together. The text says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that came out, with its ends where it is uncertain. ``unit`` is UCUM, ``1`` for none."""

    key: str
    name: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    note: str = ""

    def words(self) -> str:
        """``22 °``, or ``47.5 % (41.2 to 70.1)``."""
        words = f"{in_words(self.value)} {unit(self.unit).words if self.unit != '1' else ''}".rstrip()
        if self.low is None or self.high is None:
            return words
        return f"{words} ({in_words(self.low)} to {in_words(self.high)})"


Values = Mapping[str, float]


@dataclass(frozen=True)
class Calculation:
    """One file of knowledge that computes.

    ``needs``: questions without which nothing is computed; ``takes``: those that may be left out (at least
    ``takes_at_least`` of them are needed). ``compute`` receives the values by question key, each in the
    question's unit, 1 and 0 for yes and no; it raises ``CannotCalculate``.

    Raises:
        RuleMistake: without examples, sources or identity.
    """

    id: str
    title: str
    subject: str
    about: str
    needs: tuple[str, ...]
    compute: Callable[[Values], Iterable[Figure]]
    source: tuple[Source, ...]
    author: str
    checked_by: str
    reviewed_on: date
    next_review: date
    examples: str
    takes: tuple[str, ...] = ()
    takes_at_least: int = 0
    ambiguities: tuple[Cited, ...] = ()
    remark: str = ""

    def __post_init__(self) -> None:
        if not self.source or not self.examples.strip() or self.next_review <= self.reviewed_on:
            raise RuleMistake(f"calculation {self.id}: it needs a source, examples and a review to come")

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks: what it needs, then what it takes."""
        return tuple(asked(key) for key in (*self.needs, *self.takes))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, once."""
        return self.source

    @property
    def status(self) -> Status:
        """Verified when a source was read for itself."""
        return status_of(self.source)


@dataclass(frozen=True, slots=True)
class CalculationAnswer:
    """What came out; without figures, what is missing or why nothing can come out."""

    calculation: Calculation
    figures: tuple[Figure, ...]
    missing: tuple[Question, ...]
    refused: str

    def words(self) -> str:
        """The answer in one line."""
        if self.refused:
            return f"no answer: {self.refused}"
        if not self.figures:
            return f"not known: {', '.join(question.name for question in self.missing)}"
        return "; ".join(f"{figure.name} {figure.words()}" for figure in self.figures)

    def as_dict(self) -> dict[str, object]:
        """The answer as plain data, for JSON."""
        return {
            "rule": self.calculation.id,
            "title": self.calculation.title,
            "status": self.calculation.status,
            "answer": self.words(),
            "refused": [self.refused] if self.refused else [],
            "figures": [
                {
                    "key": f.key,
                    "name": f.name,
                    "value": f.value,
                    "low": f.low,
                    "high": f.high,
                    "unit": f.unit,
                    "note": f.note,
                }
                for f in self.figures
            ],
            "missing": [question.key for question in self.missing],
            "sources": [str(source) for source in self.calculation.sources],
        }


def answer_calculation(
    calculation: Calculation, events: Iterable[Event], as_of: datetime
) -> CalculationAnswer:
    """What comes out of facts given as ``given.given`` gives them."""
    events = tuple(events)
    limits = [QUESTION_BY_CODE[event.code].name for event in events if event.comparator]
    if limits:
        refused = f"{', '.join(limits)}: a number is needed, not a limit"
        return CalculationAnswer(calculation, (), (), refused)
    values = dict(_values(events, as_of))
    missing = tuple(asked(key) for key in calculation.needs if key not in values)
    if not missing and sum(key in values for key in calculation.takes) < calculation.takes_at_least:
        missing = tuple(asked(key) for key in calculation.takes)
    if missing:
        return CalculationAnswer(calculation, (), missing, "")
    known = {key: values[key] for key in (*calculation.needs, *calculation.takes) if key in values}
    try:
        return CalculationAnswer(calculation, tuple(calculation.compute(known)), (), "")
    except CannotCalculate as reason:
        return CalculationAnswer(calculation, (), (), str(reason))


def _values(events: Iterable[Event], as_of: datetime) -> Iterator[tuple[str, float]]:
    for event in events:
        question = QUESTION_BY_CODE[event.code]
        if question.kind == "age" and event.time:
            lived = (as_of - event.time).total_seconds() * 1e6
            yield question.key, float((lived + BIRTHDAY_US) // YEAR_US)
        elif event.numeric_value is not None:
            yield question.key, event.numeric_value


@dataclass(frozen=True, slots=True)
class WorkedSum:
    """One worked example of a calculation: the facts, and the figures or the refusal promised."""

    name: str
    facts: str
    promises: tuple[str, ...]

    def answer(self, calculation: Calculation) -> CalculationAnswer:
        """What the calculation says of the facts."""
        pairs = [tuple(text.split("=", 1)) for text in self.facts.split(";") if text.strip()]
        events = given([(name.strip(), value.strip()) for name, value in pairs], DAY_ZERO)
        return answer_calculation(calculation, events, DAY_ZERO)

    def broken(self, calculation: Calculation) -> list[str]:
        """The promises that are not kept, each with what came out instead."""
        answer = self.answer(calculation)
        found = {f"{figure.key} {in_words(figure.value)}" for figure in answer.figures}
        found |= {
            f"{f.key} {in_words(f.value)} ({in_words(f.low)} to {in_words(f.high)})"
            for f in answer.figures
            if f.low is not None and f.high is not None
        }
        found |= {"refused"} if answer.refused else {"unknown"} if answer.missing else set()
        return [f"{promise!r}, but {answer.words()}" for promise in self.promises if promise not in found]


def sums_of(calculation: Calculation) -> list[WorkedSum]:
    """The rows of a calculation's table ``case | facts | answer``.

    The answer's promises: ``KEY 22``, ``KEY 47.5 (41.2 to 70.1)``, ``refused``, ``unknown``.

    Raises:
        BadExample: for a row that cannot be read.
    """
    return [
        WorkedSum(name, facts, tuple(filter(None, (text.strip() for text in answer.split(";")))))
        for name, facts, answer in rows_of(calculation.id, calculation.examples)
    ]
