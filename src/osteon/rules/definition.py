"""A definition: the criteria of a published definition, classification or score, and how they combine.

One file of ``knowledge/`` declares one definition. Where a paper can be read in two ways, each reading is a
definition of its own and names the other (``reading_of``); they are shown side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from osteon.events.vocabulary import OWN_WORDS
from osteon.rules.criteria import Graded, Named, Part, questions_of
from osteon.rules.monitoring import RuleMistake, Source, Status, status_of
from osteon.rules.things import Finding, Question
from osteon.rules.tree import Condition, Happened, Node, Value

EVER = timedelta(days=36_525)  # an episode counts however long ago it began


@dataclass(frozen=True)
class Criterion(Named):
    """A criterion with its source. ``say``: what it asks for when met (a recommendation's act)."""

    source: tuple[Source, ...] = ()
    say: str = ""

    @property
    def status(self) -> Status:
        return status_of(self.source)


def criterion(key: str, sentence: str, condition: Condition, *source: Source, say: str = "") -> Criterion:
    """A criterion under the name the paper (or the reference file) gives it."""
    return Criterion(key, sentence, condition, source, say)


@dataclass(frozen=True, slots=True)
class Class:
    """One answer a definition can give. ``say``: what it means or asks for."""

    name: str
    when: Condition
    say: str = ""


@dataclass(frozen=True)
class Axis:
    """One question the definition answers: the first class that holds, the gravest first.

    ``otherwise``: the answer when none holds; empty when the last class is what remains.
    """

    name: str
    classes: tuple[Class, ...]
    otherwise: str = ""
    source: tuple[Source, ...] = ()

    @property
    def status(self) -> Status:
        return status_of(self.source)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer it can give, the gravest first."""
        return (*(one.name for one in self.classes), *filter(None, (self.otherwise,)))

    @cached_property
    def position(self) -> Graded:
        """The position of the answer in ``answers`` as a number: 0 is the gravest."""
        parts = tuple(Part(float(i), one.when) for i, one in enumerate(self.classes))
        return Graded(parts, float(len(parts)) if self.otherwise else None)


def axis(name: str, *classes: Class, otherwise: str = "", source: tuple[Source, ...]) -> Axis:
    """One question with its answers, the gravest first."""
    return Axis(name, classes, otherwise, source)


@dataclass(frozen=True, slots=True)
class Guard:
    """What makes an answer doubtful (a warning is shown) or impossible (``refuses``: none is given)."""

    sentence: str
    when: Condition
    source: tuple[Source, ...]
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Published figures by score: probability, survival, failure. One row a cohort, one cell a score."""

    title: str
    scores: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], Source], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence with its source: published performance, or an ambiguity that was found."""

    sentence: str
    source: tuple[Source, ...]


@dataclass(frozen=True)
class Definition:
    """One file of knowledge: what it is for, what it reads, what it answers, and where that stands written.

    ``about``: what it is for, in a sentence. ``kinds``: the kinds of episode it concerns (``own.csv``, without
    ``episode//``); none: any patient. ``score``: the number it computes. ``ambiguities``: how sources differ and
    what the page shows. ``reading_of``: the paper, when this is one of several readings of it.

    Raises:
        RuleMistake: without examples, sources or identity.
    """

    id: str
    title: str
    subject: str
    about: str
    kinds: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    author: str
    checked_by: str
    reviewed_on: date
    next_review: date
    examples: str
    axes: tuple[Axis, ...] = ()
    score: Value | None = None
    score_name: str = "score"
    guards: tuple[Guard, ...] = ()
    tables: tuple[Table, ...] = ()
    performance: tuple[Cited, ...] = ()
    ambiguities: tuple[Cited, ...] = ()
    reading_of: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise RuleMistake(f"definition {self.id}: {'; '.join(problems)}")

    @property
    def _parts(self) -> tuple[Criterion | Axis | Guard, ...]:
        return (*self.criteria, *self.axes, *self.guards)

    def _problems(self) -> Iterator[str]:
        keys = [one.key for one in self.criteria]
        if not keys:
            yield "it has no criteria"
        if len(set(keys)) != len(keys):
            yield "two criteria have one key"
        if not all(part.source for part in self._parts):
            yield "every criterion, axis and guard names its source"
        if self.next_review <= self.reviewed_on:
            yield "the next review lies before the last"
        if not self.examples.strip():
            yield "it has no examples"
        unknown = [kind for kind in self.kinds if f"OSTEON//episode//{kind}" not in OWN_WORDS]
        if unknown:
            yield f"no such kind of episode: {', '.join(unknown)}"

    @cached_property
    def concerns(self) -> Happened | None:
        """The condition that a patient has an episode of these kinds; ``None``: it concerns anybody."""
        if not self.kinds:
            return None
        codes = tuple(f"OSTEON//episode//{kind}" for kind in self.kinds)
        name = " or ".join(OWN_WORDS[code].name.lower() for code in codes)
        return Happened(Finding(name, codes), EVER)

    @cached_property
    def trees(self) -> tuple[Node, ...]:
        """Every tree of the definition: criteria, classes, score and guards."""
        classes = (one.when for axis in self.axes for one in axis.classes)
        score = (self.score,) if self.score is not None else ()
        return (*self.criteria, *classes, *score, *(guard.when for guard in self.guards))

    def nodes(self) -> Iterator[Node]:
        """Every node of every tree of the definition."""
        for tree in self.trees:
            yield from tree.walk()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What it asks, in reading order."""
        return tuple(dict.fromkeys(question for tree in self.trees for question in questions_of(tree)))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, once, in reading order."""
        return tuple(dict.fromkeys(source for part in self._parts for source in part.source))

    @property
    def status(self) -> Status:
        """Verified when every criterion and every way of combining them is; otherwise provisional."""
        statuses = [*(one.status for one in self.criteria), *(one.status for one in self.axes)]
        return "verified" if set(statuses) == {"verified"} else "provisional"
