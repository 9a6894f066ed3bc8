"""Deep specimens that agree: two or more with the same organism, of how many, and whether none is enough."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.samples.references import BEMER_2016, DUDAREVA_2021, ENGINE, LATER, PEEL_2017
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, answer, answered, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day

TWO = Source(LATER, "two or more indistinguishable")
ADEQUATE = Source(ENGINE, "adequate samples", "derived")
NEEDED = Source(DUDAREVA_2021, "abstract")

ALIKE = criterion(
    "alike_2", "Two or more specimens with the same organism", answer("cultures_alike") >= 2, TWO
)
ENOUGH = criterion(
    "enough",
    "Five deep specimens (three in blood-culture bottles)",
    (answer("specimens_valid") >= 5) | (yes("in_bottles") & (answer("specimens_valid") >= 3)),
    ADEQUATE,
)
FREE = criterion(
    "free_14", "14 days or more off antibiotics", answer("antibiotic_free_days") >= 14 * day, ADEQUATE
)
LONG = criterion(
    "incubated_14", "Incubated for 14 days or more", answer("days_incubated") >= 14 * day, ADEQUATE
)

DEFINITION = Definition(
    id="tissue-agreement",
    title="Tissue samples: two alike",
    subject="Tissue samples",
    about="Whether deep specimens agree, and whether no agreement may be read as no infection.",
    kinds=("osteomyelitis", "prosthetic-joint", "fracture-related"),
    criteria=(ALIKE, ENOUGH, FREE, LONG),
    axes=(
        axis(
            "agreement",
            Class("concordant", ALIKE, "The organism is taken for the cause."),
            Class(
                "not adequate",
                ~all_of(ENOUGH, FREE, LONG),
                "Says nothing: too few, too short, or on antibiotics.",
            ),
            otherwise="no agreement",
            source=(ADEQUATE,),
        ),
    ),
    score=answer("cultures_alike"),
    score_name="specimens alike",
    guards=(
        Guard(
            "Two alike of how many? The number taken changes what it means",
            ~answered("specimens_valid"),
            (ADEQUATE,),
        ),
        Guard("Organism of low virulence: a reviewer decides", ALIKE & yes("low_virulence"), (ADEQUATE,)),
    ),
    performance=(
        Cited(
            "Fracture, 513 operations: two alike of five 68 % sensitive, 87 % specific; two of three 60 % and 92 %. Three specimens miss an organism in one of ten.",
            (NEEDED,),
        ),
        Cited(
            "264 suspected: four samples on three media agree with five in 98.1 % (bacteriology) and 99.7 % (diagnosis).",
            (Source(BEMER_2016, "results"),),
        ),
        Cited(
            "499 patients: best accuracy with four samples (91 %) or three in blood-culture bottles (92 %).",
            (Source(PEEL_2017, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "The same organism means the same species with a matching antibiogram; another antibiogram is for a reviewer.",
            (ADEQUATE,),
        ),
        Cited(
            "With two alike enough, more samples mean more false alarms: from five to six at 5 % contamination 2.3 to 3.3 %.",
            (ADEQUATE,),
        ),
        Cited(
            "Four samples are enough for some authors; five are asked for here.",
            (Source(PEEL_2017, "abstract"),),
        ),
        Cited(
            "Sonication fluid counts as one specimen; aspirate and tissue alike count as two.", (ADEQUATE,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                            | answer
      ------- | ------------------------------------------------------------------------------------------------ | ------
      TS-1    | cultures_alike=2; specimens_valid=5                                                              | concordant; score 2
      TS-2    | cultures_alike=1; specimens_valid=5; antibiotic_free_days=30; days_incubated=14                  | no agreement
      TS-3    | cultures_alike=1; specimens_valid=1                                                              | not adequate
      TS-4    | cultures_alike=0; specimens_valid=2; in_bottles=no                                               | not adequate
      TS-5    | cultures_alike=2; specimens_valid=7; low_virulence=yes                                           | concordant; warns
      no denominator | cultures_alike=2                                                                          | concordant; warns
      unknown | cultures_alike=0; specimens_valid=5; antibiotic_free_days=30                                     | no agreement to not adequate; ask days_incubated
    """,
)
