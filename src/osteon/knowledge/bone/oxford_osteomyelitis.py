"""Chronic osteomyelitis confirmed by the composite protocol of the Oxford unit."""

from __future__ import annotations

from osteon.knowledge.bone.references import MCNALLY_2016, MCNALLY_2022
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

MONTHS = unit("mo")
PROTOCOL = Source(MCNALLY_2016, "composite protocol, wording to verify", "memory")

CLINICAL = criterion("clinical", "Clinical picture", yes("clinical_picture"), PROTOCOL)
RADIOLOGY = criterion("imaging", "Radiological picture", yes("imaging_positive"), PROTOCOL)
LONG = criterion(
    "six_months", "Symptoms for six months or more", answer("symptom_months") >= 6 * MONTHS, PROTOCOL
)
OPEN = criterion(
    "sinus_abscess_pus",
    "Sinus, abscess or pus at operation",
    any_of(yes("sinus_tract"), yes("abscess"), yes("pus")),
    PROTOCOL,
)
ALIKE = criterion(
    "alike", "Two or more cultures with the same organism", answer("cultures_alike") >= 2, PROTOCOL
)
HISTOLOGY = criterion("histology", "Histology supports infection", yes("histology_positive"), PROTOCOL)

DEFINITION = Definition(
    id="oxford-osteomyelitis",
    title="Chronic osteomyelitis, Oxford composite",
    subject="Osteomyelitis",
    about="Clinical and radiological picture for six months, with one confirming finding.",
    kinds=("osteomyelitis",),
    criteria=(CLINICAL, RADIOLOGY, LONG, OPEN, ALIKE, HISTOLOGY),
    axes=(
        axis(
            "chronic osteomyelitis",
            Class(
                "confirmed", all_of(CLINICAL, RADIOLOGY, LONG, any_of(OPEN, ALIKE, HISTOLOGY)), "Confirmed."
            ),
            otherwise="not confirmed",
            source=(PROTOCOL,),
        ),
    ),
    performance=(
        Cited(
            "100 patients treated on it: 6 recurrences in a mean of 6.05 years.",
            (Source(MCNALLY_2022, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "Abstracts name a validated composite protocol without spelling it out: the wording is to be verified.",
            (PROTOCOL,),
        ),
        Cited("Chronic is drawn at 4 weeks, 6 weeks or 6 months by others.", (PROTOCOL,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                     | answer
      ------- | ------------------------------------------------------------------------- | ------
      OM-1    | clinical_picture=yes; imaging_positive=yes; symptom_months=9; sinus_tract=yes; cultures_alike=3 | confirmed
      OM-2    | clinical_picture=yes; imaging_positive=yes; symptom_months=7; cultures_alike=0; histology_positive=yes | confirmed
      OM-3    | clinical_picture=yes; imaging_positive=yes; symptom_months=7; crp=22; sinus_tract=no; abscess=no; pus=no | not confirmed to confirmed; ask cultures_alike, histology_positive
      OM-4    | clinical_picture=yes; imaging_positive=yes; symptom_months=3; pus=yes; cultures_alike=2 | not confirmed; not met six_months
      six     | clinical_picture=yes; imaging_positive=yes; symptom_months=6; abscess=yes | confirmed; edge
    """,
)
