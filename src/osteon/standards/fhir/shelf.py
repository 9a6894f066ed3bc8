"""Things that must wait until all of a source has been seen: by key, and by patient.

A Bundle waits in memory, where it is anyway. NDJSON may be longer than the memory, so it waits in a temporary
database file that vanishes with the connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Protocol

import orjson
import polars as pl

from osteon.events.schema import COLUMNS, SCHEMA, Event
from osteon.standards.fhir.shapes import Json

EVENTS_PER_TABLE: Final = 50_000
_MOMENTS: Final = tuple(COLUMNS.index(name) for name in ("time", "end", "recorded_at"))


class Waiting:
    """What waits for one patient."""

    __slots__ = ("cultures", "given", "ordered")

    def __init__(self) -> None:
        self.cultures: list[Json] = []
        self.ordered: list[Event] = []
        self.given: list[Event] = []


class Shelf(Protocol):
    """Where things wait."""

    def keep(self, key: str, resource: Json) -> None:
        """Keeps a resource that others name by ``key``."""
        ...

    def find(self, key: str) -> Json | None:
        """The resource kept under ``key``."""
        ...

    def is_first(self, source: str) -> bool:
        """Whether this resource is seen for the first time; from now on it is not."""
        ...

    def culture(self, subject: int, resource: Json) -> None:
        """A piece of microbiology waits."""
        ...

    def course(self, event: Event, is_given: bool) -> None:
        """A course or a dose waits."""
        ...

    def patients(self) -> Iterator[tuple[int, Waiting]]:
        """Each patient for whom something waits."""
        ...


class MemoryShelf:
    """For a Bundle."""

    def __init__(self) -> None:
        self._kept: dict[str, Json] = {}
        self._waiting: dict[int, Waiting] = {}
        self._seen: set[str] = set()

    def keep(self, key: str, resource: Json) -> None:
        """See ``Shelf``."""
        self._kept.setdefault(key, resource)

    def find(self, key: str) -> Json | None:
        """See ``Shelf``."""
        return self._kept.get(key)

    def is_first(self, source: str) -> bool:
        """See ``Shelf``."""
        count = len(self._seen)
        self._seen.add(source)
        return len(self._seen) > count

    def culture(self, subject: int, resource: Json) -> None:
        """See ``Shelf``."""
        self._waiting.setdefault(subject, Waiting()).cultures.append(resource)

    def course(self, event: Event, is_given: bool) -> None:
        """See ``Shelf``."""
        waiting = self._waiting.setdefault(event.subject_id, Waiting())
        (waiting.given if is_given else waiting.ordered).append(event)

    def patients(self) -> Iterator[tuple[int, Waiting]]:
        """See ``Shelf``."""
        yield from self._waiting.items()


class DiskShelf:
    """For NDJSON. SQLite spills an unnamed database to a temporary file of its own."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA cache_size = -16000;
            CREATE TABLE kept (key TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
            CREATE TABLE seen (source TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE waiting (number INTEGER PRIMARY KEY, subject INTEGER, kind TEXT, body BLOB);
            """
        )

    def keep(self, key: str, resource: Json) -> None:
        """See ``Shelf``."""
        self._database.execute("INSERT OR IGNORE INTO kept VALUES (?, ?)", (key, orjson.dumps(resource)))

    def find(self, key: str) -> Json | None:
        """See ``Shelf``."""
        row = self._database.execute("SELECT body FROM kept WHERE key = ?", (key,)).fetchone()
        return orjson.loads(row[0]) if row else None

    def is_first(self, source: str) -> bool:
        """See ``Shelf``."""
        return self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (source,)).rowcount == 1

    def culture(self, subject: int, resource: Json) -> None:
        """See ``Shelf``."""
        self._wait(subject, "culture", resource)

    def course(self, event: Event, is_given: bool) -> None:
        """See ``Shelf``."""
        self._wait(event.subject_id, "given" if is_given else "ordered", event.as_row())

    def _wait(self, subject: int, kind: str, body: Any) -> None:
        self._database.execute(
            "INSERT INTO waiting (subject, kind, body) VALUES (?, ?, ?)", (subject, kind, orjson.dumps(body))
        )

    def patients(self) -> Iterator[tuple[int, Waiting]]:
        """See ``Shelf``."""
        self._database.execute("CREATE INDEX IF NOT EXISTS by_subject ON waiting (subject, number)")
        rows = self._database.execute("SELECT subject, kind, body FROM waiting ORDER BY subject, number")
        for subject, group in groupby(rows, key=lambda row: row[0]):
            waiting = Waiting()
            for _, kind, body in group:
                if kind == "culture":
                    waiting.cultures.append(orjson.loads(body))
                else:
                    (waiting.given if kind == "given" else waiting.ordered).append(_event(orjson.loads(body)))
            yield subject, waiting


def _event(row: list[Any]) -> Event:
    return Event(**dict(zip(COLUMNS, _with_moments(row), strict=True)))


def _with_moments(row: list[Any]) -> list[Any]:
    for place in _MOMENTS:
        row[place] = datetime.fromisoformat(row[place]) if row[place] else None
    return row


class Gathering:
    """Events of patients whose rows come scattered, handed out again patient by patient, in bounded memory."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA cache_size = -16000;
            CREATE TABLE events (number INTEGER PRIMARY KEY, subject INTEGER, body BLOB);
            """
        )

    def add(self, events: Iterable[Event]) -> None:
        """Takes events in any order."""
        self._database.executemany(
            "INSERT INTO events (subject, body) VALUES (?, ?)",
            ((event.subject_id, orjson.dumps(event.as_row())) for event in events),
        )

    def tables(self) -> Iterator[pl.DataFrame]:
        """Whole patients, about ``EVENTS_PER_TABLE`` rows at a time."""
        self._database.execute("CREATE INDEX by_subject ON events (subject, number)")
        rows = self._database.execute("SELECT subject, body FROM events ORDER BY subject, number")
        held: list[list[Any]] = []
        for _, group in groupby(rows, key=lambda row: row[0]):
            held += [_with_moments(orjson.loads(body)) for _, body in group]
            if len(held) >= EVENTS_PER_TABLE:
                yield pl.DataFrame(held, schema=SCHEMA, orient="row")
                held = []
        if held:
            yield pl.DataFrame(held, schema=SCHEMA, orient="row")
