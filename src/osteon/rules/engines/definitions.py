"""Definitions over many patients, on any engine: the same trees that the judge reads on one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

import narwhals as nw
import polars as pl

from osteon.rules.definition import Axis, Definition
from osteon.rules.engines.compile import Compiler, Truth, column, never
from osteon.rules.engines.evaluate import OpenEngine, collected, microseconds
from osteon.rules.engines.passes import NUMBERS, Frame, wide_table
from osteon.rules.engines.plan import Plan, plan_of
from osteon.rules.tree import Node

# Each batch has a table of its own: a million patients times all questions at once would not fit in memory.
_DEFINITIONS_AT_ONCE = 6


@dataclass(frozen=True)
class Caseload:
    """What definitions said of many patients: one row a patient whom any of them concerns.

    Columns: ``subject_id``, ``as_of``; for each definition ``ID|concerns``, ``ID|refused``, for each axis
    ``ID|AXIS low`` and ``ID|AXIS high`` (positions in ``axis.answers``; low is the gravest), and
    ``ID|score low``, ``ID|score high``.
    """

    definitions: tuple[Definition, ...]
    table: pl.DataFrame
    subjects: int

    def answered(self, definition: Definition) -> pl.DataFrame:
        """The patients whom the definition concerns and does not refuse."""
        return self.table.filter(pl.col(f"{definition.id}|concerns") & ~pl.col(f"{definition.id}|refused"))

    def counts(self, definition: Definition, one: Axis) -> Counter[str]:
        """How many patients got each answer; ``UNLIKELY to CONFIRMED`` where both ends are possible."""
        low, high = axis_columns(definition, one)
        found = self.answered(definition).group_by(low, high).len()
        return Counter({in_words(one, gravest, mildest): n for gravest, mildest, n in found.iter_rows()})

    def agreement(self, left: Definition, right: Definition) -> Counter[tuple[str, str]]:
        """How many patients got each pair of answers on the first axes of two definitions."""
        return Counter(self._pairs(left, right).values())

    def agreements(self) -> Iterator[tuple[Definition, Definition, Counter[tuple[str, str]]]]:
        """The agreement of every two definitions of one subject that answer on an axis."""
        classed = [one for one in self.definitions if one.axes]
        for left, right in combinations(classed, 2):
            if left.subject == right.subject:
                yield left, right, self.agreement(left, right)

    def patients(self, left: Definition, right: Definition, pair: tuple[str, str]) -> list[int]:
        """The patients in one cell of that agreement."""
        return sorted(subject for subject, found in self._pairs(left, right).items() if found == pair)

    def _pairs(self, left: Definition, right: Definition) -> dict[int, tuple[str, str]]:
        theirs = self.answers(right)
        return {
            subject: (word, theirs[subject])
            for subject, word in self.answers(left).items()
            if subject in theirs
        }

    def answers(self, definition: Definition, one: Axis | None = None) -> dict[int, str]:
        """Each patient's answer on an axis (the first, when none is named)."""
        one = one or definition.axes[0]
        found = self.answered(definition).select("subject_id", *axis_columns(definition, one))
        return {subject: in_words(one, gravest, mildest) for subject, gravest, mildest in found.iter_rows()}


def axis_columns(definition: Definition, one: Axis) -> tuple[str, str]:
    """The columns of an axis: the gravest and the mildest answer possible, as positions."""
    return f"{definition.id}|{one.name} low", f"{definition.id}|{one.name} high"


def in_words(one: Axis, gravest: float, mildest: float) -> str:
    """The answer as the judge says it."""
    first, last = one.answers[int(gravest)], one.answers[int(mildest)]
    return first if first == last else f"{last} to {first}"


def evaluate_definitions(
    definitions: Iterable[Definition], engine: OpenEngine, as_of: datetime | None
) -> Caseload:
    """Definitions over every patient of an engine.

    Args:
        as_of: the moment asked about (UTC, no zone); ``None``: each patient's last laboratory result.
    """
    definitions = tuple(definitions)
    table: pl.DataFrame | None = None
    for start in range(0, len(definitions), _DEFINITIONS_AT_ONCE):
        batch = definitions[start : start + _DEFINITIONS_AT_ONCE]
        found = collected(_answered(engine, batch, microseconds(as_of)))
        if table is not None:
            found = table.join(found.drop("as_of"), on="subject_id", how="left", maintain_order="left")
        table = found
    if table is None:
        raise ValueError("no definitions were given")
    return Caseload(definitions, table, engine.subjects())


def _answered(engine: OpenEngine, batch: Sequence[Definition], as_of: int | None) -> Frame:
    plan = plan_of(node for one in batch for tree in _trees(one) for node in tree.walk())
    wide = engine.keep(wide_table(engine, plan, as_of))
    ready: dict[int, Truth] = {}
    first = Compiler(plan)
    truths: dict[str, nw.Expr] = {}
    for one in batch:
        for criterion in one.criteria:
            name = f"{one.id}|{criterion.key}"
            truth = first.truth(criterion)
            truths |= {f"{name} yes": truth.yes, f"{name} no": truth.no}
            ready[id(criterion)] = Truth(nw.col(f"{name} yes"), nw.col(f"{name} no"))
    compiler = Compiler(plan, ready)
    answers = {name: expression for one in batch for name, expression in _columns(one, compiler)}
    judged = (
        wide.select("subject_id", "as_of", *_numbers(plan)).with_columns(**truths).with_columns(**answers)
    )
    return judged.select("subject_id", "as_of", *answers)


def _trees(definition: Definition) -> tuple[Node, ...]:
    return (*definition.trees, *((definition.concerns,) if definition.concerns is not None else ()))


def _numbers(plan: Plan) -> list[str]:
    return [column(n, part) for feature, n in plan.features.items() for part in NUMBERS[feature.kind]]


def _columns(definition: Definition, compiler: Compiler) -> Iterator[tuple[str, nw.Expr]]:
    concerns = compiler.truth(definition.concerns).yes if definition.concerns is not None else ~never()
    refused = never()
    for guard in definition.guards:
        if guard.refuses:
            refused = refused | compiler.truth(guard.when).yes
    yield f"{definition.id}|concerns", concerns
    yield f"{definition.id}|refused", refused
    for one in definition.axes:
        span = compiler.value(one.position)
        yield from zip(axis_columns(definition, one), span, strict=True)
    if definition.score is not None:
        span = compiler.value(definition.score)
        yield f"{definition.id}|score low", span.low
        yield f"{definition.id}|score high", span.high
