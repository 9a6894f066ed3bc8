"""Blood tests while on flucloxacillin."""

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
    FLUCLOXACILLIN,
    FULL_BLOOD_COUNT,
    KIDNEY_FUNCTION,
    LIVER_FUNCTION,
    POTASSIUM,
)
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3, row nafcillin and oxacillin", "seenQ")

RULE = Monitoring(
    id="flucloxacillin-bloods",
    title="Blood tests on flucloxacillin",
    applies=on(FLUCLOXACILLIN),
    due=(
        every(FULL_BLOOD_COUNT, WEEKLY, days=7),
        every(KIDNEY_FUNCTION, WEEKLY, days=7),
        every(LIVER_FUNCTION, WEEKLY, days=7),
        every(POTASSIUM, Source(UK_PRACTICE, "potassium weekly", "memory"), days=7),
    ),
    say="Take the blood tests today; ring the patient if none was taken.",
    remark="The guideline names nafcillin and oxacillin, the American isoxazolyl penicillins. The Swiss product text asks for regular potassium at high dose.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                                                           | answer
      ----------- | --------------------------------------------------------------------------------------------------------------- | ------------------------
      quiet       | flucloxacillin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30; Potassium day 6 = 4.2 | not due on day 8
      due         | flucloxacillin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30; Potassium day 6 = 4.2 | due on day 13
      late        | flucloxacillin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30; Potassium day 6 = 4.2 | overdue on day 15
      no result   | flucloxacillin since day 0                                                                                      | overdue on day 3
      one missing | flucloxacillin since day 0; Platelets day 6 = 250; Creatinine day 6 = 80; ALT day 6 = 30                        | overdue on day 8
      stopped     | flucloxacillin days 0-4                                                                                         | does not apply on day 20
    """,
)
