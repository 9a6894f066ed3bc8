"""From prefetched FHIR to events, by the same reader that imports files.

Resources about any other patient refuse the whole call: advice on a mixture of two people is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from osteon.events.report import ReadReport, SourceRefused
from osteon.events.schema import Event
from osteon.standards.cds_hooks.fields import Json, Malformed
from osteon.standards.fhir.reader import Walk
from osteon.standards.fhir.shapes import Json as FhirJson
from osteon.standards.fhir.shelf import MemoryShelf

_ANOTHER: Final = "refers to a patient who is not in the file"
_NAMED_BY_OTHERS: Final = frozenset({"Medication", "Specimen", "Device"})
_GRAVE: Final = frozenset({"error", "fatal"})


@dataclass(frozen=True, slots=True)
class Story:
    """What was sent of one patient.

    absent: keys that were asked for and not sent, or sent as an error; with nothing under a key (null) it is not
    absent: the system looked, and there is none. cut: keys whose answer says that there is more of it.
    report: what the reader did with each resource.
    """

    events: tuple[Event, ...]
    absent: tuple[str, ...]
    cut: tuple[str, ...]
    report: ReadReport


@dataclass(frozen=True, slots=True)
class _Sent:
    """One resource and where it stood."""

    place: str
    resource: FhirJson
    full_url: str = ""


def told(
    prefetch: Mapping[str, Json | None],
    patient_id: str,
    asked: Sequence[str],
    drafts: Sequence[Json] = (),
    now: datetime | None = None,
) -> Story:
    """The events of what was sent under the keys ``asked`` for; other keys are not looked at.

    ``drafts``: unsigned orders of the context, read as if they were signed ``now``.

    Raises:
        Malformed: when something is not FHIR, or is about another patient; it names the prefetch key.
    """
    absent = [key for key in asked if key not in prefetch or _failed(prefetch[key])]
    heard = [key for key in asked if key not in absent]
    sent = [one for key in heard for one in _resources(prefetch[key], f"prefetch.{key}")]
    sent += [_Sent("context.draftOrders", as_if_signed(draft, now or datetime.now(UTC))) for draft in drafts]
    report = ReadReport("prefetch")
    walk = Walk("prefetch", report, {}, MemoryShelf())
    _admit(walk, sent, patient_id)
    events = [event for one in sent for event in _events(walk, one)]
    try:
        for more in walk.last_events():
            events += more
    except SourceRefused as error:
        raise Malformed("prefetch", str(error)) from error
    cut = tuple(key for key in heard if _has_more(prefetch[key]))
    return Story(tuple(events), tuple(absent), cut, report)


def as_if_signed(draft: Json, now: datetime) -> Json:
    """A draft order as the prescription that it would become."""
    return draft | {"status": "active", "intent": "order", "authoredOn": now.isoformat(timespec="seconds")}


def _admit(walk: Walk, sent: Sequence[_Sent], patient_id: str) -> None:
    """The patient first, made up of the context's id alone when nobody sent one; then what others name."""
    patients = [one for one in sent if one.resource.get("resourceType") == "Patient"]
    for one in patients:
        if one.resource.get("id") != patient_id:
            raise Malformed(one.place, "is another patient than the one of context.patientId")
    if not patients:
        walk.admit({"resourceType": "Patient", "id": patient_id}, "context")
    for one in sent:
        try:
            walk.admit(one.resource, one.place, one.full_url)
        except SourceRefused as error:
            raise Malformed(one.place, str(error)) from error


def _events(walk: Walk, one: _Sent) -> list[Event]:
    refused = walk.report.refused.total()
    try:
        found = walk.events_of(one.resource, one.place)
    except SourceRefused as error:
        raise Malformed(one.place, str(error)) from error
    if walk.report.refused.total() > refused and walk.report.refused[f"{_kind(one)}: {_ANOTHER}"]:
        raise Malformed(one.place, "is about another patient than the one of context.patientId")
    return found


def _kind(one: _Sent) -> str:
    return str(one.resource.get("resourceType"))


def _resources(sent: Json | None, place: str) -> Iterator[_Sent]:
    """The resources under one key: itself, or those of a searchset; remarks of the server left out."""
    if sent is None:
        return
    if sent.get("resourceType") != "Bundle":
        yield _Sent(place, sent)
        return
    entries = sent.get("entry", [])
    if not isinstance(entries, list):
        raise Malformed(f"{place}.entry", "should be a list")
    for count, entry in enumerate(entries):
        where = f"{place}.entry[{count}]"
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            raise Malformed(where, "has no resource")
        if resource.get("resourceType") != "OperationOutcome":
            url = entry.get("fullUrl")
            yield _Sent(where, resource, url if isinstance(url, str) else "")


def _failed(sent: Json | None) -> bool:
    """Whether the system says that it could not look: an OperationOutcome, alone or among what was found."""
    if sent is None:
        return False
    if sent.get("resourceType") == "OperationOutcome":
        return True
    entries = sent.get("entry")
    found = [e.get("resource") for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    return any(isinstance(one, dict) and _is_grave(one) for one in found)


def _is_grave(resource: Json) -> bool:
    issues = resource.get("issue")
    if resource.get("resourceType") != "OperationOutcome" or not isinstance(issues, list):
        return False
    return any(isinstance(issue, dict) and issue.get("severity") in _GRAVE for issue in issues)


def _has_more(sent: Json | None) -> bool:
    links = (sent or {}).get("link")
    return isinstance(links, list) and any(isinstance(x, dict) and x.get("relation") == "next" for x in links)
