"""Vancomycin trough in deep infection."""

from __future__ import annotations

from osteon.knowledge.references import (
    AUTHOR,
    AYRSHIRE_2021,
    CHECKED_BY,
    LOTHIAN_2024,
    NEXT_REVIEW,
    REVIEWED_ON,
    UK_PRACTICE,
)
from osteon.knowledge.terms import VANCOMYCIN, VANCOMYCIN_LEVEL
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import mg_per_L

RULE = Monitoring(
    id="vancomycin-level",
    title="Vancomycin level",
    applies=on(VANCOMYCIN),
    out_of_range=(
        red(
            "vancomycin trough above 20 mg/L",
            latest(VANCOMYCIN_LEVEL) > 20 * mg_per_L,
            Source(UK_PRACTICE, "trough above 20", "memory"),
        ),
        amber(
            "vancomycin trough below 15 mg/L in deep infection",
            latest(VANCOMYCIN_LEVEL) < 15 * mg_per_L,
            Source(AYRSHIRE_2021, "deep infection 15-20"),
            Source(LOTHIAN_2024, "osteomyelitis 15-20"),
        ),
    ),
    say="Adjust the dose with the pharmacist; repeat level and creatinine.",
    remark="The 2020 consensus steers by area under the curve, 400-600 mg.h/L, and no longer by a trough of 15-20. UK pages still print troughs; a continuous infusion has other limits (20-25).",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient | facts                                                  | answer
      ------- | ------------------------------------------------------ | ----------------------------
      quiet   | vancomycin since day 0; Vancomycin day 4 = 17          | quiet on day 4
      low     | vancomycin since day 0; Vancomycin day 4 = 11          | amber on day 4
      high    | vancomycin since day 0; Vancomycin day 4 = 24          | red on day 4
      limit   | vancomycin since day 0; Vancomycin day 4 = <5          | amber on day 4
      unknown | vancomycin since day 0; Vancomycin day 4 = 12 [umol/L] | unknown on day 4: Vancomycin
      stopped | vancomycin days 0-3; Vancomycin day 4 = 24             | does not apply on day 4
    """,
)
