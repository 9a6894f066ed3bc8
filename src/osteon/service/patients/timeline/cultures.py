"""Specimens taken together, what grew in how many of them, and with which resistance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from osteon.events.vocabulary import ORGANISM_BY_CODE
from osteon.service.patients.timeline import words
from osteon.service.patients.timeline.facts import DRUG_BY_AMR_CODE, Fact
from osteon.service.patients.timeline.moments import civil_day, seconds

GREW, NOTHING, PENDING = "grew", "nothing", "pending"
ORDER = {GREW: 0, NOTHING: 1, PENDING: 2}


@dataclass(slots=True)
class Specimen:
    """One specimen (or an isolate whose specimen is not in the record) with what was found in it."""

    fact: Fact
    isolates: list[Fact] = field(default_factory=list)
    susceptibilities: list[Fact] = field(default_factory=list)

    @property
    def state(self) -> str:
        """``grew``, ``nothing`` or ``pending``. An isolate outweighs a count not yet brought up to date."""
        if self.isolates or self.fact.kind == "isolate":
            return GREW
        count = self.fact.event.numeric_value
        return PENDING if count is None else GREW if count > 0 else NOTHING

    @property
    def organisms(self) -> list[str]:
        """Codes of the organisms found, each once."""
        found = self.isolates or ([self.fact] if self.fact.kind == "isolate" else [])
        return sorted({isolate.event.code for isolate in found})

    @property
    def name(self) -> str:
        """The accessible name: specimen, what grew, resistance, when, source."""
        told = [self.fact.name]
        if self.isolates:
            told.append(", ".join(sorted({isolate.what for isolate in self.isolates})))
        resistant = sorted({_drug(fact) for fact in self.susceptibilities if fact.event.text_value == "R"})
        if resistant:
            told.append(_("resistant to %(drugs)s") % {"drugs": ", ".join(resistant)})
        return "; ".join(told)


@dataclass(slots=True)
class Taking:
    """Specimens taken on one day from one kind of place, drawn side by side."""

    specimens: list[Specimen]

    @property
    def fact(self) -> Fact:
        """The first of them: it places the whole taking in time."""
        return min((s.fact for s in self.specimens), key=lambda fact: fact.time)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The specimens themselves."""
        return tuple(specimen.fact for specimen in self.specimens)

    @property
    def at(self) -> float:
        """When they were taken, in seconds since 1970."""
        return seconds(self.fact.time)

    @property
    def counted(self) -> bool:
        """Whether the specimens themselves are known, so that "3 of 5" can be said."""
        return all(specimen.fact.kind == "specimen" for specimen in self.specimens)

    @property
    def labels(self) -> tuple[str, ...]:
        """``S. aureus 3 of 5``, longest first."""
        parts = [self._counted(name, count) for name, count in self._growth()]
        states = Counter(specimen.state for specimen in self.specimens)
        unnamed = states[GREW] - sum(bool(s.organisms) for s in self.specimens)
        if unnamed:
            parts.append(self._counted(_("growth"), unnamed))
        if states[PENDING]:
            parts.append(_("%(count)s pending") % {"count": states[PENDING]})
        if not parts:
            parts = [self._counted(_("no growth"), 0)]
        return tuple(dict.fromkeys((" · ".join(parts), _first_and_more(parts))))

    def _growth(self) -> list[tuple[str, int]]:
        grown = Counter(code for specimen in self.specimens for code in specimen.organisms)
        names = {
            isolate.event.code: isolate.what for s in self.specimens for isolate in [*s.isolates, s.fact]
        }
        ranked = sorted(grown.items(), key=lambda item: (-item[1], item[0]))
        return [(short_organism(names[code], code), count) for code, count in ranked]

    def _counted(self, name: str, count: int) -> str:
        if not self.counted:
            return name
        return _("%(name)s %(count)s of %(all)s") % {"name": name, "count": count, "all": len(self.specimens)}


def _first_and_more(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{parts[0]} +{len(parts) - 1}"


def short_organism(name: str, code: str = "") -> str:
    """``Staphylococcus aureus`` as ``S. aureus``; one known by an abbreviation (MRSA) by that."""
    known = ORGANISM_BY_CODE.get(code)
    if known is not None and "-" not in known.key:
        return known.key.upper()
    genus, _space, rest = name.partition(" ")
    is_species = rest and genus[:1].isupper() and genus.isalpha() and rest.split()[0].islower()
    return f"{genus[0]}. {rest}" if is_species else name


def _drug(fact: Fact) -> str:
    amr_code = fact.event.code.rpartition("//")[2]
    drug = DRUG_BY_AMR_CODE.get(amr_code)
    return words.said(drug.name, fact.language).lower() if drug else amr_code


def takings(facts: Iterable[Fact]) -> list[Taking]:
    """All specimens, each with its isolates and susceptibilities, gathered by day and kind of place."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.kind].append(fact)
    specimens = [Specimen(fact) for fact in by_kind["specimen"]]
    lookup = _Lookup(specimens)
    for isolate in by_kind["isolate"]:
        owner = lookup.owner_of(isolate)
        if owner is None:
            owner = lookup.add(Specimen(isolate))
        else:
            owner.isolates.append(isolate)
    for fact in by_kind["susceptibility"]:
        owner = lookup.owner_of(fact)
        if owner is not None:
            owner.susceptibilities.append(fact)
    return _gathered(lookup.specimens)


class _Lookup:
    """Finds the specimen an isolate belongs to: by its source, else by the same time and label."""

    def __init__(self, specimens: list[Specimen]) -> None:
        self.specimens = specimens
        self.by_source = {s.fact.event.source: s for s in specimens if s.fact.event.source}
        self.by_label = {(s.fact.time, s.fact.event.text_value): s for s in specimens}

    def owner_of(self, fact: Fact) -> Specimen | None:
        source = (fact.event.source or "").partition("/isolate/")[0]
        return self.by_source.get(source) or self.by_label.get((fact.time, fact.event.text_value))

    def add(self, specimen: Specimen) -> Specimen:
        self.specimens.append(specimen)
        self.by_source[(specimen.fact.event.source or "").partition("/isolate/")[0]] = specimen
        return specimen


def _gathered(specimens: Iterable[Specimen]) -> list[Taking]:
    together: dict[tuple[date, bool], list[Specimen]] = defaultdict(list)
    for specimen in specimens:
        blood = specimen.fact.event.code.endswith("//blood")
        together[civil_day(specimen.fact.time), blood].append(specimen)
    return [Taking(sorted(group, key=_ring_order)) for _key, group in sorted(together.items())]


def _ring_order(specimen: Specimen) -> tuple[int, str, str]:
    event = specimen.fact.event
    return ORDER[specimen.state], event.text_value or "", event.source or ""
