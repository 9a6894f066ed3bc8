"""Prosthetic joint infection by EBJIS 2021, in the reading of its footnote: one of each group."""

from __future__ import annotations

from osteon.knowledge.joint.references import DINIZ_2023, SIGMUND_2022
from osteon.knowledge.references import AUTHOR, CHECKED_BY, EBJIS_2021, NEXT_REVIEW, REVIEWED_ON, SOUSA_2023
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.definition_examples import but
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

GROWTH = criterion(
    "sonication_any", "Sonication fluid: any growth", answer("sonication_cfu") > 0 * CFU_PER_ML, TABLE
)
OTHER_REASON = criterion(
    "other_reason", "Another clear reason why the implant failed", yes("other_failure_reason"), TABLE
)
BONE_SCAN = criterion(
    "bone_scan_negative", "Three-phase bone scan negative", yes("bone_scan_negative"), TABLE
)

CONFIRMING = (SINUS, CELLS_HIGH, PMN_HIGH, DEFENSIN, ALIKE, SONICATE_HIGH, FIELDS_FIVE, ORGANISMS)
SUGGESTING = (LOOSENING, WOUND, FEVER, PUS, CRP_RAISED)
TESTS = (CELLS, PMN, ASPIRATE, SINGLE, SONICATE, FIELD_ONE, SCAN)
AGAINST = (OTHER_REASON, BONE_SCAN)
CRITERIA = (*CONFIRMING, *SUGGESTING, *TESTS, GROWTH, *AGAINST)

CONFIRMED = Class("confirmed", any_of(*CONFIRMING), "Infection confirmed.")
FIRST_SIGNS = any_of(*SUGGESTING, *TESTS, GROWTH)
CAUTION = (
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
    Guard(
        "One positive culture of a virulent organism weighs more; the paper does not promote it to confirmed",
        SINGLE & yes("virulent_organism"),
        (FOOTNOTE,),
    ),
)
PERFORMANCE = (
    Cited(
        "472 patients: called infected by EBJIS 195 (41 %), IDSA 188, ICM 2018 172, modified MSIS 145; undecided 5 % against 9 % by ICM 2018. Before against after operation: kappa 0.9.",
        (Source(SOUSA_2023, "abstract"),),
    ),
    Cited(
        "206 patients: EBJIS 101 (49 %), IDSA 99, ICM 2018 86; likely by EBJIS 16, inconclusive by ICM 30; all three agreed on 84.",
        (Source(SIGMUND_2022, "abstract"),),
    ),
    Cited(
        "102 patients: 58 unlikely, 8 likely, 36 confirmed; area under the curve of white cells 0.94 and neutrophils 0.91. The counts are part of the label, so these are too high.",
        (Source(DINIZ_2023, "abstract"),),
    ),
)
# What the worked cases mean by "everything else negative".
NEGATIVE = (
    "sinus_tract=no; alpha_defensin=no; cultures_alike=0; culture_single=no; aspirate_culture=no; "
    "sonication_cfu=0; histology_fields=0; organisms_seen=no; wbc_scan=no; loosening_5y=no; "
    "wound_problem=no; recent_fever=no; pus=no"
)

DEFINITION = Definition(
    id="ebjis-2021",
    title="Prosthetic joint infection, EBJIS 2021",
    subject="Prosthetic joint infection",
    about="Three levels of certainty for an infected hip or knee replacement.",
    kinds=("prosthetic-joint",),
    reading_of="EBJIS 2021",
    criteria=CRITERIA,
    axes=(
        axis(
            "infection",
            CONFIRMED,
            Class("likely", all_of(any_of(*SUGGESTING), any_of(*TESTS)), "Infection likely."),
            Class("not classified", FIRST_SIGNS, "The paper leaves this combination open."),
            otherwise="unlikely",
            source=(FOOTNOTE,),
        ),
    ),
    guards=CAUTION,
    performance=PERFORMANCE,
    ambiguities=(
        Cited(
            "The column title asks for two positive findings; the footnote for one clinical finding or CRP and one test. Two tests alone stay not classified here; the other reading has a page of its own.",
            (FOOTNOTE,),
        ),
        Cited(
            "The table leaves a gap between all negative and likely, and exactly 1 CFU/mL stands in no column: not classified.",
            (TABLE,),
        ),
        Cited("One note on the paper finds no number for CRP; 10 mg/L is not confirmed.", (COUNTS,)),
        Cited("Papers before 2021 call another set EBJIS criteria: go by year and DOI.", (TABLE,)),
        Cited(
            "Five or more neutrophils here, more than five in other definitions; a field has no fixed size.",
            (TABLE,),
        ),
        Cited(
            "One virulent organism: likely here, diagnostic for IDSA, two points for ICM, suggestive in fracture-related infection.",
            (FOOTNOTE,),
        ),
        Cited("Aspirate and one operative sample with the same organism count as two alike.", (FOOTNOTE,)),
        Cited(
            "The definition is its own reference in these studies: there is no true sensitivity.", (COUNTS,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                                      | answer
      -------- | -------------------------------------------------------------------------- | ------
      EB-1     | sinus_tract=yes                                                            | confirmed
      EB-2     | crp=24; syn_wbc=1900; syn_pmn=60; {NEGATIVE}                               | likely; only crp_10, wbc_1500
      EB-3     | crp=6; syn_wbc=2100; syn_pmn=70; {NEGATIVE}                                | not classified; only wbc_1500, pmn_65
      EB-4     | crp=4; syn_wbc=900; syn_pmn=40; other_failure_reason=yes; bone_scan_negative=yes; {NEGATIVE}       | unlikely
      EB-5     | crp=4; syn_wbc=900                                                         | unlikely to confirmed; ask histology_fields
      EB-6     | aspirate_culture=yes; cultures_alike=2                                     | confirmed; met alike
      EB-7     | syn_wbc=3000; syn_pmn=80; crp=11; {NEGATIVE}                               | likely; edge
      PJ-1     | pji_phase=chronic; crp=24; esr=45; syn_wbc=4200; syn_pmn=85                | confirmed
      PJ-2     | pji_phase=chronic; crp=12; esr=20; syn_wbc=2800; syn_pmn=82                | confirmed; only pmn_80, pmn_65, wbc_1500, crp_10
      PJ-3     | dry_tap=yes; crp=8; d_dimer=900; esr=35; {but(NEGATIVE, "culture_single=yes", "cultures_alike=1")} | not classified to confirmed; ask syn_wbc
      PJ-4     | crp=5; esr=10; syn_wbc=5000; syn_pmn=60; alpha_defensin=yes                | confirmed
      PJ-5     | crp=6; syn_wbc=1000; syn_pmn=50; pus=yes; histology_fields=5               | confirmed; met histology_5
      PJ-5 one field | crp=6; syn_wbc=1000; syn_pmn=50; {but(NEGATIVE, "pus=yes", "histology_fields=1")} | likely
      PJ-6     | crp=60; syn_wbc=8000; syn_pmn=85; early_after_operation=yes                | confirmed; warns
      cfu 1    | crp=4; syn_wbc=900; syn_pmn=40; {but(NEGATIVE, "sonication_cfu=1")}        | not classified; edge
      virulent | culture_single=yes; virulent_organism=yes                                  | not classified to confirmed; warns
      conflict | sinus_tract=yes; sinus_tract=no                                            | unlikely to confirmed; contradiction
    """,
)
