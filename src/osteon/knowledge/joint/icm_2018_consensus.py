"""Prosthetic joint infection by the consensus meeting's table of 2018: acute and chronic, defensin merged."""

from __future__ import annotations

from osteon.knowledge.joint.icm_2018 import NEGATIVE, in_fluid
from osteon.knowledge.joint.references import GUAN_2019, SHOHAT_2019
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, any_of, chosen, points, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h, per_uL, percent, ug_per_L

TABLE = Source(GUAN_2019, "table 2")
ORIGINAL = Source(SHOHAT_2019, "table", "memory")
ACUTE, CHRONIC = chosen("pji_phase", "acute"), chosen("pji_phase", "chronic")

ALIKE = criterion("alike", "Two cultures with the same organism", answer("cultures_alike") >= 2, TABLE)
SINUS = criterion("sinus", "Sinus tract to the joint, or implant visible", yes("sinus_tract"), TABLE)
MARKERS = criterion(
    "crp_or_d_dimer",
    "CRP more than 100 mg/L when acute; more than 10 mg/L or D-dimer more than 860 µg/L when chronic (2 points)",
    (answer("crp") > 100 * mg_per_L)
    | (CHRONIC & ((answer("crp") > 10 * mg_per_L) | (answer("d_dimer") > 860 * ug_per_L))),
    TABLE,
)
ESR = criterion(
    "esr", "ESR more than 30 mm/h when chronic (1 point)", CHRONIC & (answer("esr") > 30 * mm_per_h), TABLE
)
CELLS = criterion(
    "wbc_esterase_or_defensin",
    "Joint fluid: more than 10,000 white cells when acute, 3,000 when chronic; esterase ++; or alpha-defensin (3 points)",
    any_of(
        in_fluid("syn_wbc", answer("syn_wbc") > 10_000 * per_uL),
        CHRONIC & in_fluid("syn_wbc", answer("syn_wbc") > 3000 * per_uL),
        in_fluid("leuk_esterase", chosen("leuk_esterase", "++", "+++")),
        in_fluid("alpha_defensin", yes("alpha_defensin")),
    ),
    TABLE,
)
PMN = criterion(
    "pmn",
    "Joint fluid: more than 90 % neutrophils when acute, 70 % when chronic (2 points)",
    in_fluid("syn_pmn", answer("syn_pmn") > 90 * percent)
    | (CHRONIC & in_fluid("syn_pmn", answer("syn_pmn") > 70 * percent)),
    TABLE,
)
SINGLE = criterion("single", "One culture positive (2 points)", yes("culture_single"), TABLE)
HISTOLOGY = criterion("histology", "Histology positive (3 points)", yes("histology_positive"), TABLE)
PUS = criterion("pus", "Pus at operation (3 points)", yes("pus"), TABLE)

SCORE = points((2, MARKERS), (1, ESR), (3, CELLS), (2, PMN), (2, SINGLE), (3, HISTOLOGY), (3, PUS))

DEFINITION = Definition(
    id="icm-2018-consensus",
    title="Prosthetic joint infection, ICM 2018 (consensus meeting)",
    subject="Prosthetic joint infection",
    about="One score of what was found before and at the operation, with limits for acute and chronic infection.",
    kinds=("prosthetic-joint",),
    reading_of="ICM 2018",
    criteria=(ALIKE, SINUS, MARKERS, ESR, CELLS, PMN, SINGLE, HISTOLOGY, PUS),
    axes=(
        axis(
            "infection",
            Class("infected", any_of(ALIKE, SINUS, SCORE >= 6), "Infected."),
            Class("inconclusive", SCORE >= 3, "Inconclusive."),
            otherwise="not infected",
            source=(TABLE,),
        ),
    ),
    score=SCORE,
    guards=(
        Guard("The limits for acute infection were never validated", ACUTE, (TABLE,)),
        Guard(
            "Pus does not count with a local tissue reaction to metal",
            yes("metal_reaction") & PUS,
            (TABLE,),
        ),
    ),
    performance=(Cited("The paper's authors state that the acute limits were never validated.", (TABLE,)),),
    ambiguities=(
        Cited(
            "Two different scores are called ICM 2018: here white cells, esterase and alpha-defensin give 3 points once, and neutrophils count above 70 %; Parvizi's table has a page of its own.",
            (TABLE,),
        ),
        Cited(
            "Acute is drawn at 6 weeks, 90 days, or 3 to 4 weeks of symptoms: it is asked for and never assumed.",
            (ORIGINAL,),
        ),
        Cited("No D-dimer limit is known for acute infection; ESR plays no part there.", (TABLE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                                      | answer
      -------- | -------------------------------------------------------------------------- | ------
      PJ-1     | pji_phase=chronic; crp=24; esr=45; syn_wbc=4200; syn_pmn=85                | infected; score 8 to 16
      PJ-1 all | pji_phase=chronic; crp=24; esr=45; syn_wbc=4200; syn_pmn=85; {NEGATIVE}    | infected; score 8
      PJ-2     | pji_phase=chronic; crp=12; esr=20; syn_wbc=2800; syn_pmn=82; {NEGATIVE}    | inconclusive; score 4
      PJ-2 histology | pji_phase=chronic; crp=12; esr=20; syn_wbc=2800; syn_pmn=82; {but(NEGATIVE, "histology_positive=yes")} | infected; score 7
      PJ-2 pending | pji_phase=chronic; crp=12; esr=20; syn_wbc=2800; syn_pmn=82            | inconclusive to infected; ask histology_positive
      PJ-3     | pji_phase=chronic; dry_tap=yes; crp=8; d_dimer=900; esr=35; culture_single=yes; cultures_alike=1; histology_positive=no; pus=no; sinus_tract=no | inconclusive; score 5
      PJ-4     | pji_phase=chronic; crp=5; esr=10; syn_wbc=5000; syn_pmn=60; {but(NEGATIVE, "alpha_defensin=yes")} | inconclusive; score 3
      PJ-5     | pji_phase=chronic; crp=6; esr=34; syn_wbc=1000; syn_pmn=50; {but(NEGATIVE, "histology_positive=yes", "pus=yes")} | infected; score 7
      PJ-6     | pji_phase=acute; crp=60; syn_wbc=8000; syn_pmn=85; esr=20; {NEGATIVE}      | not infected; score 0; warns
      PJ-6 as chronic | pji_phase=chronic; crp=60; syn_wbc=8000; syn_pmn=85; esr=20; {NEGATIVE} | infected; score 7
      PJ-6 phase not said | crp=60; syn_wbc=8000; syn_pmn=85; esr=20; {NEGATIVE}            | not infected to infected; ask pji_phase
    """,
)
