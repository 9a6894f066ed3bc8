"""Prosthetic joint infection as national surveillance in the United States counts it. Never for care."""

from __future__ import annotations

from osteon.knowledge.joint.icm_2018 import NEGATIVE
from osteon.knowledge.joint.references import NHSN
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, any_of, chosen, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h, per_uL, percent

CHAPTER = Source(NHSN, "prosthetic joint infection", "seen*")

ALIKE = criterion("alike", "Two specimens with a matching organism", answer("cultures_alike") >= 2, CHAPTER)
GROSS = criterion(
    "gross",
    "Sinus tract, pus or other gross evidence",
    any_of(yes("sinus_tract"), yes("pus"), yes("gross_evidence")),
    CHAPTER,
)
MARKERS = criterion(
    "crp_and_esr",
    "CRP more than 100 mg/L and ESR more than 30 mm/h",
    (answer("crp") > 100 * mg_per_L) & (answer("esr") > 30 * mm_per_h),
    CHAPTER,
)
CELLS = criterion(
    "wbc_or_esterase",
    "Joint fluid: more than 10,000 white cells, or esterase ++",
    (answer("syn_wbc") > 10_000 * per_uL) | (chosen("leuk_esterase", "++", "+++")),
    CHAPTER,
)
PMN = criterion(
    "pmn_90", "Joint fluid: more than 90 % neutrophils", answer("syn_pmn") > 90 * percent, CHAPTER
)
HISTOLOGY = criterion("histology", "More than 5 neutrophils a field", yes("histology_positive"), CHAPTER)
SINGLE = criterion("single", "Organism in one specimen", yes("culture_single"), CHAPTER)
DEFENSIN = criterion("alpha_defensin", "Alpha-defensin positive", yes("alpha_defensin"), CHAPTER)
DIAGNOSIS = criterion("diagnosis", "A physician diagnosed it", yes("physician_diagnosis"), CHAPTER)
BONE = criterion("bone", "The criteria for BONE are met as well", yes("nhsn_bone"), CHAPTER)
SEVEN = (MARKERS, CELLS, PMN, HISTOLOGY, SINGLE, DEFENSIN, DIAGNOSIS)
MET = any_of(ALIKE, GROSS, count(*SEVEN) >= 3)

DEFINITION = Definition(
    id="nhsn-pji",
    title="Prosthetic joint infection, NHSN (surveillance only)",
    subject="Prosthetic joint infection",
    about="What is to be reported after a hip or knee prosthesis. Surveillance only: never for care.",
    kinds=("prosthetic-joint",),
    criteria=(ALIKE, GROSS, *SEVEN, BONE),
    axes=(
        axis(
            "to report",
            Class("BONE", MET & BONE, "Report as BONE."),
            Class("PJI", MET, "Report as PJI."),
            otherwise="criteria not met",
            source=(CHAPTER,),
        ),
    ),
    guards=(Guard("Surveillance only: not a diagnosis, and not for treatment", MET, (CHAPTER,)),),
    performance=(Cited("None: made to count alike everywhere, not to be right in one patient.", (CHAPTER,)),),
    ambiguities=(Cited("Read in a public program, not in the manual itself.", (CHAPTER,)),),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                                | answer
      -------- | -------------------------------------------------------------------- | ------
      sinus    | sinus_tract=yes; nhsn_bone=no                                        | PJI; warns
      both     | cultures_alike=2; nhsn_bone=yes                                      | BONE
      PJ-6     | crp=60; esr=20; syn_wbc=8000; syn_pmn=85; gross_evidence=no; physician_diagnosis=yes; {NEGATIVE} | criteria not met; only diagnosis
      three    | crp=140; esr=60; syn_wbc=20000; syn_pmn=95; nhsn_bone=no; gross_evidence=no; physician_diagnosis=no; {NEGATIVE} | PJI; only crp_and_esr, wbc_or_esterase, pmn_90
      one      | gross_evidence=no; physician_diagnosis=no; crp=5; esr=10; syn_wbc=100; syn_pmn=10; {but(NEGATIVE, "culture_single=yes")} | criteria not met
      unknown  | crp=140; esr=60; syn_wbc=20000                                       | criteria not met to BONE; ask physician_diagnosis
    """,
)
