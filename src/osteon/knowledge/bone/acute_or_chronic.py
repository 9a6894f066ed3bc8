"""Acute or chronic osteomyelitis: four lines drawn by four sources, side by side."""

from __future__ import annotations

from osteon.knowledge.bone.references import BMC_2014, CADTH, INDIA_2023, MCNALLY_2016
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, unit

MONTHS = unit("mo")
TWO_WEEKS, FOUR_WEEKS = Source(CADTH, "inclusion"), Source(BMC_2014, "methods")
SIX_WEEKS = Source(INDIA_2023, "inclusion")
SIX_MONTHS = Source(MCNALLY_2016, "inclusion", "memory")

UNDER_2 = criterion(
    "under_2_weeks", "Symptoms for less than 2 weeks", answer("onset_days") < 14 * day, TWO_WEEKS
)
UP_TO_4 = criterion(
    "up_to_4_weeks", "Symptoms for up to 4 weeks", answer("onset_days") <= 28 * day, FOUR_WEEKS
)
FROM_6 = criterion(
    "from_6_weeks", "Symptoms for 6 weeks or more", answer("onset_days") >= 42 * day, SIX_WEEKS
)
FROM_6_MONTHS = criterion(
    "from_6_months", "Symptoms for 6 months or more", answer("symptom_months") >= 6 * MONTHS, SIX_MONTHS
)

DEFINITION = Definition(
    id="osteomyelitis-acute-chronic",
    title="Osteomyelitis: acute or chronic",
    subject="Osteomyelitis",
    about="Where four sources draw the line. There is no consensus: name the source you use.",
    kinds=("osteomyelitis",),
    criteria=(UNDER_2, UP_TO_4, FROM_6, FROM_6_MONTHS),
    axes=(
        axis("2 weeks", Class("acute", UNDER_2, "Acute."), otherwise="not acute", source=(TWO_WEEKS,)),
        axis("4 weeks", Class("acute", UP_TO_4, "Acute."), otherwise="chronic", source=(FOUR_WEEKS,)),
        axis("6 weeks", Class("chronic", FROM_6, "Chronic."), otherwise="not chronic", source=(SIX_WEEKS,)),
        axis(
            "6 months",
            Class("chronic", FROM_6_MONTHS, "Chronic."),
            otherwise="not chronic",
            source=(SIX_MONTHS,),
        ),
    ),
    performance=(
        Cited(
            "The cohort that drew the line at 6 weeks had 19.0 % recurrence in 147 patients.", (SIX_WEEKS,)
        ),
    ),
    ambiguities=(
        Cited(
            "Acute ends at 2 weeks or 4 weeks; chronic begins after 4 weeks, at 6 weeks or at 6 months.",
            (FOUR_WEEKS,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                   | answer
      ------- | --------------------------------------- | ------
      early   | onset_days=10; symptom_months=0         | 2 weeks: acute; 4 weeks: acute; 6 weeks: not chronic; 6 months: not chronic
      between | onset_days=28; symptom_months=0         | 2 weeks: not acute; 4 weeks: acute; 6 weeks: not chronic; edge
      late    | onset_days=210; symptom_months=7        | 2 weeks: not acute; 4 weeks: chronic; 6 weeks: chronic; 6 months: chronic
      unknown | onset_days=50                           | 6 weeks: chronic; 6 months: not chronic to chronic; ask symptom_months
    """,
)
