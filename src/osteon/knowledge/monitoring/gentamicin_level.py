"""Gentamicin trough."""

from __future__ import annotations

from osteon.knowledge.references import (
    AUTHOR,
    CHECKED_BY,
    IDSA_OPAT_2018,
    NEXT_REVIEW,
    REVIEWED_ON,
    UK_PRACTICE,
)
from osteon.knowledge.terms import GENTAMICIN, GENTAMICIN_LEVEL
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, every, red
from osteon.rules.quantities import mg_per_L

RULE = Monitoring(
    id="gentamicin-level",
    title="Gentamicin level",
    applies=on(GENTAMICIN),
    due=(
        every(
            GENTAMICIN_LEVEL, Source(IDSA_OPAT_2018, "level at least weekly", "seenQ"), days=7, baseline=False
        ),
    ),
    out_of_range=(
        red(
            "gentamicin trough 1 mg/L or more",
            latest(GENTAMICIN_LEVEL) >= 1 * mg_per_L,
            Source(UK_PRACTICE, "trough below 1, once daily", "memory"),
        ),
    ),
    say="Hold the next dose until the pharmacist has advised; repeat level and creatinine.",
    remark="A level whose time is not said is judged as a trough: look when it was taken before acting.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient         | facts                                                   | answer
      --------------- | ------------------------------------------------------- | ----------------------------
      quiet           | gentamicin since day 0; Gentamicin day 3 = 0.6          | not due on day 3
      below the assay | gentamicin since day 0; Gentamicin day 3 = <0.5         | not due on day 3
      high            | gentamicin since day 0; Gentamicin day 3 = 1.6          | red on day 3
      no level        | gentamicin since day 0                                  | overdue on day 9
      unknown         | gentamicin since day 0; Gentamicin day 3 = 1.6 [umol/L] | unknown on day 3: Gentamicin
      stopped         | gentamicin days 0-2; Gentamicin day 3 = 1.6             | does not apply on day 3
    """,
)
