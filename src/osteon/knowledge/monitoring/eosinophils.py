"""Eosinophils on any antimicrobial: drug reaction."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ANTIMICROBIALS, EOSINOPHILS, FEVER, RASH
from osteon.rules.language import days, latest, on, present
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import cells

CUT_OFFS = (Source(UK_PRACTICE, "eosinophil cut-offs", "memory"),)

RULE = Monitoring(
    id="eosinophils",
    title="Eosinophils on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red("eosinophils at least 1.0", latest(EOSINOPHILS) >= 1.0 * cells, *CUT_OFFS),
        red(
            "eosinophils at least 0.5 with rash or fever",
            (latest(EOSINOPHILS) >= 0.5 * cells)
            & (present(RASH, within=days(7)) | present(FEVER, within=days(7))),
            *CUT_OFFS,
        ),
        amber("eosinophils at least 0.5", latest(EOSINOPHILS) >= 0.5 * cells, *CUT_OFFS),
    ),
    say="Ask about rash, fever and breath; repeat kidney and liver tests in 3-4 days; with any of them look for DRESS or interstitial nephritis today.",
    remark="Of 824 OPAT patients 25 % had eosinophilia; hazard ratio for rash 4.16, kidney injury 2.13; DRESS 0.8 % (Blumenthal 2015, 10.1016/j.jaci.2015.04.005). The cut-offs themselves are not from that paper.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient   | facts                                                                                | answer
      --------- | ------------------------------------------------------------------------------------ | ----------------------------------------
      quiet     | ceftriaxone since day 0; Eosinophils day 14 = 0.3                                    | quiet on day 14
      amber     | ceftriaxone since day 0; Eosinophils day 14 = 0.6; rash day 14: no; fever day 14: no | amber on day 14
      high      | ceftriaxone since day 0; Eosinophils day 14 = 1.2                                    | red on day 14
      with rash | ceftriaxone since day 0; Eosinophils day 14 = 0.6; rash day 14: yes                  | red on day 14
      not asked | ceftriaxone since day 0; Eosinophils day 14 = 0.6                                    | amber on day 14: rash in the last 7 days
      unknown   | ceftriaxone since day 0; Eosinophils day 14 = 0.6 [%]                                | unknown on day 14: Eosinophils
      stopped   | ceftriaxone days 0-9; Eosinophils day 14 = 1.2                                       | does not apply on day 14
    """,
)
