"""Blood tests while on vancomycin."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import FULL_BLOOD_COUNT, KIDNEY_FUNCTION, VANCOMYCIN, VANCOMYCIN_LEVEL
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="vancomycin-bloods",
    title="Blood tests on vancomycin",
    applies=on(VANCOMYCIN),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(KIDNEY_FUNCTION, WEEKLY, days=7),
        every(VANCOMYCIN_LEVEL, WEEKLY, days=7),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    remark="Kidney injury can be late: 64 of 154 began after day 14 with stable function before (IDSA 2018). A level is also due at each dose change, which a schedule cannot see.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                                       | answer
      ----------- | ------------------------------------------------------------------------------------------- | ------------------------
      quiet       | vancomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; Vancomycin day 6 = 17 | not due on day 8
      due         | vancomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; Vancomycin day 6 = 17 | due on day 13
      late        | vancomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; Vancomycin day 6 = 17 | overdue on day 15
      no result   | vancomycin since day 0                                                                      | overdue on day 3
      one missing | vancomycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80                        | overdue on day 8
      stopped     | vancomycin days 0-4                                                                         | does not apply on day 20
    """,
)
