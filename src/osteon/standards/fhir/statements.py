"""Diagnoses, allergies, procedures, encounters, imaging and devices."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from osteon.events.schema import Event
from osteon.standards.fhir.codings import Coded, chosen, coding_of, first_words, has_code, status_of, words_of
from osteon.standards.fhir.shapes import Json, Refuse, obj, objs, word
from osteon.standards.fhir.times import When
from osteon.standards.fhir.translation import Taken, Translation, original_of, source_of, until
from osteon.standards.spoken_kinds import own_code

_DIAGNOSIS_SYSTEMS: Final = ("ICD10//", "ICD10CM//", "ICD9CM//", "SNOMED//")
_NOT_HELD: Final = frozenset({"refuted", "entered-in-error"})
_NO_KNOWN_ALLERGY: Final = "716186003"  # SNOMED CT: no known allergy
_NOT_DONE: Final = frozenset({"not-done", "entered-in-error", "preparation"})
_NOT_HAPPENED: Final = frozenset({"planned", "cancelled", "entered-in-error"})
_STAYS: Final = frozenset({"IMP", "ACUTE", "NONAC", "OBSENC", "SS", "inpatient"})
_EMERGENCIES: Final = frozenset({"EMER", "emergency", "urgentcare"})
_VISITS: Final = frozenset(
    {"AMB", "VR", "HH", "FLD", "PRENC", "ambulatory", "outpatient", "wellness", "virtual"}
)


def _starts(prefix: str) -> Callable[[str], bool]:
    return lambda code: code.startswith(prefix)


def condition(resource: Json, translation: Translation) -> Taken:
    """A diagnosis; it lasts until it abated."""
    verification = status_of(resource, "verificationStatus")
    if verification in _NOT_HELD:
        raise Refuse(f"is marked {verification}")
    coded = chosen(obj(resource, "code"), *(_starts(system) for system in _DIAGNOSIS_SYSTEMS))
    if coded is None:
        raise Refuse("has no code")
    return _statement(resource, translation, coded, "onsetDateTime", "onsetPeriod.start", "recordedDate")


def _statement(resource: Json, translation: Translation, coded: Coded, *starts: str) -> Taken:
    start = translation.time_of(resource, *starts)
    end = translation.time_of(resource, "abatementDateTime", "abatementPeriod.end", "abatementPeriod.start")
    recorded = translation.time_of(resource, "recordedDate")
    code = translation.named(coded)
    event = Event(
        translation.patient_of(resource),
        start.time if start else None,
        code,
        end=until(start, end) if start else None,
        text_value=words_of(obj(resource, "code")) or coded.words or None,
        recorded_at=recorded.time if recorded else None,
        source=source_of(resource),
        original=original_of(start.said if start else ""),
    )
    return Taken([event], kept=None if code.startswith(_DIAGNOSIS_SYSTEMS) else code)


def allergy(resource: Json, translation: Translation) -> Taken:
    """An allergy or intolerance; or the statement that none is known."""
    for status in (status_of(resource, "verificationStatus"), status_of(resource, "clinicalStatus")):
        if status in _NOT_HELD or status in ("resolved", "inactive"):
            raise Refuse(f"is marked {status}")
    concept = obj(resource, "code")
    substance = words_of(concept) or first_words(
        [s for r in objs(resource, "reaction") if (s := obj(r, "substance"))]
    )
    if not substance:
        raise Refuse("does not say to what")
    substance = bare_substance(substance)
    none_known = has_code(concept, _NO_KNOWN_ALLERGY)
    start = translation.time_of(resource, "onsetDateTime", "recordedDate")
    recorded = translation.time_of(resource, "recordedDate")
    reaction = first_words([m for r in objs(resource, "reaction") for m in objs(r, "manifestation")])
    coded = chosen(concept)
    event = Event(
        translation.patient_of(resource),
        start.time if start else None,
        "OSTEON//allergy//none-known" if none_known else f"OSTEON//allergy//{slug(substance)}",
        text_value="No known allergies" if none_known else ": ".join(filter(None, (substance, reaction))),
        recorded_at=recorded.time if recorded else None,
        source=source_of(resource),
        original=original_of(start.said if start else "", coded.code if coded else ""),
    )
    return Taken([event])


_ALLERGY_WORDS: Final = re.compile(
    r"^allerg(?:y|ic reaction) to |\s*\((?:substance|disorder|finding)\)|\s+allergy$", re.IGNORECASE
)


def bare_substance(words: str) -> str:
    """The substance of an allergy: "Allergy to grass pollen" is about grass pollen.

    >>> bare_substance("Allergy to grass pollen"), bare_substance("Latex allergy")
    ('Grass pollen', 'Latex')
    """
    bare = _ALLERGY_WORDS.sub("", words).strip() or words
    return bare[:1].upper() + bare[1:]


def slug(words: str) -> str:
    """Words as the last part of one of our codes.

    >>> slug("Grass pollen")
    'grass-pollen'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:80] or "unnamed"


