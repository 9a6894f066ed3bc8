"""Drug treatment of spinal tuberculosis, NICE NG33."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import ARYAL_2022, KANDWAL_2016, NENE_2019, NG33
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, any_of, yes
from osteon.rules.monitoring import Source

NICE = Source(NG33, "active tuberculosis, spinal tuberculosis")
ACTIVE = yes("spinal_tb")
TB2 = criterion(
    "TB2",
    "Tuberculosis of the central nervous system",
    yes("cns_tb"),
    NICE,
    say="Four drugs for 2 months, then isoniazid and rifampicin for 10 months.",
)
TB4 = criterion(
    "TB4",
    "The spinal cord itself is involved",
    yes("cord_tb"),
    NICE,
    say="Treat as tuberculosis of the central nervous system.",
)
CENTRAL = any_of(TB2, TB4)
TB1 = criterion(
    "TB1",
    "Active, without the central nervous system",
    ACTIVE & ~CENTRAL,
    NICE,
    say="Four drugs for 2 months, then isoniazid (with pyridoxine) and rifampicin for 4 months; adapt to susceptibility.",
)
TB3 = criterion(
    "TB3",
    "Neurological signs or symptoms",
    ACTIVE & yes("tb_neurology"),
    NICE,
    say="Test for involvement of the central nervous system.",
)
TB5 = criterion(
    "TB5",
    "Residual bend or loss of vertebra, without the central nervous system",
    all_of(ACTIVE, ~CENTRAL, yes("tb_residual")),
    NICE,
    say="Do not go beyond 6 months for residual effects.",
)
TB6 = criterion(
    "TB6",
    "Central nervous system or cord involved",
    CENTRAL,
    NICE,
    say="Dexamethasone or prednisolone at the start, high dose, withdrawn over 4 to 8 weeks.",
)
TB9 = criterion(
    "TB9", "HIV as well", ACTIVE & yes("hiv"), NICE, say="Do not routinely extend beyond 6 (or 12) months."
)
TB10 = criterion(
    "TB10",
    "Active spinal tuberculosis",
    ACTIVE,
    NICE,
    say="Daily doses; three a week only after a risk assessment and directly observed; never fewer.",
)

DEFINITION = Definition(
    id="nice-tb-duration",
    title="Spinal tuberculosis: drugs and their length, NICE NG33",
    subject=SUBJECT,
    about="Which course NICE asks for.",
    kinds=("spinal",),
    criteria=(TB1, TB2, TB3, TB4, TB5, TB6, TB9, TB10),
    axes=(
        axis(
            "length",
            Class("12 months", CENTRAL, "2 months of four drugs, 10 of two."),
            Class("6 months", ACTIVE, "2 months of four drugs, 4 of two."),
            otherwise="not tuberculosis",
            source=(NICE,),
        ),
    ),
    performance=(
        Cited(
            "Trials together: healed 375 of 414 (90.6 %) with 6 months, 404 of 463 (87.3 %) with 9 or more; relative risk 0.98 (0.92 to 1.04).",
            (Source(ARYAL_2022, "abstract"),),
        ),
        Cited(
            "6 against 12 months, 100 patients proven by biopsy: all met the criteria of cure, no recurrence at 24 months.",
            (Source(NENE_2019, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "6 months (NICE: do not extend for residual deformity) or 9 to 12 months (others).",
            (NICE, Source(KANDWAL_2016, "regimens")),
        ),
        Cited("The text is that of 2016; the live page may have changed.", (NICE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case      | facts | answer
      --------- | ----- | ------
      L3        | spinal_tb=yes; cns_tb=no; cord_tb=no; tb_neurology=no | 6 months; met TB1, TB10
      month 6   | spinal_tb=yes; cns_tb=no; cord_tb=no; tb_neurology=no; tb_residual=yes; segmental_kyphosis_deg=30 | 6 months; met TB5
      bony compression | spinal_tb=yes; tb_neurology=yes; cord_tb=no | 6 months to 12 months; met TB3; ask cns_tb
      compression, tested | spinal_tb=yes; tb_neurology=yes; cord_tb=no; cns_tb=no | 6 months; met TB1, TB3
      tuberculoma | spinal_tb=yes; cord_tb=yes; cns_tb=no | 12 months; met TB4, TB6; not met TB1
      meningitis | spinal_tb=yes; cns_tb=yes; cord_tb=no | 12 months; met TB2, TB6
      HIV       | spinal_tb=yes; cns_tb=no; cord_tb=no; hiv=yes | 6 months; met TB9
    """,
)
