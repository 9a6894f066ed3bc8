"""Creatinine rising on any antimicrobial: kidney injury."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, GPNOTEBOOK_2025, KDIGO, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.terms import ANTIMICROBIALS, CREATININE
from osteon.rules.language import baseline, gap, latest, on, previous
from osteon.rules.monitoring import Monitoring, Source, amber, red
from osteon.rules.quantities import day, umol_per_L

RULE = Monitoring(
    id="creatinine-rise",
    title="Creatinine on antimicrobials",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red(
            "creatinine at least twice what it was at the start",
            latest(CREATININE) >= 2 * baseline(CREATININE, ANTIMICROBIALS),
            Source(KDIGO, "stage 2", "memory"),
            ask=False,
        ),
        red(
            "creatinine at least 354 µmol/L",
            latest(CREATININE) >= 354 * umol_per_L,
            Source(KDIGO, "stage 3", "memory"),
        ),
        amber(
            "creatinine up by 26 µmol/L within 48 hours",
            (latest(CREATININE) - previous(CREATININE) >= 26 * umol_per_L) & (gap(CREATININE) <= 2 * day),
            Source(GPNOTEBOOK_2025, "first step of acute kidney injury"),
            ask=False,
        ),
        amber(
            "creatinine at least 1.5 times what it was at the start",
            latest(CREATININE) >= 1.5 * baseline(CREATININE, ANTIMICROBIALS),
            Source(GPNOTEBOOK_2025, "first step: 50 % within 7 days"),
            ask=False,
        ),
    ),
    say="See the patient, look for the cause, redose every drug the kidney clears, repeat creatinine and potassium.",
    remark="The published first step counts 50 % within 7 days; here it is counted from the start of treatment. On co-trimoxazole creatinine may rise without a fall of filtration. 354 without an earlier result may be long-standing disease.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient            | facts                                                                 | answer
      ------------------ | --------------------------------------------------------------------- | ----------------------------
      quiet              | vancomycin since day 0; Creatinine day 0 = 80; Creatinine day 7 = 90  | quiet on day 7
      fast               | vancomycin since day 0; Creatinine day 5 = 80; Creatinine day 7 = 106 | amber on day 7
      slow               | vancomycin since day 0; Creatinine day 0 = 80; Creatinine day 7 = 110 | quiet on day 7
      half as much again | vancomycin since day 0; Creatinine day 0 = 80; Creatinine day 7 = 120 | amber on day 7
      doubled            | vancomycin since day 0; Creatinine day 0 = 80; Creatinine day 7 = 160 | red on day 7
      very high          | vancomycin since day 0; Creatinine day 7 = 360                        | red on day 7
      unknown            | vancomycin since day 0; Creatinine day 7 = 1.8 [mg/dL]                | unknown on day 7: Creatinine
      stopped            | vancomycin days 0-5; Creatinine day 7 = 160                           | does not apply on day 7
    """,
)
