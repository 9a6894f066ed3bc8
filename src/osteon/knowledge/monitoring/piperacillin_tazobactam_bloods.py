"""Blood tests while on piperacillin-tazobactam."""

from __future__ import annotations

from osteon.knowledge.references import (
    AUTHOR,
    CHECKED_BY,
    IDSA_OPAT_2018,
    NEXT_REVIEW,
    REVIEWED_ON,
    UK_PRACTICE,
)
from osteon.knowledge.terms import (
    FULL_BLOOD_COUNT,
    KIDNEY_FUNCTION,
    LIVER_FUNCTION,
    PIPERACILLIN_TAZOBACTAM,
    POTASSIUM,
)
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="piperacillin-tazobactam-bloods",
    title="Blood tests on piperacillin-tazobactam",
    applies=on(PIPERACILLIN_TAZOBACTAM),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(KIDNEY_FUNCTION, WEEKLY, days=7),
        every(LIVER_FUNCTION, WEEKLY, days=7),
        every(
            POTASSIUM, Source(UK_PRACTICE, "potassium weekly, as the 2004 rule is taught", "seen*"), days=7
        ),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                                                                    | answer
      ----------- | ------------------------------------------------------------------------------------------------------------------------ | ------------------------
      quiet       | piperacillin-tazobactam since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30; Potassium day 6 = 4.2 | not due on day 8
      due         | piperacillin-tazobactam since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30; Potassium day 6 = 4.2 | due on day 13
      late        | piperacillin-tazobactam since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30; Potassium day 6 = 4.2 | overdue on day 15
      no result   | piperacillin-tazobactam since day 0                                                                                      | overdue on day 3
      one missing | piperacillin-tazobactam since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30                        | overdue on day 8
      stopped     | piperacillin-tazobactam days 0-4                                                                                         | does not apply on day 20
    """,
)
