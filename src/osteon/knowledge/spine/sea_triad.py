"""The classic triad of spinal epidural abscess."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import FEVER, LOCAL, NEW_DEFICIT, SUBJECT
from osteon.knowledge.spine.references import DAVIS_2004, DAVIS_2011
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, yes
from osteon.rules.monitoring import Source

SEEN = Source(DAVIS_2004, "abstract")
PAIN = criterion("pain", "Spinal pain", yes("spinal_pain"), SEEN)
HOT = criterion("fever", "Fever", FEVER, SEEN, LOCAL)
DEFICIT = criterion("deficit", "Neurological deficit", NEW_DEFICIT, SEEN)

DEFINITION = Definition(
    id="epidural-abscess-triad",
    title="Classic triad of spinal epidural abscess",
    subject=SUBJECT,
    about="Spinal pain, fever and a neurological deficit together. Its absence excludes nothing.",
    kinds=(),
    criteria=(PAIN, HOT, DEFICIT),
    axes=(
        axis(
            "triad",
            Class("present", all_of(PAIN, HOT, DEFICIT), "Emergency: see the referral urgency."),
            otherwise="not complete",
            source=(SEEN,),
        ),
    ),
    performance=(
        Cited("At the first visit 13 % of epidural abscesses had it and 1 % of controls.", (SEEN,)),
        Cited("A later summary gives 2 to 13 %.", (Source(DAVIS_2011, "summary"),)),
    ),
    ambiguities=(
        Cited(
            "An incomplete triad excludes nothing: pain with fever, or pain with weakness, is an emergency by the referral urgency.",
            (SEEN,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case          | facts | answer
      ------------- | ----- | ------
      all three     | spinal_pain=yes; temp_c=38.4; motor_deficit=new | present
      pain, fever   | spinal_pain=yes; temp_c=38.4; motor_deficit=none; new_neuro=no | not complete; met pain, fever
      pain, leg     | spinal_pain=yes; temp_c=36.9; reported_fever_rigors=no; motor_deficit=new | not complete; met deficit
      exactly 38    | spinal_pain=yes; temp_c=38.0; motor_deficit=new | present; edge
      not asked     | spinal_pain=yes; motor_deficit=new | not complete to present; ask temp_c
    """,
)
