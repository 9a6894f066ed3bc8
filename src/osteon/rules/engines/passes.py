"""One pass over the events: rows to series, series to features, features to one wide row a patient.

Only what every engine does alike is used: filter, inner and left join, group with min and max, when/then
(docs/decisions). Time is whole microseconds before the moment asked about (``age``), so that no engine's
calendar is relied on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import narwhals as nw

from osteon.events.vocabulary import LABORATORY_CODES
from osteon.rules.chart import JUST_INSIDE, JUST_OUTSIDE, LEAST, MOST, PLAIN
from osteon.rules.engines.compile import Compiler, column, never
from osteon.rules.engines.plan import DAY_US, Feature, FeatureKind, Plan, SeriesKind
from osteon.rules.tree import BASELINE_AFTER, BASELINE_BEFORE

Frame = nw.LazyFrame[Any]

PARTS = ("age", "low", "high", "limit_low", "limit_high", "code")
# The parts of each kind of feature; the numbers alone are what rules compute with.
USED = {
    "last": PARTS,
    "before": ("age", "low", "high", "code"),
    "baseline": ("age", "low", "high", "code"),
    "lowest": ("low", "high"),
    "highest": ("low", "high"),
    "answer": ("age", "high"),
    "asked": ("age", "low", "high"),
    "course": ("age", "low", "high", "code"),
}


NUMBERS = {kind: tuple(part for part in parts if part != "code") for kind, parts in USED.items()}


class Engine(Protocol):
    """What an engine must offer beside Narwhals."""

    def events(self) -> Frame:
        """``subject_id, code, at, until, value, comparator, unit, limit``; times in whole microseconds."""
        ...

    def table(self, columns: dict[str, Sequence[Any]]) -> Frame:
        """A small table on the engine."""
        ...

    def keep(self, frame: Frame) -> Frame:
        """The frame computed once, for use by several later steps."""
        ...


class Features(NamedTuple):
    """What was read: ``moments`` (``subject_id, as_of`` of the patients concerned) and a long table a kind.

    A long table has one row for each patient and feature: ``subject_id, feature`` and ``PARTS``.
    """

    moments: Frame
    tables: dict[FeatureKind, Frame]


def wide_table(engine: Engine, plan: Plan, as_of: int | None) -> Frame:
    """One row for each patient whom a rule may concern: ``subject_id``, ``as_of``, the features' columns."""
    features = read_features(engine, plan, as_of)
    return widened(features.moments, features, list(plan.features.items()))


def read_features(engine: Engine, plan: Plan, as_of: int | None) -> Features:
    """Every feature of a plan, read in one pass.

    Args:
        as_of: the moment asked about, in microseconds since 1970; ``None``: see ``_last_moments``.
    """
    events = engine.events().filter(~nw.col("at").is_null())
    moments = None if as_of is not None else engine.keep(_last_moments(events))

    def aged(rows: Frame) -> Frame:
        """Rows up to the moment asked about, with their age."""
        if moments is None:
            dated = rows.filter(nw.col("at") <= as_of).with_columns(as_of=nw.lit(as_of))
        else:
            dated = rows.join(moments, on="subject_id", how="inner").filter(nw.col("at") <= nw.col("as_of"))
        return dated.with_columns(age=nw.col("as_of") - nw.col("at"))

    courses = engine.keep(_courses(aged(_coded(engine, plan, events, "courses"))))
    concerned = _concerned(engine, plan, aged(events), courses)

    def theirs(rows: Frame) -> Frame:
        return rows.join(concerned.select("subject_id"), on="subject_id", how="inner")

    courses = theirs(courses)
    rows = engine.keep(
        _intervals(aged(theirs(_coded(engine, plan, events, "results", "answers", "questions"))))
    )
    features = _result_features(engine, plan, rows, courses)
    features["course"] = _course_features(engine, plan, courses)
    return Features(concerned, {kind: found for kind, found in features.items() if plan.of_kind(kind)})


def widened(base: Frame, features: Features, wanted: Sequence[tuple[Feature, int]]) -> Frame:
    """``base`` with the columns of some features, null where a patient has none.

    One table a kind: a row is held against the columns of its own kind only.
    """
    for kind, table in features.tables.items():
        numbers = [number for feature, number in wanted if feature.kind == kind]
        if numbers:
            base = base.join(_widen(table, kind, numbers), on="subject_id", how="left")
    return base


