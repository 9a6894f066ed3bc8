"""Blood tests while on daptomycin."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import DAPTOMYCIN, FULL_BLOOD_COUNT, KIDNEY_FUNCTION
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="daptomycin-bloods",
    title="Blood tests on daptomycin",
    applies=on(DAPTOMYCIN),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(KIDNEY_FUNCTION, WEEKLY, days=7),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                | answer
      ----------- | -------------------------------------------------------------------- | ------------------------
      quiet       | daptomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80 | not due on day 8
      due         | daptomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80 | due on day 13
      late        | daptomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80 | overdue on day 15
      no result   | daptomycin since day 0                                               | overdue on day 3
      one missing | daptomycin since day 0; Platelets day 6 = 250                        | overdue on day 8
      stopped     | daptomycin days 0-4                                                  | does not apply on day 20
    """,
)
