"""Blood tests while on an aminoglycoside."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import AMINOGLYCOSIDES, FULL_BLOOD_COUNT, KIDNEY_FUNCTION
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="aminoglycoside-bloods",
    title="Blood tests on an aminoglycoside",
    applies=on(AMINOGLYCOSIDES),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(KIDNEY_FUNCTION, WEEKLY, days=3.5),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    remark="Kidney function twice a week is written here as every three and a half days. The MHRA (January 2021) also asks for liver and hearing tests.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                | answer
      ----------- | -------------------------------------------------------------------- | ------------------------
      quiet       | gentamicin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80 | not due on day 8
      due         | gentamicin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80 | due on day 10
      late        | gentamicin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80 | overdue on day 12
      no result   | gentamicin since day 0                                               | overdue on day 3
      one missing | gentamicin since day 0; Platelets day 6 = 250                        | overdue on day 8
      stopped     | gentamicin days 0-4                                                  | does not apply on day 20
    """,
)
