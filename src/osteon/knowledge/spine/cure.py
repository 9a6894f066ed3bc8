"""Cure of vertebral osteomyelitis one year after, as the trial of 6 and 12 weeks counted it."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import FEVER, LOCAL, SUBJECT
from osteon.knowledge.spine.references import BERNARD_2015
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L

SEEN = Source(BERNARD_2015, "commentary")
NO_PAIN = criterion("no_pain", "No pain", ~yes("residual_spinal_pain"), SEEN)
NO_FEVER = criterion("no_fever", "No fever", ~FEVER, SEEN, LOCAL)
CRP_LOW = criterion("crp", "CRP below 10 mg/L", answer("crp") < 10 * mg_per_L, SEEN)

DEFINITION = Definition(
    id="bernard-2015-cure",
    title="Cure of vertebral osteomyelitis at one year, Bernard 2015",
    subject=SUBJECT,
    about="No pain, no fever and a low CRP one year after. Other papers count otherwise: never mix.",
    kinds=("spinal",),
    criteria=(NO_PAIN, NO_FEVER, CRP_LOW),
    axes=(
        axis(
            "at one year",
            Class("not cured", ~all_of(NO_PAIN, NO_FEVER, CRP_LOW)),
            Class("cured", all_of(NO_PAIN, NO_FEVER, CRP_LOW)),
            source=(SEEN,),
        ),
    ),
    performance=(
        Cited(
            "Cured: 160 of 176 after 6 weeks and 159 of 175 after 12 (90.9 % each).",
            (Source(BERNARD_2015, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("Cure, recurrence, failure and relapse are defined differently by each study.", (SEEN,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case     | facts | answer
      -------- | ----- | ------
      well     | residual_spinal_pain=no; temp_c=36.6; reported_fever_rigors=no; crp=3 | cured
      pain     | residual_spinal_pain=yes; temp_c=36.6; reported_fever_rigors=no; crp=3 | not cured
      CRP 10   | residual_spinal_pain=no; temp_c=36.6; reported_fever_rigors=no; crp=10 | not cured; edge
      no CRP   | residual_spinal_pain=no; temp_c=36.6; reported_fever_rigors=no | cured to not cured; ask crp
    """,
)
