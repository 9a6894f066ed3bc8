"""Blood tests while on clindamycin."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import CLINDAMYCIN, FULL_BLOOD_COUNT, KIDNEY_FUNCTION, LIVER_FUNCTION
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="clindamycin-bloods",
    title="Blood tests on clindamycin",
    applies=on(CLINDAMYCIN),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(KIDNEY_FUNCTION, WEEKLY, days=7),
        every(LIVER_FUNCTION, WEEKLY, days=7),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                                 | answer
      ----------- | ------------------------------------------------------------------------------------- | ------------------------
      quiet       | clindamycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30 | not due on day 8
      due         | clindamycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30 | due on day 13
      late        | clindamycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30 | overdue on day 15
      no result   | clindamycin since day 0                                                               | overdue on day 3
      one missing | clindamycin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80                 | overdue on day 8
      stopped     | clindamycin days 0-4                                                                  | does not apply on day 20
    """,
)
