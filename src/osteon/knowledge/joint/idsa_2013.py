"""Prosthetic joint infection by the IDSA guideline of 2013."""

from __future__ import annotations

from osteon.knowledge.joint.icm_2018 import NEGATIVE
from osteon.knowledge.joint.references import DRAGO_2019, IDSA_PJI_2013
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, SOUSA_2023
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, any_of, yes
from osteon.rules.monitoring import Source

TABLE = Source(DRAGO_2019, "table of definitions")
GUIDELINE = Source(IDSA_PJI_2013, "as tabulated in Drago 2019")

SINUS = criterion("sinus", "Sinus tract to the joint", yes("sinus_tract"), TABLE)
PUS = criterion("pus", "Pus around the prosthesis without another cause", yes("pus"), TABLE)
HISTOLOGY = criterion("histology", "Acute inflammation on histology", yes("histology_positive"), TABLE)
ALIKE = criterion(
    "alike",
    "Two cultures (or aspirate and operation) with the same organism",
    answer("cultures_alike") >= 2,
    TABLE,
)
VIRULENT = criterion(
    "virulent",
    "One culture of a virulent organism (Staphylococcus aureus)",
    yes("culture_single") & yes("virulent_organism"),
    TABLE,
)

DEFINITION = Definition(
    id="idsa-2013",
    title="Prosthetic joint infection, IDSA 2013",
    subject="Prosthetic joint infection",
    about="Infected with any of four findings; one virulent organism alone is suggestive.",
    kinds=("prosthetic-joint",),
    criteria=(SINUS, PUS, HISTOLOGY, ALIKE, VIRULENT),
    axes=(
        axis(
            "infection",
            Class("infected", any_of(SINUS, PUS, HISTOLOGY, ALIKE), "Infected."),
            Class("suggestive", VIRULENT, "One virulent organism may be an infection."),
            otherwise="criteria not met",
            source=(GUIDELINE,),
        ),
    ),
    performance=(
        Cited(
            "472 patients: 188 (40 %) infected; EBJIS 195, ICM 2018 172.", (Source(SOUSA_2023, "abstract"),)
        ),
    ),
    ambiguities=(
        Cited(
            "One virulent organism is suggestive here, likely for EBJIS 2021, two points for ICM 2018.",
            (TABLE,),
        ),
        Cited("Acute inflammation on histology has no number here.", (TABLE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts                                                          | answer
      -------- | -------------------------------------------------------------- | ------
      sinus    | sinus_tract=yes                                                | infected
      PJ-5     | {but(NEGATIVE, "histology_positive=yes", "pus=yes")}           | infected; met pus, histology
      virulent | {but(NEGATIVE, "culture_single=yes", "virulent_organism=yes")} | suggestive
      none     | {NEGATIVE}                                                     | criteria not met
      unknown  | sinus_tract=no; pus=no; cultures_alike=0; culture_single=no    | criteria not met to infected; ask histology_positive
    """,
)
