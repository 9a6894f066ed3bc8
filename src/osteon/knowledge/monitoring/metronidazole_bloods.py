"""Blood tests while on metronidazole."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, IDSA_OPAT_2018, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import FULL_BLOOD_COUNT, METRONIDAZOLE
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

WEEKLY = Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ")

RULE = Monitoring(
    id="metronidazole-bloods",
    title="Blood tests on metronidazole",
    applies=on(METRONIDAZOLE),
    due=(every(FULL_BLOOD_COUNT, WEEKLY, days=7),),
    say="Take the blood tests today; ring the patient if none was taken.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient   | facts                                            | answer
      --------- | ------------------------------------------------ | ------------------------
      quiet     | metronidazole since day 0; Platelets day 6 = 250 | not due on day 8
      due       | metronidazole since day 0; Platelets day 6 = 250 | due on day 13
      late      | metronidazole since day 0; Platelets day 6 = 250 | overdue on day 15
      no result | metronidazole since day 0                        | overdue on day 3
      stopped   | metronidazole days 0-4                           | does not apply on day 20
    """,
)