def _last_moments(dated: Frame) -> Frame:
    """What ``judge.last_moment`` says, for every patient."""

    def newest(rows: Frame, name: str) -> Frame:
        return rows.group_by("subject_id").agg(nw.col("at").max().alias(name))

    # Two plain groupings: the results alone are left to the reader to pick, which no single grouping lets it do.
    results = newest(dated.filter(nw.col("code").is_in(LABORATORY_CODES)), "last_result")
    found = newest(dated, "last_event").join(results, on="subject_id", how="left")
    chosen = nw.when(nw.col("last_result").is_null()).then(nw.col("last_event"))
    return found.select("subject_id", as_of=chosen.otherwise(nw.col("last_result")))


def _coded(engine: Engine, plan: Plan, events: Frame, *kinds: SeriesKind) -> Frame:
    """The events of some series, under the series' number."""
    rows = plan.code_rows(*kinds) or [("", -1, "", 0)]
    names = ("code", "series", "its_unit", "within")
    codes = engine.table({name: [row[i] for row in rows] for i, name in enumerate(names)})
    # Said twice: the engine's reader leaves out what the first says before anything is joined or grouped.
    wanted = events.filter(nw.col("code").is_in([row[0] for row in rows]))
    return wanted.join(codes, on="code", how="inner")


def _courses(events: Frame) -> Frame:
    """The running courses: one row for each patient and series."""
    running = nw.col("until").is_null() | (nw.col("until") > nw.col("as_of"))
    past = nw.col("age").cast(nw.Float64) > nw.col("value") * float(DAY_US)
    return (
        events.filter(running)
        .with_columns(
            low=nw.when(past.fill_null(False)).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
            high=nw.when(nw.col("value").is_null()).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
        )
        .group_by("subject_id", "series")
        .agg(
            nw.col("as_of").max(),
            nw.col("age").max(),
            nw.col("low").max(),
            nw.col("high").max(),
            nw.col("code").min(),
        )
    )


def _concerned(engine: Engine, plan: Plan, events: Frame, courses: Frame) -> Frame:
    """``subject_id, as_of`` of the patients whom any rule may concern."""
    if not plan.applies_by_courses_alone:  # then anybody may be concerned
        return engine.keep(events.group_by("subject_id").agg(nw.col("as_of").max()))
    compiler = Compiler(plan)
    numbers = [number for _, number in plan.of_kind("course")]
    wide = _widen(_course_features(engine, plan, courses), "course", numbers)
    concerned = never()
    for rule in plan.rules:
        concerned = concerned | ~compiler.truth(rule.applies).no
    moments = courses.group_by("subject_id").agg(nw.col("as_of").max())
    return engine.keep(
        wide.filter(concerned).select("subject_id").join(moments, on="subject_id", how="inner")
    )


def _intervals(rows: Frame) -> Frame:
    """Results and answers as intervals: ``subject_id, series, age, low, high, limit, code``."""
    in_window = (nw.col("within") == 0) | (nw.col("age") <= nw.col("within"))
    understood = (nw.col("within") > 0) | (nw.col("unit").fill_null(PLAIN) == nw.col("its_unit"))
    value = nw.when(understood.fill_null(False)).then(nw.col("value"))
    limit = nw.when(understood.fill_null(False) & (nw.col("limit") > 0).fill_null(False)).then(
        nw.col("limit")
    )
    sign = nw.col("comparator").fill_null("")
    above = nw.when(sign == ">").then(value * JUST_OUTSIDE).otherwise(value)
    below = nw.when(sign == "<").then(value * JUST_INSIDE).otherwise(value)
    low = nw.when((sign == "<") | (sign == "<=")).then(nw.lit(LEAST)).otherwise(above)
    high = nw.when((sign == ">") | (sign == ">=")).then(nw.lit(MOST)).otherwise(below)
    known = ~value.is_null()
    return rows.filter(in_window).select(
        "subject_id", "series", "age", "code",
        low=nw.when(known).then(low), high=nw.when(known).then(high), limit=limit,
    )  # fmt: skip


