"""Blood tests while on teicoplanin."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, BRAZIL_OPAT_2023, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import FULL_BLOOD_COUNT, KIDNEY_FUNCTION, LIVER_FUNCTION, TEICOPLANIN
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(BRAZIL_OPAT_2023, "table 4")

RULE = Monitoring(
    id="teicoplanin-bloods",
    title="Blood tests on teicoplanin",
    applies=on(TEICOPLANIN),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=14),
        every(KIDNEY_FUNCTION, WEEKLY, days=14),
        every(LIVER_FUNCTION, WEEKLY, days=14),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    remark="IDSA 2018 does not list teicoplanin.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                                 | answer
      ----------- | ------------------------------------------------------------------------------------- | ------------------------
      quiet       | teicoplanin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30 | not due on day 8
      due         | teicoplanin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30 | due on day 20
      late        | teicoplanin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30 | overdue on day 22
      no result   | teicoplanin since day 0                                                               | overdue on day 3
      one missing | teicoplanin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80                 | overdue on day 8
      stopped     | teicoplanin days 0-4                                                                  | does not apply on day 20
    """,
)
