"""The readers: a Bundle, a folder of Bundles, NDJSON in one file or several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import polars as pl

from osteon.events.report import ReadReport, SourceRefused
from osteon.events.schema import Event, ImpossibleEvent, to_frame
from osteon.events.subjects import Subject
from osteon.standards.fhir.files import parse_object, read_document, read_lines
from osteon.standards.fhir.findings import observation_or_finding
from osteon.standards.fhir.medications import (
    courses_given,
    medication_administration,
    medication_request,
    medication_statement,
)
from osteon.standards.fhir.microbiology import Cultures, is_microbiology
from osteon.standards.fhir.others import diagnostic_report, other
from osteon.standards.fhir.people import People, life_events
from osteon.standards.fhir.shapes import Json, Refuse, WrongShape, obj, objs, word
from osteon.standards.fhir.shelf import DiskShelf, Gathering, MemoryShelf, Shelf
from osteon.standards.fhir.statements import (
    allergy,
    condition,
    device,
    device_use,
    encounter,
    imaging_study,
    procedure,
)
from osteon.standards.fhir.translation import Taken, Translation, source_of

Mapper = Callable[[Json, Translation], Taken]

MAPPERS: Final[dict[str, Mapper]] = {
    "AllergyIntolerance": allergy,
    "Condition": condition,
    "Device": device,
    "DeviceUseStatement": device_use,
    "DiagnosticReport": diagnostic_report,
    "Encounter": encounter,
    "ImagingStudy": imaging_study,
    "MedicationAdministration": medication_administration,
    "MedicationRequest": medication_request,
    "MedicationStatement": medication_statement,
    "Observation": observation_or_finding,
    "Procedure": procedure,
}
_BUNDLE_TYPES: Final = ("transaction", "batch", "collection", "searchset", "document")
_NAMED_BY_OTHERS: Final = frozenset({"Medication", "Specimen", "Device"})
_MICROBIOLOGY: Final = frozenset({"Observation", "DiagnosticReport"})
_RESOURCE_TYPE: Final = re.compile(r"[A-Z][A-Za-z]{2,63}")


class Walk:
    """One walk through a source: resource in, events out, everything counted."""

    def __init__(self, name: str, report: ReadReport, names: dict[str, str], shelf: Shelf) -> None:
        self.name = name
        self.people = People()
        self.shelf = shelf
        self.report = report
        self.names = names
        self.translation = Translation(self.people, report, names, shelf.find)
        self._lives: dict[str, list[Event] | str] = {}

    # First pass

    def admit(self, resource: Json, place: str, full_url: str = "") -> Subject | None:
        """Reads patients, and keeps what others name; ``None`` for all but patients that can be taken."""
        kind = resource_type(resource, place)
        if kind != "Patient" and kind not in _NAMED_BY_OTHERS:
            return None
        try:
            references = _references(resource, full_url)
            if kind == "Patient":
                return self._admit_patient(resource, references)
            for reference in references:
                self.shelf.keep(reference, resource)
        except WrongShape as error:
            raise SourceRefused(f"{self.name}: {place}: {error}") from error
        return None

    def _admit_patient(self, resource: Json, references: list[str]) -> Subject | None:
        source = source_of(resource)
        try:
            subject = self.people.read(resource, references)
            self._lives[source] = life_events(resource, subject, source, self.report)
            self.people.admit(subject, references)
        except (Refuse, ImpossibleEvent) as reason:
            self._lives.setdefault(source, str(reason))
            return None
        return subject

    # Second pass

    def events_of(self, resource: Json, place: str) -> list[Event]:
        """The events of one resource; it is counted here, or later when it has to wait for others."""
        kind = resource_type(resource, place)
        self.report.read += 1
        try:
            if not self.shelf.is_first(source_of(resource)):
                raise Refuse("stands in the file twice")
            if kind == "Patient":
                return self._life(resource)
            if kind in _MICROBIOLOGY and is_microbiology(resource):
                self.shelf.culture(self.translation.patient_of(resource), resource)
                return []
            return self._take(MAPPERS.get(kind, other)(resource, self.translation), kind)
        except (Refuse, ImpossibleEvent) as reason:
            self.report.refused[f"{kind}: {reason}"] += 1
        except WrongShape as error:
            raise SourceRefused(f"{self.name}: {place}: {error}") from error
        except RecursionError as error:
            raise SourceRefused(f"{self.name}: {place}: nested too deeply") from error
        return []

    def _life(self, resource: Json) -> list[Event]:
        found = self._lives.pop(source_of(resource))
        if isinstance(found, str):
            raise Refuse(found)
        self.report.mapped["Patient"] += 1
        return found

    def _take(self, taken: Taken, kind: str) -> list[Event]:
        for is_given, waiting in ((False, taken.ordered), (True, taken.given)):
            for event in waiting:
                self.shelf.course(event, is_given)
        if taken.kept is None:
            self.report.mapped[kind] += 1
        else:
            self.report.kept[" ".join(filter(None, (kind, taken.kept, self.names.get(taken.kept))))] += 1
        return taken.events

    def last_events(self) -> Iterator[list[Event]]:
        """What had to wait: one patient's courses and cultures at a time."""
        for subject, waiting in self.shelf.patients():
            events = courses_given(waiting.ordered, waiting.given)
            try:
                events += Cultures(subject, waiting.cultures, self.translation).read()
            except WrongShape as error:
                raise SourceRefused(f"{self.name}: in the microbiology of one patient: {error}") from error
            yield events


def resource_type(resource: Json, place: str) -> str:
    """The type of a resource.

    Raises:
        SourceRefused: when it has none: then this is not FHIR.
    """
    found = resource.get("resourceType")
    if type(found) is not str or not _RESOURCE_TYPE.fullmatch(found):
        raise SourceRefused(f"{place}: not a FHIR resource (it has no 'resourceType')")
    return found


