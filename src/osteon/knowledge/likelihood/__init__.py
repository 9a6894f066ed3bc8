"""How much a test changes the probability of infection, population by population."""

from __future__ import annotations

from osteon.knowledge.likelihood.figures import TESTS
from osteon.knowledge.likelihood.ratios import probability_after
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.calculation import Calculation
from osteon.rules.definition import Cited
from osteon.rules.monitoring import Reference, Source

TABLES = Reference("test characteristics", "The publications named beside each test")
ABOUT = "From the probability before the tests to the probability after them, with intervals."


def _calculation(subject: str, title: str, place: str, examples: str, *notes: str) -> Calculation:
    return Calculation(
        id=f"likelihood-{subject}",
        title=f"Probability after tests: {title}",
        subject="Likelihood ratios",
        about=ABOUT,
        needs=("pretest",),
        takes=("independent", *(test.key for test in TESTS.values() if test.subject == subject)),
        takes_at_least=1,
        compute=probability_after(subject),
        source=(Source(TABLES, place),),
        author=AUTHOR,
        checked_by=CHECKED_BY,
        reviewed_on=REVIEWED_ON,
        next_review=NEXT_REVIEW,
        examples=examples,
        ambiguities=tuple(Cited(note, (Source(TABLES, place),)) for note in notes),
        remark="A ratio holds for the population and the reference standard of its own paper.",
    )


CALCULATIONS = (
    _calculation(
        "foot",
        "bone infection in the diabetic foot",
        "definitions 7.2",
        """
        case     | facts                                                    | answer
        -------- | -------------------------------------------------------- | ---------------------------
        LR-1 +   | pretest=12; ptb_lavery=yes                                | post_test 56.9
        LR-1 -   | pretest=12; ptb_lavery=no                                 | post_test 1.91
        LR-2     | pretest=15; ptb_lam=yes                                   | post_test 47.5 (27.4 to 70.1)
        LR-3     | pretest=15; ptb_lam=yes; foot_xray_llewellyn=no           | post_test 30.5 (10.7 to 64.9)
        LR-5     | pretest=15; ptb_lam=yes; esr_70=yes                       | post_test 90.9 (37.7 to 99.5)
        twice    | pretest=15; ptb_lam=yes; ptb_dinh=yes                     | refused
        markers  | pretest=15; esr_70=yes; crp_liu=yes                       | refused
        accepted | pretest=15; esr_70=yes; crp_liu=yes; independent=yes      | post_test 84.2 (33.7 to 98.2)
        unknown  | ptb_lam=yes                                               | unknown
        """,
        "One test is reported as ESR more than 70 with a ratio of 11, pooled at 8.1 or at 3.0: choose the row, see the spread.",
    ),
    _calculation(
        "bone",
        "osteomyelitis in adults",
        "definitions 7.3",
        """
        case    | facts                                                     | answer
        ------- | --------------------------------------------------------- | --------------
        LR-6    | pretest=50; bone_mri=no                                   | post_test 5.17
        both    | pretest=50; bone_mri=yes; bone_xray=yes                   | refused
        unknown | pretest=50                                                | unknown
        """,
    ),
    _calculation(
        "child",
        "bone and joint infection in children",
        "definitions 7.3",
        """
        case    | facts                                 | answer
        ------- | ------------------------------------- | --------------
        in      | pretest=20; child_pct=yes             | post_test 64.4 (55.1 to 70.8)
        out     | pretest=20; child_pct=no              | post_test 10.2 (7.92 to 12.4)
        unknown | child_pct=yes                         | unknown
        """,
        "Procalcitonin rules in, never out.",
    ),
    _calculation(
        "fracture",
        "fracture-related infection",
        "definitions 7.4",
        """
        case     | facts                                             | answer
        -------- | ------------------------------------------------- | ---------------
        culture  | pretest=40; fri_culture_2of5=yes                  | post_test 77.7 (68.5 to 89.2)
        nobody   | pretest=40; fri_histology_5=yes                   | post_test 98.6
        unknown  | fri_culture_2of5=yes                              | unknown
        """,
        "Five specimens with two alike and three with two alike are different tests.",
        "One abstract prints a sensitivity of 38 for CRP; 83 is what its other figures need.",
    ),
    _calculation(
        "joint",
        "prosthetic joint infection",
        "definitions 7.5",
        """
        case      | facts                                            | answer
        --------- | ------------------------------------------------ | --------------
        defensin  | pretest=30; pji_defensin_immuno=yes              | post_test 93.8
        gram      | pretest=30; pji_gram=no                          | post_test 27.8
        unknown   | pretest=30                                       | unknown
        """,
        "Sonication gains from 69 to 87.5 % sensitivity in the same patients when the reference definition changes.",
    ),
    _calculation(
        "native-joint",
        "septic arthritis of an adult's own joint",
        "definitions 5.2",
        """
        case              | facts                                                                     | answer
        ----------------- | ------------------------------------------------------------------------- | --------------
        SA-1              | pretest=36; native_wbc_0_25=yes                                           | post_test 15.3
        SA-2 cumulative   | pretest=36; native_wbc_50=yes                                             | post_test 81.2 (76.2 to 86.1)
        SA-2 interval     | pretest=36; native_wbc_50_100=yes                                         | post_test 72.6
        SA-3 not accepted | pretest=36; native_wbc_50=yes; native_pmn_90=yes                          | refused
        SA-3              | pretest=36; native_wbc_50=yes; native_pmn_90=yes; independent=yes         | post_test 93.6 (90 to 96.3)
        SA-4              | pretest=36; native_wbc_100=yes                                            | post_test 94 (87.1 to 97.4)
        twice             | pretest=36; native_wbc_50=yes; native_wbc_100=yes                         | refused
        no ratio          | pretest=36; native_wbc_0_25=no                                            | refused
        unknown           | native_wbc_50=yes                                                         | unknown
        """,
        "The lines of joint fluid white cells are cumulative: take the highest reached, or an interval.",
        "Sensitivity of more than 50,000 cells is 62 % in the table and 56 % in a secondary text.",
    ),
)
