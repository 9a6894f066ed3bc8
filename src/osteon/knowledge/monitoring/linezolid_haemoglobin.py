"""Haemoglobin while on linezolid."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import HAEMOGLOBIN, LINEZOLID
from osteon.rules.language import baseline, latest, on
from osteon.rules.monitoring import Monitoring, Source, amber
from osteon.rules.quantities import g_per_L

RULE = Monitoring(
    id="linezolid-haemoglobin",
    title="Haemoglobin on linezolid",
    applies=on(LINEZOLID),
    out_of_range=(
        amber(
            "haemoglobin fallen by 20 g/L or more since linezolid began",
            baseline(HAEMOGLOBIN, LINEZOLID) - latest(HAEMOGLOBIN) >= 20 * g_per_L,
            Source(UK_PRACTICE, "fall of 20 g/L", "memory"),
        ),
    ),
    say="Repeat the blood count within three days and discuss stopping linezolid.",
    remark="JAC 2003 (10.1093/jac/dkg253): weekly count, stop at myelosuppression.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                  | answer
      ----------- | ------------------------------------------------------ | --------------------------------------
      quiet       | linezolid since day 0; Hb day 0 = 120; Hb day 14 = 112 | quiet on day 14
      falling     | linezolid since day 0; Hb day 0 = 120; Hb day 14 = 99  | amber on day 14
      edge        | linezolid since day 0; Hb day 0 = 120; Hb day 14 = 100 | amber on day 14
      no baseline | linezolid since day 0; Hb day 14 = 99                  | unknown on day 14: Hb before linezolid
      stopped     | linezolid days 0-10; Hb day 0 = 120; Hb day 14 = 80    | does not apply on day 14
    """,
)
