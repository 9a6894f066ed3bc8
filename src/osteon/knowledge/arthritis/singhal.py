"""Singhal: CRP and weight-bearing in a child's hip."""

from __future__ import annotations

from osteon.knowledge.arthritis.hip import AGE, CHILDS_HIP
from osteon.knowledge.arthritis.references import SINGHAL_2011, UZOIGWE_2013
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Definition, Table, criterion
from osteon.rules.language import answer, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L

ABSTRACT = Source(SINGHAL_2011, "abstract")

CRP = criterion("crp_20", "CRP more than 20 mg/L", answer("crp") > 20 * mg_per_L, ABSTRACT)
WEIGHT = criterion("non_weight_bearing", "Refuses to bear weight", yes("non_weight_bearing"), ABSTRACT)

DEFINITION = Definition(
    id="singhal",
    title="Two-variable rule for a child's hip (Singhal)",
    subject="Septic arthritis",
    about="CRP and weight-bearing alone, in an irritable hip.",
    kinds=("septic-arthritis",),
    criteria=(CRP, WEIGHT),
    score=count(CRP, WEIGHT),
    score_name="predictors",
    guards=CHILDS_HIP,
    tables=(
        Table(
            "Probability of septic arthritis, by number of predictors",
            ("0", "1", "2"),
            (
                ("Singhal 2011 (29 of 311 septic)", ("< 1 %", "not printed", "74 %"), ABSTRACT),
                (
                    "The same study in Uzoigwe's table",
                    ("1 %", "not printed", "87 %"),
                    Source(UZOIGWE_2013, "table 1"),
                ),
            ),
        ),
    ),
    performance=(Cited("Odds ratio of CRP 81.9.", (ABSTRACT,)),),
    ambiguities=(
        Cited(
            "A later table prints 1 % and 87 % for this study; the difference is not explained.",
            (Source(UZOIGWE_2013, "table 1"),),
        ),
        Cited("A child is taken to be under 18.", (AGE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                              | answer
      ------- | ------------------------------------------------------------------ | ------
      neither | joint_affected=hip; age=5; crp=20; non_weight_bearing=no           | score 0; edge
      both    | joint_affected=hip; age=5; crp=45; non_weight_bearing=yes          | score 2
      KO-5    | joint_affected=knee; age=5; crp=45; non_weight_bearing=yes         | refused
      unknown | joint_affected=hip; age=5; crp=45                                  | score 1 to 2; ask non_weight_bearing
    """,
)
