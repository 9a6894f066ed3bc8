"""Numbers with units. Comparing milligrams with micromoles is an error when the rule file is imported."""

from __future__ import annotations

from dataclasses import dataclass


class UnitMismatch(TypeError):
    """Two quantities of different units were compared, added or subtracted. The text names both."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A UCUM unit. ``6.0 * mmol_per_L`` is a quantity."""

    ucum: str
    words: str

    def __rmul__(self, number: float) -> Quantity:
        return Quantity(float(number), self)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a unit, as a threshold of a rule."""

    number: float
    unit: Unit

    def __str__(self) -> str:
        return f"{in_words(self.number)} {self.unit.words}".rstrip()


def in_words(number: float) -> str:
    """A number as a person writes it: ``2,140``, ``0.5``; no trailing zeros.

    >>> in_words(2140.0), in_words(0.50)
    ('2,140', '0.5')
    """
    rounded = round(number, 1 if abs(number) >= 10 else 2)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,}"


_WORDS = {
    "10*9/L": "× 10⁹/L",
    "umol/L": "µmol/L",
    "mm/h": "mm/h",
    "{INR}": "",
    "1": "",
    "d": "days",
    "a": "years",
    "mo": "months",
    "h": "hours",
    "ug/L": "µg/L",
    "/uL": "/µL",
    "cm2": "cm²",
    "deg": "°",
    "mm[Hg]": "mmHg",
    "[CFU]/mL": "CFU/mL",
    "[CFU]": "CFU",
    "Cel": "°C",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
}


def unit(ucum: str) -> Unit:
    """The unit of a UCUM code, with the words people read."""
    return Unit(ucum, _WORDS.get(ucum, ucum))


mg_per_L = unit("mg/L")
g_per_L = unit("g/L")
mmol_per_L = unit("mmol/L")
umol_per_L = unit("umol/L")
U_per_L = unit("U/L")
cells = unit("10*9/L")
mm_per_h = unit("mm/h")
inr = unit("{INR}")
ratio = unit("1")
day = unit("d")
year = unit("a")
percent = unit("%")
per_uL = unit("/uL")
ug_per_L = unit("ug/L")
cm = unit("cm")
mm = unit("mm")
deg = unit("deg")
degrees = unit("Cel")
