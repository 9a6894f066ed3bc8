"""A child on antibiotics for a bone or joint infection whose course gives alarm."""

from __future__ import annotations

from osteon.knowledge.arthritis.references import ENGINE, NEW_ZEALAND, THIART_2025
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, year

HALVED = Source(NEW_ZEALAND, "CRP by day 4-5", "seen*")
ENGINE_RULE = Source(ENGINE, "alarm", "derived")
SEVERE = Source(THIART_2025, "abstract")

DAY_4 = criterion(
    "crp_day4",
    "CRP on day 4-5 more than half of its peak",
    2 * answer("crp_day4") > answer("crp_peak"),
    HALVED,
)
FEVER = criterion("fever_48", "Fever after 48 hours of antibiotics", yes("fever_after_48h"), ENGINE_RULE)
HOURS_48 = criterion(
    "crp_48h", "CRP not halved in 48 hours", 2 * answer("crp_48h") > answer("crp_peak"), SEVERE
)
INTENSIVE = criterion("intensive_care", "Intensive care", yes("intensive_care"), SEVERE)
HIGH = criterion(
    "crp_250", "CRP on admission more than 250 mg/L", answer("crp_admission") > 250 * mg_per_L, SEVERE
)
SEGMENTS = criterion("segments", "More than one bone segment", answer("bone_segments") > 1, SEVERE)

DEFINITION = Definition(
    id="child-alarm",
    title="Children: alarm on antibiotics",
    subject="Children",
    about="Whether the course of a child's bone or joint infection asks for another look.",
    kinds=("osteomyelitis", "septic-arthritis"),
    criteria=(DAY_4, FEVER, HOURS_48, INTENSIVE, HIGH, SEGMENTS),
    axes=(
        axis(
            "course",
            Class("alarm", any_of(DAY_4, FEVER), "Look again: collection, drug, organism."),
            otherwise="no alarm",
            source=(HALVED, ENGINE_RULE),
        ),
        axis(
            "severe course",
            Class("predicted", any_of(INTENSIVE, HIGH, SEGMENTS), "At least one published predictor."),
            otherwise="not predicted",
            source=(SEVERE,),
        ),
    ),
    guards=(
        Guard("The rule is for children under 18", answer("age") >= 18 * year, (ENGINE_RULE,), refuses=True),
    ),
    performance=(
        Cited(
            "Relative risk of a severe course in 121 children: intensive care 2.8 (1.6-4.8), CRP above 250 mg/L 1.7, more than one segment 2.4.",
            (SEVERE,),
        ),
    ),
    ambiguities=(
        Cited(
            "CRP not halved in 48 hours is one part of the severe course itself, so it is shown and not counted.",
            (SEVERE,),
        ),
        Cited("Exactly half of the peak is no alarm.", (ENGINE_RULE,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                              | answer
      ------- | ---------------------------------------------------------------------------------- | ------
      PD-2    | age=6; crp_peak=120; crp_day4=66; fever_after_48h=no                               | course: alarm; met crp_day4
      PD-3    | age=6; crp_peak=40; crp_day4=20; fever_after_48h=no                                | course: no alarm
      severe  | age=6; crp_admission=260; intensive_care=no; bone_segments=1; crp_peak=260; crp_48h=150                       | severe course: predicted; only crp_250, crp_48h
      fever   | age=6; fever_after_48h=yes                                                         | course: alarm
      unknown | age=6; crp_peak=40; fever_after_48h=no                                             | course: no alarm to alarm; ask crp_day4
    """,
)
