"""Outcome of a fracture-related infection: recurrence, union and the limb."""

from __future__ import annotations

from osteon.knowledge.outcome.references import BEZSTAROSTI_2019, FRI_OUTCOME
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

ITEMS = Source(FRI_OUTCOME, "outcome", "memory")

AGAIN = criterion("confirmatory", "A confirmatory sign again", yes("confirmatory_again"), ITEMS)
UNITED = criterion("united", "Fracture united", yes("united"), ITEMS)
KEPT = criterion("limb", "Limb kept", yes("limb_kept"), ITEMS)

DEFINITION = Definition(
    id="fri-outcome",
    title="Outcome of fracture-related infection",
    subject="Outcome",
    about="Whether the infection came back, the fracture united and the limb was kept.",
    kinds=("fracture-related",),
    criteria=(AGAIN, UNITED, KEPT),
    axes=(
        axis(
            "infection",
            Class("recurrence", AGAIN, "Any confirmatory sign again."),
            otherwise="none",
            source=(ITEMS,),
        ),
        axis("union", Class("not united", ~UNITED, "Not united."), otherwise="united", source=(ITEMS,)),
        axis("limb", Class("lost", ~KEPT, "Limb lost."), otherwise="kept", source=(ITEMS,)),
    ),
    guards=(
        Guard(
            "Less than 12 months since the end of all treatment: too early",
            answer("months_since_treatment") < 12 * unit("mo"),
            (ITEMS,),
        ),
    ),
    performance=(
        Cited(
            "93 series with 3,701 patients: one used a standard definition.",
            (Source(BEZSTAROSTI_2019, "review"),),
        ),
    ),
    ambiguities=(Cited("Function belongs to the outcome and is measured elsewhere.", (ITEMS,)),),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                        | answer
      ------- | ---------------------------------------------------------------------------- | ------
      good    | confirmatory_again=no; united=yes; limb_kept=yes; months_since_treatment=14  | infection: none; union: united; limb: kept
      early   | confirmatory_again=no; united=no; limb_kept=yes; months_since_treatment=6    | infection: none; union: not united; warns
      back    | confirmatory_again=yes; limb_kept=no                                         | infection: recurrence; limb: lost
      unknown | united=yes                                                                   | infection: none to recurrence; ask confirmatory_again
    """,
)
