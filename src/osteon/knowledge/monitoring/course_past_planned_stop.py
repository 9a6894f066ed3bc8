"""An antimicrobial that runs past its planned stop."""

from __future__ import annotations

from osteon.knowledge.references import AUSTRALIA, AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_OPAT_2019
from osteon.knowledge.terms import ANTIMICROBIALS
from osteon.rules.language import on, past_planned_stop
from osteon.rules.monitoring import Monitoring, Source, amber

RULE = Monitoring(
    id="course-past-planned-stop",
    title="Course past its planned stop",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        amber(
            "a course has passed its planned stop",
            past_planned_stop(ANTIMICROBIALS),
            Source(AUSTRALIA, "expected duration is part of the plan"),
            Source(UK_OPAT_2019, "treatment plan with stop date", "memory"),
        ),
    ),
    say="Decide today: stop, or set a new planned stop with its reason.",
    remark="Without a planned stop nothing can be past it: the rule course-without-planned-stop speaks then.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient       | facts                                                                   | answer
      ------------- | ----------------------------------------------------------------------- | ------------------------
      quiet         | ceftriaxone since day 0 for 42 days                                     | quiet on day 40
      past          | ceftriaxone since day 0 for 42 days                                     | amber on day 43
      second course | ceftriaxone since day 0 for 42 days; rifampicin since day 0 for 90 days | amber on day 50
      unknown plan  | ceftriaxone since day 0                                                 | quiet on day 43
      stopped       | ceftriaxone days 0-42                                                   | does not apply on day 43
    """,
)
