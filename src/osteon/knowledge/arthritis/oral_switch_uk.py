"""When a child with a bone or joint infection may change to medicine by mouth: a UK practice note."""

from __future__ import annotations

from osteon.knowledge.arthritis.references import ENGINE, UK_CHILDREN
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, answer, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, unit, year

HOURS = unit("h")
TABLE = Source(UK_CHILDREN, "table 5")
AGE = Source(ENGINE, "a child is under 18", "derived")
DAYS_14, DAYS_21 = 14 * 24 * HOURS, 21 * 24 * HOURS
LOW = answer("crp") < 20 * mg_per_L

SIMPLE = criterion("unifocal", "Unifocal infection", chosen("child_course", "unifocal"), TABLE)
COMPLEX = criterion("complex", "Complex infection", chosen("child_course", "complex"), TABLE)
LEUKOCIDIN = criterion(
    "leukocidin", "Panton-Valentine leukocidin", chosen("child_course", "leukocidin"), TABLE
)
CALM_24 = criterion(
    "calm_24",
    "Without fever and pain for 24 hours or more, 48 hours by vein",
    all_of(
        answer("hours_iv") >= 48 * HOURS,
        answer("hours_afebrile") >= 24 * HOURS,
        answer("hours_pain_free") >= 24 * HOURS,
    ),
    TABLE,
)
CALM_48 = criterion(
    "calm_48",
    "Without fever and pain for 48 hours or more",
    (answer("hours_afebrile") >= 48 * HOURS) & (answer("hours_pain_free") >= 48 * HOURS),
    TABLE,
)
FALLEN = criterion(
    "crp_fallen",
    "CRP below 20 mg/L, or a third of its peak or less",
    LOW | (3 * answer("crp") <= answer("crp_peak")),
    TABLE,
)
CRP_LOW = criterion("crp_20", "CRP below 20 mg/L", LOW, TABLE)
TWO_WEEKS = criterion("days_14", "14 days by vein", answer("hours_iv") >= DAYS_14, TABLE)
THREE_WEEKS = criterion("days_21", "21 days by vein", answer("hours_iv") >= DAYS_21, TABLE)

READY = (
    all_of(SIMPLE, CALM_24, FALLEN)
    | all_of(COMPLEX, TWO_WEEKS, CALM_48, CRP_LOW)
    | all_of(LEUKOCIDIN, THREE_WEEKS, CALM_48, CRP_LOW)
)

DEFINITION = Definition(
    id="oral-switch-uk",
    title="Children: change to oral antibiotics (UK note)",
    subject="Children",
    about="Whether a child of 3 months or more with a bone or joint infection may change to medicine by mouth.",
    kinds=("osteomyelitis", "septic-arthritis"),
    reading_of="the oral switch in children",
    criteria=(SIMPLE, COMPLEX, LEUKOCIDIN, CALM_24, CALM_48, FALLEN, CRP_LOW, TWO_WEEKS, THREE_WEEKS),
    axes=(
        axis("oral switch", Class("not yet", ~READY, "Go on by vein."), otherwise="ready", source=(TABLE,)),
    ),
    guards=(
        Guard("The rule is for children under 18", answer("age") >= 18 * year, (AGE,), refuses=True),
        Guard(
            "Younger than 3 months: after 14 to 21 days by vein (unifocal) or 21 days; not computed here",
            yes("under_3_months"),
            (TABLE,),
            refuses=True,
        ),
    ),
    performance=(
        Cited(
            "Total: bone 4-6 weeks from 3 months of age, 6 weeks below; joint 3 weeks; complex or leukocidin 6 weeks or more.",
            (TABLE,),
        ),
    ),
    ambiguities=(
        Cited("The note prints CRP without a unit: mg/L is assumed.", (TABLE,)),
        Cited("CRP down two thirds or below 20 here; down 30 to 50 % for ESPID.", (TABLE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                                 | answer
      ------- | ----------------------------------------------------------------------------------------------------- | ------
      PD-1    | age=6; under_3_months=no; child_course=unifocal; crp_peak=120; crp=70; hours_afebrile=30; hours_pain_free=30; hours_iv=72 | not yet; not met crp_fallen
      third   | age=6; under_3_months=no; child_course=unifocal; crp_peak=120; crp=40; hours_afebrile=30; hours_pain_free=30; hours_iv=72 | ready; met crp_fallen
      complex | age=6; under_3_months=no; child_course=complex; crp_peak=120; crp=18; hours_afebrile=50; hours_pain_free=50; hours_iv=300 | not yet; not met days_14
      leukocidin | age=6; under_3_months=no; child_course=leukocidin; crp_peak=120; crp=18; hours_afebrile=50; hours_pain_free=50; hours_iv=504 | ready; edge
      newborn | under_3_months=yes; child_course=unifocal                                                             | refused
      unknown | age=6; under_3_months=no; child_course=unifocal; crp=15; hours_afebrile=30; hours_iv=72               | ready to not yet; ask hours_pain_free
    """,
)
