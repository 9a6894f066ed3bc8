"""Children with spinal tuberculosis: signs of a spine at risk; adults and children: factors of instability."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import MOON_2018, POTT_HISTORY, RAJASEKARAN_2001, STB_SURVEY
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import deg, year

SEEN = Source(RAJASEKARAN_2001, "abstract and congress abstract")
SIGNS = (
    criterion("facets", "Facets dislocated", yes("facet_dislocation"), SEEN),
    criterion("retropulsion", "Diseased fragments pushed backwards", yes("retropulsion"), SEEN),
    criterion(
        "translation", "Sideways translation on the antero-posterior film", yes("lateral_translation"), SEEN
    ),
    criterion("toppling", "Upper vertebra topples", yes("toppling"), SEEN),
)
SCORE = count(*SIGNS)
AT_RISK = Definition(
    id="spine-at-risk",
    title="Spine at risk in childhood tuberculosis",
    subject=SUBJECT,
    about="Whether a child's deformity will grow late; one point for each sign.",
    kinds=("spinal",),
    criteria=SIGNS,
    axes=(
        axis(
            "risk",
            Class("at risk", SCORE > 2, "Late increase is likely."),
            otherwise="not over the limit",
            source=(SEEN,),
        ),
    ),
    score=SCORE,
    score_name="signs",
    performance=(
        Cited(
            "61 children on drugs alone, 15 years: more than 2 signs predicted a late increase; mean angle 35° to 41°.",
            (SEEN,),
        ),
        Cited(
            "Natural history: 25, 27 and 11 of 63 children improved, worsened or stayed.",
            (Source(POTT_HISTORY, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "Another series of 101 children: the angle grew in 67 (66.3 %), stayed in 20, fell in 14.",
            (Source(MOON_2018, "abstract"),),
        ),
        Cited("How large the late increase is was not confirmed; nor how toppling is drawn.", (SEEN,)),
        Cited(
            "A congress abstract prints 39, 44 and 17 % for counts that are 39.7, 42.9 and 17.5 %.", (SEEN,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      two     | facet_dislocation=yes; retropulsion=yes; lateral_translation=no; toppling=no | not over the limit; score 2; edge
      three   | facet_dislocation=yes; retropulsion=yes; lateral_translation=no; toppling=yes | at risk; score 3
      no AP film | facet_dislocation=yes; retropulsion=yes; toppling=no | not over the limit to at risk; score 2 to 3; ask lateral_translation
    """,
)

PARTIAL = Source(STB_SURVEY, "factors; their weights were not read", "PARTIAL")
FACTORS = (
    criterion("age_15", "Age 15 or younger", answer("age") <= 15 * year, PARTIAL),
    criterion("junction", "Cervicothoracic or thoracolumbar junction", yes("junction_lesion"), PARTIAL),
    criterion("dar", "Deformity angular ratio 15 or more", answer("dar_sagittal") >= 15 * deg, PARTIAL),
    criterion("vb_loss", "Loss over involved vertebrae 0.5 or more", answer("vb_loss_ratio") >= 0.5, PARTIAL),
    criterion(
        "signs",
        "A spine-at-risk sign",
        any_of(*SIGNS),
        PARTIAL,
    ),
)
STB_FACTORS = Definition(
    id="stb-instability-factors",
    title="Instability in spinal tuberculosis: factors (Rajasekaran 2023)",
    subject=SUBJECT,
    about="Which factors of the score are there. Their weights were not found, so no sum is shown.",
    kinds=("spinal",),
    criteria=FACTORS,
    performance=(
        Cited(
            "The full score: 3 or more unstable, sensitivity 77 %, specificity 100 %, agreement 0.809 (60 patients, 68 surgeons).",
            (Source(STB_SURVEY, "abstract"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      age 15  | age=15 | met age_15; edge
      DAR 15  | age=30; dar_sagittal=15 | met dar; not met age_15; edge
      none    | age=40; junction_lesion=no; dar_sagittal=9; vb_loss_ratio=0.3; facet_dislocation=no; retropulsion=no; lateral_translation=no; toppling=no | nothing met
      unknown | age=40 | unknown junction, dar; ask junction_lesion
    """,
)
