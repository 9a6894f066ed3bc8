"""Opens MEDS Parquet and brings any of its column names and types to ours, batch by batch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from osteon.events.report import SourceRefused
from osteon.events.schema import COLUMNS, MOMENT, SCHEMA

BATCH_ROWS: Final = 131_072
ROW: Final = "row"
TIDIED: Final = "tidied"
# The name MEDS gives a column, and those seen for it in files that call themselves MEDS.
_ALIASES: Final = {"numeric_value": ("numeric_value", "value"), "text_value": ("text_value", "string_value")}
_TIDY: Final = pl.col("code").str.replace_all(r"\s*//\s*", "//").str.strip_chars()
_FLOAT32_DIGITS: Final = 7  # a 32-bit 32.7 would otherwise read 32.70000076


class EventFiles:
    """The Parquet files of one data set, in a fixed order."""

    def __init__(self, path: Path) -> None:
        self.paths = _shards(path)
        self._root = path if path.is_dir() else path.parent
        self._columns = [_columns_of(p) for p in self.paths]
        self.name = path.name
        self.dataset = _dataset_name(path)

    def subject_ids(self) -> Iterator[pl.Series]:
        """The patient column alone, in file order."""
        for path in self.paths:
            for table in _batches(path, ["subject_id"]):
                yield pl.Series("subject_id", table.column(0)).cast(pl.Int64)

    def batches(self, only: tuple[str, ...] = COLUMNS) -> Iterator[pl.DataFrame]:
        """All rows in file order: the columns of ``SCHEMA``, ``row`` (its place in its file) and ``tidied``.

        Spaces around a code or one of its parts are left out ("LAB//51498// "); ``tidied`` says where that was so.
        ``source`` is ``meds:<file>#<row>`` where the file does not say it. Columns outside ``only`` are empty.
        """
        for path, columns in zip(self.paths, self._columns, strict=True):
            label = f"meds:{path.relative_to(self._root).as_posix()}#"
            wanted = {ours: theirs for ours, theirs in columns.items() if ours in only}
            first = 0
            for batch in _batches(path, sorted(set(wanted.values()))):
                frame = _as_events(batch, wanted, label, first)
                first += frame.height
                yield frame


def _shards(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    data = path / "data" if (path / "data").is_dir() else path
    found = sorted(data.rglob("*.parquet"))
    if not found:
        raise SourceRefused(f"{path.name}: the folder holds no .parquet file")
    return found


def _open(path: Path) -> Any:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(
            f"{path.name}: not a readable Parquet file; it may be cut short ({error})"
        ) from error


def _columns_of(path: Path) -> dict[str, str]:
    """Our column name → the file's column name."""
    schema = _open(path).schema_arrow
    found = {
        ours: theirs for ours in COLUMNS for theirs in _ALIASES.get(ours, (ours,)) if theirs in schema.names
    }
    for needed in ("subject_id", "time", "code"):
        if needed not in found:
            raise SourceRefused(
                f"{path.name}: not an event table, it has no column {needed!r} (it has {', '.join(schema.names)})"
            )
    _check_types(path, schema, found)
    return found


def _check_types(path: Path, schema: Any, columns: dict[str, str]) -> None:
    checks = {
        "subject_id": pa.types.is_integer,
        "time": _is_time,
        "code": _is_text,
        "numeric_value": _is_number,
    }
    for ours, is_right in checks.items():
        if ours in columns and not is_right(schema.field(columns[ours]).type):
            kind = schema.field(columns[ours]).type
            raise SourceRefused(f"{path.name}: the column {columns[ours]!r} has the wrong type ({kind})")


def _is_time(kind: Any) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _is_text(kind: Any) -> bool:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner))


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))


def _batches(path: Path, columns: list[str]) -> Iterator[Any]:
    try:
        yield from _open(path).iter_batches(batch_size=BATCH_ROWS, columns=columns)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(f"{path.name}: damaged inside; nothing of it was taken ({error})") from error


def _as_events(batch: Any, columns: dict[str, str], label: str, first: int) -> pl.DataFrame:
    frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))
    shaped = frame.select(
        _column(ours, frame.schema[theirs], theirs) if (theirs := columns.get(ours)) else _absent(ours)
        for ours in COLUMNS
    ).with_columns(pl.int_range(first, first + frame.height, dtype=pl.Int64).alias(ROW))
    return shaped.with_columns(
        pl.coalesce("source", pl.format("{}{}", pl.lit(label), ROW)).alias("source"),
        _TIDY.alias("code"),
        (pl.col("code") != _TIDY).alias(TIDIED),
    )


def _absent(ours: str) -> pl.Expr:
    return pl.lit(None, dtype=SCHEMA[ours]).alias(ours)


def _column(ours: str, kind: pl.DataType, theirs: str) -> pl.Expr:
    column = pl.col(theirs)
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        column = column.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if kind == pl.Float32:
        column = column.cast(pl.Float64).round_sig_figs(_FLOAT32_DIGITS)
    return column.cast(MOMENT if SCHEMA[ours] == MOMENT else SCHEMA[ours]).alias(ours)


def _dataset_name(path: Path) -> str:
    """What the data set calls itself; else the file's or folder's name, so that two sets are not mixed up."""
    root = path if path.is_dir() else path.parent
    about = next((r / "metadata" / "dataset.json" for r in (root, root.parent)), None)
    try:
        said = json.loads(about.read_text(encoding="utf-8"))["dataset_name"] if about else ""
    except (OSError, ValueError, KeyError, TypeError):
        said = ""
    return str(said) or (f"{root.name}/{path.stem}" if path.is_file() else path.name)
