"""Units: one spelling for each, known conversions to a measure's own unit, and what no patient can have.

All three are tables under ``vocabulary/`` with the reasoning beside each row. A unit that is not in them
is never guessed: the answer is ``None`` and the row keeps the unit it came with.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Final, Protocol


class InOneUnit(Hashable, Protocol):
    """Something measured or asked, whose values are brought to one unit."""

    @property
    def key(self) -> str: ...

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Conversion:
    """``value × factor + offset`` brings a value to the measure's unit; the factor is positive."""

    factor: float
    offset: float

    @property
    def is_identity(self) -> bool:
        """Whether it changes nothing."""
        return self.factor == 1.0 and self.offset == 0.0

    def apply(self, value: float) -> float:
        """The value in the measure's unit."""
        return value * self.factor + self.offset


@dataclass(frozen=True, slots=True)
class Limits:
    """The widest bounds a living patient's value can have; beyond them lies a mistake."""

    lowest: float
    highest: float

    def allow(self, value: float) -> bool:
        """Whether the value can be true."""
        return self.lowest <= value <= self.highest


IDENTITY: Final = Conversion(1.0, 0.0)


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files("osteon.events.vocabulary").joinpath(table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _squeezed(unit: str) -> str:
    return re.sub(r"\s+", " ", unit.strip())


def _spellings() -> dict[str, str]:
    """Exact spellings, and their lower-case forms where these mean only one unit."""
    exact = {row["spelling"]: row["ucum"] for row in _rows("unit_spellings.csv")}
    folded: dict[str, str] = {}
    for spelling, ucum in exact.items():
        if ucum:
            folded.setdefault(spelling.casefold(), ucum)
    return folded | exact


def _conversions() -> dict[tuple[str, str], tuple[frozenset[str], Conversion]]:
    return {
        (row["measure"], row["unit"]): (
            frozenset(filter(None, row["only_codes"].split("|"))),
            Conversion(float(Fraction(row["factor"])), float(Fraction(row["offset"]))),
        )
        for row in _rows("unit_conversions.csv")
    }


SPELLINGS: Final = _spellings()
CONVERSIONS: Final = _conversions()
LIMITS: Final = {
    row["measure"]: Limits(float(row["lowest"]), float(row["highest"])) for row in _rows("limits.csv")
}


@lru_cache(maxsize=4096)
def ucum(unit: str | None) -> str | None:
    """One spelling of a unit, in UCUM; ``None`` for one we do not know or that could mean two things.

    >>> ucum("K/uL"), ucum("MMOL/L"), ucum("G/L"), ucum("furlong")
    ('10*3/uL', 'mmol/L', None, None)
    """
    if unit is None:
        return None
    written = _squeezed(unit)
    found = SPELLINGS.get(written)
    if found is None and written not in SPELLINGS:
        found = SPELLINGS.get(written.casefold())
    return found or None


@lru_cache(maxsize=4096)
def conversion(measure: InOneUnit, unit: str | None, code: str | None = None) -> Conversion | None:
    """How to bring a value of ``measure`` printed in ``unit`` to ``measure.unit``; ``None`` when unknown.

    ``code`` is the stream code under which the value came (``LOINC//3094-0``): some conversions hold for
    one code only, because the same words and unit mean another substance under another code.
    """
    known = "" if unit is None or not unit.strip() else ucum(unit)
    if known is None:
        return None
    if known == measure.unit:
        return IDENTITY
    only, found = CONVERSIONS.get((measure.key, known), (frozenset(), None))
    return found if not only or code in only else None


def to_canonical(measure: InOneUnit, value: float, unit: str | None, code: str | None = None) -> float | None:
    """A value in ``unit`` as a value in ``measure.unit``; ``None`` when the unit is not known, never a guess.

    >>> round(to_canonical(MEASURES["creatinine"], 1.2, "mg/dL"), 2)
    106.08
    """
    found = conversion(measure, unit, code)
    return None if found is None else found.apply(value)


def is_possible(measure: InOneUnit, value: float) -> bool:
    """Whether a value, already in the measure's unit, can be a living patient's."""
    limits = LIMITS.get(measure.key)
    return limits is None or limits.allow(value)
