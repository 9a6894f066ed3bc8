"""Emergency screening for spinal epidural abscess, Davis 2011."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import DAVIS_FACTORS, NEW_DEFICIT, SUBJECT
from osteon.knowledge.spine.references import CRP_ESR_VETERANS, DAVIS_2004, DAVIS_2011, SHROYER
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mm_per_h

SEEN = Source(DAVIS_2011, "risk factors and thresholds")
FLOW = Source(DAVIS_2011, "order of the steps", "CONFIRM")

DEFICIT = criterion(
    "deficit",
    "Spinal pain with a new or progressive neurological deficit",
    yes("spinal_pain") & NEW_DEFICIT,
    SEEN,
    say="Emergency MRI, whatever the blood tests.",
)
FACTOR = criterion(
    "risk_factor",
    "Spinal pain with a risk factor",
    yes("spinal_pain") & DAVIS_FACTORS,
    SEEN,
    say="Measure ESR, and CRP with it.",
)
ESR_20 = criterion("esr_20", "ESR more than 20 mm/h", answer("esr") > 20 * mm_per_h, SEEN)

DEFINITION = Definition(
    id="davis-2011",
    title="Screening for spinal epidural abscess, Davis 2011",
    subject=SUBJECT,
    about="Which adults with spinal pain in an emergency department need an MRI.",
    kinds=(),
    criteria=(DEFICIT, FACTOR, ESR_20),
    axes=(
        axis(
            "MRI",
            Class("emergency MRI", DEFICIT, "Emergency MRI, whatever the blood tests."),
            Class("urgent MRI", FACTOR & ESR_20, "Urgent MRI of the whole spine with contrast."),
            otherwise="not indicated by this guideline",
            source=(FLOW,),
        ),
    ),
    performance=(
        Cited(
            "86 patients, 55 before and 31 after: delayed diagnosis 84 % then 10 %; motor deficit at diagnosis 82 % then 19 %.",
            (SEEN,),
        ),
        Cited(
            "With a risk factor ESR above 20: sensitivity 100 %, specificity 67 %; area under the curve ESR 0.96, CRP 0.81.",
            (SEEN,),
        ),
        Cited(
            "Other series: ESR above 20 sensitivity 90 %, above 30 81 %. A third of the physicians did not follow the guideline.",
            (SEEN,),
        ),
    ),
    ambiguities=(
        Cited(
            "At least one risk factor in 98 % of abscesses, or in 80.3 % of 61 in a later cohort: a screen that asks for a risk factor first may miss one in five.",
            (Source(DAVIS_2004, "abstract"), Source(SHROYER, "abstract")),
        ),
        Cited(
            "There is no CRP limit in this guideline. Without ESR the answer is open, never negative; see the table of CRP and ESR.",
            (SEEN,),
        ),
        Cited(
            "ESR above 20 finds 100 % here and about 90 % in a larger set.",
            (SEEN, Source(CRP_ESR_VETERANS, "abstract")),
        ),
        Cited(
            "The order of the steps is not confirmed against the paper; recent is not defined in what was read.",
            (FLOW,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      a       | spinal_pain=yes; iv_drug_use=yes; esr=38; motor_deficit=none; new_neuro=no | urgent MRI
      b       | spinal_pain=yes; no_risk_factor=yes; esr=60; motor_deficit=none; new_neuro=no | not indicated by this guideline
      c       | spinal_pain=yes; diabetes=yes; esr=20; motor_deficit=none; new_neuro=no | not indicated by this guideline; edge
      d       | spinal_pain=yes; no_risk_factor=yes; motor_deficit=new | emergency MRI
      no ESR  | spinal_pain=yes; diabetes=yes; crp=3; motor_deficit=none; new_neuro=no | not indicated by this guideline to urgent MRI; ask esr
    """,
)
