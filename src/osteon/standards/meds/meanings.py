"""What one code of a MEDS file means to us: decided once per distinct code and unit, not once per row.

Three dialects meet here: our own codes (``LOINC//…``, ``ATC//…``, ``OSTEON//…``), which pass; plain MEDS
codes; and MIMIC-IV's (``LAB//50912//mg/dL``, ``MEDICATION//START//CefTRIAXone``). The table from MIMIC's
laboratory items to LOINC is ``mimic_items.csv``: rows of MIT-LCP mimic-code's ``d_labitems_to_loinc.csv`` and
``chartevents_to_loinc.csv`` (commit 8bcbd190, MIT licence, LOINC 2.71) that fall on our measures, or on the
percentages of neutrophils and eosinophils. An item whose printed unit we do not know stays unmapped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Final

from osteon.events.units import LIMITS, Conversion, conversion
from osteon.events.vocabulary import MEASURE_BY_CODE
from osteon.standards.medicines import drug_named


class Role(StrEnum):
    """What becomes of the rows that carry a code."""

    KEPT = "kept"
    RECODED = "recoded"
    MEASURED = "measured"
    BEGINS_ORDER = "begins order"
    ENDS_ORDER = "ends order"
    DOSE = "dose"
    BEGINS_STAY = "begins stay"
    ENDS_STAY = "ends stay"
    REGISTERS_EMERGENCY = "registers emergency"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The stream code and unit a row gets, and how its value is brought there."""

    role: Role
    code: str
    unit: str | None = None
    factor: float = 1.0
    offset: float = 0.0
    lowest: float | None = None
    highest: float | None = None
    remark: str | None = None


_SYSTEMS: Final = (
    "LOINC", "ATC", "OSTEON", "SNOMED", "ICD10", "ICD10CM", "ICD9CM", "OPCS4", "SUSCEPTIBILITY", "GENDER",
)  # fmt: skip
_NO_UNIT: Final = frozenset({"UNK", "N/A", ""})
# What an administration record calls a dose that reached the patient; the rest ("Not Given", "Hold Dose",
# "Flushed", "Confirmed", "Stopped") did not give one.
_GIVEN: Final = frozenset(
    {
        "Administered", "Delayed Administered", "Partial Administered", "Administered in Other Location",
        "Administered Bolus from IV Drip", "Started", "Delayed Started", "Started in Other Location", "Restarted",
    }
)  # fmt: skip
_SEX: Final = {"F": "F", "FEMALE": "F", "M": "M", "MALE": "M", "O": "O", "OTHER": "O"}


Reader = Callable[[str, str | None], Meaning | None]


def _items() -> dict[str, tuple[str, str]]:
    text = files(__package__).joinpath("mimic_items.csv").read_text(encoding="utf-8")
    return {row["item"]: (row["unit"], f"LOINC//{row['loinc']}") for row in csv.DictReader(text.splitlines())}


ITEMS: Final = _items()


@lru_cache(maxsize=65536)
def meaning_of(code: str, unit: str | None) -> Meaning:
    """What rows with this code and unit mean. Anything unknown keeps its code and its unit."""
    system, _, rest = code.partition("//")
    reader: Reader | None = _READERS.get(system)
    found = reader(rest, unit) if reader else None
    if found is not None:
        return found
    return Meaning(Role.RECODED if system in _SYSTEMS else Role.KEPT, code, unit)


def _as_measured(code: str, unit: str | None) -> Meaning | None:
    measure = MEASURE_BY_CODE.get(code)
    if measure is None:
        return None
    how: Conversion | None = conversion(measure, unit, code)
    if how is None:
        said = "no unit" if not unit else f"unit {unit!r} not known"
        return Meaning(Role.KEPT, code, unit, remark=f"{measure.name}: {said}, kept as it came")
    limits = LIMITS[measure.key]
    return Meaning(
        Role.MEASURED, measure.code, measure.unit, how.factor, how.offset, limits.lowest, limits.highest
    )


def _loinc(rest: str, unit: str | None) -> Meaning | None:
    code, _, tail = rest.partition("//")
    return _as_measured(f"LOINC//{code}", unit or tail or None)


def _lab(rest: str, unit: str | None) -> Meaning | None:
    item, _, tail = rest.partition("//")
    printed = unit or (None if tail in _NO_UNIT else tail)
    code = f"LAB//{rest}"
    expected, loinc = ITEMS.get(item, ("", ""))
    if not loinc or (printed or "") != expected:
        return Meaning(Role.KEPT, code, printed)
    return _as_measured(loinc, printed) or Meaning(Role.RECODED, loinc, printed)


def _infusion_weight(rest: str, unit: str | None) -> Meaning | None:
    return _as_measured("LOINC//29463-7", "kg") if rest == "KG" else None


def _medication(rest: str, unit: str | None) -> Meaning | None:
    first, _, second = rest.partition("//")
    if first in ("START", "STOP"):
        role, name = Role.BEGINS_ORDER if first == "START" else Role.ENDS_ORDER, second
    elif second.strip() in _GIVEN:
        role, name = Role.DOSE, first
    else:
        return None
    drug = drug_named(name)
    return Meaning(role, drug.code) if drug else None


def _diagnosis(rest: str, unit: str | None) -> Meaning | None:
    match = re.fullmatch(r"ICD//(9|10)//([A-Z0-9.]+)", rest)
    if match is None:
        return None
    edition, plain = match[1], match[2].replace(".", "")
    return Meaning(Role.RECODED, f"ICD{edition}CM//{dotted(plain, edition)}")


def dotted(code: str, edition: str) -> str:
    """An ICD code with its dot: after three characters, after four for the external causes of ICD-9.

    >>> dotted("73027", "9"), dotted("E8490", "9"), dotted("M86171", "10"), dotted("496", "9")
    ('730.27', 'E849.0', 'M86.171', '496')
    """
    head = 4 if edition == "9" and code.startswith("E") else 3
    return f"{code[:head]}.{code[head:]}" if len(code) > head else code


def _gender(rest: str, unit: str | None) -> Meaning | None:
    sex = _SEX.get(rest.upper())
    return Meaning(Role.RECODED, f"GENDER//{sex}") if sex else Meaning(Role.KEPT, f"GENDER//{rest}")


_READERS: Final[dict[str, Reader]] = {
    "LOINC": _loinc,
    "LAB": _lab,
    "SUBJECT_WEIGHT_AT_INFUSION": _infusion_weight,
    "MEDICATION": _medication,
    "DIAGNOSIS": _diagnosis,
    "GENDER": _gender,
    "MEDS_BIRTH": lambda rest, unit: Meaning(Role.RECODED, "MEDS_BIRTH"),
    "MEDS_DEATH": lambda rest, unit: Meaning(Role.RECODED, "MEDS_DEATH"),
    "HOSPITAL_ADMISSION": lambda rest, unit: Meaning(Role.BEGINS_STAY, "OSTEON//admission//inpatient"),
    "HOSPITAL_DISCHARGE": lambda rest, unit: Meaning(Role.ENDS_STAY, "OSTEON//admission//inpatient"),
    "ED_REGISTRATION": lambda rest, unit: Meaning(Role.REGISTERS_EMERGENCY, "OSTEON//admission//emergency"),
}
