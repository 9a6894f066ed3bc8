"""CRP that does not fall on treatment."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.terms import ANTIMICROBIALS, CRP
from osteon.rules.language import baseline, days_on, latest, on
from osteon.rules.monitoring import Monitoring, Source, amber
from osteon.rules.quantities import day, mg_per_L

RULE = Monitoring(
    id="crp-not-falling",
    title="CRP not falling",
    applies=on(ANTIMICROBIALS) & (days_on(ANTIMICROBIALS) >= 14 * day),
    out_of_range=(
        amber(
            "CRP not fallen by 30 % after two weeks of treatment",
            (latest(CRP) > 0.7 * baseline(CRP, ANTIMICROBIALS)) & (latest(CRP) > 10 * mg_per_L),
            Source(PROPOSAL, "opat.md (c): not fallen by 30 % over 2 weeks", "proposal"),
        ),
    ),
    say="Discuss at the next meeting: source control, organism, drug, adherence, another cause.",
    remark="A CRP of 10 mg/L or less is left alone: our own floor, part of the proposal.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient            | facts                                                      | answer
      ------------------ | ---------------------------------------------------------- | --------------------------------------------
      falling            | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 60  | quiet on day 14
      flat               | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 110 | amber on day 14
      low from the start | ceftriaxone since day 0; CRP day 0 = 4; CRP day 14 = 4     | quiet on day 14
      below the assay    | ceftriaxone since day 0; CRP day 0 = 8; CRP day 14 = <4    | quiet on day 14
      early              | ceftriaxone since day 0; CRP day 0 = 120; CRP day 9 = 118  | does not apply on day 9
      unknown            | ceftriaxone since day 0; CRP day 14 = 110                  | unknown on day 14: CRP before antimicrobials
    """,
)
