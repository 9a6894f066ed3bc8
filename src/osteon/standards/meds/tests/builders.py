"""MEDS files for these tests, and what the reader made of them."""

from datetime import datetime, timedelta

import polars as pl

from osteon.events.schema import to_frame
from osteon.standards.meds.reader import MedsSource

DAY0 = datetime(2126, 3, 2, 9)


def at(days: float) -> datetime:
    return DAY0 + timedelta(days=days)


def mimic(path, rows):
    """A file in the columns of the MIMIC demo: (patient, day or None, code, value)."""
    frame = pl.DataFrame(
        [(s, None if d is None else at(d), code, "condition", value) for s, d, code, value in rows],
        schema={
            "subject_id": pl.Int64,
            "time": pl.Datetime("us"),
            "code": pl.String,
            "table": pl.String,
            "value": pl.Float32,
        },
        orient="row",
    )
    frame.write_parquet(path)
    return MedsSource(path)


def read(source) -> pl.DataFrame:
    frames = list(source.events())
    report = source.report
    assert report.read == report.mapped.total() + report.kept.total() + report.refused.total()
    return pl.concat(frames) if frames else to_frame([])


def one(frame, code) -> dict:
    (row,) = frame.filter(pl.col("code") == code).to_dicts()
    return row


def spans(frame, code) -> list[tuple]:
    return frame.filter(pl.col("code") == code).sort("time").select("time", "end").rows()
