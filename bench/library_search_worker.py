"""The part of ``library_search`` that needs the library's settings: a process of its own, with a home that vanishes.

Prints one line of JSON: recall by query, and times. Twenty clients are twenty threads, shared between as many processes
as there are cores, as the web server would: once without a pause, once at the pace of people (a search a second each).
"""

# ruff: noqa: E402  the settings come before what reads them

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TEXTS, QUERIES, FOLDER = sys.argv[1:4]
os.environ["OSTEON_TEST_HOME"] = FOLDER
os.environ["DJANGO_SETTINGS_MODULE"] = "osteon.site.settings.library_test"
sys.path[:0] = [
    str(Path(__file__).resolve().parent.parent),
    str(Path(__file__).resolve().parent.parent / "src"),
]

import django

django.setup()

from django.core.management import call_command
from django.db import connections

from bench.library_search import CLIENTS, EACH, FIRST, percentiles, timed
from osteon.library.search import actions, shelves
from osteon.library.search.documents import Document
from osteon.library.search.queries import search


def documents() -> list[Document]:
    rows = json.loads(Path(TEXTS).read_text("utf-8"))
    return [
        Document(
            key=row["key"], kind=row["kind"], language=row["language"], title=row["title"],
            url=f"/{row['key']}/",
            also_called=tuple(filter(None, row["also"].split(" | "))), summary=row["summary"], body=row["body"],
        )
        for row in rows
    ]  # fmt: skip


def asked() -> list[dict[str, str]]:
    with Path(QUERIES).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(row: dict[str, str]) -> tuple[str, bool]:
    first = [hit.key for hit in search(row["query"], language=row["language"]).hits[:FIRST]]
    return row["language"], bool(set(first) & set(row["right"].split("|")))


def one(row: dict[str, str]) -> float:
    return timed(lambda: search(row["query"], language=row["language"]))


def client(seed: int, pause: float) -> list[float]:
    """One reader's searches, in an order of its own."""
    chance = random.Random(seed)
    times = []
    for row in chance.choices(asked(), k=EACH):
        time.sleep(chance.random() * 2 * pause)
        times.append(one(row))
    connections.close_all()
    return times


def share_of_clients(numbers: list[int], pause: float) -> list[float]:
    connections.close_all()
    one(asked()[0])  # the index is read before the clock starts
    with ThreadPoolExecutor(len(numbers)) as pool:
        return [t for times in pool.map(lambda n: client(n, pause), numbers) for t in times]


def clients(pause: float) -> dict[str, float]:
    processes = os.cpu_count() or 1
    shares = [list(range(CLIENTS))[n::processes] for n in range(processes)]
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        times = pool.starmap(share_of_clients, [(numbers, pause) for numbers in shares])
    return percentiles([t for part in times for t in part])


def main() -> None:
    call_command("migrate", "search", verbosity=0)
    index_s = timed(lambda: actions.replace(documents()))
    load_s = timed(shelves.keeper.current)
    hits = [found(row) for row in asked()]
    answer = {
        "found": hits,
        "index_s": index_s,
        "load_s": load_s,
        "one_ms": percentiles([one(row) for row in asked()]),
        "clients": {
            f"{CLIENTS} readers, each a search a second": clients(1.0),
            f"{CLIENTS} clients without a pause": clients(0.0),
        },
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
