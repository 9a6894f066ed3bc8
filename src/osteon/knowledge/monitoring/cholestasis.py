"""Alkaline phosphatase on drugs that stop bile."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ALP, BILIRUBIN, CEFTRIAXONE, FLUCLOXACILLIN
from osteon.rules.language import latest, on, upper_limit
from osteon.rules.monitoring import Monitoring, Source, amber, red

LIMITS = (Source(UK_PRACTICE, "ALP thresholds", "memory"),)

RULE = Monitoring(
    id="cholestasis",
    title="Cholestasis on antimicrobials",
    applies=on(FLUCLOXACILLIN | CEFTRIAXONE),
    out_of_range=(
        red(
            "ALP more than twice the upper limit with raised bilirubin",
            (latest(ALP).times_upper_limit > 2) & (latest(BILIRUBIN) > upper_limit(BILIRUBIN)),
            *LIMITS,
        ),
        amber("ALP more than 1.5 times the upper limit", latest(ALP).times_upper_limit > 1.5, *LIMITS),
    ),
    say="Repeat liver tests within three days; with a raised bilirubin stop the drug and see the patient today. Flucloxacillin can do this up to two months after it was stopped.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient | facts                                                                              | answer
      ------- | ---------------------------------------------------------------------------------- | -------------------------------------
      quiet   | flucloxacillin since day 0; ALP day 21 = 110 (≤ 130)                               | quiet on day 21
      amber   | flucloxacillin since day 0; ALP day 21 = 210 (≤ 130); Bilirubin day 21 = 9 (≤ 21)  | amber on day 21
      red     | flucloxacillin since day 0; ALP day 21 = 300 (≤ 130); Bilirubin day 21 = 40 (≤ 21) | red on day 21
      unknown | ceftriaxone since day 0; ALP day 21 = 300                                          | unknown on day 21: upper limit of ALP
      stopped | ceftriaxone days 0-9; ALP day 21 = 300 (≤ 130)                                     | does not apply on day 21
    """,
)
