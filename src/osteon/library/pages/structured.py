"""What a page says of itself to machines: schema.org's MedicalWebPage, as JSON-LD in its head."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from osteon.library.pages.models import LibraryPage

# schema.org's words for whom a page is written for, and for what it is about
AUDIENCES = {"gps": "Clinician"}
ABOUT = {"topicpage": "MedicalCondition", "testpage": "MedicalTest", "treatmentpage": "MedicalTherapy"}
SYSTEMS = {
    "ICD10": "ICD-10",
    "ICD10CM": "ICD-10-CM",
    "SNOMED": "SNOMED CT",
    "LOINC": "LOINC",
    "ATC": "ATC",
    "RXNORM": "RxNorm",
}


def address_of(page: LibraryPage) -> str:
    """The page under the library's public address."""
    return f"{settings.LIBRARY_ADDRESS}{urlsplit(page.full_url or '').path}"


def structured(page: LibraryPage) -> dict[str, Any]:
    """The page as schema.org describes it; what is not known is left out."""
    found = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": page.title,
        "description": page.summary,
        "url": address_of(page),
        "inLanguage": page.language,
        "lastReviewed": page.reviewed_on.isoformat() if page.reviewed_on else "",
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "reviewedBy": [{"@type": "Person", "name": name} for name in page.reviewer_list],
        "publisher": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME},
        "medicalAudience": [
            {"@type": "MedicalAudience", "audienceType": AUDIENCES.get(one, "Patient")}
            for one in page.audiences
        ],
        "about": _about(page),
        "citation": [str(block.value["text"]) for block in page.sources],
    }
    return {name: value for name, value in found.items() if value}


def _about(page: LibraryPage) -> dict[str, Any] | None:
    kind = ABOUT.get(page.content_type.model)
    if kind is None:
        return None
    found = {"@type": kind, "name": page.title, "alternateName": page.synonyms, "code": _codes(page)}
    return {name: value for name, value in found.items() if value}


def _codes(page: LibraryPage) -> list[dict[str, str]]:
    parts = (code.partition("//") for code in page.code_list)
    return [
        {"@type": "MedicalCode", "codeValue": value, "codingSystem": SYSTEMS[system]}
        for system, _, value in parts
        if system in SYSTEMS
    ]


def script(page: LibraryPage) -> SafeString:
    """The element for the head. ``<`` is written as an escape, so that no text can end it."""
    data = json.dumps(structured(page), ensure_ascii=False).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308
