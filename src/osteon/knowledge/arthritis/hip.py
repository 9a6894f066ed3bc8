"""What Kocher's and Caird's rules share: the predictors, and that they are for a child's hip only."""

from __future__ import annotations

from osteon.knowledge.arthritis.references import ENGINE, KOCHER_1999, KOCHER_2004, UZOIGWE_2013
from osteon.rules.definition import Cited, Guard, criterion
from osteon.rules.language import answer, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import cells, mg_per_L, mm_per_h, year

PAPER = Source(KOCHER_1999, "predictors")
LATER = Source(KOCHER_2004, "abstract")
TABLE = Source(UZOIGWE_2013, "table 1")
AGE = Source(ENGINE, "a child is under 18", "derived")

FEVER = criterion("fever", "Fever in the past week, by mouth above 38.5 °C", yes("fever_history"), PAPER)
WEIGHT = criterion("non_weight_bearing", "Refuses to bear weight", yes("non_weight_bearing"), PAPER)
ESR = criterion("esr_40", "ESR 40 mm/h or more", answer("esr") >= 40 * mm_per_h, TABLE, LATER)
WHITE = criterion("wbc_12", "White cells more than 12 × 10⁹/L", answer("blood_wbc") > 12 * cells, PAPER)
CRP = criterion("crp_20", "CRP more than 20 mg/L", answer("crp") > 20 * mg_per_L, TABLE)

CHILDS_HIP = (
    Guard("The rule is for the hip only", ~chosen("joint_affected", "hip"), (PAPER,), refuses=True),
    Guard("The rule is for children", answer("age") >= 18 * year, (AGE,), refuses=True),
)
AMBIGUITIES = (
    Cited(
        "Papers ask for fever in the past week; calculators often ask for the temperature now. 38.5 °C or more in another reading.",
        (PAPER,),
    ),
    Cited(
        "Papers count an ESR of exactly 40; most calculators ask for more than 40. White cells of exactly 12.0 do not count.",
        (TABLE,),
    ),
    Cited(
        "The same number of predictors means 22 % to 93 %: the base rate decides, so the whole table is shown and never one number.",
        (TABLE,),
    ),
    Cited("CRP is more than 20 mg/L (2.0 mg/dL) in one paper, 20 or more in a later table.", (TABLE,)),
)
