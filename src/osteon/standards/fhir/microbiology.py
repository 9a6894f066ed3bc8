"""Cultures, isolates and susceptibilities, in the several ways hospitals arrange them in FHIR.

A culture may be one Observation whose value is the organism; a culture with ``hasMember`` organisms; organisms
that point back by ``derivedFrom``; susceptibilities as members, as observations derived from the organism, or
as components; all under a DiagnosticReport or not. One patient's are looked at together:

- what names an organism as its value is an isolate; what says "no growth" is a culture without one;
- isolates and cultures belong to the specimen they name, else to their culture's or report's;
- a specimen nobody describes is named after its culture, and is one specimen.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

from osteon.events.schema import Event, ImpossibleEvent
from osteon.events.vocabulary import ORGANISM_BY_CODE, ORGANISMS
from osteon.standards.fhir.codings import Coded, chosen, codings, has_code, words_of
from osteon.standards.fhir.observations import check_status, moment_of
from osteon.standards.fhir.people import local_reference
from osteon.standards.fhir.shapes import Json, Refuse, obj, objs, word
from osteon.standards.fhir.times import When
from osteon.standards.fhir.translation import Translation, original_of, source_of
from osteon.standards.medicines import drug_named
from osteon.standards.spoken_kinds import own_code

_NO_GROWTH_WORDS: Final = re.compile(
    r"\bno (?:bacterial |significant |further )?growth\b|\bnegative\b|\bnot detected\b|\bno organisms?\b|\bsterile\b",
    re.IGNORECASE,
)
_OTHER: Final = "OSTEON//specimen//other"
_SUSCEPTIBILITY: Final = re.compile(r"\[susceptibility\]|\bsusceptib|\bantibiogram\b", re.IGNORECASE)
_CATEGORIES: Final = {"S": "S", "I": "I", "R": "R", "SDD": "I", "NS": "R"}
_CATEGORY_WORDS: Final = {"susceptible": "S", "sensitive": "S", "intermediate": "I", "resistant": "R"}
_ORGANISM_WORDS: Final = re.compile(
    r"\b(?:staphylococc|streptococc|enterococc|escherichia|klebsiella|pseudomonas|proteus|enterobacter|serratia|"
    r"cutibacter|propionibacter|corynebacter|candida|mycobacter|bacteroides|finegoldia|salmonella|acinetobacter)",
    re.IGNORECASE,
)


def _table() -> dict[str, str]:
    text = files(__package__).joinpath("cultures.csv").read_text(encoding="utf-8")
    return {row["code"]: row["meaning"] for row in csv.DictReader(text.splitlines())}


_CULTURES: Final = frozenset(code for code in _table() if code.startswith("LOINC//"))
_ORGANISM_BY_NAME: Final = {organism.name.casefold(): organism.code for organism in ORGANISMS.values()}
_NO_GROWTH: Final = frozenset(code for code in _table() if code.startswith("SNOMED//"))


def is_microbiology(resource: Json) -> bool:
    """Whether an Observation or DiagnosticReport speaks of a culture, an organism or its susceptibility."""
    if any(has_code(category, "MB") for category in objs(resource, "category")):
        return True
    concept = obj(resource, "code")
    if any(c.code in _CULTURES for c in codings(concept)) or _SUSCEPTIBILITY.search(words_of(concept)):
        return True
    return resource["resourceType"] == "Observation" and organism_of(resource) is not None


def organism_of(observation: Json) -> Coded | None:
    """The organism an Observation gives as its value."""
    concept = obj(observation, "valueCodeableConcept")
    known = chosen(concept, ORGANISM_BY_CODE.__contains__, lambda code: code.startswith("SNOMED//"))
    if known is None or known.code in _NO_GROWTH or _NO_GROWTH_WORDS.search(known.words):
        return None
    if known.code in ORGANISM_BY_CODE:
        return known
    if by_name := _ORGANISM_BY_NAME.get(known.words.casefold()):
        return Coded(by_name, known.words)
    if _ORGANISM_WORDS.search(known.words) or (_is_culture(observation) and not _category_of(observation)):
        return known
    return None


def _is_culture(observation: Json) -> bool:
    return any(c.code in _CULTURES for c in codings(obj(observation, "code")))


def _says_no_growth(observation: Json) -> bool:
    concept = obj(observation, "valueCodeableConcept")
    if any(c.code in _NO_GROWTH for c in codings(concept)):
        return True
    return bool(_NO_GROWTH_WORDS.search(words_of(concept) or word(observation, "valueString")))


def _category_of(part: Json) -> str | None:
    """S, I or R, from the interpretation or the value."""
    concepts = [*objs(part, "interpretation"), *filter(None, [obj(part, "valueCodeableConcept")])]
    for concept in concepts:
        for coding in objs(concept, "coding"):
            if found := _CATEGORIES.get(word(coding, "code").upper()):
                return found
        if found := _category_in_words(words_of(concept).casefold()):
            return found
    text = word(part, "valueString").upper()
    return _CATEGORIES.get(text)


def _category_in_words(words: str) -> str | None:
    """EUCAST's I is "susceptible, increased exposure": its first word alone would mislead."""
    if "increased exposure" in words or "dose dependent" in words or "dose-dependent" in words:
        return "I"
    first = re.match(r"[a-z]+", words)
    return _CATEGORY_WORDS.get(first[0]) if first else None


