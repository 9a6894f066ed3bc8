"""What every mapper of a resource works with: who it is about, what it yields, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

import orjson

from osteon.events.report import ReadReport
from osteon.events.schema import Event
from osteon.standards.fhir.codings import Coded
from osteon.standards.fhir.people import People, local_reference
from osteon.standards.fhir.shapes import Json, Refuse, obj, objs, word
from osteon.standards.fhir.times import When, time_of

_LONGEST_ID = 128  # FHIR allows 64


@dataclass(slots=True)
class Taken:
    """What one resource became. ``kept`` is the code under which it is kept when it could not be mapped.

    ``ordered`` and ``given`` are courses and doses, which wait until all of a patient's are known.
    """

    events: list[Event] = field(default_factory=list)
    kept: str | None = None
    ordered: list[Event] = field(default_factory=list)
    given: list[Event] = field(default_factory=list)


Lookup = Callable[[str], Json | None]


@dataclass(slots=True)
class Translation:
    """One walk through a source.

    ``lookup`` finds a resource of the source by reference (medications, specimens, devices).
    """

    people: People
    report: ReadReport
    names: dict[str, str]
    lookup: Lookup

    def remark(self, resource: Json, what: str) -> None:
        """Counts something a person should know about a resource that was taken."""
        self.report.remarks[f"{resource['resourceType']}: {what}"] += 1

    def patient_of(self, resource: Json) -> int:
        """The subject a resource is about.

        Raises:
            Refuse: when it names nobody of this source.
        """
        reference = obj(resource, "subject") or obj(resource, "patient")
        return self.people.find(reference)

    def named(self, coded: Coded) -> str:
        """The stream code of a coding; remembers its words for codes our vocabulary does not name."""
        if coded.words:
            self.names.setdefault(coded.code, coded.words)
        return coded.code

    def referred(self, resource: Json, reference: Json | None, what: str) -> Json | None:
        """The resource a reference leads to: contained, or of the source.

        Raises:
            Refuse: when it leads nowhere.
        """
        if reference is None:
            return None
        target = word(reference, "reference")
        if not target:
            return None
        found = _contained(resource, target[1:]) if target.startswith("#") else self._in_source(target)
        if found is None:
            raise Refuse(f"refers to a {what} that is not in the file")
        return found

    def _in_source(self, target: str) -> Json | None:
        return self.lookup(target) or self.lookup(local_reference(target))

    def time_of(self, resource: Json, *keys: str, within: Json | None = None) -> When | None:
        """The first of these times, of the resource or ``within`` a part of it; remarks on one without a zone."""
        found = time_of(resource if within is None else within, *keys)
        if found and not found.is_zoned:
            self.remark(resource, "a time without a zone, taken as UTC")
        return found

    def start_of(self, resource: Json, *keys: str) -> When:
        """The first of these times.

        Raises:
            Refuse: when there is none, or it is impossible.
        """
        found = self.time_of(resource, *keys)
        if found is None:
            raise Refuse("has no date")
        return found


def _contained(resource: Json, identity: str) -> Json | None:
    return next((inside for inside in objs(resource, "contained") if inside.get("id") == identity), None)


def source_of(resource: Json) -> str:
    """``fhir:Observation/<id>``; a resource without an id of its own is known by a digest of its content."""
    identity = resource.get("id")
    if not isinstance(identity, str) or not 0 < len(identity) <= _LONGEST_ID:
        canonical = orjson.dumps(resource, option=orjson.OPT_SORT_KEYS)
        identity = "~" + blake2b(canonical, digest_size=12).hexdigest()
    return f"fhir:{resource['resourceType']}/{identity}"


def original_of(said: str, before: str = "") -> str | None:
    """``original`` of an event: a date said less exactly than to the day, then code, value and unit as they came."""
    return " | ".join(part for part in (said, before) if part) or None


def until(start: When, end: When | None) -> datetime | None:
    """The end of something that lasts. A partial end ("2019") that seems to precede its start is its start."""
    if end is None:
        return None
    return start.time if end.said and end.time < start.time else end.time


def plain(value: Any) -> str:
    """A number as it was written: 7.0 as 7."""
    return (
        f"{value:g}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
    )
