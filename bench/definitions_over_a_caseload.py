"""All definitions and scores over a million simulated episodes in DuckDB, and one episode with the judge.

The answers are the judge's: both engines are held against it on a sample of the same episodes, in the same run.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice

import polars as pl

from bench.cohort import SEED, UNTIL, cohort
from bench.timing import Measured, seconds
from osteon.events.schema import Event
from osteon.events.simulator import simulate
from osteon.knowledge import all_definitions
from osteon.rules.answering import UNKNOWN, answer_definitions, bare_answer
from osteon.rules.chart import Chart
from osteon.rules.definition import Definition
from osteon.rules.engines.definitions import Caseload, axis_columns, evaluate_definitions
from osteon.rules.engines.evaluate import open_engine

EPISODES = 1_000_000
SAMPLE = 2_000


def one(name: str, episodes: int) -> dict[str, float]:
    """Measures in this process; run it through ``apart``."""
    paths = cohort(episodes, "examined")
    engine = open_engine(name, paths)
    start = time.perf_counter()
    found = evaluate_definitions(all_definitions(), engine, UNTIL)
    took = time.perf_counter() - start
    engine.close()
    return {
        "seconds": took,
        "rows": pl.scan_parquet(paths).select(pl.len()).collect().item(),
        "answers": sum(found.answered(definition).height for definition in all_definitions()),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def apart(name: str, episodes: int) -> dict[str, float]:
    """``one`` in a process of its own, so that its memory is its own."""
    call = [sys.executable, "-m", "bench.definitions_over_a_caseload", name, str(episodes)]
    printed = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(printed.splitlines()[-1]))


def sample() -> dict[int, list[Event]]:
    """The first episodes of the same cohort, as the judge reads them."""
    stories = simulate(SAMPLE, SEED, UNTIL, detail="examined")
    return {events[0].subject_id: events for _, events in islice(stories, SAMPLE) if events}


def differing(found: Caseload, stories: dict[int, list[Event]]) -> int:
    """How many answers of an engine differ from the judge's."""
    tables = {
        one.id: {row["subject_id"]: _told(one, row) for row in found.tables[one.id].iter_rows(named=True)}
        for one in found.definitions
    }
    wrong = 0
    for subject, events in stories.items():
        chart = Chart(events, UNTIL)
        wrong += sum(tables[one.id].get(subject) != _judged(one, chart) for one in found.definitions)
    return wrong


def _judged(one: Definition, chart: Chart) -> tuple[object, ...] | None:
    if one.concerns is not None and not chart.truth(one.concerns):
        return None
    refused = any(guard.refuses and chart.truth(guard.when) for guard in one.guards)
    return refused, *bare_answer(one, chart)


def _told(one: Definition, row: dict[str, float]) -> tuple[object, ...]:
    columns = [axis_columns(axis) for axis in one.axes]
    if one.score is not None:
        columns.append(("score low", "score high"))
    ends = [(row[low], row[high]) for low, high in columns]
    return row["refused"], *(UNKNOWN if low is None else (low, high) for low, high in ends)


def report() -> Iterator[str]:
    count = len(all_definitions())
    yield f"{count} definitions, classifications and scores. Target: a million episodes in DuckDB on two cores"
    yield "below 60 s and 6 GiB; one episode with the judge below 25 ms."
    yield ""
    yield "| engine | episodes | events | answers | time | memory |"
    yield "| --- | --- | --- | --- | --- | --- |"
    row = apart("duckdb", EPISODES)
    yield (
        f"| duckdb | {EPISODES:,} | {row['rows']:,.0f} | {row['answers']:,.0f} | {seconds(row['seconds'])} | "
        f"{row['memory']:.2f} GiB |"
    )
    yield ""
    stories = sample()
    for name in ("polars", "duckdb"):
        engine = open_engine(name, cohort(SAMPLE, "examined"))
        wrong = differing(evaluate_definitions(all_definitions(), engine, UNTIL), stories)
        engine.close()
        yield f"- {name} against the judge on {len(stories):,} episodes: {wrong} answers differ"
    times = Measured(tuple(_one_episode(events) for events in islice(stories.values(), 300)))
    yield f"- one episode, all definitions that concern it: median {seconds(times.median)}, 95th percentile {seconds(times.percentile(0.95))}"


def _one_episode(events: list[Event]) -> float:
    kinds = {event.code.rpartition("//")[2] for event in events if event.code.startswith("OSTEON//episode//")}
    concerned = [one for one in all_definitions() if not one.kinds or kinds & set(one.kinds)]
    start = time.perf_counter()
    answer_definitions(concerned, events, UNTIL)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]))))
