"""Alanine aminotransferase on any antimicrobial."""

from __future__ import annotations

from osteon.knowledge.references import AITHAL_2011, AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ALT, ANTIMICROBIALS, BILIRUBIN, HEPATITIS_SYMPTOMS, JAUNDICE
from osteon.rules.language import days, latest, on, present, upper_limit
from osteon.rules.monitoring import Monitoring, Source, amber, red

RULE = Monitoring(
    id="alt",
    title="ALT on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red(
            "ALT more than 5 times the upper limit",
            latest(ALT).times_upper_limit > 5,
            Source(AITHAL_2011, "case definition"),
        ),
        red(
            "ALT more than 3 times the upper limit, with symptoms",
            (latest(ALT).times_upper_limit > 3) & present(HEPATITIS_SYMPTOMS, within=days(7)),
            Source(AITHAL_2011, "case definition"),
        ),
        red(
            "ALT above the upper limit, with jaundice",
            (latest(ALT) > upper_limit(ALT)) & present(JAUNDICE, within=days(7)),
            Source(UK_PRACTICE, "any jaundice", "memory"),
            ask=False,
        ),
        red(
            "ALT more than 3 times and bilirubin more than 2 times the upper limit",
            (latest(ALT).times_upper_limit > 3) & (latest(BILIRUBIN).times_upper_limit > 2),
            Source(UK_PRACTICE, "Hy's law", "memory"),
            ask=False,
        ),
        amber(
            "ALT more than 2 times the upper limit",
            latest(ALT).times_upper_limit > 2,
            Source(UK_PRACTICE, "ring and repeat above twice", "memory"),
        ),
    ),
    say="Stop the likely drug and see the patient today; repeat liver tests with bilirubin and INR.",
    remark="The rule was made for tuberculosis drugs and is applied here to rifampicin and other antimicrobials.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient             | facts                                                                                                                                                  | answer
      ------------------- | ------------------------------------------------------------------------------------------------------------------------------------------------------ | ------------------------------------------------------------------------------
      quiet               | rifampicin since day 0; ALT day 7 = 38 (≤ 40); nausea, vomiting, abdominal pain or fatigue day 7: no; jaundice day 7: no                               | quiet on day 7
      five times          | rifampicin since day 0; ALT day 7 = 230 (≤ 40)                                                                                                         | red on day 7
      three with symptoms | rifampicin since day 0; ALT day 7 = 130 (≤ 40); nausea, vomiting, abdominal pain or fatigue day 6: yes                                                 | red on day 7
      three without       | rifampicin since day 0; ALT day 7 = 130 (≤ 40); nausea, vomiting, abdominal pain or fatigue day 6: no; jaundice day 6: no; Bilirubin day 7 = 12 (≤ 21) | amber on day 7
      not asked           | rifampicin since day 0; ALT day 7 = 130 (≤ 40); Bilirubin day 7 = 12 (≤ 21)                                                                            | amber on day 7: nausea, vomiting, abdominal pain or fatigue in the last 7 days
      jaundice            | rifampicin since day 0; ALT day 7 = 90 (≤ 40); jaundice day 7: yes                                                                                     | red on day 7
      Hy                  | rifampicin since day 0; ALT day 7 = 130 (≤ 40); Bilirubin day 7 = 50 (≤ 21)                                                                            | red on day 7
      unknown             | rifampicin since day 0; ALT day 7 = 130                                                                                                                | unknown on day 7: upper limit of ALT
      stopped             | rifampicin days 0-5; ALT day 7 = 400 (≤ 40)                                                                                                            | does not apply on day 7
    """,
)
