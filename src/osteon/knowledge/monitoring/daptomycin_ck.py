"""Creatine kinase while on daptomycin."""

from __future__ import annotations

from osteon.knowledge.references import (
    AUTHOR,
    CHECKED_BY,
    DAPTOMYCIN_LABEL,
    GLOUCESTERSHIRE,
    IDSA_OPAT_2018,
    NEXT_REVIEW,
    REVIEWED_ON,
    UK_PRACTICE,
)
from osteon.knowledge.terms import CK, DAPTOMYCIN, MUSCLE_SYMPTOMS
from osteon.rules.language import days, latest, on, present, previous, upper_limit
from osteon.rules.monitoring import Monitoring, Source, amber, every, red
from osteon.rules.quantities import U_per_L

LIMITS = (Source(DAPTOMYCIN_LABEL, "CK thresholds"), Source(IDSA_OPAT_2018, "the same figures", "seenQ"))

RULE = Monitoring(
    id="daptomycin-ck",
    title="Creatine kinase on daptomycin",
    applies=on(DAPTOMYCIN),
    due=(
        every(
            CK,
            Source(IDSA_OPAT_2018, "tables 2 and 3", "seenQ"),
            Source(GLOUCESTERSHIRE, "CK at baseline, then at least weekly"),
            days=7,
        ),
    ),
    out_of_range=(
        red(
            "CK above 2,000 U/L or at least 10 times the upper limit of normal",
            (latest(CK) > 2000 * U_per_L) | (latest(CK).times_upper_limit >= 10),
            *LIMITS,
        ),
        red(
            "CK above 1,000 U/L or more than 5 times the upper limit, with muscle symptoms",
            ((latest(CK) > 1000 * U_per_L) | (latest(CK).times_upper_limit > 5))
            & present(MUSCLE_SYMPTOMS, within=days(7)),
            *LIMITS,
        ),
        amber(
            "CK above the upper limit and rising",
            (latest(CK) > upper_limit(CK)) & (latest(CK) > previous(CK)),
            Source(UK_PRACTICE, "repeat twice weekly", "memory"),
            ask=False,
        ),
    ),
    say="Stop daptomycin, ring the infection physician, repeat CK and creatinine today.",
    remark="Gloucestershire prints only symptoms with more than 5 times the upper limit. It asks every 2-3 days in the first two weeks with poor kidney function or a statin.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient     | facts                                                                                                     | answer
      ----------- | --------------------------------------------------------------------------------------------------------- | ------------------------------------------------------------
      quiet       | daptomycin since day 0; CK day 1 = 80 (≤ 200); muscle pain or weakness day 5: no                          | not due on day 5
      late        | daptomycin since day 0; CK day 1 = 80                                                                     | overdue on day 10
      no result   | daptomycin since day 0                                                                                    | overdue on day 3
      danger      | daptomycin since day 0; CK day 6 = 2140 (≤ 200)                                                           | red on day 6
      symptoms    | daptomycin since day 0; CK day 6 = 1300 (≤ 200); muscle pain or weakness day 5: yes                       | red on day 6
      no symptoms | daptomycin since day 0; CK day 6 = 1300 (≤ 200); muscle pain or weakness day 5: no                        | quiet on day 6
      not asked   | daptomycin since day 0; CK day 6 = 1300 (≤ 200)                                                           | unknown on day 6: muscle pain or weakness in the last 7 days
      unknown     | daptomycin since day 0; CK day 6 = 1500; muscle pain or weakness day 6: no                                | unknown on day 6: upper limit of CK
      rising      | daptomycin since day 0; CK day 1 = 150 (≤ 200); CK day 6 = 400 (≤ 200); muscle pain or weakness day 6: no | amber on day 6
      other unit  | daptomycin since day 0; CK day 6 = 36 [ukat/L] (≤ 3)                                                      | unknown on day 6: CK
      stopped     | daptomycin days 0-4; CK day 3 = 2500 (≤ 200)                                                              | does not apply on day 20
    """,
)
