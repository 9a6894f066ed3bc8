"""Spondylodiscitis severity code (SSC, Homagk 2016): a grade of operated patients."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import HOMAGK_2016
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import yes
from osteon.rules.monitoring import Source

GRADES = Source(HOMAGK_2016, "grades", "PARTIAL")
NEURO = criterion("acute_neuro", "Acute neurological deficit", yes("acute_neuro"), GRADES)
DESTROYED = criterion("destruction", "Vertebra destroyed", yes("bone_destruction"), GRADES)

DEFINITION = Definition(
    id="ssc",
    title="Severity code of spondylodiscitis (SSC)",
    subject=SUBJECT,
    about="Three grades, made from operated patients only: not for choosing between operation and antibiotics.",
    kinds=("spinal",),
    criteria=(NEURO, DESTROYED),
    axes=(
        axis(
            "grade",
            Class("3", NEURO, "Acute deficit."),
            Class("2", DESTROYED, "Destruction without deficit."),
            otherwise="1",
            source=(GRADES,),
        ),
    ),
    performance=(
        Cited(
            "296 patients; 26 treated without an operation were left out.", (Source(HOMAGK_2016, "abstract"),)
        ),
    ),
    ambiguities=(
        Cited(
            "The three series add up to 211, not 296; where the other 85 come from is not said.",
            (Source(HOMAGK_2016, "abstract"),),
        ),
        Cited("The same group's abstracts print CRP in mg/dL where mg/L must be meant.", (GRADES,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      L4/5    | acute_neuro=no; bone_destruction=no | 1
      destroyed | acute_neuro=no; bone_destruction=yes | 2
      paresis | acute_neuro=yes | 3
      unknown | acute_neuro=no | 1 to 2; ask bone_destruction
    """,
)
