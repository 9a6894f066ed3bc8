"""Worked examples of definitions: a small table in the rule file, read as facts and promises.

    case    | facts                                    | answer
    ------- | ---------------------------------------- | -------------------------------------------
    EB-1    | sinus_tract=yes                          | confirmed
    EB-5    | crp=4; syn_wbc=900                       | unlikely to confirmed; ask histology_fields
    BA-3    | n_tested=20; n_resistant=4               | antimicrobials: A2; met resistant_count; not met susceptible_share

Promises of the answer cell, separated by semicolons: the answer of the only axis (``confirmed``, or
``unlikely to confirmed`` where both ends are possible), ``AXIS: answer``, ``score 8`` or ``score 4 to 6``,
``met KEY, KEY``, ``not met KEY``, ``unknown KEY``, ``only KEY, KEY`` (exactly these are met), ``nothing met``,
``ask QUESTION``, ``warns``, ``edge``, ``contradiction``, ``refused``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from osteon.events.schema import Event
from osteon.rules.answering import DefinitionAnswer, interval_words
from osteon.rules.definition import Definition
from osteon.rules.examples import DAY_ZERO, BadExample, rows_of
from osteon.rules.given import given


@dataclass(frozen=True, slots=True)
class Case:
    """One row: the facts, and what the definition must answer."""

    name: str
    facts: str
    promises: tuple[str, ...]
    events: tuple[Event, ...]
    as_of: datetime

    def broken(self, answer: DefinitionAnswer) -> list[str]:
        """The promises the answer does not keep, each with what was answered instead."""
        return [
            f"{promise!r}, but {answer.words()}" for promise in self.promises if not _kept(promise, answer)
        ]


def cases_of(definition: Definition) -> list[Case]:
    """The rows of a definition's table, in order.

    Raises:
        BadExample: for a row that cannot be read.
        BadFact: for a fact that cannot be.
    """
    return [_case(definition.id, *cells) for cells in rows_of(definition.id, definition.examples)]


def but(facts: str, *changed: str) -> str:
    """The same facts with some of them answered otherwise, for tables whose cases differ in one thing.

    >>> but("pus=no; crp=4", "pus=yes")
    'crp=4; pus=yes'
    """
    names = {text.partition("=")[0].strip() for text in changed}
    kept = [text for text in _parts(facts) if text.partition("=")[0].strip() not in names]
    return "; ".join((*kept, *changed))


def _case(definition_id: str, name: str, facts: str, answer: str) -> Case:
    pairs = [_pair(definition_id, text) for text in _parts(facts)]
    return Case(name, facts, tuple(_parts(answer)), tuple(given(pairs, DAY_ZERO)), DAY_ZERO)


def _parts(text: str) -> Iterator[str]:
    yield from filter(None, (part.strip() for part in text.split(";")))


def _pair(definition_id: str, text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadExample(f"{definition_id}: this fact has no value: {text!r}")
    return name.strip(), value.strip()


def _keys(text: str) -> set[str]:
    return {key.strip() for key in text.split(",") if key.strip()}


def _met(answer: DefinitionAnswer, truth: bool | None) -> set[str]:
    return {one.criterion.key for one in answer.met(truth)}


_PROMISES: dict[str, Callable[[str, DefinitionAnswer], bool]] = {
    "score ": lambda text, a: a.score is not None and interval_words(a.score) == text,
    "met ": lambda text, a: _keys(text) <= _met(a, True),
    "not met ": lambda text, a: _keys(text) <= _met(a, False),
    "unknown ": lambda text, a: _keys(text) <= _met(a, None),
    "only ": lambda text, a: _keys(text) == _met(a, True),
    "ask ": lambda text, a: _keys(text) <= {q.key for q in a.missing_questions},
}
_PLAIN: dict[str, Callable[[DefinitionAnswer], bool]] = {
    "nothing met": lambda a: not _met(a, True),
    "warns": lambda a: bool(a.warnings),
    "edge": lambda a: bool(a.edges),
    "contradiction": lambda a: bool(a.contradictions),
    "refused": lambda a: bool(a.refused),
}


def _kept(promise: str, answer: DefinitionAnswer) -> bool:
    if promise in _PLAIN:
        return _PLAIN[promise](answer)
    for head, keeps in _PROMISES.items():
        if promise.startswith(head):
            return keeps(promise.removeprefix(head), answer)
    name, colon, said = promise.rpartition(": ")
    axes = [one for one in answer.axes if not colon or one.axis.name == name]
    return len(axes) == 1 and not answer.refused and axes[0].words() == said
