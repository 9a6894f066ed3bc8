"""Counts too low to begin a long course of linezolid."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, WHO_TB
from osteon.knowledge.terms import HAEMOGLOBIN, LINEZOLID, NEUTROPHILS, PLATELETS
from osteon.rules.language import baseline, on
from osteon.rules.monitoring import Monitoring, Source, amber
from osteon.rules.quantities import cells, g_per_L

RULE = Monitoring(
    id="linezolid-start-counts",
    title="Counts at the start of linezolid",
    applies=on(LINEZOLID),
    out_of_range=(
        amber(
            "at the start: haemoglobin below 80 g/L, neutrophils below 0.75 or platelets below 150",
            (baseline(HAEMOGLOBIN, LINEZOLID) < 80 * g_per_L)
            | (baseline(NEUTROPHILS, LINEZOLID) < 0.75 * cells)
            | (baseline(PLATELETS, LINEZOLID) < 150 * cells),
            Source(WHO_TB, "conditions before linezolid"),
        ),
    ),
    say="Discuss before a long course: the counts at the start were below the limits used for tuberculosis.",
    remark="The limits come from another setting, the treatment of tuberculosis.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient         | facts                                                                                 | answer
      --------------- | ------------------------------------------------------------------------------------- | -------------------------------------
      quiet           | linezolid since day 0; Hb day 0 = 110; Neutrophils day 0 = 4.0; Platelets day 0 = 210 | quiet on day 3
      low platelets   | linezolid since day 0; Hb day 0 = 110; Neutrophils day 0 = 4.0; Platelets day 0 = 140 | amber on day 3
      low haemoglobin | linezolid since day 0; Hb day 0 = 79; Neutrophils day 0 = 4.0; Platelets day 0 = 210  | amber on day 3
      low neutrophils | linezolid since day 0; Hb day 0 = 110; Neutrophils day 0 = 0.7; Platelets day 0 = 210 | amber on day 3
      unknown         | linezolid since day 0; Hb day 2 = 110                                                 | unknown on day 3: Hb before linezolid
      stopped         | linezolid days 0-2; Platelets day 0 = 140                                             | does not apply on day 3
    """,
)
