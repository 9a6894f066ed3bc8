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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from osteon.events.schema import Event, ImpossibleEvent
from osteon.events.vocabulary import ORGANISM_BY_CODE
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
    if concept is None:
        return None
    known = chosen(concept, ORGANISM_BY_CODE.__contains__, lambda code: code.startswith("SNOMED//"))
    if known is None or known.code in _NO_GROWTH or _NO_GROWTH_WORDS.search(known.words):
        return None
    is_organism = known.code in ORGANISM_BY_CODE or bool(_ORGANISM_WORDS.search(known.words))
    return known if is_organism or (_is_culture(observation) and not _category_of(observation)) else None


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
        if found := _CATEGORY_WORDS.get(
            words_of(concept).casefold().split(" ")[0] if words_of(concept) else ""
        ):
            return found
    text = word(part, "valueString").upper()
    return _CATEGORIES.get(text)


@dataclass(slots=True)
class Pot:
    """One specimen and what the laboratory found in it."""

    source: str
    resource: Json
    moment: When
    reports: list[Json] = field(default_factory=list)
    isolates: list[Json] = field(default_factory=list)
    grew_nothing: bool = False


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
        self._spoken_for: set[str] = set()

    def read(self) -> list[Event]:
        """The events of all specimens; each resource is counted once, as mapped, kept or refused."""
        self._find_parents()
        for resource in self._resources:
            self._counted(resource, self._place)
        for pot in self._pots.values():
            self._write(pot)
        for resource in self._resources:
            if source_of(resource) not in self._spoken_for:
                self._counted(resource, self._keep)
        return self.events

    def _counted(self, resource: Json, act: Callable[[Json], str | None]) -> None:
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

    def _find_parents(self) -> None:
        for resource in self._resources:
            children = [*objs(resource, "hasMember"), *objs(resource, "result")]
            for child in children:
                self._parents.setdefault(self._key(word(child, "reference")), []).append(resource)
            if resource["resourceType"] == "Observation":
                for parent in objs(resource, "derivedFrom"):
                    found = self._find(word(parent, "reference"))
                    if found is not None:
                        self._parents.setdefault(source_of(resource), []).append(found)

    def _find(self, target: str) -> Json | None:
        return self._by_reference.get(target) or self._by_reference.get(local_reference(target))

    def _key(self, target: str) -> str:
        found = self._find(target)
        return source_of(found) if found is not None else target

    def _ancestors(self, resource: Json) -> Iterator[Json]:
        """The resource, then what it belongs to, nearest first; a circle of references ends."""
        seen: set[str] = set()
        line = [resource]
        while line:
            current = line.pop(0)
            source = source_of(current)
            if source not in seen:
                seen.add(source)
                yield current
                line += self._parents.get(source, [])

    # Specimens

    def _place(self, resource: Json) -> str | None:
        """Puts a culture, an organism or a report into its specimen's pot; "" when it is thereby mapped."""
        check_status(resource)
        self._check_subject(resource)
        if resource["resourceType"] == "DiagnosticReport":
            if not self._is_culture_report(resource):
                return None
            self._pot_of(resource).reports.append(resource)
            return ""
        organism = organism_of(resource)
        if organism is None and not (_is_culture(resource) or _says_no_growth(resource)):
            return None
        pot = self._pot_of(resource)
        if organism is not None:
            pot.isolates.append(resource)
        pot.grew_nothing |= _says_no_growth(resource)
        return ""

    def _check_subject(self, resource: Json) -> None:
        if self.translation.patient_of(resource) != self.subject:
            raise Refuse("is about two patients")

    def _is_culture_report(self, report: Json) -> bool:
        if any(c.code in _CULTURES for c in codings(obj(report, "code"))) or objs(report, "specimen"):
            return True
        return bool(objs(report, "result"))

    def _pot_of(self, resource: Json) -> Pot:
        line = list(self._ancestors(resource))
        for current in line:
            reference = self._specimen_reference(current)
            if reference is not None:
                return self._pot_for_specimen(current, reference)
        top = line[-1]
        source = source_of(top)
        return self._pots.setdefault(source, Pot(source, top, moment_of(top, self.translation)))

    def _specimen_reference(self, resource: Json) -> Json | None:
        if resource["resourceType"] == "DiagnosticReport":
            return next(iter(objs(resource, "specimen")), None)
        return obj(resource, "specimen")

    def _pot_for_specimen(self, resource: Json, reference: Json) -> Pot:
        specimen = self.translation.referred(resource, reference, "specimen")
        if specimen is None:
            source = f"{source_of(resource)}/specimen"
            specimen = {"resourceType": "Specimen", "type": {"text": word(reference, "display")}}
            return self._pots.setdefault(source, Pot(source, specimen, moment_of(resource, self.translation)))
        source = source_of(specimen)
        if source not in self._pots:
            taken = self.translation.time_of(
                obj(specimen, "collection") or {}, "collectedDateTime", "collectedPeriod.start"
            )
            self._pots[source] = Pot(source, specimen, taken or moment_of(resource, self.translation))
        return self._pots[source]

    # Events

    def _write(self, pot: Pot) -> None:
        isolates = pot.isolates
        code, words = self._kind_and_label(pot)
        grew = len(isolates) if isolates else (0 if self._grew_nothing(pot) else None)
        conclusion = next((said for r in pot.reports if (said := word(r, "conclusion"))), "")
        self._add(
            pot,
            code,
            pot.source,
            words,
            numeric_value=grew,
            original=original_of(pot.moment.said, conclusion[:300]),
        )
        for place, isolate in enumerate(isolates, 1):
            organism = organism_of(isolate)
            source = f"{pot.source}/isolate/{place}"
            self._add(
                pot,
                self.translation.named(organism or Coded("", "")),
                source,
                words,
                original=source_of(isolate),
            )
            self._susceptibilities(pot, isolate, source, words)

    def _add(self, pot: Pot, code: str, source: str, text: str, **more: object) -> None:
        try:
            event = Event(self.subject, pot.moment.time, code, source=source, text_value=text or None, **more)  # type: ignore[arg-type]
        except ImpossibleEvent as reason:
            self.translation.report.remarks[f"Specimen: {reason}"] += 1
        else:
            self.events.append(event)

    def _grew_nothing(self, pot: Pot) -> bool:
        said = " ".join(word(report, "conclusion") for report in pot.reports)
        return pot.grew_nothing or bool(_NO_GROWTH_WORDS.search(said))

    def _kind_and_label(self, pot: Pot) -> tuple[str, str]:
        if pot.resource["resourceType"] != "Specimen":
            words = words_of(obj(pot.resource, "code"))
            return own_code("specimen", "", words) or _OTHER, words
        kind = chosen(obj(pot.resource, "type"))
        site = words_of(obj(obj(pot.resource, "collection") or {}, "bodySite"))
        label = word(obj(pot.resource, "accessionIdentifier") or {}, "value")
        described = " ".join(filter(None, (kind.words if kind else "", site)))
        code = own_code("specimen", kind.code if kind else "", described)
        if code is None:
            self.translation.report.remarks[
                f"Specimen: kind {described!r} not known, not counted as bone or joint"
            ] += 1
        return code or _OTHER, " ".join(filter(None, (label, site or described)))

    def _susceptibilities(self, pot: Pot, isolate: Json, source: str, label: str) -> None:
        organism = organism_of(isolate)
        snomed = organism.code.removeprefix("SNOMED//") if organism else ""
        for part in (*objs(isolate, "component"), *self._tests_of(isolate)):
            agent, category = _agent_of(part), _category_of(part)
            if agent is None or category is None:
                continue
            self._add(
                pot,
                f"SUSCEPTIBILITY//{snomed}//{agent}",
                f"{source}/{agent}",
                category,
                original=label or None,
            )
            if part.get("resourceType") == "Observation":
                self._counted(part, lambda _: "")

    def _tests_of(self, isolate: Json) -> Iterator[Json]:
        mine = source_of(isolate)
        for resource in self._resources:
            if resource["resourceType"] == "Observation" and organism_of(resource) is None:
                nearest = next((a for a in list(self._ancestors(resource))[1:] if organism_of(a)), None)
                if nearest is not None and source_of(nearest) == mine:
                    yield resource

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


def _agent_of(part: Json) -> str | None:
    """The AMR code of the drug a susceptibility is about ("Oxacillin [Susceptibility] by MIC")."""
    concept = obj(part, "code")
    for words in (words_of(concept), *(c.words for c in codings(concept))):
        bare = re.split(r"\[susceptibility\]|\bsusceptib\w*|\(", words, flags=re.IGNORECASE)[0]
        drug = drug_named(bare.strip()) if bare.strip() else None
        if drug is not None and drug.amr_code:
            return drug.amr_code
    return None
