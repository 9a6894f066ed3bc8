"""Blood tests while on linezolid."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import FULL_BLOOD_COUNT, LINEZOLID, LIVER_FUNCTION
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="linezolid-bloods",
    title="Blood tests on linezolid",
    applies=on(LINEZOLID),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(LIVER_FUNCTION, WEEKLY, days=7),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    remark="IDSA asks for no kidney test on linezolid; marrow toxicity is commoner when kidney function is poor.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                        | answer
      ----------- | ------------------------------------------------------------ | ------------------------
      quiet       | linezolid since day 0; Platelets day 6 = 250; ALT day 6 = 30 | not due on day 8
      due         | linezolid since day 0; Platelets day 6 = 250; ALT day 6 = 30 | due on day 13
      late        | linezolid since day 0; Platelets day 6 = 250; ALT day 6 = 30 | overdue on day 15
      no result   | linezolid since day 0                                        | overdue on day 3
      one missing | linezolid since day 0; Platelets day 6 = 250                 | overdue on day 8
      stopped     | linezolid days 0-4                                           | does not apply on day 20
    """,
)
