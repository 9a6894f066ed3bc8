"""Definitions over files or the record: the table of answers, and one line for each patient and definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from osteon.events.schema import EARLIEST, Event
from osteon.events.vocabulary import LABORATORY_CODES
from osteon.knowledge import all_definitions
from osteon.rules.answering import DefinitionAnswer, answer_definitions
from osteon.rules.definition import Axis, Definition
from osteon.rules.engines.definitions import Caseload, axis_columns, evaluate_definitions
from osteon.rules.engines.evaluate import open_engine
from osteon.site.commands.printing import say, table

WORD = "definitions"
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the stream is UTC without a zone
WIDEST = 60


@dataclass(frozen=True)
class Answered:
    """What the definitions said: one plain object for each patient and definition, in the order of the rules."""

    subjects: int
    lines: list[dict[str, Any]]

    def counts(self, definition: Definition) -> Counter[str]:
        """How many patients got each answer."""
        return Counter(line["answer"] for line in self.lines if line["rule"] == definition.id)


def chosen_definitions(names: str | None) -> tuple[Definition, ...]:
    """The definitions that ``--rules`` names; empty when it names monitoring rules, or nothing."""
    if names == WORD:
        return all_definitions()
    wanted = [name.strip() for name in (names or "").split(",")]
    known = {one.id: one for one in all_definitions()}
    return tuple(known[name] for name in wanted if name in known) if set(wanted) <= known.keys() else ()


def ask_engine(
    engine: str, definitions: Sequence[Definition], paths: Sequence[str], as_of: datetime | None
) -> Answered:
    """Every definition on an engine; raises ``EngineMissing``."""
    with closing(open_engine(engine, paths)) as bench:
        found = evaluate_definitions(definitions, bench, as_of)
    return Answered(found.subjects, [line for one in definitions for line in _lines(found, one)])


def _lines(found: Caseload, one: Definition) -> Iterator[dict[str, Any]]:
    for row in found.answered(one).sort("subject_id").iter_rows(named=True):
        axes = {axis.name: _ends(axis, row) for axis in one.axes}
        score = [row["score low"], row["score high"]] if one.score is not None else None
        moment = _EPOCH + timedelta(microseconds=row["as_of"])
        yield _line(row["subject_id"], one, axes, score, moment)


def _ends(axis: Axis, row: dict[str, Any]) -> tuple[str, str]:
    """The mildest and the gravest answer that are possible."""
    gravest, mildest = (axis.answers[int(row[name])] for name in axis_columns(axis))
    return mildest, gravest


def _line(
    subject_id: int,
    one: Definition,
    axes: dict[str, tuple[str, str]],
    score: list[float] | None,
    moment: datetime,
) -> dict[str, Any]:
    low, high = next(iter(axes.values()), ("", ""))
    return {
        "subject_id": subject_id,
        "rule": one.id,
        "as_of": moment.isoformat(),
        "answer": _words(low, high, score),
        "low": low,
        "high": high,
        "axes": {name: {"low": ends[0], "high": ends[1]} for name, ends in axes.items()},
        "score": {"low": score[0], "high": score[1]} if score else None,
    }


def _words(low: str, high: str, score: list[float] | None) -> str:
    if low or high:
        return low if low == high else f"{low} to {high}"
    if score is None:
        return ""
    return f"{score[0]:g}" if score[0] == score[1] else f"{score[0]:g} to {score[1]:g}"


# The judge -------------------------------------------------------------------------------------------


def ask_judge(definitions: Sequence[Definition], paths: Sequence[str], as_of: datetime | None) -> Answered:
    """The plain engine, patient by patient: slow, and right by definition."""
    order = {one.id: place for place, one in enumerate(definitions)}
    lines: list[dict[str, Any]] = []
    subjects = 0
    for subject_id, last, events in _patients(paths):
        subjects += 1
        for answer in answer_definitions(definitions, events, as_of or last):
            if answer.concerns is not False and not answer.refused:
                lines.append(_judged(subject_id, answer))
    lines.sort(key=lambda line: (order[line["rule"]], line["subject_id"]))
    return Answered(subjects, lines)


def _patients(paths: Sequence[str]) -> Iterator[tuple[int, datetime, list[Event]]]:
    rows = pl.scan_parquet(list(paths)).sort("subject_id", "time", maintain_order=True).collect()
    for (subject_id,), story in rows.partition_by("subject_id", as_dict=True).items():
        results = story.filter(pl.col("code").is_in(LABORATORY_CODES))["time"].max()
        last = results or story["time"].max() or EARLIEST
        yield subject_id, last, [Event(**row) for row in story.iter_rows(named=True)]


def _judged(subject_id: int, answer: DefinitionAnswer) -> dict[str, Any]:
    axes = {one.axis.name: (one.mildest, one.gravest) for one in answer.axes}
    score = [answer.score.low, answer.score.high] if answer.score is not None else None
    return _line(subject_id, answer.definition, axes, score, answer.as_of)


# Telling ---------------------------------------------------------------------------------------------


def summary_of(definitions: Sequence[Definition], said: Answered) -> list[dict[str, Any]]:
    """For each definition how many patients got each answer."""
    return [
        {"rule": one.id, "status": one.status, "answers": dict(_ordered(one, said.counts(one)))}
        for one in definitions
    ]


def _ordered(one: Definition, counts: Counter[str]) -> list[tuple[str, int]]:
    places = {word: place for place, word in enumerate(one.axes[0].answers)} if one.axes else {}
    return sorted(counts.items(), key=lambda pair: (places.get(pair[0], len(places)), pair[0]))


def show(summary: dict[str, Any]) -> None:
    """The table of a summary."""
    rows = [
        [rule["rule"], sum(rule["answers"].values()), _short(rule["answers"]), rule["status"]]
        for rule in summary["rules"]
        if rule["answers"]
    ]
    if rows:
        say("\n" + table(["definition", "patients", "answers", "status"], rows))
    silent = len(summary["rules"]) - len(rows)
    say(
        f"\n{summary['patients']:,} patients; {silent} definitions concern nobody; "
        f"{summary['seconds']} s on {summary['engine']}."
    )


def _short(answers: dict[str, int]) -> str:
    words = ", ".join(f"{number:,} {answer}" for answer, number in answers.items())
    return words if len(words) <= WIDEST else f"{words[: WIDEST - 1]}…"
