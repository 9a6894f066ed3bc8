"""Code systems as requests for knowledge name them: by OID.

Source: ../shared/reference/library_and_connect.md, section 3.2 and 4.1. The OIDs of ATC and of the systems
that MedlinePlus Connect does not accept are from the HL7 registry, from memory there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """One terminology: ``key`` is its name in our stream, ``echo`` the name an answer repeats it by."""

    key: str
    oid: str
    echo: str
    title: str
    form: re.Pattern[str]


def _system(key: str, oid: str, echo: str, title: str, form: str) -> CodeSystem:
    return CodeSystem(key, oid, echo, title, re.compile(form))


_ICD_FORM = r"[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?"

SYSTEMS: Final = (
    _system("ICD10", "2.16.840.1.113883.6.3", "ICD10", "ICD-10", _ICD_FORM),
    _system("ICD10CM", "2.16.840.1.113883.6.90", "ICD10CM", "ICD-10-CM", _ICD_FORM),
    _system("ICD9CM", "2.16.840.1.113883.6.103", "ICD9CM", "ICD-9-CM", r"[EV]?\d{2,3}(\.?\d{1,2})?"),
    _system("SNOMED", "2.16.840.1.113883.6.96", "SNOMEDCT", "SNOMED CT", r"\d{6,18}"),
    _system("LOINC", "2.16.840.1.113883.6.1", "LOINC", "LOINC", r"\d{1,7}-\d"),
    _system("RXNORM", "2.16.840.1.113883.6.88", "RXNORM", "RxNorm", r"\d{1,8}"),
    _system("ATC", "2.16.840.1.113883.6.73", "ATC", "ATC", r"[A-Z](\d{2}([A-Z]{1,2}(\d{2})?)?)?"),
    _system("NDC", "2.16.840.1.113883.6.69", "NDC", "NDC", r"[\d-]{8,14}"),
    _system("CPT", "2.16.840.1.113883.6.12", "CPT", "CPT", r"[0-9A-Z]{5}"),
    _system("ICD10PCS", "2.16.840.1.113883.6.4", "ICD10PCS", "ICD-10-PCS", r"[0-9A-Z]{7}"),
    _system("MESH", "2.16.840.1.113883.6.177", "MESH", "MeSH", r"[DCQ]\d{6,9}"),
)
BY_OID: Final = {system.oid: system for system in SYSTEMS}
BY_KEY: Final = {system.key: system for system in SYSTEMS}
BY_ECHO: Final = {system.echo: system for system in SYSTEMS}

# MedlinePlus Connect answers for these only; a WHO ICD-10 code is asked as ICD-10-CM (its parents are shared).
CONNECT_ACCEPTS: Final = frozenset(
    {"ICD10CM", "ICD9CM", "SNOMED", "RXNORM", "NDC", "LOINC", "CPT", "ICD10PCS"}
)


def parents(system: CodeSystem, code: str) -> tuple[str, ...]:
    """The code itself (normalised) and then each wider one: ``M86.171 -> M86.17, M86.1, M86``.

    ICD-10 and ICD-9 lose their last character down to the three-character category; ATC climbs its five
    levels. Other systems say nothing about parents in the code itself.
    """
    if system.key in ("ICD10", "ICD10CM", "ICD9CM"):
        return _icd_parents(code)
    if system.key == "ATC":
        levels = (7, 5, 4, 3, 1)
        return (code, *(code[:length] for length in levels if length < len(code)))
    return (code,)


def _icd_parents(code: str) -> tuple[str, ...]:
    bare = code.replace(".", "")
    shorter = (bare[:length] for length in range(len(bare), 2, -1))
    return tuple(f"{part[:3]}.{part[3:]}".rstrip(".") for part in shorter)


def is_wellformed(system: CodeSystem, code: str) -> bool:
    """Whether ``code`` could be of this system at all: ``M86.6`` is no SNOMED CT code."""
    return system.form.fullmatch(code) is not None
