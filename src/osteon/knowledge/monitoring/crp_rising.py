"""CRP rising again after it had fallen."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.terms import ANTIMICROBIALS, CRP, OPERATION
from osteon.rules.language import days, happened, known, latest, lowest, on
from osteon.rules.monitoring import Monitoring, Source, red
from osteon.rules.quantities import mg_per_L

RISE = (
    Source(
        PROPOSAL, "opat.md (c): doubling and above 50, or a rise of more than 50 above the nadir", "proposal"
    ),
)

# Without a result since treatment began there is nothing to rise from; the schedule asks for one. After an
# operation CRP rises by itself: about 60 on day 7 and 22 on day 14 (opat.md g).
COMPARABLE = known(lowest(CRP, ANTIMICROBIALS)) & ~happened(OPERATION, within=days(14))

RULE = Monitoring(
    id="crp-rising",
    title="CRP rising after response",
    applies=on(ANTIMICROBIALS),
    out_of_range=(
        red(
            "CRP more than 50 mg/L above its lowest on treatment",
            COMPARABLE & (latest(CRP) - lowest(CRP, ANTIMICROBIALS) > 50 * mg_per_L),
            *RISE,
        ),
        red(
            "CRP doubled and above 50 mg/L",
            COMPARABLE & (latest(CRP) >= 2 * lowest(CRP, ANTIMICROBIALS)) & (latest(CRP) > 50 * mg_per_L),
            *RISE,
        ),
    ),
    say="See or ring the patient: wound, joint, line, chest, urine, gout; blood cultures if fever; discuss imaging.",
    remark="An operation raises CRP for one to two weeks: for 14 days after one the rule keeps quiet, and CRP is read on the timeline.",
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      patient    | facts                                                                      | answer
      ---------- | -------------------------------------------------------------------------- | ------------------------
      falling    | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 30; CRP day 21 = 12 | quiet on day 21
      rise       | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 12; CRP day 21 = 70 | red on day 21
      doubled    | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 27; CRP day 21 = 56 | red on day 21
      small rise | ceftriaxone since day 0; CRP day 0 = 60; CRP day 14 = 10; CRP day 21 = 24  | quiet on day 21
      one result | ceftriaxone since day 0; CRP day 14 = 80                                   | quiet on day 14
      long ago | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 12; CRP day 21 = 70; debridement day 5 | red on day 21
      operated | ceftriaxone since day 0; CRP day 0 = 120; CRP day 14 = 12; CRP day 21 = 70; debridement day 19 | quiet on day 21
      before     | ceftriaxone since day 0; CRP day -2 = 80                                   | quiet on day 14
      unknown    | ceftriaxone since day 0; CRP day 14 = 12; CRP day 21 = 9 [mg/dL]           | unknown on day 21: CRP
      stopped    | ceftriaxone days 0-16; CRP day 14 = 12; CRP day 21 = 70                    | does not apply on day 21
    """,
)
