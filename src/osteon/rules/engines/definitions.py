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
from osteon.rules.engines.compile import Compiler, Truth, never
from osteon.rules.engines.evaluate import OpenEngine, collected, microseconds
from osteon.rules.engines.passes import USED, Features, Frame, read_features, widened
from osteon.rules.engines.plan import FeatureKind, Plan, features_of, plan_of
from osteon.rules.tree import Condition, Node


@dataclass(frozen=True)
class Caseload:
    """What definitions said of many patients: for each definition one row a patient whom it concerns.

    Columns of a table: ``subject_id``, ``as_of``, ``refused``, for each axis ``AXIS low`` and ``AXIS high``
    (positions in ``axis.answers``; low is the gravest), and ``score low``, ``score high``.
    """

    definitions: tuple[Definition, ...]
    tables: dict[str, pl.DataFrame]
    subjects: int

    def answered(self, definition: Definition) -> pl.DataFrame:
        """The patients whom the definition concerns and does not refuse."""
        return self.tables[definition.id].filter(~pl.col("refused"))

    def counts(self, definition: Definition, one: Axis) -> Counter[str]:
        """How many patients got each answer; ``UNLIKELY to CONFIRMED`` where both ends are possible."""
        low, high = axis_columns(one)
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
        found = self.answered(definition).select("subject_id", *axis_columns(one))
        return {subject: in_words(one, gravest, mildest) for subject, gravest, mildest in found.iter_rows()}


def axis_columns(one: Axis) -> tuple[str, str]:
    """The columns of an axis: the gravest and the mildest answer possible, as positions."""
    return f"{one.name} low", f"{one.name} high"


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
    plan = plan_of(node for one in definitions for tree in _trees(one) for node in tree.walk())
    read = read_features(engine, plan, microseconds(as_of))
    kept = Features(
        read.moments, {kind: engine.keep(_by_feature(kind, t)) for kind, t in read.tables.items()}
    )
    tables = {one.id: collected(_answered(one, plan, kept)) for one in definitions}
    return Caseload(definitions, tables, engine.subjects())


def _by_feature(kind: FeatureKind, table: Frame) -> Frame:
    """Only the parts that are read, feature by feature: each definition then reads its own stretch of it."""
    return table.select("subject_id", "feature", *USED[kind]).sort("feature")


def _answered(definition: Definition, plan: Plan, read: Features) -> Frame:
    """One definition from only the features it reads, of only the patients whom it concerns."""
    features = dict.fromkeys(
        f for tree in definition.trees for node in tree.walk() for f in features_of(node)
    )
    wanted = [(feature, plan.features[feature]) for feature in features]
    wide = widened(_concerned(definition, plan, read), read, wanted)
    ready: dict[int, Truth] = {}
    # Criteria first, then the classes made of them: every later step reads columns, so that none grows.
    for name, stage in (("criterion", definition.criteria), ("class", _class_conditions(definition))):
        if stage:
            wide = wide.with_columns(**dict(_truth_columns(name, stage, Compiler(plan, ready))))
        ready |= {id(one): _standing(name, position) for position, one in enumerate(stage)}
    answers = dict(_columns(definition, Compiler(plan, ready)))
    return wide.with_columns(**answers).select("subject_id", "as_of", *answers)


def _class_conditions(definition: Definition) -> tuple[Condition, ...]:
    return tuple(one.when for axis in definition.axes for one in axis.classes)


def _truth_columns(
    name: str, stage: Sequence[Condition], compiler: Compiler
) -> Iterator[tuple[str, nw.Expr]]:
    for position, one in enumerate(stage):
        yield from zip(_names(name, position), compiler.truth(one), strict=True)


def _names(name: str, position: int) -> tuple[str, str]:
    return f"{name} {position} yes", f"{name} {position} no"


def _standing(name: str, position: int) -> Truth:
    return Truth(*(nw.col(column) for column in _names(name, position)))


def _concerned(definition: Definition, plan: Plan, read: Features) -> Frame:
    if definition.concerns is None:
        return read.moments
    (feature,) = features_of(definition.concerns)
    theirs = read.tables["answer"].filter(nw.col("feature") == plan.features[feature])
    return read.moments.join(theirs.select("subject_id"), on="subject_id", how="inner")


def _trees(definition: Definition) -> tuple[Node, ...]:
    return (*definition.trees, *((definition.concerns,) if definition.concerns is not None else ()))


def _columns(definition: Definition, compiler: Compiler) -> Iterator[tuple[str, nw.Expr]]:
    refused = never()
    for guard in definition.guards:
        if guard.refuses:
            refused = refused | compiler.truth(guard.when).yes
    yield "refused", refused
    for one in definition.axes:
        yield from zip(axis_columns(one), compiler.value(one.position), strict=True)
    if definition.score is not None:
        yield from zip(("score low", "score high"), compiler.value(definition.score), strict=True)
