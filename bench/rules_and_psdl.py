"""The same questions asked of psdl-lang (PyPI) and of us, over the same patients, with the same answers.

Six of our thresholds are written as psdl scenarios: on a course of the drug, and the last value beyond a
limit. psdl has no course with an end and no unknown, and looks back one hour unless told otherwise, so each patient's course becomes a signal (1 at its
start, 0 at its stop), and only plain numbers in the right unit are given to it.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from bench.cohort import UNTIL, cohort
from bench.timing import interleaved, seconds
from osteon.knowledge.references import PROPOSAL
from osteon.knowledge.terms import (
    ANTIMICROBIALS,
    CK,
    CREATININE,
    DAPTOMYCIN,
    LINEZOLID,
    NEUTROPHILS,
    PLATELETS,
    POTASSIUM,
    VANCOMYCIN,
    VANCOMYCIN_LEVEL,
)
from osteon.rules.engines.evaluate import evaluate, open_engine
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, red
from osteon.rules.quantities import Quantity
from osteon.rules.things import Drugs, Measured

with contextlib.redirect_stdout(io.StringIO()):  # it prints on import that an optional part is absent
    from psdl.core import parse_scenario
    from psdl.runtimes.single import InMemoryBackend, SinglePatientEvaluator

PATIENTS = 200_000
RUNS = 1  # after one uncounted: each of theirs takes minutes
TEN_YEARS = 10 * 365 * 86_400


@dataclass(frozen=True)
class Question:
    """On the drug, and the last value beyond the limit."""

    name: str
    drugs: Drugs
    measure: Measured
    sign: str
    limit: float

    def ours(self) -> Monitoring:
        limit = Quantity(self.limit, self.measure.unit)
        value = latest(self.measure)
        crossed = value >= limit if self.sign == ">=" else value < limit
        return Monitoring(
            id=self.name,
            title=self.name,
            applies=on(self.drugs),
            out_of_range=(red(self.name, crossed, Source(PROPOSAL, "bench", "proposal"), ask=False),),
            say="Measured only.",
            author="bench",
            checked_by="-",
            reviewed_on=date(2026, 1, 1),
            next_review=date(2027, 1, 1),
            examples="-",
        )

    def theirs(self) -> Any:
        return parse_scenario(
            f"""
scenario: {self.name}
version: "0.3.0"
audit: {{intent: "measure", rationale: "measure", provenance: "bench"}}
signals:
  Value: {{ref: value, unit: "1"}}
  Course: {{ref: course, unit: "1"}}
trends:
  value_now: {{expr: last(Value)}}
  course_now: {{expr: last(Course)}}
logic:
  on_course: {{when: course_now > 0}}
  beyond: {{when: value_now {self.sign} {self.limit}}}
  red: {{when: on_course AND beyond, severity: high}}
"""
        )


QUESTIONS = (
    Question("potassium", ANTIMICROBIALS, POTASSIUM, ">=", 6.0),
    Question("platelets", LINEZOLID, PLATELETS, "<", 100.0),
    Question("neutrophils", ANTIMICROBIALS, NEUTROPHILS, "<", 1.0),
    Question("creatinine", ANTIMICROBIALS, CREATININE, ">=", 354.0),
    Question("ck", DAPTOMYCIN, CK, ">=", 2000.0),
    Question("vancomycin", VANCOMYCIN, VANCOMYCIN_LEVEL, ">=", 20.0),
)


def backend_for(question: Question, events: pl.DataFrame) -> Any:
    """psdl's own store, filled with what the question needs. Not timed."""
    backend = InMemoryBackend()
    measure = question.measure
    for subject, time, value, sign in events.filter(
        pl.col("code").is_in(measure.codes) & (pl.col("unit") == measure.unit.ucum)
    ).select("subject_id", "time", "numeric_value", "comparator").iter_rows():  # fmt: skip
        if value is not None and sign is None and time <= UNTIL:
            backend.add_observation(subject, "Value", value, time)
    courses = events.filter(pl.col("code").is_in(question.drugs.codes) & (pl.col("time") <= UNTIL))
    running = courses.filter(pl.col("end").is_null() | (pl.col("end") > UNTIL))
    for subject, start in running.group_by("subject_id").agg(pl.col("time").min()).iter_rows():
        backend.add_observation(subject, "Course", 1.0, start)
    return backend


def theirs(question: Question, backend: Any, subjects: list[int], moment: datetime) -> set[int]:
    evaluator = SinglePatientEvaluator(question.theirs(), backend)
    # `last` takes no window of its own; this is the way to a longer look back that costs psdl no time.
    evaluator._max_window_seconds = TEN_YEARS
    return {
        subject
        for subject in subjects
        if "red" in evaluator.evaluate(patient_id=subject, reference_time=moment).triggered_logic
    }


def report() -> Iterator[str]:
    paths = cohort(PATIENTS)
    events = pl.read_parquet(paths).filter(pl.col("time").is_not_null())
    subjects = events["subject_id"].unique().sort().to_list()
    backends = [backend_for(question, events) for question in QUESTIONS]
    rules = [question.ours() for question in QUESTIONS]
    found: dict[str, dict[str, set[int]]] = {"ours": {}, "theirs": {}}

    def run_ours() -> None:
        states = evaluate(rules, open_engine("polars", paths), UNTIL).states()
        for question in QUESTIONS:
            found["ours"][question.name] = {s for (s, r), state in states.items() if r == question.name and state == "red"}  # fmt: skip

    def run_theirs() -> None:
        for question, backend in zip(QUESTIONS, backends, strict=True):
            found["theirs"][question.name] = theirs(question, backend, subjects, UNTIL)

    ours, peer = interleaved(RUNS, run_ours, run_theirs)
    asked = len(subjects) * len(QUESTIONS)
    yield f"{len(QUESTIONS)} questions of {len(subjects):,} patients, at {UNTIL:%d %B %Y}. Ours reads its events from"
    yield "parquet files within the time; psdl has them in its own memory beforehand. Target: at least 50 times."
    yield ""
    yield "| | time | patient-rules/s | the same patients found |"
    yield "| --- | --- | --- | --- |"
    hits = sum(len(v) for v in found["ours"].values())
    same = "yes" if found["ours"] == found["theirs"] else "NO"
    yield f"| osteon (polars) | {seconds(ours.median)} | {asked / ours.median:,.0f} | {hits} |"
    yield f"| psdl-lang | {seconds(peer.median)} | {asked / peer.median:,.0f} | {same} |"
    yield ""
    yield f"Ratio: {peer.median / ours.median:.0f} times."
