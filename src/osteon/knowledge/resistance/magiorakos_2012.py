"""Multidrug, extensively and pan-drug resistance by drug categories (Magiorakos 2012), counting R only."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.resistance.references import AUREUS_CATEGORIES, EUCAST_2019, MAGIORAKOS_2012
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, yes
from osteon.rules.monitoring import Source

PAPER = Source(MAGIORAKOS_2012, "definitions", "memory")
R_ONLY = Source(EUCAST_2019, "I is susceptible, increased exposure", "local")
COUNTED = Source(AUREUS_CATEGORIES, "17 categories")

TOTAL, TESTED, RESISTANT = (
    answer("categories_total"),
    answer("categories_tested"),
    answer("categories_resistant"),
)

THREE = criterion("three", "Resistant in three or more categories", RESISTANT >= 3, PAPER)
MRSA = criterion("mrsa", "Meticillin-resistant Staphylococcus aureus", yes("mrsa"), PAPER)
ALL = criterion("all", "Resistant in every category", RESISTANT >= TOTAL, PAPER)
ALL_BUT_TWO = criterion(
    "all_but_two", "Resistant in all but two categories or fewer", TOTAL - RESISTANT <= 2, PAPER
)
TESTED_BUT_TWO = criterion(
    "tested_but_two",
    "Of the categories tested, resistant in all but two or fewer",
    THREE & (TESTED - RESISTANT <= 2),
    PAPER,
)
COMPLETE = criterion("complete", "Every category tested", TESTED >= TOTAL, PAPER)

DEFINITION = Definition(
    id="magiorakos-2012",
    title="Multidrug resistance by categories (Magiorakos 2012)",
    subject="Resistance",
    about="Whether an isolate is multidrug, extensively or pan-drug resistant.",
    kinds=(
        "osteomyelitis",
        "prosthetic-joint",
        "fracture-related",
        "septic-arthritis",
        "diabetic-foot",
        "spinal",
    ),
    criteria=(ALL, ALL_BUT_TWO, TESTED_BUT_TWO, THREE, MRSA, COMPLETE),
    axes=(
        axis(
            "resistance",
            Class("PDR", ALL, "Resistant to all categories."),
            Class("XDR", ALL_BUT_TWO, "Resistant in all but two categories or fewer."),
            Class("possible XDR or PDR", TESTED_BUT_TWO, "Categories not tested may change it: test more."),
            Class("MDR", THREE | MRSA, "Multidrug-resistant."),
            Class("not MDR on the tests done", ~COMPLETE, "Categories are missing."),
            otherwise="not MDR",
            source=(PAPER, R_ONLY),
        ),
    ),
    performance=(Cited("A convention; there is no sensitivity.", (PAPER,)),),
    ambiguities=(
        Cited(
            "The paper counts I as non-susceptible; since 2019 I means susceptible with increased exposure. Only R counts here.",
            (R_ONLY,),
        ),
        Cited("MRSA is multidrug-resistant by definition.", (PAPER,)),
        Cited("Categories with intrinsic resistance are taken away from the total.", (PAPER,)),
        Cited(
            "Only the categories of Staphylococcus aureus (17) were found; for other organisms count them yourself.",
            (COUNTED,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                          | answer
      ------- | ------------------------------------------------------------------------------ | ------
      plain   | categories_total=17; categories_tested=17; categories_resistant=1; mrsa=no     | not MDR
      three   | categories_total=17; categories_tested=12; categories_resistant=3; mrsa=no     | MDR
      MRSA    | categories_total=17; categories_tested=10; categories_resistant=1; mrsa=yes    | MDR
      few     | categories_total=17; categories_tested=6; categories_resistant=4; mrsa=no      | possible XDR or PDR
      XDR     | categories_total=17; categories_tested=17; categories_resistant=15; mrsa=yes   | XDR
      PDR     | categories_total=8; categories_tested=8; categories_resistant=8; mrsa=no       | PDR
      untested | categories_total=17; categories_tested=6; categories_resistant=1; mrsa=no     | not MDR on the tests done
      unknown | categories_total=17; categories_tested=12; mrsa=no                             | not MDR on the tests done to PDR; ask categories_resistant
    """,
)
