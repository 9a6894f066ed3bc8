"""Prosthetic joint infection by the score of Parvizi 2018, called ICM 2018: alpha-defensin counts apart."""

from __future__ import annotations

from osteon.knowledge.joint.icm_2018 import DRY_TAP, NEGATIVE, in_fluid
from osteon.knowledge.joint.references import PARVIZI_2018, PARVIZI_PROGRAMS, PARVIZI_TABLE
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, SOUSA_2023
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import all_of, answer, any_of, chosen, points, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h, per_uL, percent, ug_per_L

TABLE = Source(PARVIZI_TABLE, "table 3")
CUT_OFFS = Source(PARVIZI_PROGRAMS, "cut-offs, agreeing with memory", "seen*")
PAPER = Source(PARVIZI_2018, "operation table", "memory")

ALIKE = criterion("alike", "Two cultures with the same organism", answer("cultures_alike") >= 2, TABLE)
SINUS = criterion("sinus", "Sinus tract to the joint, or implant visible", yes("sinus_tract"), TABLE)
MARKERS = criterion(
    "crp_or_d_dimer",
    "CRP more than 10 mg/L, or D-dimer more than 860 µg/L (2 points)",
    (answer("crp") > 10 * mg_per_L) | (answer("d_dimer") > 860 * ug_per_L),
    CUT_OFFS,
)
ESR = criterion("esr", "ESR more than 30 mm/h (1 point)", answer("esr") > 30 * mm_per_h, CUT_OFFS)
CELLS = criterion(
    "wbc_or_esterase",
    "Joint fluid: more than 3,000 white cells, or esterase ++ (3 points)",
    in_fluid("syn_wbc", answer("syn_wbc") > 3000 * per_uL)
    | in_fluid("leuk_esterase", chosen("leuk_esterase", "++", "+++")),
    CUT_OFFS,
)
DEFENSIN = criterion(
    "alpha_defensin",
    "Alpha-defensin positive (3 points)",
    in_fluid("alpha_defensin", yes("alpha_defensin")),
    CUT_OFFS,
)
PMN = criterion(
    "pmn_80",
    "Joint fluid: more than 80 % neutrophils (2 points)",
    in_fluid("syn_pmn", answer("syn_pmn") > 80 * percent),
    CUT_OFFS,
)
FLUID_CRP = criterion(
    "syn_crp",
    "CRP in joint fluid more than 6.9 mg/L (1 point)",
    in_fluid("syn_crp", answer("syn_crp") > 6.9 * mg_per_L),
    CUT_OFFS,
)
HISTOLOGY = criterion("histology", "Histology positive (3 points)", yes("histology_positive"), TABLE)
PUS = criterion("pus", "Pus at operation (3 points)", yes("pus"), TABLE)
SINGLE = criterion("single", "One culture positive (2 points)", yes("culture_single"), TABLE)
DRY = criterion("dry_tap", "Dry tap", DRY_TAP, TABLE)

MAJOR = any_of(ALIKE, SINUS)
BEFORE = points((2, MARKERS), (1, ESR), (3, CELLS), (3, DEFENSIN), (2, PMN), (1, FLUID_CRP))
TOTAL = points(*((p.points, p.condition) for p in BEFORE.parts), (3, HISTOLOGY), (3, PUS), (2, SINGLE))
OPENED = DRY | (BEFORE >= 2)  # the operation table is for the inconclusive and the dry tap

