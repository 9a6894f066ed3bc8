"""Amikacin trough."""

from __future__ import annotations

from osteon.knowledge.references import (
    AUTHOR,
    CHECKED_BY,
    IDSA_OPAT_2018,
    NEXT_REVIEW,
    OXFORD,
    REVIEWED_ON,
)
from osteon.knowledge.terms import AMIKACIN, AMIKACIN_LEVEL
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, every, red
from osteon.rules.quantities import mg_per_L

RULE = Monitoring(
    id="amikacin-level",
    title="Amikacin level",
    applies=on(AMIKACIN),
    due=(
        every(
            AMIKACIN_LEVEL, Source(IDSA_OPAT_2018, "level at least weekly", "seenQ"), days=7, baseline=False
        ),
    ),
    out_of_range=(
        red(
            "amikacin trough 5 mg/L or more",
            latest(AMIKACIN_LEVEL) >= 5 * mg_per_L,
            Source(OXFORD, "aminoglycosides: amikacin trough below 5"),
        ),
    ),
    say="Hold the next dose until the pharmacist has advised; repeat level and creatinine.",
    remark="A level whose time is not said is judged as a trough: look when it was taken before acting. Stanford (2019) uses 4.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient  | facts                                             | answer
      -------- | ------------------------------------------------- | --------------------------
      quiet    | amikacin since day 0; Amikacin day 3 = 2.1        | not due on day 3
      high     | amikacin since day 0; Amikacin day 3 = 6          | red on day 3
      no level | amikacin since day 0                              | overdue on day 9
      unknown  | amikacin since day 0; Amikacin day 3 = 6 [umol/L] | unknown on day 3: Amikacin
      stopped  | amikacin days 0-2; Amikacin day 3 = 6             | does not apply on day 3
    """,
)
