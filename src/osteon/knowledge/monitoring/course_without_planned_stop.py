"""An antimicrobial without a planned stop."""

from __future__ import annotations

from osteon.knowledge.references import AUSTRALIA, AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_OPAT_2019
from osteon.knowledge.terms import ANTIMICROBIALS
from osteon.rules.language import on, without_planned_stop
from osteon.rules.monitoring import Monitoring, Source, amber

RULE = Monitoring(
    id="course-without-planned-stop",
    title="Course without a planned stop",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        amber(
            "a course has no planned stop",
            without_planned_stop(ANTIMICROBIALS),
            Source(AUSTRALIA, "expected duration is part of the plan"),
            Source(UK_OPAT_2019, "treatment plan with stop date", "memory"),
        ),
    ),
    say="Set a planned stop or a review date.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient      | facts                                                       | answer
      ------------ | ----------------------------------------------------------- | -----------------------
      quiet        | ceftriaxone since day 0 for 42 days                         | quiet on day 5
      unplanned    | ceftriaxone since day 0                                     | amber on day 5
      one of two   | ceftriaxone since day 0 for 42 days; rifampicin since day 2 | amber on day 5
      unknown drug | warfarin since day 0                                        | does not apply on day 5
      stopped      | ceftriaxone days 0-3                                        | does not apply on day 5
    """,
)
