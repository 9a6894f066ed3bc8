"""Fracture-related infection by the consensus of 2018: four signs that confirm."""

from __future__ import annotations

from osteon.knowledge.fracture.criteria import (
    AMBIGUITIES,
    C1,
    C2,
    C3,
    C4,
    NEGATIVE,
    PERFORMANCE,
    S1,
    S2,
    S4,
    S5,
    S6,
    S7,
    VERSIONS,
    guards,
)
from osteon.knowledge.fracture.references import METSEMAKERS_2018
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis
from osteon.rules.definition_examples import but
from osteon.rules.language import any_of
from osteon.rules.monitoring import Source

PAPER = Source(METSEMAKERS_2018, "title page")
CONFIRMATORY = (C1, C2, C3, C4)
SUGGESTIVE = (S1, S2, S4, S5, S6, S7)

DEFINITION = Definition(
    id="fri-2018",
    title="Fracture-related infection, consensus 2018",
    subject="Fracture-related infection",
    about="Signs that confirm an infection after a fracture, and signs that ask for a work-up.",
    kinds=("fracture-related",),
    criteria=(*CONFIRMATORY, *SUGGESTIVE),
    axes=(
        axis(
            "infection",
            Class("confirmed", any_of(*CONFIRMATORY), "Fracture-related infection is present."),
            Class("suspected", any_of(*SUGGESTIVE), "Investigate: deep samples and histology."),
            otherwise="no criterion",
            source=(VERSIONS,),
        ),
    ),
    guards=guards(CONFIRMATORY),
    performance=(*PERFORMANCE, Cited("Any one confirmatory sign is enough on its own.", (PAPER,))),
    ambiguities=AMBIGUITIES,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                            | answer
      ------- | ------------------------------------------------ | ------
      FR-1    | sinus_tract=yes                                  | confirmed; met C1
      FR-2    | {but(NEGATIVE, "late_onset=yes", "fracture_imaging=yes", "culture_single=yes", "cultures_alike=1", "markers_unexplained=yes", "specimens_valid=5")} | suspected; only S2, S4, S5; warns
      FR-3    | {but(NEGATIVE, "late_onset=yes", "fracture_imaging=yes", "neutrophils_per_hpf=8", "specimens_valid=5")} | suspected; only S2
      FR-4    | {but(NEGATIVE, "late_onset=no", "neutrophils_per_hpf=8")}  | no criterion; warns
      FR-6    | crp=90; {but(NEGATIVE, "late_onset=no")}         | no criterion; nothing met
      unknown | fracture_imaging=yes; sinus_tract=no; pus=no     | suspected to confirmed; ask cultures_alike
    """,
)
