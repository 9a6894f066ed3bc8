"""How much of pyogenic spinal infection lies above a CRP or ESR, from two sources that differ."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import CRP_ESR_VETERANS, DAVIS_2011, DAVIS_2020
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h

ROWS = Source(DAVIS_2020, "abstract")
PAIRS = Source(CRP_ESR_VETERANS, "abstract")
crp = answer("crp")
esr = answer("esr")

CRP_3 = criterion("crp_3_5", "CRP more than 3.5 mg/L", crp > 3.5 * mg_per_L, ROWS)
CRP_10 = criterion("crp_10", "CRP more than 10 mg/L", crp > 10 * mg_per_L, ROWS)
CRP_30 = criterion("crp_30", "CRP more than 30 mg/L", crp > 30 * mg_per_L, ROWS)
CRP_50 = criterion("crp_50", "CRP more than 50 mg/L", crp > 50 * mg_per_L, ROWS)
LOW_90 = (
    criterion(
        "esr_at_most_20", "ESR at most 20 mm/h: 90 % of infections lie above", esr <= 20 * mm_per_h, PAIRS
    ),
    criterion(
        "crp_at_most_12", "CRP at most 12 mg/L: 90 % of infections lie above", crp <= 12 * mg_per_L, PAIRS
    ),
)
LOW_95 = (
    criterion(
        "esr_at_most_12", "ESR at most 12 mm/h: 95 % of infections lie above", esr <= 12 * mm_per_h, PAIRS
    ),
    criterion(
        "crp_at_most_7", "CRP at most 7 mg/L: 95 % of infections lie above", crp <= 7 * mg_per_L, PAIRS
    ),
)
BOTH_LOW = criterion(
    "both_low",
    "ESR at most 20 mm/h and CRP at most 10 mg/L: 98.9 % of infections lie above one of them",
    (esr <= 20 * mm_per_h) & (crp <= 10 * mg_per_L),
    PAIRS,
)

DEFINITION = Definition(
    id="spine-crp-esr",
    title="CRP and ESR in suspected pyogenic spinal infection",
    subject=SUBJECT,
    about="The share of infections that lies above the values measured. Markers never exclude, and never lower an emergency sign.",
    kinds=(),
    criteria=(CRP_50, CRP_30, CRP_10, CRP_3, *LOW_90, *LOW_95, BOTH_LOW),
    axes=(
        axis(
            "CRP",
            Class(
                "above 50 mg/L",
                CRP_50,
                "Above this lie 89.5 % and 85.7 % of infections (derivation, validation); specificity 69.4 %.",
            ),
            Class(
                "above 30 mg/L", CRP_30, "Above this lie 100 % and 90.4 % of infections; specificity 61.2 %."
            ),
            Class(
                "above 10 mg/L", CRP_10, "Above this lie 100 % and 97.6 % of infections; specificity 41.3 %."
            ),
            Class(
                "above 3.5 mg/L",
                CRP_3,
                "Not above 10: 97.6 % of infections lie above that row. Above 3.5 lie 100 % and 97.6 %; specificity 24.8 %.",
            ),
            otherwise="at most 3.5 mg/L",
            source=(ROWS,),
        ),
        axis(
            "ESR with CRP",
            Class(
                "one is above", ~BOTH_LOW, "98.9 % of infections have ESR above 20 mm/h or CRP above 10 mg/L."
            ),
            Class("both low", BOTH_LOW, "98.9 % of infections lie above one of the two; 1.1 % do not."),
            source=(PAIRS,),
        ),
    ),
    performance=(
        Cited(
            "159 emergency adults in whom infection was suspected, 38 infected; the validation cohort held infected patients only.",
            (ROWS,),
        ),
        Cited(
            "1,963 infected and 3,981 controls, all with markers and MRI. The negative predictive value it prints depends on the prevalence assumed.",
            (PAIRS,),
        ),
    ),
    ambiguities=(
        Cited(
            "Two sources differ: 97.6 % of infections above 10 mg/L, or 90 % above 12 mg/L.", (ROWS, PAIRS)
        ),
        Cited(
            "ESR above 20 mm/h finds 100 % (Davis 2011) or about 90 %.",
            (Source(DAVIS_2011, "thresholds"), PAIRS),
        ),
        Cited("CRP is in mg/L here; papers also print mg/dL (1.2 mg/dL is 12 mg/L).", (PAIRS,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case       | facts | answer
      ---------- | ----- | ------
      CRP 8      | crp=8 | CRP: above 3.5 mg/L; ESR with CRP: both low to one is above; ask esr
      CRP 8 ESR 15 | crp=8; esr=15 | CRP: above 3.5 mg/L; ESR with CRP: both low; met both_low, esr_at_most_20, crp_at_most_12; not met crp_at_most_7
      exactly 10 | crp=10; esr=30 | CRP: above 3.5 mg/L; edge; ESR with CRP: one is above
      CRP 25     | crp=25 | CRP: above 10 mg/L; ESR with CRP: one is above
      mg/dL      | crp=6 mg/dL | CRP: above 50 mg/L
      below all  | crp=<3; esr=5 | CRP: at most 3.5 mg/L; met crp_at_most_7, esr_at_most_12
    """,
)
