"""Prosthetic joint infection by EBJIS 2021, in the reading of its footnote: one of each group."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, EBJIS_2021, NEXT_REVIEW, REVIEWED_ON, SOUSA_2023
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, per_uL, percent, unit

CFU_PER_ML = unit("[CFU]/mL")
TABLE = Source(EBJIS_2021, "criteria table", "memory")
COUNTS = Source(EBJIS_2021, "criteria table, counts", "seen*")
FOOTNOTE = Source(EBJIS_2021, "footnotes", "memory")

SINUS = criterion("sinus", "Sinus tract to the joint, or implant visible", yes("sinus_tract"), TABLE)
CELLS_HIGH = criterion(
    "wbc_3000", "Joint fluid: more than 3,000 white cells", answer("syn_wbc") > 3000 * per_uL, COUNTS
)
PMN_HIGH = criterion(
    "pmn_80", "Joint fluid: more than 80 % neutrophils", answer("syn_pmn") > 80 * percent, COUNTS
)
DEFENSIN = criterion("alpha_defensin", "Alpha-defensin positive", yes("alpha_defensin"), TABLE)
ALIKE = criterion(
    "alike", "Two or more specimens with the same organism", answer("cultures_alike") >= 2, TABLE
)
SONICATE_HIGH = criterion(
    "sonication_50",
    "Sonication fluid: more than 50 CFU/mL (200 when concentrated)",
    (answer("sonication_cfu") > 200 * CFU_PER_ML)
    | ((answer("sonication_cfu") > 50 * CFU_PER_ML) & ~yes("sonicate_concentrated")),
    COUNTS,
)
FIELDS_FIVE = criterion(
    "histology_5", "Five or more fields with 5 or more neutrophils", answer("histology_fields") >= 5, TABLE
)
ORGANISMS = criterion("organisms_seen", "Microorganisms visible on histology", yes("organisms_seen"), TABLE)

LOOSENING = criterion("loosening", "Loosening within five years of implantation", yes("loosening_5y"), TABLE)
WOUND = criterion("wound", "Earlier problem of wound healing", yes("wound_problem"), TABLE)
FEVER = criterion("fever", "Recent fever or bacteraemia", yes("recent_fever"), TABLE)
PUS = criterion("pus", "Pus around the prosthesis", yes("pus"), TABLE)
CRP_RAISED = criterion("crp_10", "CRP more than 10 mg/L", answer("crp") > 10 * mg_per_L, COUNTS)

CELLS = criterion(
    "wbc_1500", "Joint fluid: more than 1,500 white cells", answer("syn_wbc") > 1500 * per_uL, COUNTS
)
PMN = criterion("pmn_65", "Joint fluid: more than 65 % neutrophils", answer("syn_pmn") > 65 * percent, COUNTS)
ASPIRATE = criterion("aspirate", "Culture of the aspirate positive", yes("aspirate_culture"), TABLE)
SINGLE = criterion(
    "single", "One culture positive", yes("culture_single") | (answer("cultures_alike") >= 1), TABLE
)
SONICATE = criterion(
    "sonication_1", "Sonication fluid: more than 1 CFU/mL", answer("sonication_cfu") > 1 * CFU_PER_ML, COUNTS
)
FIELD_ONE = criterion(
    "histology_1", "One field with 5 or more neutrophils", answer("histology_fields") >= 1, TABLE
)
SCAN = criterion("wbc_scan", "White-cell scan positive", yes("wbc_scan"), TABLE)

CONFIRMING = (SINUS, CELLS_HIGH, PMN_HIGH, DEFENSIN, ALIKE, SONICATE_HIGH, FIELDS_FIVE, ORGANISMS)
SUGGESTING = (LOOSENING, WOUND, FEVER, PUS, CRP_RAISED)
TESTS = (CELLS, PMN, ASPIRATE, SINGLE, SONICATE, FIELD_ONE, SCAN)

DEFINITION = Definition(
    id="ebjis-2021",
    title="Prosthetic joint infection, EBJIS 2021",
    subject="Prosthetic joint infection",
    about="Three levels of certainty for an infected hip or knee replacement.",
    kinds=("prosthetic-joint",),
    criteria=(*CONFIRMING, *SUGGESTING, *TESTS),
    axes=(
        axis(
            "infection",
            Class("confirmed", any_of(*CONFIRMING), "Infection confirmed."),
            Class("likely", all_of(any_of(*SUGGESTING), any_of(*TESTS)), "Infection likely."),
            Class("not classified", any_of(*SUGGESTING, *TESTS), "The paper leaves this combination open."),
            otherwise="unlikely",
            source=(FOOTNOTE,),
        ),
    ),
    guards=(
        Guard(
            "CRP, joint fluid and histology are to be read with caution here",
            any_of(
                yes("metal_reaction"),
                yes("crystals"),
                yes("joint_inflammation"),
                yes("fracture_at_prosthesis"),
                yes("early_after_operation"),
            ),
            (FOOTNOTE,),
        ),
    ),
    performance=(
        Cited(
            "472 patients: called infected by EBJIS 195 (41 %), IDSA 188, ICM 2018 172, modified MSIS 145; undecided 5 % against 9 % by ICM 2018.",
            (Source(SOUSA_2023, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "The column title asks for two positive findings; the footnote for one clinical finding or CRP and one test. Two tests alone stay not classified here.",
            (FOOTNOTE,),
        ),
        Cited("One note on the paper finds no number for CRP; 10 mg/L is not confirmed.", (COUNTS,)),
        Cited("Papers before 2021 call an older set EBJIS criteria.", (TABLE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case     | facts                                                                                                   | answer
      -------- | ------------------------------------------------------------------------------------------------------- | ---------------------------------
      EB-1     | sinus_tract=yes                                                                                         | confirmed
      EB-5     | crp=4; syn_wbc=900                                                                                      | unlikely to confirmed; ask histology_fields
      conflict | sinus_tract=yes; sinus_tract=no                                                                         | unlikely to confirmed; contradiction
    """,
)
