"""Fever at home on treatment."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ANTIMICROBIALS, TEMPERATURE
from osteon.rules.language import days_since, latest, on
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import day, degrees

LIMITS = (Source(UK_PRACTICE, "temperature limits", "memory"),)

RULE = Monitoring(
    id="temperature",
    title="Temperature on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red(
            "temperature 38 °C or more in the last two days",
            (latest(TEMPERATURE) >= 38 * degrees) & (days_since(TEMPERATURE) <= 2 * day),
            *LIMITS,
        ),
        amber(
            "temperature 37.8 °C or more in the last two days",
            (latest(TEMPERATURE) >= 37.8 * degrees) & (days_since(TEMPERATURE) <= 2 * day),
            *LIMITS,
        ),
    ),
    say="Ring the patient now; from 38 °C with a central line take paired blood cultures.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient  | facts                                            | answer
      -------- | ------------------------------------------------ | -----------------------
      quiet    | ceftriaxone since day 0; Temp day 5 = 36.9       | quiet on day 5
      warm     | ceftriaxone since day 0; Temp day 5 = 37.9       | amber on day 5
      fever    | ceftriaxone since day 0; Temp day 5 = 38.6       | red on day 5
      long ago | ceftriaxone since day 0; Temp day 1 = 38.6       | quiet on day 5
      unknown  | ceftriaxone since day 0; Temp day 5 = 101 [degF] | unknown on day 5: Temp
      stopped  | ceftriaxone days 0-3; Temp day 5 = 38.6          | does not apply on day 5
    """,
)
