"""The reader itself: whole patients at a time, however long the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from osteon.events.report import ReadReport
from osteon.events.subjects import Identifier, Subject
from osteon.standards.meds import mapping
from osteon.standards.meds.courses import lasting_events
from osteon.standards.meds.files import ROW, EventFiles

GROUP_ROWS: Final = 500_000  # of patients whose rows lie scattered, so many rows are sorted at a time
_SEXES: Final = {"GENDER//F": "female", "GENDER//M": "male", "GENDER//O": "other"}


class MedsSource:
    """A MEDS file or folder as a stream of events.

    Courses are pieced together from a patient's orders and doses, so a patient is always held whole:
    memory is bounded by one batch and the longest single patient. MEDS keeps a patient's rows together;
    a file that scatters them is read group by group instead, which needs more passes but no more memory.
    """

    kind = "MEDS Parquet"

    def __init__(self, path: Path) -> None:
        self.files = EventFiles(path)
        self.name = self.files.name
        self.report = ReadReport(self.name)
        self.names: dict[str, str] = {}

    def subjects(self) -> Iterator[Subject]:
        """Everyone with a row, in order of first appearance, known by the data set's own number."""
        about: dict[int, dict[str, object]] = {}
        for batch in self.files.batches(("subject_id", "time", "code")):
            _gather(batch, about)
        births = [told["born"] for told in about.values() if "born" in told]
        # A data set that moves its dates keeps only the year: every birth then falls on 1 January.
        only_years = bool(births) and all(
            isinstance(b, datetime) and (b.month, b.day) == (1, 1) for b in births
        )
        for subject_id, told in about.items():
            yield self._subject(subject_id, told, "year" if only_years else "day")

    def _subject(self, subject_id: int, told: dict[str, object], precision: str) -> Subject:
        born = told.get("born")
        return Subject(
            subject_id,
            (Identifier(f"meds:{self.files.dataset}", str(subject_id)),),
            birth_date=born.date() if isinstance(born, datetime) else None,
            birth_precision=precision,
            sex=str(told.get("sex", "")),
        )

    def events(self) -> Iterator[pl.DataFrame]:
        """The stream; see ``osteon.standards.reading.Source``."""
        self.report = ReadReport(self.name)
        for patients in self._whole_patients():
            rows = mapping.with_meanings(patients)
            mapping.count(rows, self.report)
            yield pl.concat([mapping.plain_events(rows), lasting_events(rows, self.report)])

    def _whole_patients(self) -> Iterator[pl.DataFrame]:
        counts, together = self._survey()
        if together:
            yield from _cut_between_patients(self.files.batches())
            return
        self.report.remarks["patients' rows lie scattered in the file: read group by group"] += 1
        for group in _groups(counts):
            yield self._rows_where(pl.col("subject_id").is_in(group))
        yield self._rows_where(pl.col("subject_id").is_null())

    def _rows_where(self, wanted: pl.Expr) -> pl.DataFrame:
        found = pl.concat(batch.filter(wanted) for batch in self.files.batches())
        return found.sort("subject_id", "time", "source", ROW, maintain_order=True)

    def _survey(self) -> tuple[Counter[int], bool]:
        """How many rows each patient has, and whether they lie together."""
        counts: Counter[int] = Counter()
        runs, last = 0, None
        for ids in self.files.subject_ids():
            known = ids.drop_nulls()
            if known.is_empty():
                continue
            changes = int((known.diff().fill_null(0) != 0).sum())
            runs += changes + (known[0] != last)
            last = known[-1]
            counts.update(dict(known.value_counts().rows()))
        return counts, runs == len(counts)


def _gather(batch: pl.DataFrame, about: dict[int, dict[str, object]]) -> None:
    for subject_id in batch["subject_id"].drop_nulls().unique(maintain_order=True).to_list():
        about.setdefault(subject_id, {})
    told = batch.filter(
        pl.col("subject_id").is_not_null()
        & (pl.col("code").str.starts_with("MEDS_BIRTH") | pl.col("code").str.starts_with("GENDER//"))
    )
    for subject_id, code, time in told.select("subject_id", "code", "time").rows():
        if code in _SEXES:
            about[subject_id]["sex"] = _SEXES[code]
        elif code == "MEDS_BIRTH" and time is not None:
            about[subject_id]["born"] = time


def _cut_between_patients(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same rows, cut where one patient ends and the next begins."""
    held: list[pl.DataFrame] = []
    held_patient: int | None = None
    for batch in batches:
        known = batch["subject_id"].drop_nulls()
        if known.is_empty() or known[0] == known[-1] == held_patient:
            held.append(batch)
            continue
        cut = batch["subject_id"].index_of(known[-1]) or 0
        if held or cut:
            yield pl.concat([*held, batch.head(cut)])
        held, held_patient = [batch.slice(cut)], known[-1]
    if held:
        yield pl.concat(held)


def _groups(counts: Counter[int]) -> Iterator[list[int]]:
    """Patients in ascending order, so many at a time that their rows stay within ``GROUP_ROWS``."""
    group: list[int] = []
    rows = 0
    for subject_id, count in sorted(counts.items()):
        if group and rows + count > GROUP_ROWS:
            yield group
            group, rows = [], 0
        group.append(subject_id)
        rows += count
    if group:
        yield group