DEFINITION = Definition(
    id="icm-2018-parvizi",
    title="Prosthetic joint infection, ICM 2018 (Parvizi)",
    subject="Prosthetic joint infection",
    about="A score before the operation, and a second with what was found there when the first is inconclusive.",
    kinds=("prosthetic-joint",),
    reading_of="ICM 2018",
    criteria=(ALIKE, SINUS, MARKERS, ESR, CELLS, DEFENSIN, PMN, FLUID_CRP, HISTOLOGY, PUS, SINGLE, DRY),
    axes=(
        axis(
            "before operation",
            Class("infected", any_of(MAJOR, BEFORE >= 6), "Infected."),
            Class("possibly infected", BEFORE >= 2, "Inconclusive: the operation decides."),
            otherwise="not infected",
            source=(TABLE,),
        ),
        axis(
            "with operation",
            Class("infected", any_of(MAJOR, BEFORE >= 6, OPENED & (TOTAL >= 6)), "Infected."),
            Class("inconclusive", OPENED & (TOTAL >= 4), "Inconclusive: consider molecular tests."),
            otherwise="not infected",
            source=(TABLE,),
        ),
    ),
    score=BEFORE,
    score_name="score before operation",
    guards=(
        Guard(
            "Before the operation the score says not infected, so the paper does not open its operation table; added up, the points reach 6",
            all_of(~OPENED, TOTAL >= 6),
            (PAPER,),
        ),
        Guard(
            "Local tissue reaction, crystals or a slow organism: the paper warns that the score may mislead",
            any_of(yes("metal_reaction"), yes("crystals")),
            (TABLE,),
        ),
    ),
    performance=(
        Cited(
            "Derived from 684 infected (major criteria only) and 820 aseptic patients, validated on 222 and 200: definite against definite, so accuracy in practice is lower.",
            (Source(PARVIZI_2018, "abstract"),),
        ),
        Cited(
            "Sensitivity 97.7 %, specificity 99.5 %; MSIS 2011 79.3 % and ICM 2013 86.9 % sensitive.",
            (Source(PARVIZI_2018, "results", "memory"),),
        ),
        Cited("472 patients: 172 (36 %) infected, 9 % inconclusive.", (Source(SOUSA_2023, "abstract"),)),
    ),
    ambiguities=(
        Cited(
            "Two different scores are called ICM 2018: here alpha-defensin adds its own 3 points and neutrophils count above 80 %; the consensus table has a page of its own.",
            (TABLE,),
        ),
        Cited(
            "The operation table is for an inconclusive score or a dry tap only: a low score with pus and histology is not defined, and is shown as a warning.",
            (PAPER,),
        ),
        Cited("After a dry tap, what was not measured in joint fluid scores nothing.", (PAPER,)),
        Cited(
            "Several cultures with different organisms are not one positive culture: programs in use count them so; here a reviewer decides.",
            (CUT_OFFS,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                                      | answer
      -------- | -------------------------------------------------------------------------- | ------
      PJ-1     | crp=24; esr=45; syn_wbc=4200; syn_pmn=85                                   | before operation: infected; with operation: infected; score 8 to 12
      PJ-1 all | crp=24; esr=45; syn_wbc=4200; syn_pmn=85; {NEGATIVE}                       | before operation: infected; score 8
      PJ-2     | crp=12; esr=20; syn_wbc=2800; syn_pmn=82                                   | before operation: possibly infected to infected; score 4 to 11
      PJ-2 all | crp=12; esr=20; syn_wbc=2800; syn_pmn=82; {NEGATIVE}                       | before operation: possibly infected; with operation: inconclusive; score 4
      PJ-2 histology | crp=12; esr=20; syn_wbc=2800; syn_pmn=82; {but(NEGATIVE, "histology_positive=yes")} | before operation: possibly infected; with operation: infected
      PJ-3     | dry_tap=yes; crp=8; d_dimer=900; esr=35; culture_single=yes; cultures_alike=1; histology_positive=no; pus=no; sinus_tract=no | score 3; with operation: inconclusive
      PJ-4     | crp=5; esr=10; syn_wbc=5000; syn_pmn=60; alpha_defensin=yes                | before operation: infected; score 6 to 9
      PJ-5     | crp=6; esr=34; syn_wbc=1000; syn_pmn=50; {but(NEGATIVE, "histology_positive=yes", "pus=yes")} | before operation: not infected; with operation: not infected; score 1; warns
      PJ-6     | crp=60; syn_wbc=8000; syn_pmn=85; esr=20; {NEGATIVE}                       | before operation: infected; score 7
      EB-1     | sinus_tract=yes                                                            | before operation: infected; with operation: infected; score 0 to 12
    """,
)
