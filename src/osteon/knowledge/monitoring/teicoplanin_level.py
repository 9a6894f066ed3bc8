"""Teicoplanin trough in bone and joint infection."""

from __future__ import annotations

from osteon.knowledge.references import (
    AUTHOR,
    CHECKED_BY,
    HIGHLAND_TAM,
    NEXT_REVIEW,
    REVIEWED_ON,
    TEICOPLANIN_LABEL,
    UK_PRACTICE,
)
from osteon.knowledge.terms import TEICOPLANIN, TEICOPLANIN_LEVEL
from osteon.rules.language import days_on, latest, on
from osteon.rules.monitoring import Monitoring, Source, amber, every, red
from osteon.rules.quantities import day, mg_per_L

RULE = Monitoring(
    id="teicoplanin-level",
    title="Teicoplanin level",
    applies=on(TEICOPLANIN),
    due=(
        every(
            TEICOPLANIN_LEVEL,
            Source(
                HIGHLAND_TAM, "courses beyond 10 days: first at 72 hours or later after the load, then weekly"
            ),
            days=7,
            baseline=False,
        ),
    ),
    out_of_range=(
        red(
            "teicoplanin trough below 15 mg/L after the first week",
            (latest(TEICOPLANIN_LEVEL) < 15 * mg_per_L) & (days_on(TEICOPLANIN) >= 7 * day),
            Source(UK_PRACTICE, "below 15 at day 7", "memory"),
        ),
        red(
            "teicoplanin trough above 60 mg/L",
            latest(TEICOPLANIN_LEVEL) > 60 * mg_per_L,
            Source(UK_PRACTICE, "upper limit about 60", "memory"),
        ),
        amber(
            "teicoplanin trough below 20 mg/L",
            latest(TEICOPLANIN_LEVEL) < 20 * mg_per_L,
            Source(TEICOPLANIN_LABEL, "bone and joint: above 20"),
            Source(HIGHLAND_TAM, "20-30"),
        ),
        amber(
            "teicoplanin trough above 30 mg/L",
            latest(TEICOPLANIN_LEVEL) > 30 * mg_per_L,
            Source(HIGHLAND_TAM, "20-30: review the dose"),
        ),
    ),
    say="Adjust the dose with the pharmacist. The assay takes 3-5 days: carry on meanwhile.",
    remark="Targets disagree: above 20 (product text), 20-30 (NHS Highland), at least 20 with about 60 as the upper limit. Of 141 UK bone patients only 51 % reached 20.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient          | facts                                                    | answer
      ---------------- | -------------------------------------------------------- | -----------------------------
      quiet            | teicoplanin since day 0; Teicoplanin day 5 = 26          | quiet on day 8
      low              | teicoplanin since day 0; Teicoplanin day 5 = 17          | amber on day 8
      very low         | teicoplanin since day 0; Teicoplanin day 8 = 12          | red on day 9
      early low        | teicoplanin since day 0; Teicoplanin day 4 = 12          | amber on day 5
      above the window | teicoplanin since day 0; Teicoplanin day 5 = 33          | amber on day 8
      high             | teicoplanin since day 0; Teicoplanin day 5 = 64          | red on day 8
      no level         | teicoplanin since day 0                                  | due on day 7
      late             | teicoplanin since day 0                                  | overdue on day 10
      unknown          | teicoplanin since day 0; Teicoplanin day 5 = 17 [nmol/L] | unknown on day 8: Teicoplanin
      stopped          | teicoplanin days 0-6; Teicoplanin day 5 = 12             | does not apply on day 8
    """,
)