def _references(resource: Json, full_url: str) -> list[str]:
    """What others may name a resource by. An id that is not a text names nothing."""
    identity = resource.get("id")
    local = f"{resource['resourceType']}/{identity}" if isinstance(identity, str) and identity else ""
    return [reference for reference in (full_url, local) if reference]


class FhirBundle:
    """One Bundle. It is a single JSON document and is read whole, up to ``files.LARGEST_DOCUMENT``."""

    kind = "FHIR R4 Bundle"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.report = ReadReport(self.name)
        self.names: dict[str, str] = {}
        self._entries = _entries_of(read_document(path), self.name)

    def subjects(self) -> Iterator[Subject]:
        """See ``Source``."""
        _, subjects = self._begin()
        yield from subjects

    def _begin(self) -> tuple[Walk, list[Subject]]:
        walk = Walk(self.name, ReadReport(self.name), self.names, MemoryShelf())
        found = [walk.admit(resource, place, full_url) for place, full_url, resource in self._entries]
        return walk, [subject for subject in found if subject]

    def events(self) -> Iterator[pl.DataFrame]:
        """See ``Source``: one table."""
        yield to_frame(self.event_list())

    def event_list(self) -> list[Event]:
        """The same events, one by one."""
        walk, _ = self._begin()
        self.report = walk.report
        events = [event for place, _, resource in self._entries for event in walk.events_of(resource, place)]
        for more in walk.last_events():
            events += more
        return events


def _entries_of(document: object, name: str) -> list[tuple[str, str, Json]]:
    """The entries as (place, fullUrl, resource)."""
    if type(document) is not dict:
        raise SourceRefused(f"{name}: not FHIR: a Bundle is a JSON object")
    kind = resource_type(document, name)
    if kind != "Bundle":
        raise SourceRefused(f"{name}: holds one {kind}; a Bundle or NDJSON is needed")
    if document.get("type") not in _BUNDLE_TYPES:
        raise SourceRefused(f"{name}: a Bundle of type {document.get('type')!r} is not read")
    try:
        return [_entry(entry, number, name) for number, entry in enumerate(objs(document, "entry"), 1)]
    except WrongShape as error:
        raise SourceRefused(f"{name}: {error}") from error
    except Refuse as error:
        raise SourceRefused(f"{name}: an entry's {error}") from error


def _entry(entry: Json, number: int, name: str) -> tuple[str, str, Json]:
    place = f"entry {number}"
    resource = obj(entry, "resource")
    if resource is None:
        raise SourceRefused(f"{name}: {place} has no resource")
    kind = resource_type(resource, f"{name}: {place}")
    return f"{place} ({kind}/{resource.get('id', '?')})", word(entry, "fullUrl"), resource


class FhirLines:
    """NDJSON: one resource a line, in one file or in all of a folder's files, in bounded memory.

    Two walks: the first reads every line, so that a fault anywhere refuses the source before anything of it is
    taken, and learns the patients; the second translates. What it finds waits on disk until patients are whole.
    """

    kind = "FHIR R4 NDJSON"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.paths = sorted(lines_files(path)) if path.is_dir() else [path]
        self.report = ReadReport(self.name)
        self.names: dict[str, str] = {}

    def subjects(self) -> Iterator[Subject]:
        """See ``Source``."""
        walk = Walk(self.name, ReadReport(self.name), self.names, DiskShelf())
        for place, resource in self._resources():
            subject = walk.admit(resource, place)
            if subject:
                yield subject

    def events(self) -> Iterator[pl.DataFrame]:
        """See ``Source``."""
        walk = Walk(self.name, ReadReport(self.name), self.names, DiskShelf())
        for place, resource in self._resources():
            walk.admit(resource, place)
        self.report = walk.report
        gathered = Gathering()
        for place, resource in self._resources():
            gathered.add(walk.events_of(resource, place))
        for events in walk.last_events():
            gathered.add(events)
        yield from gathered.tables()

    def _resources(self) -> Iterator[tuple[str, Json]]:
        for path in self.paths:
            within = "" if path == self.path else f"{path.name}: "
            for number, line in read_lines(path):
                resource = parse_object(line, f"{path.name}: line {number}")
                resource_type(resource, f"{path.name}: line {number}")
                yield f"{within}line {number}", resource


def lines_files(folder: Path) -> list[Path]:
    """The NDJSON files of a folder."""
    endings = (".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz")
    return [path for path in folder.iterdir() if path.name.endswith(endings)]


def bundle_files(folder: Path) -> list[Path]:
    """The JSON files of a folder."""
    return sorted(path for path in folder.iterdir() if path.name.endswith((".json", ".json.gz")))


class FhirFolder:
    """A folder of Bundles, read one after the other."""

    kind = "folder of FHIR R4 Bundles"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.report = ReadReport(self.name)
        self.names: dict[str, str] = {}

    def subjects(self) -> Iterator[Subject]:
        """See ``Source``; one who stands in several Bundles comes once."""
        seen: set[int] = set()
        for path in bundle_files(self.path):
            for subject in FhirBundle(path).subjects():
                if subject.subject_id not in seen:
                    seen.add(subject.subject_id)
                    yield subject

    def events(self) -> Iterator[pl.DataFrame]:
        """See ``Source``; one who stands in several Bundles is put together."""
        self.report = ReadReport(self.name)
        gathered = Gathering()
        for path in bundle_files(self.path):
            bundle = FhirBundle(path)
            gathered.add(bundle.event_list())
            self.report.add(bundle.report)
            for code, said in bundle.names.items():
                self.names.setdefault(code, said)
        yield from gathered.tables()
