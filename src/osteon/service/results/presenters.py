"""Results in words: what stands in each row of a table, and what the record lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from osteon.events.vocabulary import MEASURES, Measure
from osteon.service.patients.timeline.words import unit_words
from osteon.service.results.models import Result, Specimen
from osteon.service.results.queries import Latest
from osteon.service.results.ranges import (
    Direction,
    Reading,
    direction,
    range_in_words,
    standing_in_words,
    value_in_words,
)

# How laboratories group them. A measure the vocabulary gains later falls under "Other measurements".
GROUPS: Final = (
    (gettext_noop("Inflammation"), ("crp", "esr")),
    (
        gettext_noop("Blood count"),
        ("white-cells", "neutrophils", "eosinophils", "platelets", "haemoglobin"),
    ),
    (gettext_noop("Kidney and salts"), ("creatinine", "egfr", "urea", "sodium", "potassium")),
    (gettext_noop("Liver"), ("alt", "ast", "alp", "bilirubin", "albumin")),
    (gettext_noop("Muscle, clotting, metabolism"), ("creatine-kinase", "inr", "hba1c", "lactate")),
    (
        gettext_noop("Drug levels"),
        ("vancomycin-level", "teicoplanin-level", "gentamicin-level", "amikacin-level"),
    ),
)
OTHER: Final = gettext_noop("Other measurements")

# Base set of monitoring (opat.md section c): its absence is said, on every patient.
ALWAYS_SHOWN: Final = (
    "crp",
    "white-cells",
    "neutrophils",
    "eosinophils",
    "platelets",
    "haemoglobin",
    "creatinine",
    "egfr",
    "potassium",
    "alt",
    "alp",
    "bilirubin",
)
HEADLINES: Final = ("crp", "esr", "white-cells", "neutrophils", "platelets", "creatinine", "alt")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result in a table, beside the value before it."""

    result: Result
    before: Result | None = None

    @property
    def reading(self) -> Reading:
        return self.result.reading

    @property
    def name(self) -> str:
        measure = self.result.measure
        return _(measure.name) if measure else str(self.result)

    @property
    def is_number(self) -> bool:
        return self.result.numeric_value is not None

    @property
    def value(self) -> str:
        """``<4`` or the laboratory's words, without the unit."""
        result = self.result
        return value_in_words(result.numeric_value, result.comparator, result.text_value)

    @property
    def unit(self) -> str:
        """The unit as people write it; nothing for a result in words."""
        return unit_words(self.result.unit) if self.is_number else ""

    @property
    def range(self) -> str:
        """``up to 5``; empty for a result in words, which has none."""
        return range_in_words(self.reading.low, self.reading.high) if self.is_number else ""

    @property
    def is_out(self) -> bool:
        return self.reading.is_out

    @property
    def standing(self) -> str:
        """``10.7 × upper limit``; a result in words says that it is one."""
        return standing_in_words(self.reading) if self.is_number else _("in words, not a number")

    @property
    def side(self) -> str:
        """``above`` or ``below``, for the shape beside the words; empty otherwise."""
        return self.reading.standing.value if self.is_out else ""

    @property
    def remark(self) -> str:
        """Words that came with a number ("haemolysed")."""
        return self.result.text_value if self.is_number else ""

    @property
    def direction(self) -> Direction:
        """Against the value before, where both are in the same unit."""
        if not self.is_number:
            return Direction("", "–")
        if self.before is not None and self.before.unit != self.result.unit:
            return Direction("", _("cannot be compared"))
        return direction(self.reading, self.before.reading if self.before else None)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure on the overview: its latest result, or that there is none."""

    measure: Measure
    latest: ResultRow | None
    is_monitored: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that belong together."""

    name: str
    rows: tuple[MeasureRow, ...]


def overview(latest: dict[str, Latest], monitored: Iterable[str]) -> list[Group]:
    """The measures in groups: those with a result, those always shown, and those a running drug asks for."""
    asked = set(monitored)
    shown = set(latest) | set(ALWAYS_SHOWN) | asked
    grouped = {key for _name, keys in GROUPS for key in keys}
    groups = [*GROUPS, (OTHER, tuple(key for key in MEASURES if key not in grouped))]
    made = [
        Group(name, tuple(_measure_row(key, latest.get(key), key in asked) for key in keys if key in shown))
        for name, keys in groups
    ]
    return [group for group in made if group.rows]


def headlines(latest: dict[str, Latest], monitored: Iterable[str]) -> list[MeasureRow]:
    """The few measures of the patient's overview; what a running drug asks for first."""
    asked = list(dict.fromkeys(key for key in monitored if key in MEASURES))
    keys = dict.fromkeys([*asked, *HEADLINES])
    rows = [_measure_row(key, latest.get(key), key in asked) for key in keys]
    return [row for row in rows if row.latest or row.is_monitored or row.measure.key == "crp"][:8]


def _measure_row(key: str, found: Latest | None, is_monitored: bool) -> MeasureRow:
    row = ResultRow(found.now, found.before) if found else None
    return MeasureRow(MEASURES[key], row, is_monitored)


def rows_of(results: Sequence[Result], following: Result | None) -> list[ResultRow]:
    """Results, newest first, each beside the one before it in time that is a number; ``following`` after the last."""
    rows: list[ResultRow] = []
    before = following
    for result in reversed(results):
        rows.append(ResultRow(result, before))
        before = result if result.numeric_value is not None else before
    return rows[::-1]


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version in the history of a fact."""

    at: datetime
    by: str
    what: str
    why: str


def versions(rows: Iterable, words) -> list[Version]:
    """The history of a fact, newest first; ``words`` says what a stored version said."""
    return [
        Version(
            timezone.localtime(row.history_date),
            str(row.history_user) if row.history_user else "Osteon",
            words(row),
            row.history_change_reason or "",
        )
        for row in rows
    ]


def result_words(row: Result) -> str:
    """What one version of a result said."""
    number = value_in_words(row.numeric_value, row.comparator, row.text_value)
    unit = unit_words(row.unit) if row.numeric_value is not None else ""
    return " ".join(part for part in (number, unit, _state(row)) if part)


def _state(row: Result | Specimen) -> str:
    if row.entered_in_error_at:
        return _("(entered in error)")
    return _("(interpreted: %(words)s)") % {"words": row.interpretation} if row.interpretation else ""


def specimen_words(row: Specimen) -> str:
    """What one version of a specimen said."""
    grew = (
        _("growth not known")
        if row.isolate_count is None
        else _("%(count)s grew") % {"count": row.isolate_count}
    )
    return " · ".join(
        str(part)
        for part in (row.label, row.get_kind_display(), row.get_state_display(), grew, _state(row))
        if part
    )
