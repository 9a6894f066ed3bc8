"""Neutrophils on any antimicrobial."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ANTIMICROBIALS, NEUTROPHILS
from osteon.rules.language import baseline, latest, on
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import cells

RULE = Monitoring(
    id="neutrophils",
    title="Neutrophils on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red(
            "neutrophils below 1.0",
            latest(NEUTROPHILS) < 1.0 * cells,
            Source(UK_PRACTICE, "stop the culprit below 1.0", "memory"),
        ),
        amber(
            "neutrophils below 1.5",
            latest(NEUTROPHILS) < 1.5 * cells,
            Source(UK_PRACTICE, "ring and repeat below 1.5", "memory"),
        ),
        amber(
            "neutrophils halved since treatment began",
            latest(NEUTROPHILS) <= 0.5 * baseline(NEUTROPHILS, ANTIMICROBIALS),
            Source(UK_PRACTICE, "ring and repeat at a fall of half", "memory"),
            ask=False,
        ),
    ),
    say="Stop the culprit; below 0.5, or below 1.0 with fever, is an emergency.",
    remark="An infection that settles lowers the neutrophils too: read a fall beside the course of the illness.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient | facts                                                                                           | answer
      ------- | ----------------------------------------------------------------------------------------------- | ------------------------------
      quiet   | flucloxacillin since day 0; Neutrophils day 0 = 5.0; Neutrophils day 14 = 4.0; fever day 14: no | quiet on day 14
      low     | flucloxacillin since day 0; Neutrophils day 0 = 5.0; Neutrophils day 14 = 0.8                   | red on day 14
      amber   | flucloxacillin since day 0; Neutrophils day 0 = 2.5; Neutrophils day 14 = 1.4                   | amber on day 14
      halved  | flucloxacillin since day 0; Neutrophils day 0 = 6.0; Neutrophils day 14 = 2.9                   | amber on day 14
      limit   | flucloxacillin since day 0; Neutrophils day 14 = <0.5                                           | red on day 14
      unknown | flucloxacillin since day 0; Neutrophils day 14 = 1.2 [thousand]                                 | unknown on day 14: Neutrophils
      stopped | flucloxacillin days 0-9; Neutrophils day 14 = 0.8                                               | does not apply on day 14
    """,
)
