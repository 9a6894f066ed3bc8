"""CRP that does not fall on treatment."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.terms import ANTIMICROBIALS, CRP
from osteon.rules.language import baseline, days_on, days_since, latest, on, upper_limit
from osteon.rules.monitoring import Monitoring, Source, amber
from osteon.rules.quantities import day

# The result that is compared was itself taken two weeks on; the first result cannot have fallen.
TWO_WEEKS_ON = days_on(ANTIMICROBIALS) - days_since(CRP) >= 14 * day

RULE = Monitoring(
    id="crp-not-falling",
    title="CRP not falling",
    applies=on(ANTIMICROBIALS) & (days_on(ANTIMICROBIALS) >= 14 * day),
    out_of_range=(
        amber(
            "CRP not fallen by 30 % after two weeks of treatment",
            TWO_WEEKS_ON
            & (latest(CRP) > 0.7 * baseline(CRP, ANTIMICROBIALS))
            & (latest(CRP) > upper_limit(CRP)),
            Source(PROPOSAL, "opat.md (c): not fallen by 30 % over 2 weeks", "proposal"),
        ),
    ),
    say="Discuss at the next meeting: source control, organism, drug, adherence, another cause.",
    remark="A CRP within the laboratory's range is left alone.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient            | facts                                                            | answer
      ------------------ | ---------------------------------------------------------------- | --------------------------------------------
      falling            | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 60 (≤ 5)  | quiet on day 14
      flat               | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 110 (≤ 5) | amber on day 14
      not repeated       | ceftriaxone since day 0; CRP day 0 = 120 (≤ 5)                   | quiet on day 14
      low from the start | ceftriaxone since day 0; CRP day 0 = 4; CRP day 14 = 4 (≤ 5)     | quiet on day 14
      below the assay    | ceftriaxone since day 0; CRP day 0 = 8; CRP day 14 = <4 (≤ 5)    | quiet on day 14
      early              | ceftriaxone since day 0; CRP day 0 = 120; CRP day 9 = 118 (≤ 5)  | does not apply on day 9
      unknown            | ceftriaxone since day 0; CRP day 14 = 110 (≤ 5)                  | unknown on day 14: CRP before antimicrobials
    """,
)
