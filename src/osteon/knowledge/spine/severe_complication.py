"""Severe complication after surgery for pyogenic spondylodiscitis."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import SEVERE_COMPLICATION
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, points, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import cells

SEEN = Source(SEVERE_COMPLICATION, "points and bands", "READY")
CHARLSON = criterion("charlson", "Updated Charlson index 3 or more: 2", answer("charlson") >= 3, SEEN)
LUNG = criterion("lung", "Chronic lung disease: 3", yes("chronic_pulmonary_disease"), SEEN)
DIABETES = criterion("diabetes", "Diabetes: 1", yes("diabetes"), SEEN)
NEGATIVE = criterion("gram_negative", "Gram-negative organism: 3", yes("gram_negative"), SEEN)
JOINT = criterion("joint", "Pyogenic osteoarthritis: 3", yes("pyogenic_osteoarthritis"), SEEN)
WBC = criterion("wbc", "White cells 10.0 × 10⁹/L or more: 2", answer("blood_wbc") >= 10.0 * cells, SEEN)
PLATELETS = criterion(
    "platelets", "Platelets 240 × 10⁹/L or fewer: 2", answer("platelets") <= 240 * cells, SEEN
)
SCORE = points((2, CHARLSON), (3, LUNG), (1, DIABETES), (3, NEGATIVE), (3, JOINT), (2, WBC), (2, PLATELETS))
REST = "charlson=1; chronic_pulmonary_disease=no; diabetes=no; gram_negative=no; pyogenic_osteoarthritis=no"

DEFINITION = Definition(
    id="spine-severe-complication",
    title="Severe complication after surgery for pyogenic spondylodiscitis",
    subject=SUBJECT,
    about="Risk of a complication of Clavien-Dindo grade III or more, 0 to 16 points.",
    kinds=("spinal",),
    criteria=(CHARLSON, LUNG, DIABETES, NEGATIVE, JOINT, WBC, PLATELETS),
    axes=(
        axis(
            "risk",
            Class("84.2 % (7 or more)", SCORE >= 7),
            Class("40.1 % (5 or 6)", SCORE >= 5),
            otherwise="5.2 % (4 or fewer)",
            source=(SEEN,),
        ),
    ),
    score=SCORE,
    score_name="points",
    performance=(
        Cited("Area under the curve 0.851 (143 patients), external 0.820 (70 patients, 9 centres).", (SEEN,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts | answer
      ------- | ----- | ------
      diabetes | {REST.replace("diabetes=no", "diabetes=yes")}; wbc=12; platelets=200 | 40.1 % (5 or 6); score 5
      COPD    | {REST.replace("disease=no", "disease=yes").replace("negative=no", "negative=yes")}; wbc=9; platelets=300 | 40.1 % (5 or 6); score 6
      Charlson 4 | {REST.replace("charlson=1", "charlson=4").replace("negative=no", "negative=yes")}; wbc=15; platelets=300 | 84.2 % (7 or more); score 7
      plt 240 | {REST}; wbc=9; platelets=240 | 5.2 % (4 or fewer); score 2; edge
      no blood | {REST.replace("negative=no", "negative=yes")} | 5.2 % (4 or fewer) to 84.2 % (7 or more); score 3 to 7; ask blood_wbc
    """,
)
