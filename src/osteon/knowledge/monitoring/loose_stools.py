"""Diarrhoea on antimicrobials."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ANTIMICROBIALS, LOOSE_STOOLS
from osteon.rules.language import days, on, present
from osteon.rules.monitoring import Monitoring, Source, amber

RULE = Monitoring(
    id="loose-stools",
    title="Loose stools on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        amber(
            "three or more loose stools in a day, in the last three days",
            present(LOOSE_STOOLS, within=days(3)),
            Source(UK_PRACTICE, "C. difficile test at three loose stools", "memory"),
            ask=False,
        ),
    ),
    say="Send a stool test for C. difficile; stop what can be stopped.",
    remark="When nobody asked, the answer is unknown and the patient page says so; it is not raised on Today.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient  | facts                                                                                                                  | answer
      -------- | ---------------------------------------------------------------------------------------------------------------------- | -----------------------
      quiet    | clindamycin since day 0; three or more loose stools in a day day 5: no                                                 | quiet on day 6
      loose    | clindamycin since day 0; three or more loose stools in a day day 5: yes                                                | amber on day 6
      long ago | clindamycin since day 0; three or more loose stools in a day day 1: yes; three or more loose stools in a day day 6: no | quiet on day 6
      unknown  | clindamycin since day 0                                                                                                | quiet on day 6
      stopped  | clindamycin days 0-3; three or more loose stools in a day day 5: yes                                                   | does not apply on day 6
    """,
)
