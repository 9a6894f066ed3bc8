"""Prosthetic joint infection by EBJIS 2021, in the reading of its column title: any two positive findings."""

from __future__ import annotations

from osteon.knowledge.joint.ebjis_2021 import (
    CAUTION,
    CONFIRMED,
    CRITERIA,
    FIRST_SIGNS,
    NEGATIVE,
    PERFORMANCE,
    SUGGESTING,
    TESTS,
)
from osteon.knowledge.references import AUTHOR, CHECKED_BY, EBJIS_2021, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis
from osteon.rules.language import count
from osteon.rules.monitoring import Source

TITLE = Source(EBJIS_2021, "criteria table, title of the middle column", "memory")

DEFINITION = Definition(
    id="ebjis-2021-two-positive",
    title="Prosthetic joint infection, EBJIS 2021 (any two positive findings)",
    subject="Prosthetic joint infection",
    about="The same table, counting any two positive findings as likely, as the column title says.",
    kinds=("prosthetic-joint",),
    reading_of="EBJIS 2021",
    criteria=CRITERIA,
    axes=(
        axis(
            "infection",
            CONFIRMED,
            Class("likely", count(*SUGGESTING, *TESTS) >= 2, "Infection likely."),
            Class("not classified", FIRST_SIGNS, "The paper leaves this combination open."),
            otherwise="unlikely",
            source=(TITLE,),
        ),
    ),
    guards=CAUTION,
    performance=PERFORMANCE,
    ambiguities=(
        Cited(
            "The footnote asks for one clinical finding or CRP and one test: that reading has a page of its own.",
            (TITLE,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                          | answer
      ------- | ---------------------------------------------- | ------
      EB-1    | sinus_tract=yes                                | confirmed
      EB-2    | crp=24; syn_wbc=1900; syn_pmn=60; {NEGATIVE}   | likely
      EB-3    | crp=6; syn_wbc=2100; syn_pmn=70; {NEGATIVE}    | likely; only wbc_1500, pmn_65
      EB-4    | crp=4; syn_wbc=900; syn_pmn=40; other_failure_reason=yes; bone_scan_negative=yes; {NEGATIVE} | unlikely
      EB-5    | crp=4; syn_wbc=900                             | unlikely to confirmed; ask histology_fields
      one     | crp=24; syn_wbc=900; syn_pmn=40; {NEGATIVE}    | not classified
    """,
)