@dataclass(slots=True)
class Found:
    """One organism that grew, and what it is susceptible to: agent → S, I or R."""

    source: str
    organism: Coded
    tests: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Pot:
    """One specimen and what the laboratory found in it."""

    source: str
    code: str
    label: str
    moment: When
    conclusion: str = ""
    isolates: list[Found] = field(default_factory=list)
    grew_nothing: bool = False

    @property
    def growth(self) -> int | None:
        """How many isolates grew; ``None`` while nothing is reported."""
        return len(self.isolates) or (0 if self.grew_nothing else None)


class Cultures:
    """The microbiology of one patient."""

    def __init__(self, subject: int, resources: list[Json], translation: Translation) -> None:
        self.subject = subject
        self.translation = translation
        self.events: list[Event] = []
        self._by_reference = {f"{r['resourceType']}/{r.get('id')}": r for r in resources}
        self._by_reference |= {f"urn:uuid:{r.get('id')}": r for r in resources}
        self._resources = resources
        self._parents: dict[str, list[Json]] = {}
        self._pots: dict[str, Pot] = {}
        self._isolates: dict[str, Found] = {}
        self._spoken_for: set[str] = set()

    def read(self) -> list[Event]:
        """The events of all specimens; each resource is counted once, as mapped, kept or refused."""
        for act in (self._link, self._place, self._test, self._keep):
            for resource in self._resources:
                self._counted(resource, act)
        for pot in self._pots.values():
            self._write(pot)
        return self.events

    def _counted(self, resource: Json, act: Callable[[Json], str | None]) -> None:
        """``act`` says under which code a resource is kept, "" when it is mapped, ``None`` to pass it on."""
        source, kind = source_of(resource), resource["resourceType"]
        if source in self._spoken_for:
            return
        try:
            kept = act(resource)
        except (Refuse, ImpossibleEvent) as reason:
            self.translation.report.refused[f"{kind}: {reason}"] += 1
            self._spoken_for.add(source)
            return
        if kept is None:
            return
        counter = self.translation.report.kept if kept else self.translation.report.mapped
        counter[" ".join(filter(None, (kind, kept, self.translation.names.get(kept))))] += 1
        self._spoken_for.add(source)

    # Who belongs to whom

    def _link(self, resource: Json) -> None:
        check_status(resource)
        self._check_subject(resource)
        for child in (*objs(resource, "hasMember"), *objs(resource, "result")):
            self._parents.setdefault(self._key(word(child, "reference")), []).append(resource)
        for parent in objs(resource, "derivedFrom"):
            found = self._find(word(parent, "reference"))
            if found is not None:
                self._parents.setdefault(source_of(resource), []).append(found)

    def _check_subject(self, resource: Json) -> None:
        if self.translation.patient_of(resource) != self.subject:
            raise Refuse("is about two patients")

    def _find(self, target: str) -> Json | None:
        return self._by_reference.get(target) or self._by_reference.get(local_reference(target))

    def _key(self, target: str) -> str:
        found = self._find(target)
        return source_of(found) if found is not None else target

    def _ancestors(self, resource: Json) -> list[Json]:
        """The resource, then what it belongs to, nearest first; a circle of references ends."""
        seen: dict[str, Json] = {}
        line = [resource]
        while line:
            current = line.pop(0)
            source = source_of(current)
            if source not in seen:
                seen[source] = current
                line += self._parents.get(source, [])
        return list(seen.values())

    # Specimens and what grew

    def _place(self, resource: Json) -> str | None:
        """Puts a report, a culture or an organism into its specimen's pot."""
        if resource["resourceType"] == "DiagnosticReport":
            return self._place_report(resource)
        organism = organism_of(resource)
        grew_nothing = _says_no_growth(resource)
        if organism is None and not grew_nothing and not _is_culture(resource):
            return None
        found = organism and Found(source_of(resource), organism, dict(_tests(objs(resource, "component"))))
        pot = self._pot_of(resource)
        pot.grew_nothing |= grew_nothing
        if found:
            pot.isolates.append(found)
            self._isolates[found.source] = found
        return ""

    def _place_report(self, report: Json) -> str | None:
        is_culture = _is_culture(report) or objs(report, "specimen") or objs(report, "result")
        if not is_culture:
            return None
        conclusion = word(report, "conclusion")
        pot = self._pot_of(report)
        pot.conclusion = pot.conclusion or conclusion
        pot.grew_nothing |= bool(_NO_GROWTH_WORDS.search(conclusion))
        return ""

    def _pot_of(self, resource: Json) -> Pot:
        line = self._ancestors(resource)
        for current in line:
            reference = _specimen_reference(current)
            if reference is not None:
                return self._pot_for_specimen(current, reference)
        top = line[-1]
        words = words_of(obj(top, "code"))
        return self._pot(source_of(top), own_code("specimen", "", words), words, top)

    def _pot_for_specimen(self, resource: Json, reference: Json) -> Pot:
        specimen = self.translation.referred(resource, reference, "specimen")
        if specimen is None:
            words = word(reference, "display")
            return self._pot(
                f"{source_of(resource)}/specimen", own_code("specimen", "", words), words, resource
            )
        source = source_of(specimen)
        if source not in self._pots:
            collection = obj(specimen, "collection") or {}
            taken = self.translation.time_of(
                specimen, "collectedDateTime", "collectedPeriod.start", within=collection
            )
            return self._pot(source, *self._kind_and_label(specimen), resource, taken)
        return self._pots[source]

    def _pot(
        self, source: str, code: str | None, label: str, resource: Json, taken: When | None = None
    ) -> Pot:
        if source not in self._pots:
            moment = taken or moment_of(resource, self.translation)
            self._pots[source] = Pot(source, code or _OTHER, label, moment)
        return self._pots[source]

    def _kind_and_label(self, specimen: Json) -> tuple[str | None, str]:
        kind = chosen(obj(specimen, "type"))
        site = words_of(obj(obj(specimen, "collection") or {}, "bodySite"))
        label = word(obj(specimen, "accessionIdentifier") or {}, "value")
        described = " ".join(filter(None, (kind.words if kind else "", site)))
        code = own_code("specimen", kind.code if kind else "", described)
        if code is None:
            self.translation.remark(specimen, f"kind {described!r} not known, not counted as bone or joint")
        return code, " ".join(filter(None, (label, site or described)))

    def _test(self, resource: Json) -> str | None:
        """Gives a susceptibility to the nearest organism above it."""
        isolate = next(
            (f for a in self._ancestors(resource)[1:] if (f := self._isolates.get(source_of(a)))), None
        )
        tested = next(_tests([resource]), None)
        if isolate is None or tested is None:
            return None
        isolate.tests.setdefault(*tested)
        return ""

    # Events

    def _write(self, pot: Pot) -> None:
        said = original_of(pot.moment.said, pot.conclusion[:300])
        self._add(pot, pot.code, pot.source, pot.label, numeric_value=pot.growth, original=said)
        for place, isolate in enumerate(pot.isolates, 1):
            source = f"{pot.source}/isolate/{place}"
            code = self.translation.named(isolate.organism)
            self._add(pot, code, source, pot.label, original=isolate.source)
            for agent, category in isolate.tests.items():
                tested = f"SUSCEPTIBILITY//{code.removeprefix('SNOMED//')}//{agent}"
                self._add(pot, tested, f"{source}/{agent}", category, original=pot.label or None)

    def _add(self, pot: Pot, code: str, source: str, text: str, **more: Any) -> None:
        try:
            event = Event(self.subject, pot.moment.time, code, source=source, text_value=text or None, **more)
        except ImpossibleEvent as reason:
            self.translation.report.remarks[f"Specimen: {reason}"] += 1
        else:
            self.events.append(event)

    def _keep(self, resource: Json) -> str:
        """What belongs to no culture: kept under its code, so that nothing is lost."""
        coded = chosen(obj(resource, "code"))
        if coded is None:
            raise Refuse("has no code")
        moment = moment_of(resource, self.translation)
        said = (
            _category_of(resource)
            or words_of(obj(resource, "valueCodeableConcept"))
            or word(resource, "valueString")
        )
        event = Event(
            self.subject,
            moment.time,
            self.translation.named(coded),
            text_value=said or word(resource, "conclusion") or None,
            source=source_of(resource),
            original=original_of(moment.said),
        )
        self.events.append(event)
        return coded.code


def _specimen_reference(resource: Json) -> Json | None:
    if resource["resourceType"] == "DiagnosticReport":
        return next(iter(objs(resource, "specimen")), None)
    return obj(resource, "specimen")


def _tests(parts: Iterable[Json]) -> Iterator[tuple[str, str]]:
    """The susceptibilities among observations or components, as (agent, category)."""
    for part in parts:
        agent, category = _agent_of(part), _category_of(part)
        if agent and category:
            yield agent, category


def _agent_of(part: Json) -> str | None:
    """The AMR code of the drug a susceptibility is about ("Oxacillin [Susceptibility] by MIC")."""
    concept = obj(part, "code")
    for words in (words_of(concept), *(c.words for c in codings(concept))):
        bare = re.split(r"\[susceptibility\]|\bsusceptib\w*|\(", words, flags=re.IGNORECASE)[0]
        drug = drug_named(bare.strip()) if bare.strip() else None
        if drug is not None and drug.amr_code:
            return drug.amr_code
    return None
