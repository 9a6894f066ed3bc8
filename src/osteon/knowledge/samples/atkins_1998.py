"""Three alike (Atkins 1998), with what each number of positive specimens means out of each number taken."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.samples.references import ATKINS_1998, ENGINE, OETHINGER
from osteon.rules.definition import Cited, Class, Definition, Guard, Table, axis, criterion
from osteon.rules.language import answer, answered
from osteon.rules.monitoring import Source

RULE = Source(ATKINS_1998, "rule, quoted by later work")
TABLE_4 = Source(ATKINS_1998, "table 4")
OWN = Source(ENGINE, "denominator", "derived")

ALIKE = criterion(
    "alike_3", "Three or more specimens with the same organism", answer("cultures_alike") >= 3, RULE
)
TAKEN = criterion("taken_5", "Five or more specimens taken", answer("specimens_valid") >= 5, RULE)

TABLE = Table(
    "Probability in infected and in not infected patients, and likelihood ratio, by specimens taken",
    ("0 alike", "1 alike", "2 alike", "3 or more alike"),
    (
        ("1 taken", ("0.41 / 0.94; LR 0.43", "0.60 / 0.06; LR 9.7", "not possible", "not possible"), TABLE_4),
        (
            "2 taken",
            ("0.16 / 0.88; LR 0.19", "0.48 / 0.12; LR 4.2", "0.35 / 0.004; LR 93", "not possible"),
            TABLE_4,
        ),
        (
            "3 taken",
            ("0.07 / 0.83; LR 0.08", "0.29 / 0.16; LR 1.8", "0.43 / 0.01; LR 41", "0.21 / 0.0002; LR 1,051"),
            TABLE_4,
        ),
        (
            "4 taken",
            ("0.03 / 0.78; LR 0.03", "0.16 / 0.20; LR 0.78", "0.35 / 0.02; LR 18", "0.47 / 0.0009; LR 512"),
            TABLE_4,
        ),
        (
            "5 taken",
            ("0.01 / 0.73; LR 0.02", "0.08 / 0.24; LR 0.34", "0.24 / 0.03; LR 7.6", "0.67 / 0.002; LR 321"),
            TABLE_4,
        ),
        (
            "6 taken",
            ("0.004 / 0.68; LR 0.006", "0.04 / 0.27; LR 0.15", "0.14 / 0.04; LR 3.3", "0.81 / 0.004; LR 203"),
            TABLE_4,
        ),
        (
            "7 taken",
            ("0.002 / 0.64; LR 0.003", "0.02 / 0.29; LR 0.06", "0.08 / 0.06; LR 1.4", "0.90 / 0.007; LR 134"),
            TABLE_4,
        ),
    ),
)

DEFINITION = Definition(
    id="atkins-1998",
    title="Tissue samples: three alike (Atkins)",
    subject="Tissue samples",
    about="Infection when three of five or six specimens grow an indistinguishable organism.",
    kinds=("osteomyelitis", "prosthetic-joint", "fracture-related"),
    criteria=(ALIKE, TAKEN),
    axes=(
        axis(
            "agreement",
            Class("concordant", ALIKE, "Infection."),
            otherwise="fewer than three alike",
            source=(RULE,),
        ),
    ),
    score=answer("cultures_alike"),
    score_name="specimens alike",
    guards=(
        Guard(
            "How many specimens were taken must be known: two of three and two of seven differ thirtyfold",
            ~answered("specimens_valid"),
            (OWN,),
            refuses=True,
        ),
        Guard("Fewer than five specimens were taken: the rule asks for five or six", ~TAKEN, (RULE,)),
    ),
    tables=(TABLE,),
    performance=(
        Cited(
            "297 patients, 41 infected by histology: 65 % sensitive, 99.6 % specific.",
            (Source(OETHINGER, "table 2"),),
        ),
        Cited(
            "One positive of five lowers the odds (LR 0.34); two of seven hardly raise them (1.4).",
            (TABLE_4,),
        ),
    ),
    ambiguities=(
        Cited("All later definitions ask for two alike: that rule has a page of its own.", (RULE,)),
        Cited(
            "Four observed post-test figures are in circulation from memory and do not fit table 4: not shown.",
            (OWN,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                | answer
      ------- | ------------------------------------ | ------
      TS-1    | cultures_alike=2; specimens_valid=5  | fewer than three alike; score 2
      three   | cultures_alike=3; specimens_valid=5  | concordant; score 3
      few     | cultures_alike=3; specimens_valid=3  | concordant; warns
      no denominator | cultures_alike=3              | refused
      unknown | specimens_valid=5                    | fewer than three alike to concordant; ask cultures_alike
    """,
)
