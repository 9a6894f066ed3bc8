"""Reports, and every kind of resource without a mapper of its own: kept under its code, or left out with the reason."""

from __future__ import annotations

from typing import Final

from osteon.events.schema import Event
from osteon.standards.fhir.codings import Coded, chosen
from osteon.standards.fhir.shapes import Json, Refuse, obj, objs, word
from osteon.standards.fhir.translation import Taken, Translation, original_of, source_of
from osteon.standards.spoken_kinds import own_code

_BILLING: Final = frozenset(
    [
        "Account",
        "ChargeItem",
        "ChargeItemDefinition",
        "Claim",
        "ClaimResponse",
        "Contract",
        "Coverage",
        "CoverageEligibilityRequest",
        "CoverageEligibilityResponse",
        "EnrollmentRequest",
        "EnrollmentResponse",
        "ExplanationOfBenefit",
        "InsurancePlan",
        "Invoice",
        "PaymentNotice",
        "PaymentReconciliation",
    ]
)
_READ_WITH_OTHERS: Final = frozenset({"Medication", "Specimen"})
_IMAGING_CATEGORIES: Final = frozenset(
    {"RAD", "RX", "CT", "NMR", "NMS", "RUS", "XRC", "LP29684-5", "imaging"}
)
_TIMES: Final = (
    "occurrenceDateTime", "occurrencePeriod.start", "effectiveDateTime", "effectivePeriod.start",
    "performedDateTime", "performedPeriod.start", "period.start", "authoredOn", "startDate", "whenHandedOver",
    "recordedDate", "authored", "sent", "dateTime", "date", "created", "issued",
)  # fmt: skip
_CODES: Final = (
    "code",
    "vaccineCode",
    "medicationCodeableConcept",
    "type",
    "description",
    "reasonCode",
    "category",
)


def diagnostic_report(resource: Json, translation: Translation) -> Taken:
    """A report of imaging, or the conclusion of another; a mere heading over results adds nothing."""
    status = word(resource, "status")
    if status in ("cancelled", "entered-in-error"):
        raise Refuse(f"is marked {status}")
    subject = translation.patient_of(resource)
    coded = chosen(obj(resource, "code")) or Coded("FHIR//DiagnosticReport", "Report")
    own = _imaging_code(resource, coded)
    conclusion = word(resource, "conclusion")
    if resource.get("presentedForm"):
        translation.remark(resource, "has an attachment, which is not read")
    if not own and not conclusion:
        return Taken()
    moment = translation.start_of(resource, "effectiveDateTime", "effectivePeriod.start", "issued")
    issued = translation.time_of(resource, "issued")
    event = Event(
        subject,
        moment.time,
        own or translation.named(coded),
        text_value=conclusion or coded.words or None,
        recorded_at=issued.time if issued else None,
        source=source_of(resource),
        original=original_of(moment.said, f"{coded.code} {coded.words}".strip() if own else ""),
    )
    return Taken([event], kept=None if own else coded.code)


def _imaging_code(resource: Json, coded: Coded) -> str | None:
    categories = {word(c, "code") for concept in objs(resource, "category") for c in objs(concept, "coding")}
    if not categories & _IMAGING_CATEGORIES:
        return None
    return own_code("imaging", coded.code, coded.words) or "OSTEON//imaging//other"


def other(resource: Json, translation: Translation) -> Taken:
    """Anything else that is about a patient, kept under the code it carries."""
    kind = resource["resourceType"]
    if kind in _READ_WITH_OTHERS:
        return Taken()
    if kind in _BILLING:
        raise Refuse("billing, not a clinical fact")
    if not (resource.get("subject") or resource.get("patient")):
        raise Refuse("not about a patient")
    if word(resource, "status") == "entered-in-error":
        raise Refuse("is marked entered-in-error")
    subject = translation.patient_of(resource)
    coded = _code_of(resource) or Coded(f"FHIR//{kind}", kind)
    moment = translation.time_of(resource, *_TIMES)
    event = Event(
        subject,
        moment.time if moment else None,
        translation.named(coded),
        text_value=coded.words or None,
        source=source_of(resource),
        original=original_of(moment.said if moment else ""),
    )
    return Taken([event], kept=coded.code)


def _code_of(resource: Json) -> Coded | None:
    """The first element that carries a code, be it one concept or a list of them."""
    for key in _CODES:
        found = resource.get(key)
        concept = found[0] if isinstance(found, list) and found else found
        if isinstance(concept, dict) and (coded := chosen(concept)):
            return coded
    return None
