"""Turns a table of MEDS rows into stream events, column by column, and counts what became of each row."""

from __future__ import annotations

from collections import Counter
from typing import Final

import polars as pl

from osteon.events.report import ReadReport
from osteon.events.schema import COLUMNS, EARLIEST, LATEST
from osteon.standards.meds.files import TIDIED
from osteon.standards.meds.meanings import Meaning, Role, meaning_of

WHY: Final = "why refused"
ROLE: Final = "role"
_MEANING: Final = {
    ROLE: pl.String,
    "to_code": pl.String,
    "to_unit": pl.String,
    "factor": pl.Float64,
    "offset": pl.Float64,
    "lowest": pl.Float64,
    "highest": pl.Float64,
    "remark": pl.String,
}
_LIMITED_RESULT: Final = r"^\s*([<>]=?)\s*(\d+(?:\.\d+)?)\s*$"
_PLAIN_ROLES: Final = (Role.KEPT, Role.RECODED, Role.MEASURED, Role.REGISTERS_EMERGENCY)


def with_meanings(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with what their code means beside them, and in ``why refused`` why a row cannot be taken."""
    pairs = frame.select("code", "unit").unique().rows()
    meanings = pl.DataFrame(
        [(code, unit, *_as_row(meaning_of(code or "", unit))) for code, unit in pairs],
        schema={"code": pl.String, "unit": pl.String, **_MEANING},
        orient="row",
    )
    joined = frame.join(meanings, on=["code", "unit"], how="left", nulls_equal=True, maintain_order="left")
    return _with_values(joined).with_columns(_why_refused().alias(WHY))


def _as_row(meaning: Meaning) -> tuple[object, ...]:
    return (
        meaning.role.value, meaning.code, meaning.unit, meaning.factor, meaning.offset,
        meaning.lowest, meaning.highest, meaning.remark,
    )  # fmt: skip


def _with_values(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds ``number``, the value in the measure's unit; a text such as "<0.3" gives a number and a sign."""
    said = pl.when(pl.col(ROLE) == Role.MEASURED.value, pl.col("numeric_value").is_null()).then("text_value")
    parts = said.str.extract_groups(_LIMITED_RESULT)
    return (
        frame.with_columns(
            parts.struct.field("1").alias("sign"), parts.struct.field("2").cast(pl.Float64).alias("limit")
        )
        .with_columns(
            pl.coalesce("comparator", "sign").alias("comparator"),
            pl.coalesce("numeric_value", "limit").alias("as_printed"),
        )
        .with_columns(_converted("as_printed").alias("number"))
    )


def _converted(column: str) -> pl.Expr:
    return pl.col(column) * pl.col("factor") + pl.col("offset")


def _why_refused() -> pl.Expr:
    number, time, end = pl.col("number"), pl.col("time"), pl.col("end")
    measured = pl.col(ROLE) == Role.MEASURED.value
    impossible = ~number.is_between(pl.col("lowest"), pl.col("highest"))
    return (
        pl.when(pl.col("subject_id").is_null())
        .then(pl.lit("no patient"))
        .when(pl.col("code").is_null() | (pl.col("code") == ""))
        .then(pl.lit("no code"))
        .when(~time.is_between(EARLIEST, LATEST) | ~end.is_between(EARLIEST, LATEST))
        .then(pl.lit("the date is impossible"))
        .when(end.is_not_null() & (time.is_null() | (end < time)))
        .then(pl.lit("it ends before it starts"))
        .when(pl.col("numeric_value").is_not_null() & ~pl.col("numeric_value").is_finite())
        .then(pl.lit("the value is not a finite number"))
        .when(measured & number.is_null() & pl.col("text_value").is_null())
        .then(pl.lit("a result without a value"))
        .when(measured & number.is_not_null() & impossible)
        .then(pl.format("{}: a value no living patient has", "to_code"))
        .when(pl.col(ROLE).is_in(_TIMED) & time.is_null())
        .then(pl.format("{}: no time", "to_code"))
    )


_TIMED: Final = [
    role.value for role in (Role.BEGINS_ORDER, Role.ENDS_ORDER, Role.DOSE, Role.BEGINS_STAY, Role.ENDS_STAY)
]


def plain_events(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that are events by themselves, as the columns of ``SCHEMA``."""
    rows = frame.filter(pl.col(WHY).is_null() & pl.col(ROLE).is_in([role.value for role in _PLAIN_ROLES]))
    changed = (pl.col("code") != pl.col("to_code")) | pl.col("unit").ne_missing(pl.col("to_unit"))
    before = pl.concat_str("code", "as_printed", "unit", separator=" ", ignore_nulls=True)
    return rows.with_columns(
        pl.when(changed).then(pl.coalesce("original", before)).otherwise("original").alias("original"),
        pl.col("to_code").alias("code"),
        pl.col("to_unit").alias("unit"),
        pl.col("number").alias("numeric_value"),
        _converted("reference_low").alias("reference_low"),
        _converted("reference_high").alias("reference_high"),
    ).select(COLUMNS)


def count(frame: pl.DataFrame, report: ReadReport) -> None:
    """Adds the rows to the report: every row is mapped, kept or refused."""
    report.read += frame.height
    kept = pl.col(ROLE) == Role.KEPT.value
    taken = frame.filter(pl.col(WHY).is_null())
    report.refused.update(_counts(frame.filter(pl.col(WHY).is_not_null()), WHY))
    report.kept.update(_counts(taken.filter(kept), "code"))
    report.mapped.update(_counts(taken.filter(~kept), "to_code"))
    report.remarks.update(_counts(taken.filter(pl.col("remark").is_not_null()), "remark"))
    report.remarks["spaces around a code: left out"] += taken.filter(TIDIED).height


def _counts(frame: pl.DataFrame, column: str) -> Counter[str]:
    return Counter(dict(frame.group_by(column).len().rows()))
