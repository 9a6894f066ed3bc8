"""Clinical stage of spinal epidural abscess (Heusner)."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import FEVER, SUBJECT
from osteon.knowledge.spine.references import HEUSNER
from osteon.rules.definition import Class, Definition, axis, criterion
from osteon.rules.language import any_of, yes
from osteon.rules.monitoring import Source

SEEN = Source(HEUSNER, "table of stages")
IV = criterion("IV", "Paralysis", yes("paralysis"), SEEN)
III = criterion(
    "III",
    "Weakness, loss of feeling, bladder or bowel dysfunction",
    any_of(yes("weakness"), yes("sensory_loss"), yes("sphincter_dysfunction")),
    SEEN,
)
II = criterion(
    "II",
    "Root pain, neck stiffness, reduced reflexes",
    any_of(yes("root_pain"), yes("neck_stiffness"), yes("reduced_reflexes")),
    SEEN,
)
FIRST = criterion(
    "I", "Pain, fever, tenderness", any_of(yes("spinal_pain"), FEVER, yes("spinal_tenderness")), SEEN
)
NO_III = "weakness=no; sensory_loss=no; sphincter_dysfunction=no; paralysis=no"
NO_II = "root_pain=no; neck_stiffness=no; reduced_reflexes=no"

DEFINITION = Definition(
    id="epidural-abscess-stage",
    title="Stage of spinal epidural abscess (Heusner)",
    subject=SUBJECT,
    about="The highest stage whose signs are present.",
    kinds=("spinal",),
    criteria=(IV, III, II, FIRST),
    axes=(
        axis(
            "stage",
            Class("IV", IV),
            Class("III", III),
            Class("II", II),
            Class("I", FIRST),
            otherwise="no sign",
            source=(SEEN,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case       | facts | answer
      ---------- | ----- | ------
      tender     | temp_c=38.4; spinal_tenderness=yes; {NO_II}; {NO_III} | I
      sciatica   | temp_c=38.4; root_pain=yes; {NO_III} | II
      retention  | sphincter_dysfunction=yes; paralysis=no | III
      0/5 legs   | paralysis=yes | IV
      not examined | temp_c=38.4; spinal_tenderness=yes | I to IV; ask weakness
    """,
)
