"""Low potassium on any antimicrobial."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_PRACTICE
from osteon.knowledge.terms import ANTIMICROBIALS, POTASSIUM
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import mmol_per_L

LIMITS = (Source(UK_PRACTICE, "low potassium", "memory"),)

RULE = Monitoring(
    id="potassium-low",
    title="Low potassium on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red("potassium below 3.0", latest(POTASSIUM) < 3.0 * mmol_per_L, *LIMITS),
        amber("potassium below 3.5", latest(POTASSIUM) < 3.5 * mmol_per_L, *LIMITS),
    ),
    say="Replace and repeat; on high-dose flucloxacillin it can be life-threatening and resist replacement.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient  | facts                                                    | answer
      -------- | -------------------------------------------------------- | ---------------------------
      quiet    | flucloxacillin since day 0; Potassium day 5 = 3.9        | quiet on day 5
      low      | flucloxacillin since day 0; Potassium day 5 = 3.3        | amber on day 5
      very low | flucloxacillin since day 0; Potassium day 5 = 2.8        | red on day 5
      unknown  | flucloxacillin since day 0; Potassium day 5 = 12 [mg/dL] | unknown on day 5: Potassium
      stopped  | flucloxacillin days 0-3; Potassium day 5 = 2.8           | does not apply on day 5
    """,
)