def procedure(resource: Json, translation: Translation) -> Taken:
    """An operation or a study where we have a word for it; else kept under its code."""
    status = word(resource, "status")
    if status in _NOT_DONE:
        raise Refuse(f"is marked {status}")
    coded = chosen(obj(resource, "code"), _starts("OPCS4//"), _starts("SNOMED//"))
    if coded is None:
        raise Refuse("has no code")
    start = translation.start_of(resource, "performedDateTime", "performedPeriod.start")
    own = own_code("operation", coded.code, coded.words) or own_code("imaging", coded.code, coded.words)
    event = Event(
        translation.patient_of(resource),
        start.time,
        own or translation.named(coded),
        text_value=coded.words or None,
        source=source_of(resource),
        original=original_of(start.said, coded.code if own else ""),
    )
    return Taken([event], kept=None if own else coded.code)


def encounter(resource: Json, translation: Translation) -> Taken:
    """A stay in hospital, an emergency attendance or a visit."""
    status = word(resource, "status")
    if status in _NOT_HAPPENED:
        raise Refuse(f"is marked {status}")
    start = translation.start_of(resource, "period.start")
    end = translation.time_of(resource, "period.end")
    kind, coded = _kind_of_encounter(resource)
    reason = first_words(objs(resource, "reasonCode"))
    event = Event(
        translation.patient_of(resource),
        start.time,
        f"OSTEON//admission//{kind}" if kind else translation.named(coded),
        end=until(start, end) if kind == "inpatient" else None,
        text_value="; ".join(filter(None, (first_words(objs(resource, "type")), reason))) or None,
        source=source_of(resource),
        original=original_of(start.said),
    )
    return Taken([event], kept=None if kind else event.code)


def _kind_of_encounter(resource: Json) -> tuple[str, Coded]:
    coding = coding_of(obj(resource, "class") or {}) or Coded("FHIR//Encounter", "Encounter")
    code = coding.code.rpartition("|")[2].rpartition("//")[2]
    for kind, codes in (("inpatient", _STAYS), ("emergency", _EMERGENCIES), ("clinic", _VISITS)):
        if code in codes:
            return kind, coding
    return "", coding


def imaging_study(resource: Json, translation: Translation) -> Taken:
    """One study, under its modality."""
    status = word(resource, "status")
    if status in ("cancelled", "entered-in-error", "registered"):
        raise Refuse(f"is marked {status}")
    start = translation.start_of(resource, "started")
    modalities = [c for m in _modalities(resource) if (c := coding_of(m))]
    words = _study_words(resource, modalities)
    own = next((o for c in modalities if (o := own_code("imaging", c.code, ""))), None)
    event = Event(
        translation.patient_of(resource),
        start.time,
        own or own_code("imaging", "", words) or "OSTEON//imaging//other",
        text_value=words or None,
        source=source_of(resource),
        original=original_of(start.said, modalities[0].code if modalities else ""),
    )
    return Taken([event])


def _study_words(resource: Json, modalities: list[Coded]) -> str:
    said = word(resource, "description") or first_words(objs(resource, "procedureCode"))
    if said:
        return said
    sites = [
        c.words for s in objs(resource, "series") if (site := obj(s, "bodySite")) and (c := coding_of(site))
    ]
    kind = modalities[0].words if modalities else ""
    return ": ".join(filter(None, (kind, ", ".join(filter(None, dict.fromkeys(sites))))))


def _modalities(resource: Json) -> list[Json]:
    own = list(objs(resource, "modality"))
    return own or [found for series in objs(resource, "series") if (found := obj(series, "modality"))]


def device_use(resource: Json, translation: Translation) -> Taken:
    """A line or a frame while it was in use; any other device is kept."""
    status = word(resource, "status")
    if status in ("entered-in-error", "intended"):
        raise Refuse(f"is marked {status}")
    device = translation.referred(resource, obj(resource, "device"), "device")
    start = translation.start_of(resource, "timingPeriod.start", "timingDateTime", "recordedOn")
    end = translation.time_of(resource, "timingPeriod.end")
    return _device_event(resource, device or {}, start, until(start, end), translation)


def device(resource: Json, translation: Translation) -> Taken:
    """A device known to be in a patient. Without a time of its own it has no place on the time axis."""
    status = word(resource, "status")
    if status == "entered-in-error":
        raise Refuse("is marked entered-in-error")
    if obj(resource, "patient") is None:
        raise Refuse("is not said to be any patient's")
    words, coded = _device_words(resource)
    event = Event(
        translation.patient_of(resource),
        None,
        translation.named(coded),
        text_value=words or None,
        source=source_of(resource),
    )
    return Taken([event], kept=coded.code)


def _device_event(
    resource: Json, device: Json, start: When, end: datetime | None, translation: Translation
) -> Taken:
    words, coded = _device_words(device)
    own = own_code("line", coded.code, words) or own_code("frame", coded.code, words)
    event = Event(
        translation.patient_of(resource),
        start.time,
        own or translation.named(coded),
        end=end,
        text_value=words or None,
        source=source_of(resource),
        original=original_of(start.said, coded.code if own else ""),
    )
    return Taken([event], kept=None if own else coded.code)


def _device_words(device: Json) -> tuple[str, Coded]:
    coded = chosen(obj(device, "type")) or Coded("FHIR//Device", "Device")
    names = [name for item in objs(device, "deviceName") if (name := word(item, "name"))]
    return (coded.words if coded.words != "Device" else "") or next(iter(names), ""), coded
