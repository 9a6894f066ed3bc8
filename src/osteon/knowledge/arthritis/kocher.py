"""Kocher: four predictors of septic arthritis in a child's irritable hip."""

from __future__ import annotations

from osteon.knowledge.arthritis.hip import AMBIGUITIES, CHILDS_HIP, ESR, FEVER, WEIGHT, WHITE
from osteon.knowledge.arthritis.references import KOCHER_1999, KOCHER_2004, LUHMANN_2004
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Definition, Table
from osteon.rules.language import count
from osteon.rules.monitoring import Source

FOUR = (FEVER, WEIGHT, ESR, WHITE)
NOT = "not printed"

DEFINITION = Definition(
    id="kocher",
    title="Kocher criteria for a child's hip",
    subject="Septic arthritis",
    about="How many of four predictors speak for septic arthritis rather than transient synovitis.",
    kinds=("septic-arthritis",),
    criteria=FOUR,
    score=count(*FOUR),
    score_name="predictors",
    guards=CHILDS_HIP,
    tables=(
        Table(
            "Probability of septic arthritis, by number of predictors",
            ("0", "1", "2", "3", "4"),
            (
                (
                    "Kocher 1999 (derivation)",
                    ("< 0.2 %", "3.0 %", "40.0 %", "93.1 %", "99.6 %"),
                    Source(KOCHER_1999, "results"),
                ),
                (
                    "Kocher 2004 (51 of 154 septic)",
                    ("2.0 %", "9.5 %", "35.0 %", "72.8 %", "93.0 %"),
                    Source(KOCHER_2004, "abstract"),
                ),
                (
                    "Luhmann 2004 (47 of 165 hips septic)",
                    (NOT, NOT, NOT, NOT, "59 %"),
                    Source(LUHMANN_2004, "abstract"),
                ),
            ),
        ),
    ),
    performance=(
        Cited(
            "Area under the curve 0.96 when derived, 0.86 when validated.", (Source(KOCHER_2004, "abstract"),)
        ),
        Cited(
            "Septic was defined as 50,000 white cells or more in joint fluid, with or without growth.",
            (Source(KOCHER_1999, "methods"),),
        ),
    ),
    ambiguities=AMBIGUITIES,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                | answer
      ------- | ------------------------------------------------------------------------------------ | ------
      KO-1    | joint_affected=hip; age=6; fever_history=yes; non_weight_bearing=yes; esr=41; blood_wbc=14 | score 4
      KO-2    | joint_affected=hip; age=6; temp_c=37; fever_history=yes; non_weight_bearing=no; esr=40; blood_wbc=12.0 | score 2; only fever, esr_40; edge
      KO-3    | joint_affected=hip; age=6; fever_history=no; non_weight_bearing=no; esr=10; blood_wbc=8; crp=4 | score 0; nothing met
      KO-5    | joint_affected=knee; age=6; fever_history=yes; non_weight_bearing=yes; esr=41; blood_wbc=14 | refused
      adult   | joint_affected=hip; age=40; fever_history=yes; non_weight_bearing=yes; esr=41; blood_wbc=14 | refused
      unknown | joint_affected=hip; age=6; fever_history=yes; blood_wbc=14                           | score 2 to 4; ask esr, non_weight_bearing
      joint not said | fever_history=yes; non_weight_bearing=yes; esr=41; blood_wbc=14               | score 4; warns
    """,
)
