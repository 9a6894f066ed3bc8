"""MSIS 2019: tiers of outcome after a prosthetic joint infection."""

from __future__ import annotations

from osteon.knowledge.outcome.references import ALAVI_2026, DEBBI_2024, ENGINE, ICM_PAGE, MSIS_2019
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, unit
from osteon.rules.tree import Condition

TIERS = Source(ICM_PAGE, "tiers")
ORDER = Source(ENGINE, "which tier wins when several apply", "derived")
PAPER = Source(MSIS_2019, "minimum follow-up", "memory")
YEAR = 365 * day

DIED = criterion("died", "Died", yes("died"), TIERS)
DIED_EARLY = criterion("died_1y", "Died within a year", yes("died") & (answer("death_days") <= YEAR), TIERS)
UNRELATED = criterion("unrelated", "Death unrelated to the infection", yes("death_unrelated"), ORDER)
ABLATION = criterion(
    "3E", "Amputation, resection arthroplasty or fusion", yes("amputation_resection_fusion"), TIERS
)
SEPTIC = criterion("septic_revision", "Revision for infection", yes("septic_revision"), TIERS)
SEPTIC_EARLY = criterion(
    "septic_1y",
    "Revision for infection within a year",
    yes("septic_revision") & (answer("septic_revision_days") <= YEAR),
    TIERS,
)
ASEPTIC = criterion("aseptic_revision", "Revision not for infection", yes("aseptic_revision"), TIERS)
ASEPTIC_EARLY = criterion(
    "aseptic_1y",
    "Revision not for infection within a year",
    yes("aseptic_revision") & (answer("aseptic_revision_days") <= YEAR),
    TIERS,
)
SPACER = criterion("3F", "Spacer kept", yes("spacer_retained"), TIERS)
CONTROLLED = criterion("controlled", "Infection controlled", yes("infection_controlled"), TIERS)
SUPPRESSED = criterion("suppressed", "On suppressive antibiotics", yes("suppressive_antibiotic"), TIERS)


def _tiers(counted: Condition) -> tuple[Class, ...]:
    """The tiers, the gravest first, with the deaths that count."""
    return (
        Class("4A", DIED_EARLY & counted, "Death within a year."),
        Class("4B", DIED & counted, "Death after a year."),
        Class("3E", ABLATION, "Amputation, resection arthroplasty or fusion."),
        Class("3D", SEPTIC_EARLY, "Septic revision within a year."),
        Class("3B", SEPTIC, "Septic revision after a year."),
        Class("3C", ASEPTIC_EARLY, "Aseptic revision within a year."),
        Class("3A", ASEPTIC, "Aseptic revision after a year."),
        Class("3F", SPACER, "Spacer kept."),
        Class("2", CONTROLLED & SUPPRESSED, "Infection controlled on suppressive antibiotics."),
        Class("1", CONTROLLED, "Infection controlled without antibiotics."),
    )


WELL = "died=no; amputation_resection_fusion=no; septic_revision=no; aseptic_revision=no; spacer_retained=no; infection_controlled=yes; suppressive_antibiotic=no; follow_up_months=14"

DEFINITION = Definition(
    id="msis-2019-outcome",
    title="Outcome tiers, MSIS 2019",
    subject="Outcome",
    about="What became of a prosthetic joint infection, counted from the start of its treatment.",
    kinds=("prosthetic-joint",),
    criteria=(
        DIED_EARLY,
        DIED,
        UNRELATED,
        ABLATION,
        SEPTIC_EARLY,
        SEPTIC,
        ASEPTIC_EARLY,
        ASEPTIC,
        SPACER,
        SUPPRESSED,
        CONTROLLED,
    ),
    axes=(
        axis("tier", *_tiers(DIED), otherwise="no tier", source=(ORDER,)),
        axis("tier without unrelated death", *_tiers(~UNRELATED), otherwise="no tier", source=(ORDER,)),
    ),
    guards=(
        Guard(
            "Less than a year of follow-up: too early for a tier",
            answer("follow_up_months") < 12 * unit("mo"),
            (PAPER,),
        ),
    ),
    performance=(
        Cited("Adopted by 82 % of the consensus vote.", (TIERS,)),
        Cited(
            "Of 245 series 40.7 % called no antibiotics success (tier 1), 54.5 % no further surgery; the odds of success differ little (1.05).",
            (Source(DEBBI_2024, "abstract"),),
        ),
        Cited("Only 12.2 % of studies used a society's definition.", (Source(ALAVI_2026, "abstract"),)),
    ),
    ambiguities=(
        Cited(
            "Which tier wins when several apply is not stated. Proposed: 4, 3E, 3D, 3B, 3C, 3A, 3F, 2, 1; every event is kept.",
            (ORDER,),
        ),
        Cited("Death of an unrelated cause is tier 4 all the same: shown with and without.", (ORDER,)),
        Cited(
            "Counted from the start of treatment of the infection, not from reimplantation; whether by joint or by patient is not stated.",
            (TIERS,),
        ),
        Cited("Exactly 365 days is within a year.", (ORDER,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                                                        | answer
      ------- | ---------------------------------------------------------------------------- | ------
      OU-1    | {WELL}                                                                       | tier: 1; tier without unrelated death: 1
      OU-2    | {but(WELL, "suppressive_antibiotic=yes")}                                    | tier: 2
      OU-3    | {but(WELL, "septic_revision=yes", "septic_revision_days=240")}               | tier: 3D
      OU-4    | {but(WELL, "aseptic_revision=yes", "aseptic_revision_days=548")}             | tier: 3A
      OU-5    | {but(WELL, "died=yes", "death_days=152", "death_unrelated=yes")}             | tier: 4A; tier without unrelated death: 1
      OU-6    | {but(WELL, "spacer_retained=yes", "follow_up_months=24")}                    | tier: 3F
      OU-7    | {but(WELL, "septic_revision=yes", "septic_revision_days=609")}               | tier: 3B
      OU-8    | {but(WELL, "septic_revision=yes", "septic_revision_days=365")}               | tier: 3D; edge
      OU-8 aseptic | {but(WELL, "aseptic_revision=yes", "aseptic_revision_days=365")}        | tier: 3C
      early   | {but(WELL, "follow_up_months=6")}                                            | tier: 1; warns
      unknown | died=no; amputation_resection_fusion=no; aseptic_revision=no; spacer_retained=no; infection_controlled=yes; suppressive_antibiotic=no | tier: 1 to 3D; ask septic_revision
    """,
)
