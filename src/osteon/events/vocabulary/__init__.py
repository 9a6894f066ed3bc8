"""What the stream's codes mean: measurements, drugs, organisms and our own words, as data with sources.

Each table is one CSV beside this file; nothing here is typed into logic. Add a row there, not a constant
elsewhere. ``MEASURES["crp"].unit`` is the unit every stream row of that measurement is brought to.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from osteon.events.codes import Atc, Loinc, Own, Snomed


@dataclass(frozen=True, slots=True)
class Measure:
    """Something measured. ``codes`` holds the preferred code first, then those that mean the same."""

    key: str
    name: str
    short: str
    codes: tuple[str, ...]
    unit: str
    source: str

    @property
    def code(self) -> str:
        """The preferred stream code, for instance ``LOINC//1988-5``."""
        return self.codes[0]


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug by one way in; ``group`` is its class (glycopeptide, rifamycin, ...).

    ``only_route`` is filled when the code alone tells how the drug is given (``vein or muscle``); blank means
    that it does not, or that nobody has said so. ``route_source`` says who did.
    """

    key: str
    name: str
    amr_code: str
    code: str
    group: str
    source: str
    only_route: str = ""
    route_source: str = ""


@dataclass(frozen=True, slots=True)
class Organism:
    """An organism as the laboratory names it."""

    key: str
    name: str
    code: str
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One of our own codes; ``kind`` is its lane on the timeline, ``lasts`` whether it has an end."""

    code: str
    name: str
    kind: str
    lasts: bool


def _rows(table: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(table).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _measure(row: dict[str, str]) -> Measure:
    codes = [row["code"], *filter(None, row["other_codes"].split("|"))]
    return Measure(
        row["key"], row["name"], row["short"], tuple(str(Loinc(c)) for c in codes), row["unit"], row["source"]
    )


MEASURES: Final = {row["key"]: _measure(row) for row in _rows("measures.csv")}
DRUGS: Final = {row["key"]: Drug(**{**row, "code": str(Atc(row["code"]))}) for row in _rows("drugs.csv")}
ORGANISMS: Final = {
    row["key"]: Organism(row["key"], row["name"], str(Snomed(row["code"])), row["group"], row["source"])
    for row in _rows("organisms.csv")
}


def _question_words() -> Iterator[OwnWord]:
    """The questions of definitions that have no row of their own in ``own.csv``."""
    for found in sorted(files(__package__).joinpath("questions").iterdir(), key=lambda one: one.name):
        if found.name.endswith(".csv"):
            for row in _rows(f"questions/{found.name}"):
                if row["kind"] in ("yes-no", "number", "choice") and not row["code"]:
                    key = row["key"].replace("_", "-")
                    yield OwnWord(str(Own(f"finding//{key}")), row["name"], "question", lasts=False)


OWN_WORDS: Final = {
    **{
        code: OwnWord(code, row["name"], row["kind"], row["lasts"] == "yes")
        for row in _rows("own.csv")
        for code in [str(Own(row["key"]))]
    },
    **{word.code: word for word in _question_words()},
}

_BEDSIDE = ("temperature", "weight", "height")
LABORATORY_CODES: Final = tuple(c for m in MEASURES.values() if m.key not in _BEDSIDE for c in m.codes)
"""The codes of laboratory results, as opposed to what is measured at the bedside."""

MEASURE_BY_CODE: Final = {code: measure for measure in MEASURES.values() for code in measure.codes}
DRUG_BY_CODE: Final = {drug.code: drug for drug in DRUGS.values()}
ORGANISM_BY_CODE: Final = {organism.code: organism for organism in ORGANISMS.values()}


def name_of(code: str) -> str:
    """What a person reads instead of a stream code; the code itself where we know no better."""
    for table in (MEASURE_BY_CODE, DRUG_BY_CODE, ORGANISM_BY_CODE, OWN_WORDS):
        if code in table:
            return table[code].name
    return code.partition("//")[2] or code
