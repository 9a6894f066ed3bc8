"""Prosthetic joint infection by MSIS 2011: sinus, two alike, or four of six minor criteria."""

from __future__ import annotations

from osteon.knowledge.joint.icm_2018 import NEGATIVE
from osteon.knowledge.joint.references import DRAGO_2019, MSIS_2011
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, SOUSA_2023
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, any_of, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h

PAPER = Source(MSIS_2011, "definition", "memory")
LATER = Source(DRAGO_2019, "table of definitions")

SINUS = criterion("sinus", "Sinus tract to the joint", yes("sinus_tract"), LATER)
ALIKE = criterion("alike", "The same pathogen in two or more samples", answer("cultures_alike") >= 2, LATER)
CRP_RAISED, ESR_RAISED = answer("crp") > 10 * mg_per_L, answer("esr") > 30 * mm_per_h
BOTH = criterion(
    "esr_and_crp", "ESR more than 30 mm/h and CRP more than 10 mg/L", ESR_RAISED & CRP_RAISED, LATER
)
EITHER = criterion(
    "esr_or_crp", "ESR more than 30 mm/h or CRP more than 10 mg/L", ESR_RAISED | CRP_RAISED, LATER
)
CELLS = criterion("wbc", "White cells in joint fluid raised", yes("syn_wbc_raised"), PAPER)
PMN = criterion("pmn", "Share of neutrophils in joint fluid raised", yes("syn_pmn_raised"), PAPER)
PUS = criterion("pus", "Pus in the joint", yes("pus"), PAPER)
SINGLE = criterion("single", "One culture positive", yes("culture_single"), PAPER)
HISTOLOGY = criterion(
    "histology", "More than 5 neutrophils a field in five fields (×400)", yes("histology_positive"), PAPER
)
OTHERS = (CELLS, PMN, PUS, SINGLE, HISTOLOGY)

DEFINITION = Definition(
    id="msis-2011",
    title="Prosthetic joint infection, MSIS 2011",
    subject="Prosthetic joint infection",
    about="Infected with a sinus, two samples alike, or four of six minor criteria.",
    kinds=("prosthetic-joint",),
    criteria=(SINUS, ALIKE, BOTH, EITHER, *OTHERS),
    axes=(
        axis(
            "infection",
            Class("infected", any_of(SINUS, ALIKE, count(BOTH, *OTHERS) >= 4), "Infected."),
            otherwise="criteria not met",
            source=(PAPER,),
        ),
        axis(
            "read with ESR or CRP",
            Class("infected", any_of(SINUS, ALIKE, count(EITHER, *OTHERS) >= 4), "Infected."),
            otherwise="criteria not met",
            source=(PAPER,),
        ),
    ),
    performance=(
        Cited(
            "472 patients, modified MSIS: 145 (31 %) infected, fewer than by any later definition.",
            (Source(SOUSA_2023, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("One review prints ESR or CRP, others ESR and CRP: both readings are shown.", (LATER,)),
        Cited(
            "The original prints no numbers. For ESR and CRP those printed later are used; for joint fluid your laboratory's own limits are asked for.",
            (PAPER,),
        ),
        Cited("Infection may exist with fewer criteria, as the authors say.", (PAPER,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                                        | answer
      -------- | ---------------------------------------------------------------------------- | ------
      sinus    | sinus_tract=yes                                                              | infection: infected; read with ESR or CRP: infected
      PJ-1     | crp=24; esr=45; syn_wbc_raised=yes; syn_pmn_raised=yes; {NEGATIVE}           | infection: criteria not met; met esr_and_crp, wbc, pmn
      four     | crp=24; esr=45; syn_wbc_raised=yes; syn_pmn_raised=yes; {but(NEGATIVE, "culture_single=yes")} | infection: infected
      PJ-2 histology | crp=12; esr=20; syn_wbc_raised=no; syn_pmn_raised=yes; {but(NEGATIVE, "histology_positive=yes", "pus=yes")} | infection: criteria not met; read with ESR or CRP: infected
      unknown  | crp=24; esr=45; syn_wbc_raised=yes                                           | infection: criteria not met to infected; ask sinus_tract
    """,
)
