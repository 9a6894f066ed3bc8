"""Codes and texts of FHIR concepts as stream codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from osteon.standards.fhir.shapes import Json, obj, objs, word

# Our own words (events/vocabulary/own.csv) as a FHIR code system: ``finding//fever``
OWN_SYSTEM: Final = "urn:osteon:words"
SYSTEMS: Final = {
    OWN_SYSTEM: "OSTEON",
    "http://loinc.org": "LOINC",
    "urn:oid:2.16.840.1.113883.6.1": "LOINC",
    "http://snomed.info/sct": "SNOMED",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMED",
    "http://hl7.org/fhir/sid/icd-10": "ICD10",
    "http://hl7.org/fhir/sid/icd-10-uk": "ICD10",
    "urn:oid:2.16.840.1.113883.6.3": "ICD10",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD10CM",
    "urn:oid:2.16.840.1.113883.6.90": "ICD10CM",
    "http://hl7.org/fhir/sid/icd-9-cm": "ICD9CM",
    "urn:oid:2.16.840.1.113883.6.103": "ICD9CM",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RXNORM",
    "urn:oid:2.16.840.1.113883.6.88": "RXNORM",
    "http://www.whocc.no/atc": "ATC",
    "urn:oid:2.16.840.1.113883.6.73": "ATC",
    "https://dmd.nhs.uk": "DMD",
    "https://fhir.hl7.org.uk/Id/opcs-4": "OPCS4",
    "http://hl7.org/fhir/sid/cvx": "CVX",
    "http://www.ama-assn.org/go/cpt": "CPT",
    "http://dicom.nema.org/resources/ontology/DCM": "DCM",
}
ROUTES: Final = {
    "26643006": "oral",
    "47625008": "intravenous",
    "78421000": "intramuscular",
}  # antimicrobials d4
_ZERO_WIDTH: Final = re.compile("[\u200b-\u200d\ufeff]")
_LONGEST: Final = 200


class Coded(NamedTuple):
    """One coding: its stream code and the words that came with it."""

    code: str
    words: str


@lru_cache(maxsize=65536)
def stream_code(system: str, code: str) -> str:
    """``SYSTEM//code``. A system we have no short name for keeps its address, so that it can be found again."""
    known = SYSTEMS.get(system.rstrip("/"))
    if known:
        return f"{known}//{code}"
    return f"OTHER//{system}|{code}"[:_LONGEST] if system else f"LOCAL//{code}"[:_LONGEST]


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Words without zero-width characters and runs of spaces."""
    return " ".join(_ZERO_WIDTH.sub("", text).split())


def codings(concept: Json | None) -> list[Coded]:
    """The codings of a CodeableConcept, in the order given."""
    if concept is None:
        return []
    return [coded for coding in objs(concept, "coding") if (coded := coding_of(coding))]


def coding_of(coding: Json) -> Coded | None:
    """One Coding; ``None`` when it has no code."""
    code = word(coding, "code")
    if not code:
        return None
    return Coded(stream_code(word(coding, "system"), code), tidy(word(coding, "display")))


def words_of(concept: Json | None) -> str:
    """What a person reads: the concept's text, else its first display."""
    if concept is None:
        return ""
    text = word(concept, "text")
    if text:
        return tidy(text)
    return next((tidy(shown) for c in objs(concept, "coding") if (shown := word(c, "display"))), "")


def chosen(concept: Json | None, *prefer: Callable[[str], bool]) -> Coded | None:
    """The coding that satisfies the earliest preference; else the first; else the concept's text as a code."""
    found = codings(concept)
    for wanted in prefer:
        for coded in found:
            if wanted(coded.code):
                return Coded(coded.code, coded.words or words_of(concept))
    if found:
        return Coded(found[0].code, words_of(concept) or found[0].words)
    text = words_of(concept)
    return Coded(f"TEXT//{text}"[:_LONGEST].strip(), text) if text else None


def first_words(concepts: Sequence[Json]) -> str:
    """The words of the first concept that has any."""
    return next((said for concept in concepts if (said := words_of(concept))), "")


def has_code(concept: Json | None, *codes: str) -> bool:
    """Whether one of the codings carries one of the bare codes, whatever its system."""
    return concept is not None and any(word(c, "code") in codes for c in objs(concept, "coding"))


def status_of(resource: Json, key: str) -> str:
    """The code of a status that FHIR wraps in a CodeableConcept (``verificationStatus``)."""
    concept = obj(resource, key)
    return next((word(c, "code") for c in objs(concept, "coding")), "") if concept else ""
