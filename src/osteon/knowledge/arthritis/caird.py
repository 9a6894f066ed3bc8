"""Caird: Kocher's four predictors and CRP."""

from __future__ import annotations

from osteon.knowledge.arthritis.hip import AMBIGUITIES, CHILDS_HIP, CRP, ESR, FEVER, WEIGHT, WHITE
from osteon.knowledge.arthritis.references import CAIRD_2006, SULTAN_2010, UZOIGWE_2013
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Definition, Table
from osteon.rules.language import count
from osteon.rules.monitoring import Source

FIVE = (FEVER, WEIGHT, ESR, WHITE, CRP)
ABSTRACT = Source(CAIRD_2006, "abstract")

DEFINITION = Definition(
    id="caird",
    title="Caird criteria for a child's hip",
    subject="Septic arthritis",
    about="How many of five predictors speak for septic arthritis in a hip worth aspirating.",
    kinds=("septic-arthritis",),
    criteria=FIVE,
    score=count(*FIVE),
    score_name="predictors",
    guards=CHILDS_HIP,
    tables=(
        Table(
            "Probability of septic arthritis, by number of predictors",
            ("0", "1", "2", "3", "4", "5"),
            (
                (
                    "Caird 2006 (48 aspirated hips)",
                    ("17 %", "37 %", "62 %", "83 %", "93 %", "98 %"),
                    ABSTRACT,
                ),
                (
                    "Sultan and Hughes 2010",
                    ("2.3 %", "5 %", "11 %", "22 %", "39 %", "60 %"),
                    Source(SULTAN_2010, "as tabulated by Uzoigwe"),
                ),
            ),
        ),
    ),
    performance=(
        Cited(
            "Caird studied only hips worth aspirating: even no predictor meant 17 % there.",
            (Source(UZOIGWE_2013, "table 1"),),
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
      KO-1    | joint_affected=hip; age=6; fever_history=yes; non_weight_bearing=yes; esr=41; blood_wbc=14; crp=45 | score 5
      KO-2    | joint_affected=hip; age=6; fever_history=yes; non_weight_bearing=no; esr=40; blood_wbc=12.0; crp=20 | score 2; edge
      KO-3    | joint_affected=hip; age=6; fever_history=no; non_weight_bearing=no; esr=10; blood_wbc=8; crp=4 | score 0
      KO-5    | joint_affected=knee; age=6; crp=45                                                   | refused
      unknown | joint_affected=hip; age=6; fever_history=yes; crp=2.1 mg/dL                          | score 2 to 5; ask esr
    """,
)
