"""When to suspect native vertebral osteomyelitis, IDSA 2015."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import (
    BACTERAEMIA_365,
    CRP_RAISED,
    ESR_RAISED,
    FEVER,
    LOCAL,
    NEW_DEFICIT,
    NOT_FOR_IDSA,
    SUBJECT,
)
from osteon.knowledge.spine.references import IDSA_2015, IDSA_2015_TEXT, MARKERS_76
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import any_of, yes
from osteon.rules.monitoring import Source

STRONG = Source(IDSA_2015, "when to suspect, strong recommendation, low evidence")
WEAK = Source(IDSA_2015, "when to suspect, weak recommendation, low evidence")
PAIN = yes("spinal_pain")

SU1 = criterion("SU1", "New or worse neck or back pain, and fever", PAIN & FEVER, STRONG)
SU2 = criterion("SU2", "New or worse pain, and a raised ESR or CRP", PAIN & (ESR_RAISED | CRP_RAISED), STRONG)
SU3 = criterion(
    "SU3",
    "New or worse pain, and a bloodstream infection now or endocarditis",
    PAIN & (yes("bloodstream_infection_now") | yes("endocarditis")),
    STRONG,
)
SU4 = criterion(
    "SU4", "Fever and new neurological symptoms, with or without back pain", FEVER & NEW_DEFICIT, WEAK
)
SU5 = criterion(
    "SU5",
    "New localised pain after a Staphylococcus aureus bloodstream infection in the last year",
    PAIN & BACTERAEMIA_365 & yes("bacteraemia_s_aureus"),
    WEAK,
    Source(IDSA_2015_TEXT, "p 1: within the previous year", "seenQ"),
)
NONE = "temp_c=36.8; reported_fever_rigors=no; motor_deficit=none; new_neuro=no; endocarditis=no"
NO_BLOOD = "bloodstream_infection_now=no; recent_bacteraemia=no"
LIMITS = "crp_upper_limit=5; esr_upper_limit=20"

SUSPICION_IDSA = Definition(
    id="idsa-2015-suspicion",
    title="When to suspect spinal infection, IDSA 2015",
    subject=SUBJECT,
    about="Whether native vertebral osteomyelitis should be suspected, may be considered, or neither.",
    kinds=(),
    criteria=(SU1, SU2, SU3, SU4, SU5),
    axes=(
        axis(
            "suspicion",
            Class(
                "should suspect",
                any_of(SU1, SU2, SU3),
                "Blood cultures, ESR and CRP, MRI of the spine: see the work-up.",
            ),
            Class("may consider", any_of(SU4, SU5), "Consider it; see the work-up."),
            otherwise="no criterion met",
            source=(STRONG,),
        ),
    ),
    guards=(NOT_FOR_IDSA,),
    performance=(
        Cited(
            "Normal markers do not close the question: in 76 operated patients CRP was raised in 77.6 %, ESR in 71.1 %; summaries of the guideline say more than 95 %.",
            (Source(MARKERS_76, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("The guideline gives no number for fever; 38.0 °C is a local choice.", (LOCAL,)),
        Cited(
            "It gives no number for a raised ESR or CRP either: the laboratory's own upper limit is used.",
            (STRONG,),
        ),
        Cited(
            "Recent means the last year for suspicion, and three months for leaving out the biopsy.",
            (Source(IDSA_2015_TEXT, "p 1", "seenQ"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case        | facts | answer
      ----------- | ----- | ------
      raised CRP  | spinal_pain=yes; crp=40; {LIMITS} | should suspect; met SU2
      fever, leg  | spinal_pain=no; temp_c=38.6; motor_deficit=new | may consider; only SU4
      after MSSA  | {NONE}; spinal_pain=yes; bloodstream_infection_now=no; recent_bacteraemia_days=35; bacteraemia_s_aureus=yes; crp=3; esr=9; {LIMITS} | may consider; only SU5
      pain only   | {NONE}; {NO_BLOOD}; spinal_pain=yes; crp=3; esr=9; {LIMITS} | no criterion met; nothing met
      day 365     | {NONE}; spinal_pain=yes; bloodstream_infection_now=no; recent_bacteraemia_days=365; bacteraemia_s_aureus=yes; crp=3; esr=9; {LIMITS} | may consider; edge
      day 366     | {NONE}; spinal_pain=yes; bloodstream_infection_now=no; recent_bacteraemia_days=366; bacteraemia_s_aureus=yes; crp=3; esr=9; {LIMITS} | no criterion met
      no risk ESR | {NONE}; {NO_BLOOD}; spinal_pain=yes; esr=60; {LIMITS} | should suspect; met SU2
      no range    | {NONE}; {NO_BLOOD}; spinal_pain=yes; crp=40; esr=12; esr_upper_limit=20 | no criterion met to should suspect; ask crp_upper_limit
      no bloods   | {NONE}; {NO_BLOOD}; spinal_pain=yes | no criterion met to should suspect; unknown SU2
      implant     | spinal_pain=yes; temp_c=38.2; spinal_hardware=yes | should suspect; warns
    """,
)
SUSPICION = (SUSPICION_IDSA,)
