"""What "Why" opens: from the evidence kept with an alert to what a page prints. Plain data, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osteon.service.patients.registry import fact_href


@dataclass(frozen=True, slots=True)
class Piece:
    """One fact, as ``components/evidence.jinja`` prints it."""

    what: str
    text: str
    value: float | None
    unit: str
    time: datetime | None
    threshold: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """One threshold or schedule that holds, with where it stands written and how sure that is."""

    level: str
    words: str
    status: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that can be opened behind an alert. ``links`` leads from a piece's source to its page."""

    say: str
    because: tuple[Part, ...]
    missing: tuple[str, ...]
    could_be: str
    pieces: tuple[Piece, ...]
    links: dict[str, str]


def why(evidence: dict[str, Any], patient_id: object) -> Why:
    """The evidence of an alert or of a line of its history; ``patient_id`` is the patient's public one."""
    facts = evidence.get("facts", [])
    return Why(
        say=evidence.get("say", ""),
        because=tuple(
            Part(part["level"], part["words"], part["status"], tuple(part["sources"]))
            for part in evidence.get("because", [])
        ),
        missing=tuple(evidence.get("missing", [])),
        could_be=evidence.get("could_be") or "",
        pieces=tuple(_piece(fact) for fact in facts),
        links={fact["source"]: page_of(fact["source"], patient_id) for fact in facts if fact["source"]},
    )


def _piece(fact: dict[str, Any]) -> Piece:
    text = _in_words(fact)
    return Piece(
        what=fact["what"],
        text=text,
        value=None if text else fact["value"],
        unit=fact["unit"],
        time=datetime.fromisoformat(fact["time"]) if fact["time"] else None,
        threshold=fact["threshold"] or "",
        source=fact["source"] or "",
    )


def _in_words(fact: dict[str, Any]) -> str:
    """Courses and findings are not numbers to read: "planned for 42 days", "present"."""
    value = fact["value"]
    if fact["code"].startswith("ATC//"):
        if value is None:
            return _("since then, no planned stop")
        days = int(value)
        return ngettext("planned for %(count)s day", "planned for %(count)s days", days) % {"count": days}
    if fact["code"].startswith("OSTEON//finding//") and value in (0, 1) and not fact["unit"]:
        return _("present") if value else _("absent")
    return ""


def page_of(source: str, patient_id: object) -> str:
    """The page that shows the fact a source names; where it has none of its own, the patient's timeline."""
    return fact_href(source) or reverse("patients:patient", args=[patient_id])
