"""Relapse or new infection: by organism and site."""

from __future__ import annotations

from osteon.knowledge.outcome.references import DELPHI_2013, ENGINE
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, yes
from osteon.rules.monitoring import Source

OWN = Source(ENGINE, "relapse or reinfection", "derived")
DELPHI = Source(DELPHI_2013, "same strain", "memory")

AGAIN = criterion("infection", "Infection again", yes("infection_again"), OWN)
SAME = criterion("same_organism", "Same organism, species and antibiogram", yes("same_organism_again"), OWN)
SITE = criterion("same_site", "Same site", yes("same_site_again"), OWN)

DEFINITION = Definition(
    id="relapse-or-reinfection",
    title="Relapse or new infection",
    subject="Outcome",
    about="Whether an infection that came back is the old one.",
    kinds=("osteomyelitis", "prosthetic-joint", "fracture-related", "septic-arthritis", "diabetic-foot"),
    criteria=(AGAIN, SAME, SITE),
    axes=(
        axis(
            "kind",
            Class("relapse", all_of(AGAIN, SAME, SITE), "The same organism at the same site."),
            Class("new infection", AGAIN, "Another organism or another site."),
            otherwise="none",
            source=(OWN,),
        ),
    ),
    performance=(Cited("None.", (OWN,)),),
    ambiguities=(
        Cited(
            "Definitions differ: Delphi counts only the same strain as failure of eradication, others any infection. Record both.",
            (DELPHI,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                        | answer
      ------- | ---------------------------------------------------------------------------- | ------
      relapse | infection_again=yes; same_organism_again=yes; same_site_again=yes            | relapse
      OU-7    | infection_again=yes; same_organism_again=no; same_site_again=yes             | new infection
      none    | infection_again=no                                                           | none
      unknown | infection_again=yes; same_site_again=yes                                     | new infection to relapse; ask same_organism_again
    """,
)
