"""Epidural abscess: counts of published factors for failure of antibiotics alone, weakness and death."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import KIM_2014, KIM_THESIS, PATEL_2014, SEA_MODELS, SHAH_2018B
from osteon.rules.definition import Cited, Definition, Table, criterion
from osteon.rules.language import answer, chosen, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import cells, mg_per_L, year

KIM = Source(KIM_2014, "factors", "READY")
PATEL = Source(PATEL_2014, "factors and failure rates", "READY")
SHAH = Source(SHAH_2018B, "abstract and the journal's blog", "PARTIAL")
VALIDATION = Source(SEA_MODELS, "abstract")
WEAK = Cited(
    "On 176 abscesses of 2010 to 2019: area under the curve Kim 0.831 (calibrated), Shah 0.653, Patel 0.580, Page 0.534, Baum 0.498 (all four badly calibrated).",
    (VALIDATION,),
)

OVER_65 = criterion("age_65", "Age above 65", answer("age") > 65 * year, KIM)
DIABETES = criterion("diabetes", "Diabetes", yes("diabetes"), KIM)
MRSA = criterion("mrsa", "MRSA", yes("mrsa"), KIM)
CORD = criterion(
    "cord_deficit",
    "Incomplete or complete cord deficit",
    chosen("neuro_status", "cord_incomplete", "cord_complete"),
    KIM,
)
KIM_COUNT = Definition(
    id="kim-2014",
    title="Epidural abscess: failure of antibiotics alone, Kim 2014 (count)",
    subject=SUBJECT,
    about="How many of four factors at presentation speak for failure. The count only: no probability is shown.",
    kinds=("spinal",),
    criteria=(OVER_65, DIABETES, MRSA, CORD),
    score=count(OVER_65, DIABETES, MRSA, CORD),
    score_name="factors",
    performance=(
        WEAK,
        Cited(
            "355 abscesses; of 127 first treated without an operation 54 (42.5 %) failed.",
            (Source(KIM_2014, "congress and news reports"),),
        ),
        Cited(
            "Deaths 8.7 % in hospital and 11.3 % by 90 days; an abscess above the conus or around the cord counted only on its own.",
            (Source(KIM_THESIS, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("The probabilities by count were not found in a source that can be trusted.", (KIM,)),
        Cited(
            "Failure here is death from sepsis, or surgery after a week of antibiotics for examination, sepsis or imaging; other papers mean something else.",
            (Source(KIM_2014, "conference report"),),
        ),
        Cited("Above 65 is strict: 65 does not count.", (KIM,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case       | facts | answer
      ---------- | ----- | ------
      MRSA open  | age=70; diabetes=yes; neuro_status=intact | score 2 to 3; ask mrsa
      exactly 65 | age=65; diabetes=no; mrsa=no; neuro_status=intact | score 0; edge
      all four   | age=66; diabetes=yes; mrsa=yes; neuro_status=cord_incomplete | score 4
      weak leg   | age=50; diabetes=no; mrsa=no; neuro_status=motor | score 0
    """,
)

