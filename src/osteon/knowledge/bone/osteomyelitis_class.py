"""How sure an osteomyelitis of a long bone is: Osteon's own class, shown as a local rule."""

from __future__ import annotations

from osteon.knowledge.bone.references import ENGINE
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import mg_per_L, mm_per_h

LOCAL = Source(ENGINE, "class of native long-bone osteomyelitis", "local")

HISTOLOGY = criterion("histology", "Histology positive", yes("histology_positive"), LOCAL)
ALIKE = criterion(
    "alike", "Two or more specimens with the same organism", answer("cultures_alike") >= 2, LOCAL
)
ORGANISMS = criterion("organisms_seen", "Microorganisms seen on histology", yes("organisms_seen"), LOCAL)
SINUS = criterion("sinus", "Sinus tract to the bone", yes("sinus_tract"), LOCAL)
PUS = criterion("pus", "Pus at the bone", yes("pus"), LOCAL)
IMAGING = criterion("imaging", "Imaging compatible", yes("imaging_positive"), LOCAL)
MARKERS = criterion(
    "markers",
    "CRP more than 10 mg/L or ESR more than 30 mm/h",
    (answer("crp") > 10 * mg_per_L) | (answer("esr") > 30 * mm_per_h),
    LOCAL,
)
ADEQUATE = criterion("adequate", "Samples adequate", yes("samples_adequate"), LOCAL)
STRONG = any_of(HISTOLOGY, ALIKE, SINUS, PUS)

DEFINITION = Definition(
    id="osteomyelitis-class",
    title="Osteomyelitis: definite, probable, possible (local rule)",
    subject="Osteomyelitis",
    about="How sure the infection of a long bone is. Not a published definition: Osteon's proposal.",
    kinds=("osteomyelitis",),
    criteria=(HISTOLOGY, ALIKE, ORGANISMS, SINUS, PUS, IMAGING, MARKERS, ADEQUATE),
    axes=(
        axis(
            "osteomyelitis",
            Class(
                "definite",
                (HISTOLOGY & (ALIKE | ORGANISMS)) | (ALIKE & any_of(SINUS, PUS, IMAGING)),
                "Definite.",
            ),
            Class("probable", STRONG & IMAGING, "Probable: one strong item with compatible imaging."),
            Class("possible", IMAGING & MARKERS, "Possible: imaging and markers only."),
            Class(
                "not decided",
                STRONG | ~ADEQUATE,
                "Neither shown nor excluded: samples missing or imaging not compatible.",
            ),
            otherwise="not shown",
            source=(LOCAL,),
        ),
    ),
    performance=(Cited("None: not validated.", (LOCAL,)),),
    ambiguities=(
        Cited(
            "The proposal says exactly one strong item for probable; two (a sinus and pus) without cultures would then fall out of every class, so one or more counts here.",
            (LOCAL,),
        ),
        Cited("Not shown is said only with adequate samples and histology, no sinus and no pus.", (LOCAL,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                     | answer
      ------- | ------------------------------------------------------------------------- | ------
      OM-1    | sinus_tract=yes; imaging_positive=yes; cultures_alike=3                   | definite
      OM-2    | imaging_positive=yes; cultures_alike=0; histology_positive=yes; organisms_seen=no | probable
      OM-3    | imaging_positive=yes; crp=22                                              | possible to definite; ask cultures_alike
      OM-3 sampled | imaging_positive=yes; crp=22; sinus_tract=no; pus=no; cultures_alike=0; histology_positive=no | possible
      OM-4    | symptom_months=3; pus=yes; cultures_alike=2                               | definite
      sinus and pus | imaging_positive=yes; sinus_tract=yes; pus=yes; cultures_alike=1; histology_positive=no | probable
      none    | imaging_positive=no; sinus_tract=no; pus=no; cultures_alike=0; histology_positive=no; samples_adequate=yes | not shown
      few     | imaging_positive=no; sinus_tract=no; pus=no; cultures_alike=0; histology_positive=no; samples_adequate=no | not decided
    """,
)
