"""Codes typed by their system. A code of the wrong form, or of another system, cannot be built.

In the stream a code is the string ``SYSTEM//code``. ``OSTEON//…`` codes are ours, for what no
terminology names the way the unit says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar


class WrongCode(ValueError):
    """The text is not a code of that system."""


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code of one system; ``str(code)`` is its form in the stream."""

    value: str
    system: ClassVar[str] = ""
    form: ClassVar[re.Pattern[str]] = re.compile(r".+")

    def __post_init__(self) -> None:
        if not self.form.fullmatch(self.value):
            raise WrongCode(f"{self.value!r} is not a {self.system} code")

    def __str__(self) -> str:
        return f"{self.system}//{self.value}"


class Loinc(Code):
    """A laboratory or vital-sign measurement."""

    system = "LOINC"
    form = re.compile(r"\d{1,7}-\d")


class Atc(Code):
    """A drug, by its substance and way in (oral vancomycin is not systemic vancomycin)."""

    system = "ATC"
    form = re.compile(r"[A-Z]\d{2}([A-Z]{1,2}(\d{2})?)?")


class Snomed(Code):
    """A SNOMED CT concept: organisms, findings, procedures."""

    system = "SNOMED"
    form = re.compile(r"\d{6,18}")


class Icd10(Code):
    """A diagnosis, ICD-10 (with the dot)."""

    system = "ICD10"
    form = re.compile(r"[A-Z]\d{2}(\.\d{1,2})?")


class Opcs4(Code):
    """An operation, OPCS-4."""

    system = "OPCS4"
    form = re.compile(r"[A-Z]\d{2}(\.\d)?")


class Own(Code):
    """One of our own, ``kind//what``: ``operation//debridement``, ``finding//muscle-symptoms``."""

    system = "OSTEON"
    form = re.compile(r"[a-z0-9-]+(//[A-Za-z0-9.-]+)+")
