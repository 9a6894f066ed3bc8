"""GATA types of spinal tuberculosis (Oguz 2008)."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import EKINCI_2015, OGUZ_2008
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import deg

RULE = Source(OGUZ_2008, "types", "CONFIRM")
ABSCESS = criterion("abscess", "Abscess", yes("spinal_abscess"), RULE)
COLLAPSE = criterion(
    "collapse", "Vertebral collapse", chosen("vertebral_collapse", "collapse", "severe"), RULE
)
INDEX = criterion(
    "sagittal_index", "Sagittal index 20° or more", answer("sagittal_index_deg") >= 20 * deg, RULE
)
UNSTABLE = criterion("instability", "Instability", yes("instability"), RULE)
DEFICIT = criterion("deficit", "Neurological deficit", chosen("motor_deficit", "new", "progressive"), RULE)

DEFINITION = Definition(
    id="gata",
    title="Spinal tuberculosis, GATA types",
    subject=SUBJECT,
    about="Type I to III with the treatment suggested.",
    kinds=("spinal",),
    criteria=(INDEX, UNSTABLE, COLLAPSE, DEFICIT, ABSCESS),
    axes=(
        axis(
            "type",
            Class("III", any_of(INDEX, UNSTABLE), "Debride, decompress, correct and fix."),
            Class("II", COLLAPSE, "Anterior debridement and fusion, with or without decompression."),
            Class("not classified", DEFICIT, "A deficit without collapse is in no type."),
            Class("IB", ABSCESS, "Drain or debride."),
            otherwise="IA",
            source=(RULE,),
        ),
    ),
    performance=(
        Cited(
            "76 cases: residual kyphosis at most 8° in type II, no neurological deterioration.",
            (Source(OGUZ_2008, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "The abstract counts 55 men and 25 women, which is 80, not 76.", (Source(OGUZ_2008, "abstract"),)
        ),
        Cited(
            "Only three of the seven criteria were seen in a source; the types await the paper.",
            (Source(EKINCI_2015, "letter"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      L2/3    | spinal_abscess=no; vertebral_collapse=none; sagittal_index_deg=5; instability=no; motor_deficit=none | IA
      psoas   | spinal_abscess=yes; vertebral_collapse=none; sagittal_index_deg=5; instability=no; motor_deficit=none | IB
      T11     | vertebral_collapse=collapse; sagittal_index_deg=14; instability=no; spinal_abscess=yes | II
      SI 20   | vertebral_collapse=severe; sagittal_index_deg=20 | III; edge
      unknown | vertebral_collapse=collapse; instability=no | II to III; ask sagittal_index_deg
    """,
)
