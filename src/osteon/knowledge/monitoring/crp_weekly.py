"""CRP while on treatment by vein."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, BORDERS, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON, UK_OPAT_2019
from osteon.knowledge.terms import CRP, PARENTERAL
from osteon.rules.language import on
from osteon.rules.monitoring import Monitoring, Source, every

RULE = Monitoring(
    id="crp-weekly",
    title="CRP on intravenous antimicrobials",
    applies=on(PARENTERAL),
    due=(
        every(
            CRP,
            Source(BORDERS, "weekly U&E, FBC, CRP, LFT for IV or prolonged courses"),
            Source(UK_OPAT_2019, "bloods at least weekly on prolonged courses", "seen*"),
            days=7,
        ),
    ),
    say="Take CRP with the weekly blood tests.",
    remark="Only drugs given by vein or muscle alone (the drug table names each with its source; for temocillin, colistin and liposomal amphotericin from memory, for a pharmacist to confirm): a long oral course has its own rhythm, for the unit to set. IDSA 2018 has no CRP column and says the evidence is too thin to fix which test how often.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient   | facts                                   | answer
      --------- | --------------------------------------- | ------------------------
      quiet     | ceftriaxone since day 0; CRP day 6 = 40 | not due on day 9
      late      | ceftriaxone since day 0; CRP day 6 = 40 | overdue on day 15
      no result | ceftriaxone since day 0                 | overdue on day 2
      stopped   | ceftriaxone days 0-4                    | does not apply on day 20
      by vein   | tigecycline since day 0                 | overdue on day 2
      by mouth  | vancomycin by mouth since day 0         | does not apply on day 9
    """,
)
