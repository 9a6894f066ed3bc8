"""The day-28 gate of linezolid."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NE_ENGLAND, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import LINEZOLID, NEUROPATHY_SYMPTOMS, VISUAL_SYMPTOMS
from osteon.rules.language import days, days_on, on, present
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import day

RULE = Monitoring(
    id="linezolid-day-28",
    title="Linezolid beyond 28 days",
    applies=on(LINEZOLID),
    out_of_range=(
        red(
            "new trouble with sight or numbness on linezolid",
            present(VISUAL_SYMPTOMS, within=days(14)) | present(NEUROPATHY_SYMPTOMS, within=days(14)),
            Source(UK_PRACTICE, "stop at visual or neuropathic symptoms", "memory"),
        ),
        amber(
            "linezolid for more than 28 days",
            days_on(LINEZOLID) > 28 * day,
            Source(NE_ENGLAND, "specialist approval and eye test beyond 28 days"),
        ),
    ),
    say="Linezolid beyond 28 days needs a specialist decision and an eye test, repeated monthly; ask about sight and numbness at every visit.",
    remark="The American text instead asks for visual function at three months or at any symptom.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient       | facts                                                                               | answer
      ------------- | ----------------------------------------------------------------------------------- | ------------------------------------------------------
      quiet         | linezolid since day 0; visual symptoms day 20: no; numbness or tingling day 20: no  | quiet on day 20
      past the gate | linezolid since day 0; visual symptoms day 28: no; numbness or tingling day 28: no  | amber on day 29
      sight         | linezolid since day 0; visual symptoms day 24: yes; numbness or tingling day 24: no | red on day 25
      numbness      | linezolid since day 0; visual symptoms day 24: no; numbness or tingling day 24: yes | red on day 25
      not asked     | linezolid since day 0                                                               | unknown on day 20: visual symptoms in the last 14 days
      stopped       | linezolid days 0-27                                                                 | does not apply on day 30
    """,
)
