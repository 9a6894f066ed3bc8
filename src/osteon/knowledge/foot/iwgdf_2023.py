"""Infection of the diabetic foot by IWGDF/IDSA 2023: grade 1 to 4, with (O) for osteomyelitis."""

from __future__ import annotations

from osteon.knowledge.foot.references import IWGDF_2023, IWGDF_2023_COPIES
from osteon.knowledge.foot.signs import (
    BANDS,
    CARBON_DIOXIDE,
    KPA,
    TEN_PERCENT,
    excluded,
    infected,
    inflamed,
    local_signs,
    systemic_signs,
)
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import cm

COPIES = Source(IWGDF_2023_COPIES, "grades", "seen*")
PAPER = Source(IWGDF_2023, "classification table", "memory")

LOCAL = local_signs(COPIES)
EXCLUDED = excluded(COPIES)
SYSTEMIC = systemic_signs(CARBON_DIOXIDE < 4.3 * KPA, BANDS > TEN_PERCENT, COPIES)
WIDE = criterion("wide", "Redness of 2 cm or more", answer("erythema_cm") >= 2 * cm, COPIES)
DEEP = criterion("deep", "Deep structure involved or abscess", yes("deep_structure"), COPIES)
BONE = criterion("osteomyelitis", "Osteomyelitis", yes("osteomyelitis"), COPIES)
INFECTED, INFLAMED = infected(LOCAL, EXCLUDED), inflamed(SYSTEMIC)

# What the worked cases mean by "everything else negative".
NEGATIVE = (
    "swelling_or_induration=no; erythema_cm=0; tenderness_or_pain=no; warmth=no; purulence=no; deep_structure=no; "
    "temp_c=36.8; heart_rate=72; resp_rate=14; paco2_kpa=5; blood_wbc=8; bands_pct=1; other_cause_excluded=yes; "
    "osteomyelitis=no"
)

DEFINITION = Definition(
    id="iwgdf-2023",
    title="Diabetic foot infection, IWGDF/IDSA 2023",
    subject="Diabetic foot",
    about="How severe the infection of a diabetic foot is, and whether bone is involved.",
    kinds=("diabetic-foot",),
    criteria=(*LOCAL, EXCLUDED, *SYSTEMIC, WIDE, DEEP, BONE),
    axes=(
        axis(
            "grade",
            Class("4(O)", BONE & INFLAMED, "Severe, with osteomyelitis."),
            Class("4", INFECTED & INFLAMED, "Severe: systemic inflammation."),
            Class("3(O)", BONE, "Moderate, with osteomyelitis."),
            Class("3", INFECTED & (WIDE | DEEP), "Moderate: wide or deep."),
            Class("2", INFECTED, "Mild: skin and subcutis."),
            otherwise="1",
            source=(COPIES,),
        ),
    ),
    performance=(
        Cited(
            "Grades follow admission and amputation in validated cohorts; the figures were not confirmed.",
            (PAPER,),
        ),
    ),
    ambiguities=(
        Cited(
            "Redness of exactly 2.0 cm is grade 3 here, mild in 2012; exactly 10 % immature cells do not count here, in 2012 they do.",
            (COPIES,),
        ),
        Cited(
            "Some texts allow 2(O). Bone is a deep structure, so 1(O) and 2(O) are refused: osteomyelitis is 3(O) or 4(O) with any number of local signs.",
            (COPIES,),
        ),
        Cited("Carbon dioxide is printed as 4.3 kPa and as 32 mmHg.", (COPIES,)),
        Cited(
            "Excluding other causes can lower the grade: one more fact does not always raise it.", (PAPER,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                                                                  | answer
      ------- | -------------------------------------------------------------------------------------- | ------
      DF-1    | {but(NEGATIVE, "warmth=yes")}                                                          | 1; only warmth, excluded
      DF-2    | {but(NEGATIVE, "erythema_cm=1.2", "tenderness_or_pain=yes")}                           | 2
      DF-3    | {but(NEGATIVE, "erythema_cm=2.0", "warmth=yes")}                                       | 3; edge
      DF-4    | {but(NEGATIVE, "purulence=yes", "tenderness_or_pain=yes", "deep_structure=yes", "osteomyelitis=yes", "heart_rate=96", "temp_c=37.5")} | 3(O)
      DF-5    | {but(NEGATIVE, "purulence=yes", "tenderness_or_pain=yes", "deep_structure=yes", "osteomyelitis=yes", "heart_rate=96", "temp_c=37.5", "blood_wbc=14.2")} | 4(O)
      DF-6    | {but(NEGATIVE, "osteomyelitis=yes")}                                                   | 3(O)
      gout    | {but(NEGATIVE, "warmth=yes", "swelling_or_induration=yes", "other_cause_excluded=no")} | 1
      bands   | {but(NEGATIVE, "purulence=yes", "warmth=yes", "heart_rate=96", "bands_pct=10")}        | 2
      unknown | warmth=yes; purulence=yes; other_cause_excluded=yes                                    | 2 to 4(O); ask osteomyelitis
    """,
)
