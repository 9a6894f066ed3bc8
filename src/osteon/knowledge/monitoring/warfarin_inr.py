"""INR on warfarin when a drug that disturbs it is added."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import INR, WARFARIN, WARFARIN_DISTURBERS
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, every, red
from osteon.rules.quantities import inr

RULE = Monitoring(
    id="warfarin-inr",
    title="INR on warfarin",
    applies=on(WARFARIN_DISTURBERS) & on(WARFARIN),
    due=(
        every(
            INR,
            Source(UK_PRACTICE, "INR 3-5 days after a new disturbing drug", "memory"),
            days=4,
            baseline=False,
        ),
    ),
    out_of_range=(red("INR above 5", latest(INR) > 5 * inr, Source(UK_PRACTICE, "INR above 5", "memory")),),
    say="Check INR now and twice weekly until steady; above 5 or bleeding needs same-day advice. Rifampicin may need two to three times the warfarin dose, and the need falls again when it stops.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                       | answer
      ----------- | --------------------------------------------------------------------------- | -----------------------
      quiet       | rifampicin since day 0; warfarin since day -90; INR day 4 = 2.4             | not due on day 5
      late        | rifampicin since day 0; warfarin since day -90; INR day -3 = 2.4            | due on day 5
      no result   | rifampicin since day 0; warfarin since day -90                              | overdue on day 7
      high        | co-trimoxazole since day 0; warfarin since day -90; INR day 4 = 6.1         | red on day 4
      limit       | co-trimoxazole since day 0; warfarin since day -90; INR day 4 = >9          | red on day 4
      unknown     | co-trimoxazole since day 0; warfarin since day -90; INR day 4 = 6.1 [ratio] | unknown on day 4: INR
      no warfarin | rifampicin since day 0; INR day 4 = 6.1                                     | does not apply on day 5
    """,
)
