"""Cierny-Mader: how far the infection reaches in the bone, and in what host."""

from __future__ import annotations

from osteon.knowledge.bone.references import (
    CIERNY_2003,
    CIERNY_COPIES,
    ENGINE,
    MARAIS_2014,
    MARAIS_2016,
    MCNALLY_2022,
)
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import answer, answered, chosen, yes
from osteon.rules.monitoring import Source

TABLE = Source(CIERNY_COPIES, "table 1")
ORDER = Source(ENGINE, "order in which the types are asked for", "derived")
PAPER = Source(CIERNY_2003, "stages", "memory")
FACTORS = Source(CIERNY_2003, "lists of host factors", "memory")
JUDGEMENT = "treatment_worse_than_disease"

UNSTABLE = criterion(
    "unstable",
    "Bone unstable before or after debridement",
    ~yes("stable_before") | ~yes("stable_after_debridement"),
    TABLE,
)
THROUGH = criterion(
    "full_thickness",
    "Sequestrum through the whole cortex",
    chosen("cortical_extent", "full_thickness_partial", "circumferential"),
    TABLE,
)
SURFACE = criterion(
    "surface", "Outer surface of the cortex only", chosen("cortical_extent", "surface"), TABLE
)
MARROW = criterion("medullary", "Marrow cavity infected", yes("medullary_involved"), TABLE)
SYSTEMIC = criterion("systemic", "One or more systemic factors", answer("systemic_factors") >= 1, FACTORS)
LOCAL = criterion("local", "One or more local factors", answer("local_factors") >= 1, FACTORS)
# A judgement that nobody made is not inferred: unanswered, the host is not C, and the page says so.
WORSE = criterion(
    "host_c", "Judged: treatment worse than the disease", answered(JUDGEMENT) & yes(JUDGEMENT), TABLE
)

DEFINITION = Definition(
    id="cierny-mader",
    title="Cierny-Mader classification",
    subject="Osteomyelitis",
    about="Anatomical type and host of long-bone osteomyelitis in adults, as a guide to surgery.",
    kinds=("osteomyelitis",),
    criteria=(UNSTABLE, THROUGH, SURFACE, MARROW, SYSTEMIC, LOCAL, WORSE),
    axes=(
        axis(
            "type",
            Class("IV", UNSTABLE, "Diffuse: usually an intercalary resection."),
            Class("III", THROUGH, "Localised: a sequestrum that can be excised without losing stability."),
            Class("II", SURFACE, "Superficial: outer cortex at the base of a soft-tissue defect."),
            Class("I", MARROW, "Medullary: confined to the inside of the bone."),
            otherwise="no type",
            source=(ORDER,),
        ),
        axis(
            "host",
            Class("C", WORSE, "Palliation: treatment would be worse than the disease."),
            Class("B-LS", LOCAL & SYSTEMIC, "Local and systemic factors."),
            Class("B-S", SYSTEMIC, "Systemic factors."),
            Class("B-L", LOCAL, "Local factors."),
            otherwise="A",
            source=(TABLE,),
        ),
    ),
    guards=(
        Guard(
            "Host C is a judgement: write down who made it and why. Nobody has, so the host stays A or B",
            ~answered(JUDGEMENT),
            (PAPER,),
        ),
        Guard("Host C: the record must name who judged so, and the reason", WORSE, (PAPER,)),
        Guard(
            "Type IV judged before the operation is partly a prediction",
            UNSTABLE & chosen("assessed", "pre-operative"),
            (ORDER,),
        ),
    ),
    performance=(
        Cited("It describes; there is no sensitivity.", (PAPER,)),
        Cited(
            "With predefined major and minor criteria 44.8 % of 116 patients were host C; success at one year 91.4 % (92.2 % curative, 89.6 % palliative).",
            (Source(MARAIS_2014, "abstract"),),
        ),
        Cited(
            "Recurrence in 100 patients: host A 1 of 20, host B 5 of 80.", (Source(MCNALLY_2022, "abstract"),)
        ),
    ),
    ambiguities=(
        Cited(
            "Host C has no standard definition; it is never counted from factors here.",
            (Source(MARAIS_2016, "review"),),
        ),
        Cited(
            "A teaching site calls a smoker with diabetes and an ulcer II-C: host C used as a step of severity.",
            (TABLE,),
        ),
        Cited("Type IV is judged before or after debridement: store when.", (ORDER,)),
        Cited("Only part of the list of factors was read; the rest is from memory.", (FACTORS,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                     | answer
      ------- | ------------------------------------------------------------------------- | ------
      CM-1    | medullary_involved=yes; cortical_extent=none; stable_before=yes; stable_after_debridement=yes; systemic_factors=0; local_factors=0 | type: I; host: A; warns
      CM-2    | medullary_involved=no; cortical_extent=surface; stable_before=yes; stable_after_debridement=yes; systemic_factors=1; local_factors=2 | type: II; host: B-LS; warns
      CM-3    | cortical_extent=full_thickness_partial; stable_before=yes; stable_after_debridement=yes; systemic_factors=0; local_factors=1; treatment_worse_than_disease=no | type: III; host: B-L
      CM-4    | cortical_extent=circumferential; stable_before=no; systemic_factors=1; local_factors=0 | type: IV; host: B-S; warns
      CM-5    | cortical_extent=circumferential; stable_before=no; systemic_factors=1; local_factors=0; treatment_worse_than_disease=yes | type: IV; host: C; warns
      predicted | stable_before=yes; stable_after_debridement=no; assessed=pre-operative   | type: IV; host: A to B-LS; warns
      unknown | cortical_extent=full_thickness_partial; stable_before=yes; systemic_factors=0 | type: III to IV; host: A to B-L; ask stable_after_debridement, local_factors
    """,
)
