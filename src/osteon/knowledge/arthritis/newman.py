"""Newman: how surely an arthritis is septic, for research."""

from __future__ import annotations

from osteon.knowledge.arthritis.references import NEWMAN
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import yes
from osteon.rules.monitoring import Source

GRADES = Source(NEWMAN, "grades", "memory")

GRADE_A = criterion("joint_organism", "Organism from the joint", yes("joint_organism"), GRADES)
GRADE_B = criterion(
    "elsewhere",
    "Organism from elsewhere with a hot joint",
    yes("organism_elsewhere") & yes("hot_joint"),
    GRADES,
)
GRADE_C = criterion(
    "no_organism",
    "No organism, but turbid fluid after antibiotics, or histology or radiology",
    yes("turbid_fluid_treated") | yes("joint_histology_or_imaging"),
    GRADES,
)

DEFINITION = Definition(
    id="newman",
    title="Newman grade of septic arthritis",
    subject="Septic arthritis",
    about="How surely an arthritis is septic, as research grades it.",
    kinds=("septic-arthritis",),
    criteria=(GRADE_A, GRADE_B, GRADE_C),
    axes=(
        axis(
            "grade",
            Class("A", GRADE_A, "Organism from the joint."),
            Class("B", GRADE_B, "Organism from elsewhere with a hot joint."),
            Class("C", GRADE_C, "No organism, other evidence."),
            otherwise="no grade",
            source=(GRADES,),
        ),
    ),
    performance=(Cited("None: a grade for research.", (GRADES,)),),
    ambiguities=(Cited("The wording is from memory.", (GRADES,)),),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                          | answer
      ------- | ------------------------------------------------------------------------------ | ------
      joint   | joint_organism=yes                                                             | A
      blood   | joint_organism=no; organism_elsewhere=yes; hot_joint=yes                       | B
      turbid  | joint_organism=no; organism_elsewhere=no; turbid_fluid_treated=yes             | C
      none    | joint_organism=no; organism_elsewhere=no; turbid_fluid_treated=no; joint_histology_or_imaging=no | no grade
      unknown | organism_elsewhere=yes; hot_joint=yes                                          | B to A; ask joint_organism
    """,
)
