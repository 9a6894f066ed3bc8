"""S, I and R, and in how many drug categories an isolate is resistant. Only R is resistant.

Since 2019 I means *susceptible, increased exposure*. Counted as resistant, every wild-type Pseudomonas would
be multidrug-resistant (antimicrobials.md c3).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Final

from osteon.events.vocabulary import DRUGS, ORGANISMS

MRSA: Final = ORGANISMS["mrsa"].code
AUREUS: Final = frozenset({ORGANISMS["staphylococcus-aureus"].code, MRSA})
TELLING_MRSA: Final = frozenset({"OXA", "FOX", "FLC"})


class Category(StrEnum):
    """What a laboratory says of a drug and an isolate."""

    S = "S"
    I = "I"  # noqa: E741 - the letter the laboratory uses
    R = "R"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def is_resistant(self) -> bool:
        return self is Category.R


_WORDS: Final = {
    Category.S: "susceptible, standard dose",
    Category.I: "susceptible, increased exposure",
    Category.R: "resistant",
}


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """In how many drug categories an isolate was tested and is resistant. ``is_mrsa``: unknown untested."""

    total: int
    tested: int
    resistant: int
    is_mrsa: bool | None


def _categories() -> dict[str, frozenset[str]]:
    with files(__package__).joinpath("aureus_categories.csv").open(encoding="utf-8") as lines:
        return {row["category"]: _agents(row["drugs"]) for row in csv.DictReader(lines)}


def _agents(keys: str) -> frozenset[str]:
    return frozenset(DRUGS[key].amr_code for key in keys.split("|") if key)


AUREUS_CATEGORIES: Final = _categories()


def category_count(organism: str, antibiogram: Iterable[tuple[str, str]]) -> CategoryCount | None:
    """The count for *Staphylococcus aureus*; ``None`` for others, whose lists of categories were not found.

    Args:
        organism: the stream's code, ``SNOMED//3092008``.
        antibiogram: pairs of agent code and S, I or R.
    """
    if organism not in AUREUS:
        return None
    said = dict(antibiogram)
    resistant = {agent for agent, category in said.items() if Category(category).is_resistant}
    return CategoryCount(
        total=len(AUREUS_CATEGORIES),
        tested=sum(bool(agents & said.keys()) for agents in AUREUS_CATEGORIES.values()),
        resistant=sum(bool(agents & resistant) for agents in AUREUS_CATEGORIES.values()),
        is_mrsa=_is_mrsa(organism, said.keys() & TELLING_MRSA, resistant),
    )


def _is_mrsa(organism: str, told: set[str], resistant: set[str]) -> bool | None:
    if organism == MRSA or told & resistant:
        return True
    return False if told else None
