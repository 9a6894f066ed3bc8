"""The default engine: Polars, in process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from osteon.events.schema import SCHEMA
from osteon.rules.engines.passes import Frame


class PolarsEngine:
    """Runs the passes on a lazy Polars frame in ``SCHEMA``; streaming, so that memory stays bounded."""

    def __init__(self, events: pl.LazyFrame) -> None:
        self._events = events

    def events(self) -> Frame:
        return nw.from_native(
            self._events.select(
                "subject_id",
                "code",
                at=pl.col("time").dt.epoch("us"),
                until=pl.col("end").dt.epoch("us"),
                value=pl.col("numeric_value"),
                comparator=pl.col("comparator"),
                unit=pl.col("unit"),
                limit=pl.col("reference_high"),
            )
        )

    def table(self, columns: dict[str, Sequence[Any]]) -> Frame:
        return nw.from_native(pl.LazyFrame(columns))

    def keep(self, frame: Frame) -> Frame:
        collected: pl.DataFrame = nw.to_native(frame).collect(engine="streaming")
        return nw.from_native(collected.lazy())

    def subjects(self) -> int:
        """How many patients the events speak of."""
        counted = self._events.select(pl.col("subject_id").n_unique()).collect(engine="streaming")
        return int(counted.item())

    def close(self) -> None:
        """Nothing to close."""


def open_polars(paths: Sequence[str]) -> PolarsEngine:
    """Reads parquet files of the event table."""
    return PolarsEngine(pl.scan_parquet(list(paths), schema=SCHEMA))
