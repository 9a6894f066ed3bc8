"""Recurrence of osteomyelitis, and the rule of 24 months."""

from __future__ import annotations

from osteon.knowledge.outcome.references import DAY_2021, MCNALLY_2022
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

MONTHS = unit("mo")
OXFORD = Source(MCNALLY_2022, "recurrence", "memory")
ABSTRACT = Source(DAY_2021, "definition")

SINUS = criterion("sinus", "Sinus again", yes("sinus_again"), OXFORD)
PUS = criterion("pus", "Pus again", yes("pus_again"), OXFORD)
XRAY = criterion("xray", "X-ray worse", yes("xray_worse"), OXFORD)
SAMPLES = criterion(
    "samples", "Two or more samples alike at the same site", answer("samples_alike_again") >= 2, OXFORD
)
QUIET = criterion(
    "no_sign",
    "No clinical and no laboratory sign",
    all_of(~yes("clinical_sign"), ~yes("laboratory_sign")),
    ABSTRACT,
)
LONG = criterion(
    "months_24",
    "24 months or more since the last surgery",
    answer("months_since_surgery") >= 24 * MONTHS,
    ABSTRACT,
)
FREE = criterion(
    "off_12", "12 months or more off antibiotics", answer("months_off_antibiotics") >= 12 * MONTHS, ABSTRACT
)

DEFINITION = Definition(
    id="osteomyelitis-outcome",
    title="Recurrence of osteomyelitis",
    subject="Outcome",
    about="Whether an osteomyelitis came back, and whether it may be called cured after 24 months.",
    kinds=("osteomyelitis", "fracture-related"),
    criteria=(SINUS, PUS, XRAY, SAMPLES, QUIET, LONG, FREE),
    axes=(
        axis(
            "recurrence",
            Class(
                "recurrence", any_of(SINUS, PUS, XRAY, SAMPLES), "The infection came back at the same site."
            ),
            otherwise="none",
            source=(OXFORD,),
        ),
        axis(
            "24 months",
            Class("not cured", ~QUIET, "A sign of infection."),
            Class("too early", ~all_of(LONG, FREE), "Less than 24 months, or less than 12 off antibiotics."),
            otherwise="cured",
            source=(ABSTRACT,),
        ),
    ),
    performance=(
        Cited(
            "6 of 100 recurred in a mean of 6.05 years: 3 in the first year, 2 in the second, 1 after 4.5 years. One year of follow-up finds half.",
            (Source(MCNALLY_2022, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("The items of recurrence are from memory.", (OXFORD,)),
        Cited(
            "Other series tie remission, suppression and failure to what was intended, cure or palliation.",
            (OXFORD,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                        | answer
      ------- | ---------------------------------------------------------------------------- | ------
      cured   | sinus_again=no; pus_again=no; xray_worse=no; samples_alike_again=0; clinical_sign=no; laboratory_sign=no; months_since_surgery=30; months_off_antibiotics=24 | recurrence: none; 24 months: cured
      early   | clinical_sign=no; laboratory_sign=no; months_since_surgery=14; months_off_antibiotics=12 | 24 months: too early; recurrence: none to recurrence
      sinus   | sinus_again=yes; clinical_sign=yes                                           | recurrence: recurrence; 24 months: not cured
      unknown | clinical_sign=no; laboratory_sign=no; months_since_surgery=30                | 24 months: cured to too early; ask months_off_antibiotics
    """,
)
