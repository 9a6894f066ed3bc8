"""Writes event streams as Parquet that any reader of the MEDS standard understands.

A superset of MEDS 0.4: its columns under its names and types, and ours beside them. One difference is kept
on purpose: ``numeric_value`` is a 64-bit float where MEDS asks for 32 bits, because 0.1 mg/dL must read back
as 0.1 and not as 0.10000000149. Every reader of MEDS that we know widens or narrows it without complaint.

Written batch by batch: memory is bounded by the largest batch, whatever the length of the stream.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from osteon import __version__
from osteon.events.schema import COLUMNS, conform
from osteon.events.vocabulary import name_of

MEDS_VERSION: Final = "0.4.0"
MARK: Final = b"osteon.events"  # key in the file's metadata: these are the columns of our SCHEMA
_TYPES: Final = {
    "subject_id": pa.int64(),
    **dict.fromkeys(("time", "end", "recorded_at"), pa.timestamp("us")),
    **dict.fromkeys(("numeric_value", "reference_low", "reference_high"), pa.float64()),
}
ARROW_SCHEMA: Final = pa.schema(
    [pa.field(name, _TYPES.get(name, pa.string())) for name in COLUMNS], metadata={MARK: b"1"}
)
CODES_SCHEMA: Final = pa.schema(
    [("code", pa.string()), ("description", pa.string()), ("parent_codes", pa.list_(pa.string()))]
)


class SubjectsScattered(ValueError):
    """A patient's rows came in two batches: MEDS keeps them together, so the caller must."""


class EventFile:
    """One open Parquet file of events; counts its rows and remembers its codes."""

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, ARROW_SCHEMA, compression="zstd")
        self._finished: set[int] = set()
        self.rows = 0
        self.codes: set[str] = set()

    def write(self, batch: pl.DataFrame) -> None:
        """Appends whole patients, sorted as MEDS asks: by patient, then time, what has no time first.

        Raises:
            SubjectsScattered: when a patient of an earlier batch returns.
            ValueError: when ``subject_id`` or ``code`` is missing.
        """
        frame = conform(batch).sort("subject_id", "time", nulls_last=False, maintain_order=True)
        self._close_subjects(frame["subject_id"].unique().to_list())
        self.codes.update(frame["code"].unique().to_list())
        self._writer.write_table(frame.to_arrow().cast(ARROW_SCHEMA))
        self.rows += frame.height

    def _close_subjects(self, subjects: list[int]) -> None:
        returned = self._finished.intersection(subjects)
        if returned:
            raise SubjectsScattered(f"patient {min(returned)} has rows in more than one batch")
        self._finished.update(subjects)

    def close(self) -> None:
        """Writes the footer; without it the file is not readable."""
        self._writer.close()


@contextmanager
def event_file(path: Path) -> Iterator[EventFile]:
    """A file that appears under its name only once it is complete.

    Raises:
        OSError: when the disk is full or not writable; nothing is left behind.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        out = EventFile(partial)
        try:
            yield out
        finally:
            out.close()
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def write_file(batches: Iterable[pl.DataFrame], path: Path) -> int:
    """Writes a stream to one Parquet file; the number of rows. Each batch holds whole patients."""
    with event_file(path) as out:
        for batch in batches:
            out.write(batch)
    return out.rows


def write_dataset(batches: Iterable[pl.DataFrame], folder: Path, *, name: str) -> int:
    """Writes a stream as a MEDS data set: ``data/0.parquet`` and ``metadata/``; the number of rows.

    The folder appears only once it is complete. It carries no date of its own, so that the same stream
    gives the same bytes.

    Raises:
        FileExistsError: when ``folder`` exists.
        OSError: when the disk is full or not writable; nothing is left behind.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} exists already")
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        (partial / "data").mkdir(parents=True)
        (partial / "metadata").mkdir()
        with event_file(partial / "data" / "0.parquet") as out:
            for batch in batches:
                out.write(batch)
        _write_metadata(partial / "metadata", name, sorted(out.codes))
        os.replace(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return out.rows


def _write_metadata(folder: Path, name: str, codes: list[str]) -> None:
    about = {
        "dataset_name": name,
        "etl_name": "osteon",
        "etl_version": __version__,
        "meds_version": MEDS_VERSION,
        "table_names": ["events"],
    }
    (folder / "dataset.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    described = [{"code": code, "description": name_of(code), "parent_codes": []} for code in codes]
    pq.write_table(pa.Table.from_pylist(described, schema=CODES_SCHEMA), folder / "codes.parquet")
