"""Whether antibiotics wait until the organism is known, IDSA 2015."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.spine.parts import NOT_FOR_IDSA, SUBJECT
from osteon.knowledge.spine.references import IDSA_2015_TEXT, MICHIGAN, PROST_2023
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import any_of, chosen, yes
from osteon.rules.monitoring import Source


def page(place: str) -> Source:
    """A page of the guideline's text."""
    return Source(IDSA_2015_TEXT, place, "seenQ")


INTACT = chosen("neuro_status", "intact")
STABLE = INTACT & chosen("haemodynamics", "stable")
COMPROMISED = chosen("neuro_status", "motor", "cord_incomplete", "cord_complete", "cauda_equina")
UNSTABLE = chosen("haemodynamics", "unstable", "sepsis", "septic_shock")
PROGRESSING = ~INTACT & chosen("neuro_trend", "progressive")

H1 = criterion(
    "H1",
    "Neurology normal and stable, circulation stable",
    STABLE,
    page("p 12, weak, low evidence"),
    say="Withhold antibiotics until the organism is known.",
)
H2 = criterion(
    "H2",
    "Unstable circulation, sepsis, septic shock, or severe or progressive neurological symptoms",
    any_of(UNSTABLE, PROGRESSING, COMPROMISED),
    page("p 12, weak, low evidence"),
    say="Treat empirically now, and still try for the organism.",
)
H3 = criterion(
    "H3",
    "Neurological compromise, with or without sepsis or unstable circulation",
    COMPROMISED,
    page("p 9, strong, low evidence"),
    say="Immediate surgery and empirical antibiotics; do not wait for a biopsy.",
)
H4 = criterion(
    "H4",
    "Stable, and already on antibiotics",
    STABLE & yes("on_antibiotics"),
    page("p 10, narrative"),
    say="When feasible stop one to two weeks before the biopsy.",
)
H5 = criterion(
    "H5",
    "Empirical treatment is started",
    any_of(H2, H3),
    page("p 12-13, narrative"),
    say="Cover staphylococci with MRSA, streptococci and Gram-negative bacilli; not routinely anaerobes, fungi, Brucella or mycobacteria.",
)

HOLD = Definition(
    id="idsa-2015-hold-antibiotics",
    title="Antibiotics before the biopsy, IDSA 2015",
    subject=SUBJECT,
    about="Whether antibiotics wait until the organism is known.",
    kinds=("spinal",),
    criteria=(H1, H2, H3, H4, H5),
    axes=(
        axis(
            "antibiotics",
            Class("treat and operate now", H3, "Immediate surgery and empirical antibiotics."),
            Class("treat now", H2, "Empirical antibiotics now; still try for the organism."),
            Class("pause before the biopsy", H4, "When feasible stop one to two weeks before the biopsy."),
            Class("withhold", H1, "Withhold until the organism is known."),
            otherwise="no rule applies",
            source=(page("p 9-12"),),
        ),
    ),
    guards=(NOT_FOR_IDSA,),
    performance=(
        Cited(
            "Against holding: of 201 patients 37 became septic and 14 of those died; the paper compares empirical with targeted treatment.",
            (Source(PROST_2023, "abstract"),),
        ),
        Cited(
            "A US hospital checks the neurology every four hours meanwhile.",
            (Source(MICHIGAN, "neurological checks"),),
        ),
    ),
    ambiguities=(
        Cited("The best length of the pause before a biopsy is not known.", (page("p 10"),)),
        Cited(
            "Root symptoms alone, stable, are neither normal neurology nor severe: no rule applies, the team decides.",
            (Source(PROPOSAL, "spine 2.3", "derived"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case     | facts | answer
      -------- | ----- | ------
      a        | neuro_status=intact; haemodynamics=stable; on_antibiotics=no | withhold; only H1
      e        | neuro_status=intact; haemodynamics=sepsis | treat now; met H2, H5; not met H3
      h        | neuro_status=motor; neuro_trend=progressive; haemodynamics=stable | treat and operate now; met H3
      treated  | neuro_status=intact; haemodynamics=stable; on_antibiotics=yes | pause before the biopsy; met H4
      root     | neuro_status=radicular; neuro_trend=stable; haemodynamics=stable | no rule applies
      worse    | neuro_status=radicular; neuro_trend=progressive; haemodynamics=stable | treat now; met H2
      unknown  | neuro_status=intact; on_antibiotics=no | no rule applies to treat now; ask haemodynamics
    """,
)