P_DIABETES = criterion("diabetes", "Diabetes", yes("diabetes"), PATEL)
P_WBC = criterion("wbc", "White cells more than 12.5 × 10⁹/L", answer("blood_wbc") > 12.5 * cells, PATEL)
P_CRP = criterion("crp", "CRP more than 115 mg/L", answer("crp") > 115 * mg_per_L, PATEL)
P_BLOOD = criterion("blood_culture", "Blood culture positive", yes("blood_culture_positive"), PATEL)
PATEL_COUNT = Definition(
    id="patel-2014",
    title="Epidural abscess: failure of antibiotics alone, Patel 2014",
    subject=SUBJECT,
    about="Four factors at presentation. A weak model: see its external validation.",
    kinds=("spinal",),
    criteria=(P_DIABETES, P_WBC, P_CRP, P_BLOOD),
    score=count(P_DIABETES, P_WBC, P_CRP, P_BLOOD),
    score_name="factors",
    tables=(
        Table(
            "Failure of antibiotics alone",
            ("0", "1", "2", "3 or more"),
            (
                (
                    "Patel 2014 (badly calibrated elsewhere)",
                    ("not available", "35.4 %", "40.2 %", "76.9 %"),
                    PATEL,
                ),
            ),
        ),
    ),
    performance=(WEAK,),
    ambiguities=(
        Cited("On other patients it was badly calibrated (area under the curve 0.580).", (VALIDATION,)),
        Cited("No figure was read for no factor at all.", (PATEL,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case        | facts | answer
      ----------- | ----- | ------
      three       | age=50; wbc=14; crp=180; blood_culture_positive=yes; diabetes=no | score 3
      exactly 115 | crp=115; wbc=8; diabetes=no; blood_culture_positive=no | score 0; edge
      none        | crp=20; wbc=8; diabetes=no; blood_culture_positive=no | score 0
      pending     | crp=180; wbc=14; diabetes=no | score 2 to 3; ask blood_culture_positive
    """,
)

WEAKNESS = (
    criterion("diabetes", "Diabetes", yes("diabetes"), SHAH),
    criterion("sensory", "Change of sensation", yes("sensory_change"), SHAH),
    criterion("urinary", "Urinary dysfunction", yes("urinary_dysfunction"), SHAH),
    criterion("faecal", "Faecal dysfunction", yes("faecal_dysfunction"), SHAH),
    criterion("above_conus", "Above the conus", yes("above_conus"), SHAH),
    criterion("dorsal", "Dorsal abscess", yes("abscess_dorsal"), SHAH),
    criterion("multiple", "More than one abscess", yes("abscess_multiple"), SHAH),
    criterion("wbc_12", "White cells more than 12 × 10⁹/L", answer("blood_wbc") > 12 * cells, SHAH),
)
MOTOR_FACTORS = Definition(
    id="shah-2018-motor",
    title="Epidural abscess: factors for weakness, Shah 2018 (count)",
    subject=SUBJECT,
    about="How many of the eight listed factors are there. The count only, never a percentage.",
    kinds=("spinal",),
    criteria=WEAKNESS,
    score=count(*WEAKNESS),
    score_name="factors",
    performance=(Cited("1,053 abscesses, 362 with weakness.", (SHAH,)),),
    ambiguities=(
        Cited(
            "A dorsal abscess speaks for failure here; a review calls that an artefact of selection.", (SHAH,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      dorsal thoracic | abscess_dorsal=yes; above_conus=yes; urinary_dysfunction=yes; sensory_change=yes; diabetes=no; faecal_dysfunction=no; abscess_multiple=no; wbc=9 | score 4
      WBC 15  | wbc=15; diabetes=no; sensory_change=no; urinary_dysfunction=no; faecal_dysfunction=no; above_conus=no; abscess_dorsal=no; abscess_multiple=no | score 1
      unknown | abscess_dorsal=yes; above_conus=yes | score 2 to 8; ask blood_wbc
    """,
)

DEATH = (
    criterion("age_65", "Age above 65", answer("age") > 65 * year, SHAH),
    criterion("diabetes", "Diabetes", yes("diabetes"), SHAH),
    criterion("malignancy", "Malignancy", yes("malignancy_active"), SHAH),
    criterion("haemodialysis", "Haemodialysis", yes("haemodialysis"), SHAH),
    criterion("motor", "Motor deficit", chosen("motor_deficit", "stable_old", "new", "progressive"), SHAH),
    criterion("endocarditis", "Endocarditis", yes("endocarditis"), SHAH),
    criterion("wbc_15", "White cells more than 15 × 10⁹/L", answer("blood_wbc") > 15 * cells, SHAH),
)
DEATH_FACTORS = Definition(
    id="shah-2018-mortality",
    title="Epidural abscess: factors for death within 90 days, Shah 2018 (count)",
    subject=SUBJECT,
    about="How many of the seven factors that were found are there. The count only, never a percentage.",
    kinds=("spinal",),
    criteria=DEATH,
    score=count(*DEATH),
    score_name="factors",
    performance=(Cited("1,053 abscesses, 134 deaths by day 90.", (SHAH,)),),
    ambiguities=(
        Cited("The abstract speaks of eight factors; seven are listed, so one is missing here.", (SHAH,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      72      | age=72; diabetes=yes; wbc=17; motor_deficit=none; haemodialysis=no; malignancy_active=no; endocarditis=no | score 3
      WBC 15  | age=50; diabetes=no; wbc=15; motor_deficit=none; haemodialysis=no; malignancy_active=no; endocarditis=no | score 0; edge
      unknown | age=72; diabetes=yes; motor_deficit=none; haemodialysis=no; malignancy_active=no; endocarditis=no | score 2 to 3; ask blood_wbc
    """,
)
COUNTS = (KIM_COUNT, PATEL_COUNT, MOTOR_FACTORS, DEATH_FACTORS)
