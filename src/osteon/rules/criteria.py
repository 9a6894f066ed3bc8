"""The parts of the tree that definitions, classifications and scores are made of, beside those of ``tree.py``.

A question is answered in the record, in a form or on the command line. Its answer is what was said on the
last day it was answered: two different answers of one day leave it open (yes and no of a sinus tract within
a day is not a fact but a contradiction).
"""

from __future__ import annotations

from dataclasses import dataclass

from osteon.events.vocabulary.questions import QUESTION_BY_CODE
from osteon.rules.quantities import Unit, in_words, ratio, year
from osteon.rules.things import Question, asked
from osteon.rules.tree import Condition, Node, OfMeasure, Value


@dataclass(frozen=True)
class Answered(Value):
    """The answer to a question that is a number or a choice; unknown when nobody answered."""

    question: Question

    @property
    def unit(self) -> Unit:
        return self.question.unit

    def words(self) -> str:
        return self.question.name


@dataclass(frozen=True)
class Age(Value):
    """Completed years since birth."""

    question: Question

    @property
    def unit(self) -> Unit:
        return year

    def words(self) -> str:
        return "age"


@dataclass(frozen=True)
class Said(Condition):
    """A question answered with yes."""

    question: Question

    def words(self) -> str:
        return self.question.name


@dataclass(frozen=True)
class Chosen(Condition):
    """One of these choices was the answer."""

    question: Question
    choices: tuple[str, ...]

    def __post_init__(self) -> None:
        known = dict(self.question.choices)
        for choice in self.choices:
            if choice not in known:
                raise ValueError(f"{choice!r} is not a choice of {self.question.key}: {', '.join(known)}")

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers of the choices in the stream."""
        known = dict(self.question.choices)
        return tuple(known[choice] for choice in self.choices)

    def words(self) -> str:
        return f"{self.question.name}: {' or '.join(self.choices)}"


@dataclass(frozen=True)
class Part:
    """So many points for a condition."""

    points: float
    condition: Condition


@dataclass(frozen=True)
class OfParts(Value):
    """A number made of points for conditions."""

    parts: tuple[Part, ...]

    @property
    def unit(self) -> Unit:
        return ratio

    def children(self) -> tuple[Node, ...]:
        return tuple(part.condition for part in self.parts)


@dataclass(frozen=True)
class Points(OfParts):
    """The points of every condition that holds, added. An unknown condition leaves both possibilities open."""

    def words(self) -> str:
        return " + ".join(_part_words(part) for part in self.parts)


@dataclass(frozen=True)
class Graded(OfParts):
    """The points of the first condition that holds; ``otherwise`` when none does.

    ``otherwise=None``: one of them always holds, so that the last is what remains.
    """

    otherwise: float | None = None

    @property
    def asked(self) -> tuple[Part, ...]:
        """The parts whose condition is asked about: the last of those without ``otherwise`` is not."""
        return self.parts if self.otherwise is not None else self.parts[:-1]

    @property
    def remains(self) -> float:
        """The points when none of them holds."""
        return self.parts[-1].points if self.otherwise is None else self.otherwise

    def words(self) -> str:
        steps = "; ".join(_part_words(part) for part in self.parts)
        return steps if self.otherwise is None else f"{steps}; otherwise {in_words(self.otherwise)}"


def _part_words(part: Part) -> str:
    return f"{in_words(part.points)} for {part.condition.words()}"


@dataclass(frozen=True)
class Named(Condition):
    """A condition under a name that a person can look up: a criterion of a definition."""

    key: str
    sentence: str
    condition: Condition

    def words(self) -> str:
        return self.sentence


def question_of(node: Node) -> Question | None:
    """The question that this node alone reads."""
    if isinstance(node, Answered | Age | Said | Chosen):
        return node.question
    if isinstance(node, OfMeasure) and node.measure.codes[0] in QUESTION_BY_CODE:
        return asked(QUESTION_BY_CODE[node.measure.codes[0]].key)
    return None


def questions_of(node: Node) -> tuple[Question, ...]:
    """Every question that a tree reads, in reading order, once."""
    return tuple(dict.fromkeys(filter(None, map(question_of, node.walk()))))
