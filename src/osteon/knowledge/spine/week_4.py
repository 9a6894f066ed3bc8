"""Response after four weeks of treatment: the published variants side by side, and how they combine."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import IDSA_2015_TEXT, YOON_2010
from osteon.rules.definition import Cited, Class, Criterion, Definition, Guard, axis, criterion
from osteon.rules.language import answer, any_of, chosen, known
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, mg_per_L, mm_per_h

EVIDENCE = Source(IDSA_2015_TEXT, "p 16, evidence text", "seenQ")
WEAK = Source(IDSA_2015_TEXT, "p 16, weak, low evidence", "seenQ")
YOON = Source(YOON_2010, "abstract")
COMBINED = Source(PROPOSAL, "spine 2.5, how markers and patient combine", "READY")
esr, crp, esr_before, crp_before = (answer(key) for key in ("esr4", "crp4", "esr0", "crp0"))

V_IDSA = criterion(
    "V-IDSA",
    "ESR more than 50 mm/h and CRP more than 27.5 mg/L",
    (esr > 50 * mm_per_h) & (crp > 27.5 * mg_per_L),
    EVIDENCE,
)
V_YOON = criterion(
    "V-Yoon",
    "ESR more than 55 mm/h and CRP more than 27.5 mg/L",
    (esr > 55 * mm_per_h) & (crp > 27.5 * mg_per_L),
    YOON,
)
V_ANY = criterion(
    "V-unchanged-any", "ESR or CRP unchanged or higher", (esr >= esr_before) | (crp >= crp_before), WEAK
)
V_ALL = criterion(
    "V-unchanged-all", "ESR and CRP unchanged or higher", (esr >= esr_before) & (crp >= crp_before), WEAK
)
FALL_25 = criterion(
    "V-fall-25",
    "ESR or CRP fell by a quarter or more: lower risk",
    (esr <= 0.75 * esr_before) | (crp <= 0.75 * crp_before),
    EVIDENCE,
)
FALL_50 = criterion(
    "V-fall-50", "ESR fell by half or more: failure is rare", esr <= 0.5 * esr_before, EVIDENCE
)
POOR = criterion("poor", "Poor response of the patient", chosen("clinical_response", "poor"), WEAK)


def week_4(rule_id: str, title: str, unchanged: Criterion, remark: str, examples: str) -> Definition:
    """One reading of *unchanged or rising*."""
    markers = any_of(V_IDSA, V_YOON, unchanged)
    return Definition(
        id=rule_id,
        title=title,
        subject=SUBJECT,
        about="What the blood tests and the patient say after about four weeks of treatment. Not a rule for stopping.",
        kinds=("spinal",),
        criteria=(V_IDSA, V_YOON, V_ANY, V_ALL, FALL_25, FALL_50, POOR),
        axes=(
            axis(
                "risk of failure",
                Class("HIGH", POOR & markers, "Poor response and a marker rule: look for failure."),
                Class(
                    "REVIEW",
                    POOR | markers,
                    "They disagree. Patient well with high markers: most still do well. Patient poor with good markers: image.",
                ),
                Class("UNCLEAR", chosen("clinical_response", "unclear"), "Judge the patient again."),
                Class("LOW", chosen("clinical_response", "good") & ~markers, "Neither."),
                source=(COMBINED,),
            ),
        ),
        guards=(
            Guard(
                "CRP is read in mg/L; if the laboratory reports mg/dL, this figure would be above the limit",
                (crp > 2.75 * mg_per_L)
                & (crp <= 27.5 * mg_per_L)
                & (~known(crp_before) | (crp_before <= 27.5 * mg_per_L)),
                (EVIDENCE,),
            ),
            Guard(
                "The test was not made between day 21 and day 35",
                (answer("day_of_test") < 21 * day) | (answer("day_of_test") > 35 * day),
                (Source(PROPOSAL, "spine 2.5, window", "local"),),
            ),
        ),
        performance=(
            Cited(
                "Both above the limits of Yoon: odds ratio of failure 5.15 (1.004 to 26.597), p .037, 45 patients. The interval begins at 1.004.",
                (YOON,),
            ),
            Cited(
                "ESR that fell by half or more at week 4 rarely fails; a fall of 25 to 33 % means lower risk.",
                (EVIDENCE,),
            ),
        ),
        ambiguities=(
            Cited("ESR above 50 (guideline) or above 55 (Yoon): both are shown.", (EVIDENCE, YOON)),
            Cited(
                "Unchanged or rising: either marker or both. Either is the default; both is the other reading.",
                (WEAK,),
            ),
            Cited("2.75 mg/dL is 27.5 mg/L.", (EVIDENCE,)),
            Cited("The fall of 25 to 33 % does not name the marker; either counts, from 25 %.", (EVIDENCE,)),
        ),
        reading_of="Response at week 4",
        remark=remark,
        author=AUTHOR,
        checked_by=CHECKED_BY,
        reviewed_on=REVIEWED_ON,
        next_review=NEXT_REVIEW,
        examples=examples,
    )


ANY = week_4(
    "spine-week-4",
    "Response at week 4",
    V_ANY,
    "Reading: one marker that does not fall is enough.",
    """
      case    | facts | answer
      ------- | ----- | ------
      ESR up  | esr0=40; esr4=44; crp0=60; crp4=20; clinical_response=good | REVIEW; met V-unchanged-any; not met V-unchanged-all, V-IDSA, V-Yoon
      differ  | esr4=52; crp4=30; clinical_response=good | REVIEW; met V-IDSA; not met V-Yoon
      poor    | esr4=70; crp4=60; clinical_response=poor | HIGH; met V-IDSA, V-Yoon
      better  | esr0=90; esr4=45; crp0=100; crp4=12; clinical_response=good | LOW; only V-fall-25, V-fall-50
      2.8     | esr0=60; esr4=30; crp0=12; crp4=2.8; clinical_response=good | LOW; warns
      2.8 dL  | esr4=60; crp4=2.8 mg/dL; clinical_response=good | REVIEW; met V-Yoon
      image   | esr0=90; esr4=45; crp0=100; crp4=12; clinical_response=poor | REVIEW
      day 50  | esr0=90; esr4=45; crp0=100; crp4=12; clinical_response=good; day_of_test=50 | LOW; warns
      unclear | esr0=90; esr4=45; crp0=100; crp4=12; clinical_response=unclear | UNCLEAR
      no CRP  | esr0=90; esr4=60; clinical_response=good | LOW to REVIEW; ask crp4
    """,
)
ALL = week_4(
    "spine-week-4-both",
    "Response at week 4 (both markers)",
    V_ALL,
    "Reading: unchanged or rising means both markers.",
    """
      case    | facts | answer
      ------- | ----- | ------
      ESR up  | esr0=40; esr4=44; crp0=60; crp4=20; clinical_response=good | LOW; not met V-unchanged-all
      both up | esr0=40; esr4=44; crp0=20; crp4=20; clinical_response=poor | HIGH; met V-unchanged-all
      no CRP  | esr0=40; esr4=44; clinical_response=good | LOW to REVIEW; ask crp4
    """,
)
WEEK_4 = (ANY, ALL)
