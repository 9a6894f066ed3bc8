"""Prosthetic joint infection by ICM 2013: two alike, sinus, or three of five, with acute and chronic limits."""

from __future__ import annotations

from osteon.knowledge.joint.icm_2018 import NEGATIVE
from osteon.knowledge.joint.references import DRAGO_2019, ICM_2013
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, any_of, chosen, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h, per_uL, percent

TEXT = Source(ICM_2013, "consensus text")
LIMITS = Source(DRAGO_2019, "table of definitions")
GAP = Source(ICM_2013, "limits when acute", "memory")
ACUTE, CHRONIC = chosen("pji_phase", "acute"), chosen("pji_phase", "chronic")

ALIKE = criterion("alike", "Two cultures phenotypically identical", answer("cultures_alike") >= 2, TEXT)
SINUS = criterion("sinus", "Sinus tract to the joint", yes("sinus_tract"), TEXT)
MARKERS = criterion(
    "crp_and_esr",
    "CRP more than 100 mg/L when acute; more than 10 mg/L with ESR more than 30 mm/h when chronic",
    (ACUTE & (answer("crp") > 100 * mg_per_L))
    | (CHRONIC & (answer("crp") > 10 * mg_per_L) & (answer("esr") > 30 * mm_per_h)),
    LIMITS,
)
CELLS = criterion(
    "wbc_or_esterase",
    "Joint fluid: more than 10,000 white cells when acute, 3,000 when chronic; or esterase ++",
    any_of(
        answer("syn_wbc") > 10_000 * per_uL,
        CHRONIC & (answer("syn_wbc") > 3000 * per_uL),
        chosen("leuk_esterase", "++", "+++"),
    ),
    LIMITS,
)
PMN = criterion(
    "pmn",
    "Joint fluid: more than 90 % neutrophils when acute, 80 % when chronic",
    (answer("syn_pmn") > 90 * percent) | (CHRONIC & (answer("syn_pmn") > 80 * percent)),
    LIMITS,
)
HISTOLOGY = criterion(
    "histology", "More than 5 neutrophils a field in five fields (×400)", yes("histology_positive"), LIMITS
)
SINGLE = criterion("single", "One culture positive", yes("culture_single"), TEXT)
MINOR = (MARKERS, CELLS, PMN, HISTOLOGY, SINGLE)

DEFINITION = Definition(
    id="icm-2013",
    title="Prosthetic joint infection, ICM 2013",
    subject="Prosthetic joint infection",
    about="Infected with two cultures alike, a sinus, or three of five minor criteria.",
    kinds=("prosthetic-joint",),
    criteria=(ALIKE, SINUS, *MINOR),
    axes=(
        axis(
            "infection",
            Class("infected", any_of(ALIKE, SINUS, count(*MINOR) >= 3), "Infected."),
            otherwise="criteria not met",
            source=(TEXT,),
        ),
    ),
    guards=(
        Guard("Acute: no ESR limit is printed, so CRP is read alone", ACUTE, (GAP,)),
        Guard(
            "A local tissue reaction to metal or crystals: the limits may mislead",
            any_of(yes("metal_reaction"), yes("crystals")),
            (LIMITS,),
        ),
    ),
    performance=(
        Cited(
            "In Parvizi's validation 86.9 % sensitive.",
            (Source(ICM_2013, "quoted by Parvizi 2018", "memory"),),
        ),
    ),
    ambiguities=(
        Cited(
            "Acute means within 90 days of implantation here, 6 weeks for other authors: it is asked for and never assumed.",
            (GAP,),
        ),
        Cited("Infection may exist without these criteria, as the authors say.", (TEXT,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                                      | answer
      -------- | -------------------------------------------------------------------------- | ------
      PJ-1     | pji_phase=chronic; crp=24; esr=45; syn_wbc=4200; syn_pmn=85                | infected; met crp_and_esr, wbc_or_esterase, pmn
      PJ-2     | pji_phase=chronic; crp=12; esr=20; syn_wbc=2800; syn_pmn=82; {NEGATIVE}    | criteria not met; only pmn
      PJ-2 histology | pji_phase=chronic; crp=12; esr=20; syn_wbc=2800; syn_pmn=82; {but(NEGATIVE, "histology_positive=yes")} | criteria not met; only pmn, histology
      PJ-3     | pji_phase=chronic; dry_tap=yes; crp=8; d_dimer=900; esr=35; culture_single=yes; cultures_alike=1; histology_positive=no; sinus_tract=no | criteria not met to infected; only single
      PJ-4     | pji_phase=chronic; crp=5; esr=10; syn_wbc=5000; syn_pmn=60; {but(NEGATIVE, "alpha_defensin=yes")} | criteria not met; only wbc_or_esterase
      PJ-5     | pji_phase=chronic; crp=6; esr=34; syn_wbc=1000; syn_pmn=50; {but(NEGATIVE, "histology_positive=yes", "pus=yes")} | criteria not met; only histology
      PJ-6     | pji_phase=acute; crp=60; syn_wbc=8000; syn_pmn=85; esr=20; {NEGATIVE}      | criteria not met; nothing met; warns
      unknown  | crp=60; esr=45; syn_wbc=8000; syn_pmn=85; {NEGATIVE}                       | criteria not met to infected; ask pji_phase
    """,
)
