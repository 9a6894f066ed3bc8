"""Infection of the diabetic foot by IDSA 2012: uninfected, mild, moderate, severe."""

from __future__ import annotations

from osteon.knowledge.foot.iwgdf_2023 import NEGATIVE
from osteon.knowledge.foot.references import IDSA_FOOT_2012
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

TABLE = Source(IDSA_FOOT_2012, "table 1")
MMHG_32 = 4.266 * KPA  # 32 mmHg

LOCAL = local_signs(TABLE)
EXCLUDED = excluded(TABLE)
SYSTEMIC = systemic_signs(CARBON_DIOXIDE < MMHG_32, BANDS >= TEN_PERCENT, TABLE)
WIDE = criterion("wide", "Redness of more than 2 cm", answer("erythema_cm") > 2 * cm, TABLE)
DEEP = criterion(
    "deep", "Deep structure or bone involved, or abscess", yes("deep_structure") | yes("osteomyelitis"), TABLE
)
INFECTED, INFLAMED = infected(LOCAL, EXCLUDED), inflamed(SYSTEMIC)

DEFINITION = Definition(
    id="idsa-foot-2012",
    title="Diabetic foot infection, IDSA 2012",
    subject="Diabetic foot",
    about="The table before 2019, on which WIfI still rests.",
    kinds=("diabetic-foot",),
    criteria=(*LOCAL, EXCLUDED, *SYSTEMIC, WIDE, DEEP),
    axes=(
        axis(
            "grade",
            Class("4", INFECTED & INFLAMED, "Severe: systemic inflammation."),
            Class("3", INFECTED & (WIDE | DEEP), "Moderate: wide or deep."),
            Class("2", INFECTED, "Mild: skin and subcutis."),
            otherwise="1",
            source=(TABLE,),
        ),
    ),
    performance=(Cited("Grades follow admission and amputation; the figures were not confirmed.", (TABLE,)),),
    ambiguities=(
        Cited(
            "Redness of exactly 2.0 cm is mild here and moderate since 2019; exactly 10 % immature cells count here.",
            (TABLE,),
        ),
        Cited("Bone makes an infection moderate here; the suffix (O) came later.", (TABLE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                                                                  | answer
      ------- | -------------------------------------------------------------------------------------- | ------
      DF-1    | {but(NEGATIVE, "warmth=yes")}                                                          | 1
      DF-2    | {but(NEGATIVE, "erythema_cm=1.2", "tenderness_or_pain=yes")}                           | 2
      DF-3    | {but(NEGATIVE, "erythema_cm=2.0", "warmth=yes")}                                       | 2; edge
      DF-4    | {but(NEGATIVE, "purulence=yes", "tenderness_or_pain=yes", "deep_structure=yes", "osteomyelitis=yes", "heart_rate=96", "temp_c=37.5")} | 3
      bands   | {but(NEGATIVE, "purulence=yes", "warmth=yes", "heart_rate=96", "bands_pct=10")}        | 4
      unknown | warmth=yes; purulence=yes; other_cause_excluded=yes                                    | 2 to 4; ask deep_structure
    """,
)
