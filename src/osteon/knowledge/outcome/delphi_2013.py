"""Success after a prosthetic joint infection by the Delphi consensus of 2013."""

from __future__ import annotations

from osteon.knowledge.outcome.references import DELPHI_2013
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import all_of, answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

MONTHS = unit("mo")
PAPER = Source(DELPHI_2013, "consensus", "memory")

ERADICATED = criterion(
    "eradicated",
    "Wound healed without drainage or pain, and no recurrence by the same strain",
    all_of(yes("wound_healed"), ~yes("infection_pain"), ~yes("recurrence_same_strain")),
    PAPER,
)
NO_SURGERY = criterion("no_surgery", "No further surgery for infection", ~yes("surgery_for_infection"), PAPER)
NO_DEATH = criterion("no_death", "No death from the infection", ~yes("death_from_infection"), PAPER)
FOLLOWED = answer("follow_up_months")
WELL = "wound_healed=yes; infection_pain=no; recurrence_same_strain=no; surgery_for_infection=no; death_from_infection=no; follow_up_months=30"

DEFINITION = Definition(
    id="delphi-2013",
    title="Success after prosthetic joint infection, Delphi 2013",
    subject="Outcome",
    about="Eradicated, no further surgery for infection, and no death from it.",
    kinds=("prosthetic-joint",),
    criteria=(ERADICATED, NO_SURGERY, NO_DEATH),
    axes=(
        axis(
            "outcome",
            Class("failure", ~all_of(ERADICATED, NO_SURGERY, NO_DEATH), "At least one of the three fails."),
            otherwise="success",
            source=(PAPER,),
        ),
        axis(
            "term",
            Class("long-term", FOLLOWED >= 120 * MONTHS, "10 years."),
            Class("mid-term", FOLLOWED >= 60 * MONTHS, "5 years."),
            Class("short-term", FOLLOWED >= 24 * MONTHS, "2 years."),
            otherwise="under 2 years",
            source=(PAPER,),
        ),
    ),
    performance=(Cited("None: a consensus.", (PAPER,)),),
    ambiguities=(
        Cited("A new organism passes the first item and fails the second when it is operated on.", (PAPER,)),
        Cited("Suppressive antibiotics do not rule out success here; MSIS 2019 gives them tier 2.", (PAPER,)),
        Cited("Surgery counts after reimplantation; a kept spacer has none.", (PAPER,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                                                        | answer
      ------- | ---------------------------------------------------------------------------- | ------
      OU-1    | {but(WELL, "follow_up_months=14")}                                           | outcome: success; term: under 2 years
      OU-2    | {but(WELL, "suppressive_antibiotic=yes")}                                    | outcome: success; term: short-term
      OU-3    | {but(WELL, "surgery_for_infection=yes")}                                     | outcome: failure; not met no_surgery
      OU-4    | {but(WELL, "aseptic_revision=yes")}                                          | outcome: success
      OU-5    | {but(WELL, "died=yes", "death_unrelated=yes")}                               | outcome: success
      OU-7    | {but(WELL, "surgery_for_infection=yes")}                                     | outcome: failure; met eradicated; not met no_surgery
      unknown | wound_healed=yes; infection_pain=no; surgery_for_infection=no; death_from_infection=no | outcome: success to failure; ask recurrence_same_strain
    """,
)
