"""Hamburg score of death in hospital from spondylodiscitis (HSAS)."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import HEUER_2022
from osteon.rules.definition import Cited, Definition, criterion
from osteon.rules.language import answer, points, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, umol_per_L, year

POINTS = Source(HEUER_2022, "points; the four bands were not read", "PARTIAL")
AGE = criterion(
    "age", "Age above 72.5 years (73 or more in completed years): 2", answer("age") > 72.5 * year, POINTS
)
RHEUMATOID = criterion("rheumatoid", "Rheumatoid arthritis: 3", yes("rheumatoid_arthritis"), POINTS)
# 1.29 mg/dL × 88.4 = 114.036; the last digit is rounded up so that 1.29 itself does not count.
CREATININE = criterion(
    "creatinine",
    "Creatinine above 1.29 mg/dL (114 µmol/L): 2",
    answer("creatinine") > 114.04 * umol_per_L,
    POINTS,
)
CRP = criterion("crp", "CRP above 140.5 mg/L: 2", answer("crp") > 140.5 * mg_per_L, POINTS)

DEFINITION = Definition(
    id="hsas",
    title="Hamburg mortality score of spondylodiscitis (HSAS, points only)",
    subject=SUBJECT,
    about="Points for death in hospital. The limits of its four bands were not found, so none is shown.",
    kinds=("spinal",),
    criteria=(AGE, RHEUMATOID, CREATININE, CRP),
    score=points((2, AGE), (3, RHEUMATOID), (2, CREATININE), (2, CRP)),
    score_name="HSAS",
    performance=(
        Cited(
            "307 patients, 14 % died; area under the curve 0.795; relative effects 3.9 (age), 9.4 (rheumatoid), 4.3 (creatinine), 4.1 (CRP).",
            (Source(HEUER_2022, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("Age 72.5 is a decimal in the paper; completed years of 73 and more count here.", (POINTS,)),
        Cited(
            "Staphylococcus aureus had an effect of 2.3; whether it carries points was not read.", (POINTS,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case       | facts | answer
      ---------- | ----- | ------
      80 y       | age=80; rheumatoid_arthritis=no; creatinine=1.5 mg/dL; crp=200 | score 6
      60 y RA    | age=60; rheumatoid_arthritis=yes; creatinine=0.9 mg/dL; crp=50 | score 3
      all strict | age=72; rheumatoid_arthritis=no; creatinine=1.29 mg/dL; crp=140 | score 0
      no CRP     | age=80; rheumatoid_arthritis=no; creatinine=1.5 mg/dL | score 4 to 6; ask crp
    """,
)
