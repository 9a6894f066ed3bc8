"""High potassium on any antimicrobial."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UKKA_2023
from osteon.knowledge.terms import ANTIMICROBIALS, POTASSIUM
from osteon.rules.language import latest, on
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import mmol_per_L

BANDS = (Source(UKKA_2023, "bands of hyperkalaemia"),)

RULE = Monitoring(
    id="potassium-high",
    title="High potassium on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red("potassium 6.0 or more", latest(POTASSIUM) >= 6.0 * mmol_per_L, *BANDS),
        amber("potassium 5.5 to 5.9", latest(POTASSIUM) >= 5.5 * mmol_per_L, *BANDS),
    ),
    say="From 6.0: ECG, repeat within 24 hours, hospital if unwell or kidneys worse; from 6.5 it is an emergency. Co-trimoxazole is the usual culprit.",
    remark="A haemolysed sample reads high: repeat. The York pathway starts mild at 5.4.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient  | facts                                                     | answer
      -------- | --------------------------------------------------------- | ---------------------------
      quiet    | co-trimoxazole since day 0; Potassium day 5 = 4.8         | quiet on day 5
      mild     | co-trimoxazole since day 0; Potassium day 5 = 5.6         | amber on day 5
      moderate | co-trimoxazole since day 0; Potassium day 5 = 6.1         | red on day 5
      severe   | co-trimoxazole since day 0; Potassium day 5 = 6.8         | red on day 5
      limit    | co-trimoxazole since day 0; Potassium day 5 = >8          | red on day 5
      unknown  | co-trimoxazole since day 0; Potassium day 5 = 6.1 [mg/dL] | unknown on day 5: Potassium
      stopped  | co-trimoxazole days 0-3; Potassium day 5 = 6.8            | does not apply on day 5
    """,
)
