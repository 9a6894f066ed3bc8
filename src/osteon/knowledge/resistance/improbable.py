"""Results that do not fit the organism: "result improbable: check".

A plain function over events, not a definition: it needs the list of isolates with what each was tested for,
which no question holds. The expectations stand in ``expected.csv``, one a row, with their marks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, ORGANISMS
from osteon.knowledge.resistance.references import EXPERT_RULES
from osteon.knowledge.samples.takings import Isolate, organism_name, specimens
from osteon.rules.monitoring import Source

ORGANISM_GROUPS: Final = {o.group for o in ORGANISMS.values()}
DRUG_GROUPS: Final = {d.group for d in DRUGS.values()}
_NAMES: Final = {d.amr_code: d.name.lower() for d in reversed(DRUGS.values()) if d.amr_code}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is not to be expected: these organisms reported so for these drugs (agent codes)."""

    organisms: frozenset[str]
    agents: frozenset[str]
    reported: frozenset[str]
    sentence: str
    source: Source

    def is_missed(self, organism: str, agent: str, reported: str) -> bool:
        """Whether this result is one that is not to be expected."""
        return organism in self.organisms and agent in self.agents and reported in self.reported


@dataclass(frozen=True, slots=True)
class Improbable:
    """One result to check. ``event_source``: the isolate's row, which a page can open."""

    organism: str
    drug: str
    reported: str
    expectation: Expectation
    event_source: str | None

    def words(self) -> str:
        """``result improbable: check. Pseudomonas aeruginosa, ceftriaxone S. …``"""
        said = f"{self.organism}, {self.drug} {self.reported}"
        return f"Result improbable: check. {said}. {self.expectation.sentence}."


def improbable(events: Sequence[Event]) -> list[Improbable]:
    """Every result of one patient that does not fit its organism, in the order of the specimens."""
    return [
        found
        for specimen in specimens(events)
        for isolate in specimen.isolates
        for found in _of_isolate(isolate)
    ]


def _of_isolate(isolate: Isolate) -> Iterator[Improbable]:
    for agent, reported in sorted(isolate.antibiogram):
        for expectation in EXPECTATIONS:
            if expectation.is_missed(isolate.event.code, agent, reported):
                name, drug = organism_name(isolate.event), _NAMES.get(agent, agent)
                yield Improbable(name, drug, reported, expectation, isolate.event.source)


# The table --------------------------------------------------------------------------------------------


def _expectations() -> tuple[Expectation, ...]:
    with files(__package__).joinpath("expected.csv").open(encoding="utf-8") as lines:
        return tuple(_expectation(row) for row in csv.DictReader(lines))


def _expectation(row: dict[str, str]) -> Expectation:
    return Expectation(
        frozenset(code for part in row["organisms"].split("|") for code in _organisms(part)),
        frozenset(agent for part in row["drugs"].split("|") for agent in _agents(part)),
        frozenset(row["reported"].split()),
        row["sentence"],
        Source(EXPERT_RULES, row["place"], row["mark"]),
    )


def _organisms(part: str) -> set[str]:
    """``mrsa``, ``group:anaerobe``, ``group:anaerobe but cutibacterium-acnes`` or ``SNOMED:90422000``."""
    if part.startswith("SNOMED:"):
        return {part.replace(":", "//")}
    name, _, without = part.partition(" but ")
    left_out = {ORGANISMS[key].code for key in without.split()}
    if not name.startswith("group:"):
        return {ORGANISMS[name].code}
    group = _known(name.removeprefix("group:"), ORGANISM_GROUPS)
    return {o.code for o in ORGANISMS.values() if o.group == group} - left_out


def _agents(part: str) -> set[str]:
    """``clindamycin``, ``group:carbapenem`` or ``group:cephalosporin but ceftaroline``."""
    name, _, without = part.partition(" but ")
    left_out = {DRUGS[key].amr_code for key in without.split()}
    if not name.startswith("group:"):
        return {DRUGS[name].amr_code}
    group = _known(name.removeprefix("group:"), DRUG_GROUPS)
    return {d.amr_code for d in DRUGS.values() if d.group == group and d.amr_code} - left_out


def _known(group: str, groups: set[str]) -> str:
    if group not in groups:
        raise ValueError(f"expected.csv: there is no group {group!r}")
    return group


EXPECTATIONS: Final = _expectations()
