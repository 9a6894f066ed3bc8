"""MedlinePlus Connect, asked: one code per request, never anything about the patient.

The answer is the feed of ``osteon.standards.infobutton.feed``: HTTP 200 with no entry when nothing fits.
"""

from __future__ import annotations

from typing import Final

from osteon.standards.infobutton.request import JSON, Coded, KnowledgeRequest
from osteon.standards.infobutton.systems import BY_KEY, CONNECT_ACCEPTS, CodeSystem

# At most 100 requests a minute from one address; NLM asks to keep answers for 12 to 24 hours.
SECONDS_BETWEEN: Final = 60 / 100
KEEP_HOURS: Final = 24


def connect_request(
    system: CodeSystem, code: str, *, language: str = "en", display: str = "", recipient: str = "PAT"
) -> KnowledgeRequest:
    """What may leave the hospital: the code, its language and kind of reader. ``display`` only helps drugs."""
    shown = display if system.key in ("RXNORM", "NDC", "ATC") else ""
    concept = Coded(code, system.oid, shown)
    return KnowledgeRequest(topics=(concept,), language=language, recipient=recipient, response_type=JSON)


def connect_url(base: str, request: KnowledgeRequest) -> str | None:
    """The address to ask, or ``None`` for a system MedlinePlus Connect has never heard of.

    A WHO ICD-10 code is asked as ICD-10-CM: what the two share is their categories.
    """
    concept = request.topics[0]
    system = concept.code_system
    if system is None:
        return None
    asked = BY_KEY["ICD10CM"] if system.key == "ICD10" else system
    if asked.key not in CONNECT_ACCEPTS:
        return None
    return connect_request(
        asked, concept.code, language=request.language, display=concept.display, recipient=request.recipient
    ).url(base)
