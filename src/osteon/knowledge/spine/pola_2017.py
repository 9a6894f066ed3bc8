"""Pola's classes of pyogenic spondylodiscitis; B3 is not divided because its angle is not confirmed."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import BAZAROV_2022, EANS_2025, POLA_2017
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, any_of, chosen, yes
from osteon.rules.monitoring import Source

RULE = Source(POLA_2017, "types and their treatment", "CONFIRM")
ABSTRACT = Source(POLA_2017, "abstract")
NEURO = criterion("acute_neuro", "Acute neurological impairment", yes("acute_neuro"), RULE)
EPIDURAL = criterion("epidural_abscess", "Epidural abscess", yes("epidural_abscess"), RULE)
UNSTABLE = criterion("instability", "Segmental instability", yes("instability"), RULE)
DESTROYED = criterion("destruction", "Significant bone destruction", yes("bone_destruction"), RULE)
SOFT = criterion("soft_tissue", "Paravertebral soft tissue", yes("paravertebral_soft_tissue"), RULE)
MUSCLE = criterion(
    "intramuscular", "Intramuscular abscess", chosen("intramuscular_abscess", "unilateral", "bilateral"), RULE
)
BODIES = criterion("bodies", "Adjacent vertebral bodies", yes("vertebral_body_involved"), RULE)
A = "acute_neuro=no; epidural_abscess=no; instability=no; bone_destruction=no"

DEFINITION = Definition(
    id="pola-2017",
    title="Pyogenic spondylodiscitis, Pola 2017",
    subject=SUBJECT,
    about="Type A, B or C with its subtype and the treatment suggested.",
    kinds=("spinal",),
    criteria=(NEURO, EPIDURAL, UNSTABLE, DESTROYED, MUSCLE, SOFT, BODIES),
    axes=(
        axis(
            "type",
            Class("C", any_of(NEURO, EPIDURAL), "Epidural abscess or acute neurological impairment."),
            Class("B", any_of(DESTROYED, UNSTABLE), "Destruction or instability without either."),
            otherwise="A",
            source=(RULE,),
        ),
        axis(
            "subtype",
            Class("C4", NEURO & UNSTABLE, "Decompress and stabilise."),
            Class("C3", NEURO, "Decompress."),
            Class("C2", EPIDURAL & UNSTABLE, "Stabilise."),
            Class("C1", EPIDURAL, "Antibiotics and close watch."),
            Class("B3", UNSTABLE, "Fixation; its two forms depend on an angle that is not confirmed."),
            Class("B2", DESTROYED & SOFT, "Rigid orthosis or percutaneous fixation."),
            Class("B1", DESTROYED, "Rigid orthosis or percutaneous fixation."),
            Class("A4", MUSCLE, "As A2, with drainage."),
            Class("A3", SOFT, "As A2."),
            Class("A2", BODIES, "Rigid orthosis (or percutaneous fixation to mobilise)."),
            otherwise="A1",
            source=(RULE,),
        ),
    ),
    guards=(
        Guard(
            "Acute impairment without an epidural abscess: type C by the text, and the subtype is forced",
            all_of(NEURO, ~EPIDURAL),
            (RULE,),
        ),
    ),
    performance=(
        Cited(
            "250 patients (A 84, B 46, C 120): 56 % treated without surgery, healed 92.8 %, died 4.8 %, residual pain 10.8 %.",
            (ABSTRACT,),
        ),
        Cited(
            "37 raters, 15 cases: agreement (kappa) 0.388; A 0.480, B 0.300, C 0.399; subtypes 0.247.",
            (Source(BAZAROV_2022, "results"),),
        ),
    ),
    ambiguities=(
        Cited("The angle that divides B3.1 from B3.2 is not confirmed: B3 is not divided here.", (RULE,)),
        Cited("What counts as instability in the paper is not confirmed.", (RULE,)),
        Cited(
            "The numbers of the EANS panel (20°, 10°, 50 %) are not Pola's.",
            (Source(EANS_2025, "statements"),),
        ),
        Cited("Raters agree little: read the subtype with that in mind.", (Source(BAZAROV_2022, "results"),)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case     | facts | answer
      -------- | ----- | ------
      L4/5     | {A}; vertebral_body_involved=yes; paravertebral_soft_tissue=no; intramuscular_abscess=none | type: A; subtype: A2
      psoas    | {A}; vertebral_body_involved=yes; intramuscular_abscess=unilateral | type: A; subtype: A4
      T12/L1   | acute_neuro=no; epidural_abscess=no; instability=yes; segmental_kyphosis_deg=22 | type: B; subtype: B3
      L2/3     | acute_neuro=yes; epidural_abscess=yes; instability=no | type: C; subtype: C3
      foramen  | acute_neuro=yes; epidural_abscess=no; instability=no | type: C; subtype: C3; warns
      disc     | {A}; vertebral_body_involved=no; paravertebral_soft_tissue=no; intramuscular_abscess=none | type: A; subtype: A1
      no MRI   | acute_neuro=no; instability=no; bone_destruction=no | type: A to C; ask epidural_abscess
    """,
)
