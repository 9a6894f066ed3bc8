"""Prosthetic joint infection by WAIOT 2019: rule-in tests positive less rule-out tests negative."""

from __future__ import annotations

from osteon.knowledge.joint.references import WAIOT_2019
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import answer
from osteon.rules.monitoring import Source

PAPER = Source(WAIOT_2019, "definition")
BALANCE = answer("rule_in_positive") - answer("rule_out_negative")

HIGH = criterion("high", "More rule-in tests positive than rule-out tests negative", BALANCE >= 1, PAPER)
EVEN = criterion(
    "even", "At least as many rule-in tests positive as rule-out tests negative", BALANCE >= 0, PAPER
)

DEFINITION = Definition(
    id="waiot-2019",
    title="Prosthetic joint infection, WAIOT 2019",
    subject="Prosthetic joint infection",
    about="Positive tests that rule in add one, negative tests that rule out take one away.",
    kinds=("prosthetic-joint",),
    criteria=(HIGH, EVEN),
    axes=(
        axis(
            "infection",
            Class("high-grade", HIGH, "High-grade infection."),
            Class("low-grade", EVEN, "Low-grade infection."),
            otherwise="none",
            source=(PAPER,),
        ),
    ),
    score=BALANCE,
    guards=(
        Guard(
            "Fewer than two rule-in tests were done", ~(answer("rule_in_done") >= 2), (PAPER,), refuses=True
        ),
        Guard(
            "Fewer than two rule-out tests were done", ~(answer("rule_out_done") >= 2), (PAPER,), refuses=True
        ),
    ),
    performance=(
        Cited(
            "Built on tests with a specificity or a sensitivity above 90 %; no accuracy of the whole was read.",
            (PAPER,),
        ),
    ),
    ambiguities=(
        Cited(
            "The class is to be read with the clinical picture and what was found at operation: below zero means a failed implant, a contaminant or nothing.",
            (PAPER,),
        ),
        Cited("A test done may lower the answer: more tests do not always raise it.", (PAPER,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                     | answer
      ------- | ------------------------------------------------------------------------- | ------
      high    | rule_in_done=2; rule_in_positive=2; rule_out_done=2; rule_out_negative=0  | high-grade; score 2
      low     | rule_in_done=2; rule_in_positive=1; rule_out_done=2; rule_out_negative=1  | low-grade; score 0
      none    | rule_in_done=2; rule_in_positive=0; rule_out_done=3; rule_out_negative=2  | none; score -2
      few     | rule_in_done=1; rule_in_positive=1; rule_out_done=2; rule_out_negative=0  | refused
      unknown | rule_in_done=2; rule_in_positive=2; rule_out_done=2                       | none to high-grade; ask rule_out_negative
    """,
)
