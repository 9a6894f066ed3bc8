"""DuckDB: a region on one machine, spilling to disk when memory is short."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import narwhals as nw
import pyarrow as pa

from osteon.rules.engines.passes import Frame

_MEMORY = "3500MB"
_READ = """
    select subject_id, code, epoch_us("time") as at, epoch_us("end") as until, numeric_value as value,
           comparator, unit, reference_high as "limit"
    from read_parquet($paths)
"""


class DuckDBEngine:
    """Runs the passes as DuckDB relations over parquet files of the event table."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._connection = duckdb.connect()
        # Patients' rows may lie in it: readable by nobody else, and gone with the engine.
        self._spill = TemporaryDirectory(prefix="osteon-duckdb-", ignore_cleanup_errors=True)
        self._connection.execute("set timezone = 'UTC'")
        # What does not fit goes to a file, so that a million patients need no larger machine than a thousand.
        self._connection.execute(f"set memory_limit = '{_MEMORY}'")
        self._connection.execute("set preserve_insertion_order = false")
        self._connection.execute("set temp_directory = $folder", {"folder": self._spill.name})
        self._paths = list(paths)
        self._names = (f"kept_{number}" for number in count())

    def events(self) -> Frame:
        return nw.from_native(self._connection.sql(_READ, params={"paths": self._paths}))

    def table(self, columns: dict[str, Sequence[Any]]) -> Frame:
        return self._stored(pa.table(columns))

    def keep(self, frame: Frame) -> Frame:
        name = next(self._names)
        nw.to_native(frame).create(name)
        return nw.from_native(self._connection.table(name))

    def _stored(self, table: pa.Table) -> Frame:
        name = next(self._names)
        self._connection.from_arrow(table).create(name)
        return nw.from_native(self._connection.table(name))

    def subjects(self) -> int:
        """How many patients the events speak of."""
        question = "select count(distinct subject_id) from read_parquet($paths)"
        row = self._connection.execute(question, {"paths": self._paths}).fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Gives the memory back."""
        self._connection.close()
        self._spill.cleanup()


def open_duckdb(paths: Sequence[str]) -> DuckDBEngine:
    """Reads parquet files of the event table."""
    return DuckDBEngine(paths)
