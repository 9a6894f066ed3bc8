"""Eosinophils and breath on daptomycin: eosinophilic pneumonia."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import BREATHLESSNESS, DAPTOMYCIN, EOSINOPHILS
from osteon.rules.language import days, latest, on, present
from osteon.rules.monitoring import Monitoring, Source, red
from osteon.rules.quantities import cells

RULE = Monitoring(
    id="daptomycin-eosinophils",
    title="Eosinophilic pneumonia on daptomycin",
    applies=on(DAPTOMYCIN),
    out_of_range=(
        red(
            "eosinophils at least 0.5 with breathlessness",
            (latest(EOSINOPHILS) >= 0.5 * cells) & present(BREATHLESSNESS, within=days(7)),
            Source(UK_PRACTICE, "on daptomycin with dyspnoea: stop", "memory"),
        ),
    ),
    say="Stop daptomycin and see the patient today: fever, breathlessness and infiltrate suggest eosinophilic pneumonia.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient           | facts                                                                        | answer
      ----------------- | ---------------------------------------------------------------------------- | ----------------------------------------------------
      danger            | daptomycin since day 0; Eosinophils day 14 = 0.8; breathlessness day 14: yes | red on day 14
      quiet             | daptomycin since day 0; Eosinophils day 14 = 0.2; breathlessness day 14: yes | quiet on day 14
      not asked         | daptomycin since day 0; Eosinophils day 14 = 0.8                             | unknown on day 14: breathlessness in the last 7 days
      no breathlessness | daptomycin since day 0; Eosinophils day 14 = 0.8; breathlessness day 13: no  | quiet on day 14
      stopped           | daptomycin days 0-9; Eosinophils day 14 = 0.8; breathlessness day 14: yes    | does not apply on day 14
    """,
)
