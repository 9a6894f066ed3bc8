"""All rules over simulated patients, against a bare scan of the same events on the same engine.

The bare scan is the machine's limit for this work: read the events, group them by patient and code, take
the highest value and the count. Each engine runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime

import duckdb
import polars as pl

from bench.cohort import UNTIL, cohort
from bench.timing import Measured, interleaved, seconds
from osteon.knowledge import all_rules
from osteon.rules.engines.evaluate import Outcome, evaluate, open_engine

SIZES = (20_000, 200_000)
MOMENTS: dict[str, datetime | None] = {"one date": UNTIL, "each patient's last result": None}
RUNS = 3


def bare_polars(paths: list[str]) -> None:
    scan = pl.scan_parquet(paths).group_by("subject_id", "code")
    scan.agg(pl.col("numeric_value").max(), pl.len()).collect(engine="streaming")


def bare_duckdb(paths: list[str]) -> None:
    question = "select subject_id, code, max(numeric_value), count(*) from read_parquet($paths) group by 1, 2"
    duckdb.connect().sql(question, params={"paths": paths}).arrow().read_all()


BARE: dict[str, Callable[[list[str]], None]] = {"polars": bare_polars, "duckdb": bare_duckdb}


def all_over(name: str, paths: list[str], as_of: datetime | None) -> Outcome:
    engine = open_engine(name, paths)
    try:
        return evaluate(all_rules(), engine, as_of)
    finally:
        engine.close()


def one(name: str, patients: int, moment: str) -> dict[str, object]:
    """Measures in this process; run it through ``apart``."""
    paths, as_of = cohort(patients), MOMENTS[moment]
    found: list[Outcome] = []

    def rules() -> None:
        found[:] = [all_over(name, paths, as_of)]

    bare, ours = interleaved(RUNS, lambda: BARE[name](paths), rules)
    events = pl.scan_parquet(paths).select(pl.len()).collect().item()
    return {
        "bare": bare.seconds,
        "ours": ours.seconds,
        "events": events,
        "concerned": found[0].table.height,
        "fired": sum(1 for _ in found[0].fired()),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def apart(name: str, patients: int, moment: str) -> dict[str, object]:
    """``one`` in a process of its own."""
    call = [sys.executable, "-m", "bench.rules_over_a_cohort", name, str(patients), moment]
    printed = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(printed.splitlines()[-1]))


def report() -> Iterator[str]:
    yield f"{len(all_rules())} rules. Ratio: rules over bare scan. Target: at most 5; memory below 4 GiB."
    yield ""
    yield "| engine | patients | events | asked about | concerned | bare scan | all rules | ratio | patient-rules/s | memory |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    ours: dict[tuple[str, str, int], float] = {}
    for name in BARE:
        for moment in MOMENTS:
            for patients in SIZES:
                row = apart(name, patients, moment)
                bare, rules = Measured(tuple(row["bare"])), Measured(tuple(row["ours"]))  # type: ignore[arg-type]
                ours[name, moment, patients] = rules.median
                rate = patients * len(all_rules()) / rules.median
                yield (
                    f"| {name} | {patients:,} | {row['events']:,} | {moment} | {row['concerned']:,} | "
                    f"{seconds(bare.median)} | {seconds(rules.median)} | {rules.median / bare.median:.2f} | "
                    f"{rate:,.0f} | {row['memory']:.2f} GiB |"
                )
    yield ""
    yield "Cost from 20,000 to 200,000 patients (the data grow 10 times; target: no more than that):"
    small, large = SIZES
    for name in BARE:
        for moment in MOMENTS:
            yield f"- {name}, {moment}: {ours[name, moment, large] / ours[name, moment, small]:.1f} times"


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
