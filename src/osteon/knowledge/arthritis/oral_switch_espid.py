"""When a child with a bone or joint infection may change to medicine by mouth: as ESPID 2017 is recalled."""

from __future__ import annotations

from osteon.knowledge.arthritis.references import BATCHELDER_2016, ENGINE, ESPID_2017
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit, year

HOURS = unit("h")
GUIDELINE = Source(ESPID_2017, "oral switch", "memory")
ADDED = Source(ENGINE, "conditions added", "derived")

AFEBRILE = criterion(
    "afebrile_24", "Without fever for 24 hours or more", answer("hours_afebrile") >= 24 * HOURS, GUIDELINE
)
BETTER = criterion("improving", "Clinically improving", yes("improving"), GUIDELINE)
FALLEN = criterion(
    "crp_70",
    "CRP fallen to 70 % of its peak or less",
    10 * answer("crp") <= 7 * answer("crp_peak"),
    GUIDELINE,
)
ORAL = criterion("tolerates_oral", "Takes medicine by mouth", yes("tolerates_oral"), ADDED)
DRAINED = criterion("drained", "No collection left undrained", ~yes("undrained_collection"), ADDED)
OPTION = criterion("oral_option", "An oral drug covers the organism", yes("oral_option"), ADDED)
ALL = (AFEBRILE, BETTER, FALLEN, ORAL, DRAINED, OPTION)

DEFINITION = Definition(
    id="oral-switch-espid",
    title="Children: change to oral antibiotics (ESPID 2017)",
    subject="Children",
    about="Whether a child with a bone or joint infection may change to medicine by mouth.",
    kinds=("osteomyelitis", "septic-arthritis"),
    reading_of="the oral switch in children",
    criteria=ALL,
    axes=(
        axis(
            "oral switch",
            Class("not yet", ~all_of(*ALL), "Go on by vein."),
            otherwise="ready",
            source=(GUIDELINE, ADDED),
        ),
    ),
    guards=(Guard("The rule is for children under 18", answer("age") >= 18 * year, (ADDED,), refuses=True),),
    performance=(
        Cited(
            "Not validated as a rule; the guideline's total is 3 to 4 weeks or more for bone, 2 to 3 for joint.",
            (GUIDELINE,),
        ),
    ),
    ambiguities=(
        Cited(
            "CRP down 30 to 50 % here (30 % is used); down two thirds or below 20 in a UK note; no figure in others.",
            (GUIDELINE,),
        ),
        Cited("Afebrile for 24 to 48 hours: 24 is used.", (GUIDELINE,)),
        Cited(
            "Another rule names no CRP: afebrile, tenderness clearly better, tolerates oral.",
            (Source(BATCHELDER_2016, "figure 1"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                                 | answer
      ------- | ----------------------------------------------------------------------------------------------------- | ------
      PD-1    | age=6; crp_peak=120; crp=70; hours_afebrile=30; improving=yes; tolerates_oral=yes; undrained_collection=no; oral_option=yes | ready
      high    | age=6; crp_peak=120; crp=85; hours_afebrile=30; improving=yes; tolerates_oral=yes; undrained_collection=no; oral_option=yes | not yet; not met crp_70
      drain   | age=6; undrained_collection=yes                                                                       | not yet
      unknown | age=6; crp_peak=120; crp=70; hours_afebrile=30; improving=yes                                         | ready to not yet; ask oral_option
    """,
)
