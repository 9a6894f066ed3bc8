"""Neurological grade of a spinal cord lesion: ASIA Impairment Scale and Frankel."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import AIS, FRANKEL
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, answer, any_of, chosen, yes
from osteon.rules.monitoring import Source

SEEN = Source(AIS, "definition of the grades")
EVER = criterion("deficit_ever", "There is or was a deficit", yes("deficit_ever"), SEEN)
NORMAL = criterion("normal", "All sensation and power normal", yes("ais_normal"), SEEN)
SACRAL = criterion(
    "sacral",
    "Sacral sparing: feeling at S4-5, deep anal pressure or voluntary contraction",
    any_of(yes("s45_sensation"), yes("dap"), yes("vac")),
    SEEN,
)
MOTOR = criterion(
    "motor",
    "Motor function preserved: voluntary contraction, or sacral feeling and power more than three levels below the motor level",
    yes("vac") | ((yes("s45_sensation") | yes("dap")) & yes("motor_below")),
    SEEN,
)
HALF = criterion(
    "half",
    "At least half of the key muscles below the level have grade 3 or more",
    answer("key_muscles_3") / answer("key_muscles_below") >= 0.5,
    SEEN,
)

ASIA = Definition(
    id="asia-impairment-scale",
    title="ASIA Impairment Scale",
    subject=SUBJECT,
    about="Grade A to E of a spinal cord injury from the standard examination.",
    kinds=("spinal",),
    criteria=(EVER, NORMAL, SACRAL, MOTOR, HALF),
    axes=(
        axis(
            "grade",
            Class("A", EVER & ~SACRAL, "Complete: no sensory or motor function at S4-5."),
            Class("B", all_of(EVER, SACRAL, ~MOTOR), "Sensory incomplete."),
            Class(
                "C",
                all_of(EVER, SACRAL, MOTOR, ~HALF),
                "Motor incomplete, more than half of the key muscles below grade 3.",
            ),
            Class(
                "D",
                all_of(EVER, SACRAL, MOTOR, HALF, ~NORMAL),
                "Motor incomplete, at least half of the key muscles grade 3 or more.",
            ),
            Class("E", EVER & NORMAL, "Normal after an earlier deficit."),
            otherwise="no grade",
            source=(SEEN,),
        ),
    ),
    ambiguities=(
        Cited(
            "One published copy prints more than 3 for grade D and garbles B; at least 3 is used here.",
            (SEEN,),
        ),
        Cited(
            "B or C is judged from the motor level on each side, C or D from the neurological level of injury.",
            (SEEN,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case       | facts | answer
      ---------- | ----- | ------
      none       | deficit_ever=yes; s45_sensation=no; dap=no; vac=no | A
      touch only | deficit_ever=yes; s45_sensation=yes; dap=no; vac=no; motor_below=no | B
      4 of 10    | deficit_ever=yes; vac=yes; key_muscles_below=10; key_muscles_3=4 | C
      5 of 10    | deficit_ever=yes; vac=yes; key_muscles_below=10; key_muscles_3=5; ais_normal=no | D; edge
      recovered  | deficit_ever=yes; vac=yes; key_muscles_below=10; key_muscles_3=10; ais_normal=yes | E
      never      | deficit_ever=no | no grade
      not examined | deficit_ever=yes; s45_sensation=yes; dap=yes | no grade to B; ask vac
    """,
)

REMEMBERED = Source(FRANKEL, "grades", "memory")
NO_POWER = criterion("no_power", "No motor function", chosen("frankel_motor", "none"), REMEMBERED)
USELESS = criterion("useless", "Motor function useless", chosen("frankel_motor", "useless"), REMEMBERED)
USEFUL = criterion("useful", "Motor function useful", chosen("frankel_motor", "useful"), REMEMBERED)
NORMAL_POWER = criterion(
    "normal_power", "Motor function normal", chosen("frankel_motor", "normal"), REMEMBERED
)
NO_FEELING = criterion("no_feeling", "No feeling", chosen("frankel_sensory", "none"), REMEMBERED)
NORMAL_FEELING = criterion(
    "normal_feeling", "Feeling normal", chosen("frankel_sensory", "normal"), REMEMBERED
)
FRANKEL_GRADE = Definition(
    id="frankel",
    title="Frankel grade",
    subject=SUBJECT,
    about="The older grade of a spinal cord lesion. Not converted from or to the ASIA grade.",
    kinds=("spinal",),
    criteria=(USELESS, USEFUL, NORMAL_POWER, NO_POWER, NO_FEELING, NORMAL_FEELING),
    axes=(
        axis(
            "grade",
            Class("A", NO_POWER & NO_FEELING, "Complete."),
            Class("B", NO_POWER, "Feeling only."),
            Class("C", USELESS, "Motor useless."),
            Class("D", USEFUL | ~(NORMAL_POWER & NORMAL_FEELING), "Motor useful."),
            otherwise="E",
            source=(REMEMBERED,),
        ),
    ),
    ambiguities=(Cited("Only A and E can be read from one scale to the other.", (REMEMBERED,)),),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case     | facts | answer
      -------- | ----- | ------
      complete | frankel_motor=none; frankel_sensory=none | A
      feeling  | frankel_motor=none; frankel_sensory=present | B
      useless  | frankel_motor=useless | C
      useful   | frankel_motor=useful | D
      normal   | frankel_motor=normal; frankel_sensory=normal | E
      half     | frankel_motor=none | B to A; ask frankel_sensory
    """,
)
