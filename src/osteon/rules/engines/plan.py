"""What to compute: the features that all rules together name, each once.

A *series* is the rows of some codes: the results of a measurement, the answers to a question within a
window, the running courses of some drugs. A *feature* is what a node reads off a series: the last
result, the one before, the one at the start of treatment. Features have a number; the wide table has
their columns (``f12_low``, ``f12_high`` ...).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from osteon.rules.criteria import Age, Answered, Chosen, Said
from osteon.rules.monitoring import Monitoring
from osteon.rules.things import Drugs, Measured, Question
from osteon.rules.tree import (
    Baseline,
    DaysOn,
    DaysSince,
    Gap,
    Highest,
    InWindow,
    Latest,
    Lowest,
    Node,
    OfCourse,
    OfDrugs,
    Previous,
    UpperLimit,
)

DAY_US: Final = 86_400_000_000

SeriesKind = Literal["results", "answers", "questions", "courses"]
FeatureKind = Literal["last", "before", "baseline", "lowest", "highest", "answer", "asked", "course"]


@dataclass(frozen=True, slots=True)
class Series:
    """Rows of some codes. ``within``: microseconds before the moment asked about (answers only)."""

    kind: SeriesKind
    codes: tuple[str, ...]
    unit: str = ""
    within: int = 0


@dataclass(frozen=True, slots=True)
class Feature:
    """What is read off a series; ``course`` is the series of courses it counts from."""

    kind: FeatureKind
    series: Series
    course: Series | None = None


def results_of(measure: Measured) -> Series:
    """The results of a measurement."""
    return Series("results", measure.codes, measure.unit.ucum)


def courses_of(drugs: Drugs) -> Series:
    """The running courses of some drugs."""
    return Series("courses", drugs.codes)


def answers_of(node: InWindow) -> Series:
    """What was recorded of something within its window."""
    return Series("answers", node.finding.codes, within=node.within.days * DAY_US)


def said_of(question: Question) -> Feature:
    """What was answered on the last day a question was answered."""
    return Feature("asked", Series("questions", question.codes, question.unit.ucum))


def birth_of(node: Age) -> Feature:
    """When the patient was born."""
    return Feature("last", Series("results", node.question.codes, node.unit.ucum))


def features_of(node: Node) -> Iterator[Feature]:
    """The features that this node alone reads."""
    if isinstance(node, OfDrugs | DaysOn):
        yield Feature("course", courses_of(node.drugs))
    elif isinstance(node, OfCourse):
        yield course_feature(node)
        yield Feature("course", courses_of(node.drugs))
    elif isinstance(node, Latest | UpperLimit | DaysSince):
        yield Feature("last", results_of(node.measure))
    elif isinstance(node, Previous | Gap):
        yield Feature("last", results_of(node.measure))
        yield Feature("before", results_of(node.measure))
    elif isinstance(node, InWindow):
        yield Feature("answer", answers_of(node))
    elif isinstance(node, Answered | Said | Chosen):
        yield said_of(node.question)
    elif isinstance(node, Age):
        yield birth_of(node)


def course_feature(node: OfCourse) -> Feature:
    """The feature of a node that counts from the start of a course."""
    kinds: dict[type[OfCourse], FeatureKind] = {Baseline: "baseline", Lowest: "lowest", Highest: "highest"}
    return Feature(kinds[type(node)], results_of(node.measure), courses_of(node.drugs))


def rule_features(rule: Monitoring) -> Iterator[Feature]:
    """Every feature a rule reads, its schedules' included."""
    for node in rule.nodes():
        yield from features_of(node)
    for measure in [s.measure for s in rule.due] + [c.measure for c in rule.out_of_range if c.measure]:
        yield Feature("last", results_of(measure))
    if rule.course:
        yield Feature("course", courses_of(rule.course))


@dataclass(frozen=True)
class Plan:
    """All features and series of some rules, numbered in the order they are met."""

    rules: tuple[Monitoring, ...]
    features: dict[Feature, int]
    series: dict[Series, int]

    def of_kind(self, *kinds: FeatureKind) -> list[tuple[Feature, int]]:
        """The features of these kinds with their numbers."""
        return [(feature, number) for feature, number in self.features.items() if feature.kind in kinds]

    def code_rows(self, *kinds: SeriesKind) -> list[tuple[str, int, str, int]]:
        """Which code feeds which series: rows of (code, series number, unit, window)."""
        return [
            (code, number, series.unit, series.within)
            for series, number in self.series.items()
            if series.kind in kinds
            for code in series.codes
        ]

    @property
    def applies_by_courses_alone(self) -> bool:
        """Whether the courses alone tell whom any rule concerns (then nobody else is looked at)."""
        return bool(self.rules) and all(
            feature.kind == "course"
            for rule in self.rules
            for node in rule.applies.walk()
            for feature in features_of(node)
        )


def plan_for(rules: Iterable[Monitoring]) -> Plan:
    """The plan for some monitoring rules."""
    rules = tuple(rules)
    return _numbered(rules, (feature for rule in rules for feature in rule_features(rule)))


def plan_of(nodes: Iterable[Node]) -> Plan:
    """The plan for whatever reads these nodes."""
    return _numbered((), (feature for node in nodes for feature in features_of(node)))


def _numbered(rules: tuple[Monitoring, ...], found: Iterable[Feature]) -> Plan:
    features = dict.fromkeys(found)
    series = dict.fromkeys(s for f in features for s in (f.series, f.course) if s is not None)
    return Plan(
        rules,
        {feature: number for number, feature in enumerate(features)},
        {one: number for number, one in enumerate(series)},
    )