def _result_features(engine: Engine, plan: Plan, rows: Frame, courses: Frame) -> dict[FeatureKind, Frame]:
    newest = rows.group_by("subject_id", "series").agg(nw.col("age").min().alias("newest"))
    dated = engine.keep(rows.join(newest, on=["subject_id", "series"], how="inner"))
    last = dated.filter(nw.col("age") == nw.col("newest"))
    earlier = dated.filter(nw.col("age") > nw.col("newest"))
    last_day = dated.filter(nw.col("age") < nw.col("newest") + DAY_US)
    features: dict[FeatureKind, Frame] = {
        "last": _hull(_featured(engine, plan, last, "last")),
        "before": _hull(_newest(_featured(engine, plan, earlier, "before"))),
        "answer": _hull(_featured(engine, plan, rows, "answer")),
        "asked": _hull(_featured(engine, plan, last_day, "asked")),
    }
    return features | _since_courses(engine, plan, rows, courses)


def _featured(engine: Engine, plan: Plan, rows: Frame, kind: FeatureKind) -> Frame:
    """Rows of series under the number of the feature of that kind (and of its course, if it has one)."""
    wanted = plan.of_kind(kind)
    columns: dict[str, Sequence[Any]] = {
        "series": [plan.series[feature.series] for feature, _ in wanted] or [-1],
        "feature": [number for _, number in wanted] or [-1],
    }
    if kind in ("baseline", "lowest", "highest"):
        columns["course"] = [plan.series[f.course] for f, _ in wanted if f.course] or [-1]
    return rows.join(engine.table(columns), on="series", how="inner")


def _newest(rows: Frame) -> Frame:
    """The rows of the newest moment of each patient and feature."""
    by = ["subject_id", "feature"]
    newest = rows.group_by(*by).agg(nw.col("age").min().alias("newest_of_feature"))
    joined = rows.join(newest, on=by, how="inner")
    return joined.filter(nw.col("age") == nw.col("newest_of_feature"))


def _hull(rows: Frame) -> Frame:
    """What is known of all rows of a feature together: the interval that holds every result."""
    return _gathered(rows, nw.col("low").min(), nw.col("high").max())


def _gathered(rows: Frame, low: nw.Expr, high: nw.Expr) -> Frame:
    return (
        rows.group_by("subject_id", "feature")
        .agg(
            nw.col("age").min(),
            low,
            high,
            nw.col("limit").min().alias("limit_low"),
            nw.col("limit").max().alias("limit_high"),
            nw.col("code").min(),
        )
        .select("subject_id", "feature", *PARTS)
    )


def _since_courses(engine: Engine, plan: Plan, rows: Frame, courses: Frame) -> dict[FeatureKind, Frame]:
    """Baseline, lowest and highest: rows placed against the start of the course they count from."""
    starts = courses.select("subject_id", nw.col("series").alias("course"), nw.col("age").alias("start"))

    def placed(kind: FeatureKind) -> Frame:
        return _featured(engine, plan, rows, kind).join(starts, on=["subject_id", "course"], how="inner")

    def during(kind: FeatureKind) -> Frame:
        return placed(kind).filter(nw.col("age") <= nw.col("start"))

    window = placed("baseline").filter(
        nw.col("age") <= nw.col("start") + BASELINE_BEFORE.days * DAY_US,
        nw.col("age") >= nw.col("start") - BASELINE_AFTER.days * DAY_US,
    )
    return {
        "baseline": _hull(_newest(window)),
        "lowest": _gathered(during("lowest"), nw.col("low").min(), nw.col("high").min()),
        "highest": _gathered(during("highest"), nw.col("low").max(), nw.col("high").max()),
    }


def _course_features(engine: Engine, plan: Plan, courses: Frame) -> Frame:
    empty = nw.when(never()).then(nw.lit(0.0))
    named = _featured(engine, plan, courses, "course").with_columns(limit_low=empty, limit_high=empty)
    return named.select("subject_id", "feature", *PARTS)


def _widen(long: Frame, kind: FeatureKind, numbers: Sequence[int]) -> Frame:
    """One row a patient, a column for each part of some features of a kind."""
    return (
        long.filter(nw.col("feature").is_in(numbers))
        .group_by("subject_id")
        .agg(
            nw.when(nw.col("feature") == number).then(nw.col(part)).max().alias(column(number, part))
            for number in numbers
            for part in USED[kind]
        )
    )
