"""Blood tests while on fluconazole."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import FLUCONAZOLE, LIVER_FUNCTION
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="fluconazole-bloods",
    title="Blood tests on fluconazole",
    applies=on(FLUCONAZOLE),
    due=(every(LIVER_FUNCTION, WEEKLY, days=7),),
    say="Take the blood tests today; ring the patient if none was taken.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient   | facts                                   | answer
      --------- | --------------------------------------- | ------------------------
      quiet     | fluconazole since day 0; ALT day 6 = 30 | not due on day 8
      due       | fluconazole since day 0; ALT day 6 = 30 | due on day 13
      late      | fluconazole since day 0; ALT day 6 = 30 | overdue on day 15
      no result | fluconazole since day 0                 | overdue on day 3
      stopped   | fluconazole days 0-4                    | does not apply on day 20
    """,
)
