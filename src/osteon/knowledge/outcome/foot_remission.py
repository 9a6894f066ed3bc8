"""Remission of an osteomyelitis of the diabetic foot."""

from __future__ import annotations

from osteon.knowledge.outcome.references import IWGDF_2023_COPIES
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

SUMMARY = Source(IWGDF_2023_COPIES, "remission", "seen*")
MEMORY = Source(IWGDF_2023_COPIES, "no sign and no progression", "memory")

SIGN = criterion("sign", "Clinical sign of infection", yes("clinical_sign"), MEMORY)
XRAY = criterion("xray", "X-ray worse", yes("xray_worse"), MEMORY)
LONG = criterion(
    "off_6", "6 months or more off antibiotics", answer("months_off_antibiotics") >= 6 * unit("mo"), SUMMARY
)

DEFINITION = Definition(
    id="foot-remission",
    title="Remission of foot osteomyelitis",
    subject="Outcome",
    about="Whether an osteomyelitis of the diabetic foot may be called in remission.",
    kinds=("diabetic-foot",),
    criteria=(SIGN, XRAY, LONG),
    axes=(
        axis(
            "outcome",
            Class("active", any_of(SIGN, XRAY), "Not in remission."),
            Class("too early", ~LONG, "Judge six months after antibiotics."),
            otherwise="remission",
            source=(SUMMARY,),
        ),
    ),
    performance=(Cited("A statement of good practice; not validated.", (SUMMARY,)),),
    ambiguities=(Cited("A longer wait begins to count new ulcers as relapse.", (SUMMARY,)),),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                              | answer
      ------- | ------------------------------------------------------------------ | ------
      quiet   | clinical_sign=no; xray_worse=no; months_off_antibiotics=6          | remission; edge
      early   | clinical_sign=no; xray_worse=no; months_off_antibiotics=3          | too early
      active  | clinical_sign=yes; months_off_antibiotics=9                        | active
      unknown | clinical_sign=no; months_off_antibiotics=9                         | remission to active; ask xray_worse
    """,
)
