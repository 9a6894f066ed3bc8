"""The rules over many patients, on any engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final, Protocol

import narwhals as nw
import polars as pl

from osteon.rules.answers import FIRED, STATES, State
from osteon.rules.engines.compile import Compiler, clause_column, column, state_code
from osteon.rules.engines.evidence import evidence, row_reader
from osteon.rules.engines.passes import NUMBERS, Engine, Frame, wide_table
from osteon.rules.engines.plan import Plan, plan_for, rule_features
from osteon.rules.monitoring import Monitoring

ENGINES: Final = ("polars", "duckdb", "spark")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the stream is UTC without a zone
# DuckDB and Spark bind every column of a table anew for each expression: few rules at a time stay quick.
_RULES_AT_ONCE = 6
_KEPT = ("applies", "late", "state")
_NEEDS = {"duckdb": "analytics", "spark": "spark"}


class EngineMissing(RuntimeError):
    """The engine's packages are not installed; the text says which group brings them."""


class OpenEngine(Engine, Protocol):
    """An engine over files, to be closed."""

    def subjects(self) -> int: ...

    def close(self) -> None: ...


def open_engine(name: str, paths: Sequence[str]) -> OpenEngine:
    """An engine over parquet files of the event table.

    Raises:
        EngineMissing: when its packages are not installed.
        ValueError: for an engine that does not exist.
    """
    if name not in ENGINES:
        raise ValueError(f"there is no engine {name!r}; choose one of {', '.join(ENGINES)}")
    try:
        # Loaded by name: each engine is a large optional package.
        module = import_module(f"osteon.rules.engines.{name}")
    except ImportError as error:
        group = _NEEDS.get(name, "base")
        raise EngineMissing(f"{name} is not installed: install requirements/{group}.txt") from error
    opener: Callable[[Sequence[str]], OpenEngine] = getattr(module, f"open_{name}")
    return opener(paths)


@dataclass(frozen=True)
class Outcome:
    """What the rules said. ``table`` has one row for each patient whom any rule may concern."""

    plan: Plan
    table: pl.DataFrame
    subjects: int

    def counts(self, rule: Monitoring) -> Counter[State]:
        """How many patients are in each state."""
        found = self.table[f"{rule.id}|state"].value_counts()
        counts: Counter[State] = Counter({STATES[code]: n for code, n in found.iter_rows()})
        counts["does not apply"] += self.subjects - self.table.height
        return counts

    def states(self) -> dict[tuple[int, str], State]:
        """The state of each patient and rule, where it is not *does not apply*."""
        return {
            (subject, rule.id): STATES[code]
            for rule in self.plan.rules
            for subject, code in self.table.select("subject_id", f"{rule.id}|state").iter_rows()
            if STATES[code] != "does not apply"
        }

    def fired(self) -> Iterator[dict[str, object]]:
        """One plain object for each fired rule, by patient then rule: for JSON lines."""
        codes = [STATES.index(state) for state in FIRED]
        for rule in self.plan.rules:
            rows = self.table.filter(pl.col(f"{rule.id}|state").is_in(codes) & pl.col(f"{rule.id}|applies"))
            for row in rows.sort("subject_id").iter_rows(named=True):
                yield self._fired(rule, row)

    def _fired(self, rule: Monitoring, row: dict[str, Any]) -> dict[str, object]:
        as_of = _EPOCH + timedelta(microseconds=row["as_of"])
        late = row[f"{rule.id}|late"]
        crossed = [row[clause_column(rule, place, "yes")] for place in range(len(rule.out_of_range))]
        return {
            "subject_id": row["subject_id"],
            "rule": rule.id,
            "state": STATES[row[f"{rule.id}|state"]],
            "as_of": as_of.isoformat(),
            "due_at": (as_of - timedelta(microseconds=late)).isoformat() if rule.due else None,
            "evidence": evidence(rule, crossed, row_reader(self.plan, row, as_of)),
        }


def evaluate(rules: Iterable[Monitoring], engine: OpenEngine, as_of: datetime | None) -> Outcome:
    """The rules over every patient of an engine.

    Args:
        as_of: the moment asked about (UTC, no zone); ``None``: each patient's last laboratory result
            (``judge.last_moment``).
    """
    plan = plan_for(rules)
    wide = engine.keep(wide_table(engine, plan, microseconds(as_of)))
    table = collected(wide)
    for start in range(0, len(plan.rules), _RULES_AT_ONCE):
        judged = _judged(plan, plan.rules[start : start + _RULES_AT_ONCE], wide)
        table = table.join(collected(judged), on="subject_id", how="left")
    return Outcome(plan, table, engine.subjects())


def microseconds(as_of: datetime | None) -> int | None:
    """A moment as the engines count it: whole microseconds since 1970."""
    return None if as_of is None else (as_of - _EPOCH) // timedelta(microseconds=1)


def _judged(plan: Plan, rules: tuple[Monitoring, ...], wide: Frame) -> Frame:
    """The answers of a few rules, from only the columns they read."""
    compiler = Compiler(plan)
    needed = dict.fromkeys(
        column(plan.features[feature], part)
        for rule in rules
        for feature in rule_features(rule)
        for part in NUMBERS[feature.kind]
    )
    narrow = wide.select("subject_id", *needed)
    truths: dict[str, nw.Expr] = {}
    grades: dict[str, nw.Expr] = {}
    states: dict[str, nw.Expr] = {}
    for rule in rules:
        truth = compiler.truth(rule.applies)
        truths |= {f"{rule.id}|applies": truth.yes, f"{rule.id}|known": truth.yes | truth.no}
        truths |= compiler.clause_columns(rule)
        grades[f"{rule.id}|late"] = compiler.worst_late(rule)
        grades[f"{rule.id}|rank"] = compiler.rank(rule)
        grades[f"{rule.id}|asking"] = compiler.asking_rank(rule)
        parts = (f"{rule.id}|{part}" for part in ("applies", "known", "late", "rank", "asking"))
        states[f"{rule.id}|state"] = state_code(*parts)
    judged = narrow.with_columns(**truths).with_columns(**grades).with_columns(**states)
    crossed = [name for name in truths if name.endswith(" yes")]
    return judged.select("subject_id", *crossed, *(f"{r.id}|{part}" for r in rules for part in _KEPT))


def collected(frame: Frame) -> pl.DataFrame:
    """The frame as a Polars table in memory."""
    eager = frame.collect("polars")
    native: pl.DataFrame = nw.to_native(eager)
    return native
