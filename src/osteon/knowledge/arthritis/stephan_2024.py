"""Stephan 2024: four points that tell which child needs definitive imaging."""

from __future__ import annotations

from osteon.knowledge.arthritis.references import STEPHAN_2024
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import answer, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, degrees, mg_per_L, mm_per_h, year

ABSTRACT = Source(STEPHAN_2024, "abstract", "READY")

LONG = criterion("illness_3", "Ill for more than 3 days", answer("illness_days") > 3 * day, ABSTRACT)
FEVER = criterion(
    "fever",
    "Fever in the history, or 38 °C or more now",
    yes("fever_reported") | (answer("temp_c") >= 38 * degrees),
    ABSTRACT,
)
CRP = criterion("crp_20", "CRP more than 20 mg/L", answer("crp") > 20 * mg_per_L, ABSTRACT)
ESR = criterion("esr_25", "ESR more than 25 mm/h", answer("esr") > 25 * mm_per_h, ABSTRACT)
SCORE = count(LONG, FEVER, CRP, ESR)

DEFINITION = Definition(
    id="stephan-2024",
    title="Musculoskeletal infection in children (Stephan 2024)",
    subject="Children",
    about="Whether a child with a suspected bone, joint or muscle infection needs definitive imaging.",
    kinds=("osteomyelitis", "septic-arthritis"),
    criteria=(LONG, FEVER, CRP, ESR),
    axes=(
        axis(
            "advice",
            Class("pursue imaging", SCORE >= 3, "Pursue definitive imaging."),
            Class("judge", SCORE >= 1, "Neither end of the score: judge."),
            otherwise="no point",
            source=(ABSTRACT,),
        ),
    ),
    score=SCORE,
    guards=(
        Guard("The score is for children under 18", answer("age") >= 18 * year, (ABSTRACT,), refuses=True),
        Guard(
            "The score is for children older than 90 days", yes("under_91_days"), (ABSTRACT,), refuses=True
        ),
    ),
    performance=(
        Cited(
            "1,135 cases and 2,270 matched controls in 23 centres: area under the curve 0.892 (0.881-0.901).",
            (ABSTRACT,),
        ),
        Cited(
            "Three or more: accuracy 84 % (82-85). One or more: sensitivity 0.99 (0.98-1.00).", (ABSTRACT,)
        ),
    ),
    ambiguities=(
        Cited("A case-control study: the score gives no absolute risk.", (ABSTRACT,)),
        Cited("CRP is printed in mg/dL (2.0); here it is mg/L (20).", (ABSTRACT,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                    | answer
      ------- | ---------------------------------------------------------------------------------------- | ------
      ST-1    | age=7; under_91_days=no; illness_days=4; temp_c=38.2; crp=34; esr=40                     | pursue imaging; score 4
      ST-2    | age=7; under_91_days=no; illness_days=3; fever_reported=no; temp_c=37; crp=20; esr=25    | no point; score 0; edge
      ST-3    | age=7; under_91_days=no; illness_days=5; crp=45; fever_reported=no; temp_c=37            | judge to pursue imaging; score 2 to 3; ask esr
      adult   | age=30; illness_days=5; crp=45                                                           | refused
      newborn | age=0; under_91_days=yes; crp=45                                                         | refused
    """,
)
