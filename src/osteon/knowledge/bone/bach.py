"""BACH: four letters for bone, antimicrobial options, coverage and host, and the class they make together."""

from __future__ import annotations

from osteon.knowledge.bone.references import (
    ENGINE,
    HOTCHEN_2017,
    HOTCHEN_2019,
    HOTCHEN_OUTCOME,
    MAGIORAKOS_2012,
)
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import answer, answered, any_of, chosen, yes
from osteon.rules.monitoring import Source

ABSTRACT = Source(HOTCHEN_2019, "abstract")
LETTERS = Source(HOTCHEN_2017, "abstract")
OUTCOME = Source(HOTCHEN_OUTCOME, "abstract")
UNSEEN = Source(HOTCHEN_2019, "wording of A3, H2 and H3", "memory")
COMBINED = Source(HOTCHEN_2019, "how the letters combine", "memory")
FORMAL = Source(MAGIORAKOS_2012, "definitions", "memory")
WORST = Source(ENGINE, "the most resistant isolate counts", "derived")

TESTED, RESISTANT, SUSCEPTIBLE = answer("n_tested"), answer("n_resistant"), answer("n_susceptible")
GREW = answered("n_tested") | ~yes("no_growth")

SEGMENTAL = criterion("segmental", "Segmental defect (B2)", chosen("bone_defect", "segmental"), LETTERS)
JOINT = criterion("joint", "Joint involved (B3)", chosen("bone_defect", "joint"), LETTERS)
COUNTED = criterion("resistant_count", "Four or more resistant results", (RESISTANT >= 4) & GREW, ABSTRACT)
SHARE = criterion(
    "susceptible_share",
    "Fewer than 80 % of the results susceptible",
    GREW
    & (
        (answered("n_susceptible") & (5 * SUSCEPTIBLE < 4 * TESTED))
        | (~answered("n_susceptible") & (5 * RESISTANT > TESTED))
    ),
    ABSTRACT,
)
EXTENSIVE = criterion(
    "xdr_or_pdr",
    "Extensively or pan-drug resistant, confirmed by a clinician (A3)",
    GREW & yes("xdr_or_pdr") & (answered("xdr_or_pdr") | COUNTED | SHARE),
    ABSTRACT,
)
GROWTH = criterion("growth", "An organism grew and was tested", GREW, LETTERS)
FLAP = criterion(
    "coverage", "Soft-tissue procedure needed (C2)", chosen("coverage", "soft_tissue_procedure"), LETTERS
)
OPTIMISE = criterion(
    "optimise",
    "Host needs optimisation, or recurrence after earlier definitive surgery (H2)",
    chosen("host_fitness", "needs_optimisation") | yes("recurrence_after_surgery"),
    UNSEEN,
)
UNFIT = criterion(
    "unfit",
    "Unfit for definitive surgery, or declines it (H3)",
    chosen("host_fitness", "unfit_or_declines"),
    UNSEEN,
)

COMPLEX = any_of(SEGMENTAL, JOINT, COUNTED, SHARE, EXTENSIVE, FLAP, OPTIMISE, UNFIT)

DEFINITION = Definition(
    id="bach",
    title="BACH classification",
    subject="Osteomyelitis",
    about="Four independent letters, each set by the competent specialty, and whether the whole is complex.",
    kinds=("osteomyelitis",),
    criteria=(SEGMENTAL, JOINT, GROWTH, COUNTED, SHARE, EXTENSIVE, FLAP, OPTIMISE, UNFIT),
    axes=(
        axis(
            "class",
            Class("complex", COMPLEX, "Complex: refer to a specialist unit."),
            otherwise="uncomplicated",
            source=(COMBINED,),
        ),
        axis(
            "bone",
            Class("B3", JOINT, "With joint involvement."),
            Class("B2", SEGMENTAL, "Segmental."),
            otherwise="B1",
            source=(LETTERS,),
        ),
        axis(
            "antimicrobials",
            Class("A3", EXTENSIVE, "Extensively or pan-drug resistant."),
            Class("A2", COUNTED | SHARE, "Multidrug-resistant by at least one of the two published tests."),
            Class("A1", GROWTH, "Not multidrug-resistant."),
            otherwise="Ax",
            source=(ABSTRACT,),
        ),
        axis(
            "by number resistant",
            Class("A2", COUNTED, "Four or more resistant."),
            Class("A1", GROWTH, "Fewer than four resistant."),
            otherwise="Ax",
            source=(ABSTRACT,),
        ),
        axis(
            "by share susceptible",
            Class("A2", SHARE, "Fewer than 80 % susceptible."),
            Class("A1", GROWTH, "80 % or more susceptible."),
            otherwise="Ax",
            source=(ABSTRACT,),
        ),
        axis(
            "coverage",
            Class("C2", FLAP, "Soft-tissue procedure needed."),
            otherwise="C1",
            source=(LETTERS,),
        ),
        axis(
            "host",
            Class("H3", UNFIT, "Not fit for, or declines, definitive surgery."),
            Class("H2", OPTIMISE, "Needs optimisation before surgery."),
            otherwise="H1",
            source=(UNSEEN,),
        ),
    ),
    guards=(
        Guard(
            "The two published tests for multidrug resistance disagree: both readings are shown",
            (COUNTED & ~SHARE) | (SHARE & ~COUNTED),
            (ABSTRACT,),
        ),
        Guard(
            "Extensive resistance was confirmed although neither test finds multidrug resistance: check the results",
            EXTENSIVE & ~(COUNTED | SHARE),
            (WORST,),
        ),
    ),
    performance=(
        Cited(
            "Agreement with formal multidrug resistance in 253 cases: four or more resistant 98.1 % (96.6-99.6), fewer than 80 % susceptible 98.8 % (98.1-100).",
            (ABSTRACT,),
        ),
        Cited(
            "30 clinicians, 20 cases: right in 77.0 % for B (95.7 % with 3D images), 92.5 % for C, 91.2 % for H; A1 94.4 %, A2 46.7 %, A3 10.0 %. So the letter A is computed here.",
            (ABSTRACT,),
        ),
        Cited(
            "71 patients, EQ-5D-3L after one year: uncomplicated 0.900, complex 0.685 (p = 0.020).",
            (OUTCOME,),
        ),
        Cited(
            "Of 100 patients: B1 74, B2 13, B3 13; Ax 34, A1 54, A2 11, A3 1; C1 76, C2 24; H1 20.",
            (LETTERS,),
        ),
    ),
    ambiguities=(
        Cited(
            "The tests disagree when 4 are resistant of 20 or more, and when 3 of up to 14, 2 of up to 9 or 1 of up to 4 are.",
            (WORST,),
        ),
        Cited(
            "I is not resistant under EUCAST since 2019 and is counted as susceptible unless S is given.",
            (FORMAL,),
        ),
        Cited(
            "Several isolates: the most resistant counts; the paper's own handling was not confirmed.",
            (WORST,),
        ),
        Cited(
            "Whether a local flap or a graft alone is C2 stays open: one abstract writes microvascular tissue transfer.",
            (OUTCOME,),
        ),
        Cited(
            "A third class, limited options, is certain only for JS-BACH and is not given here; A3 and H3 count as complex.",
            (COMBINED,),
        ),
        Cited("Ax is read as no growth; not yet known leaves the letter open.", (UNSEEN,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                     | answer
      ------- | ------------------------------------------------------------------------- | ------
      BA-1    | bone_defect=cavitary; n_tested=10; n_resistant=1; coverage=direct; host_fitness=well; recurrence_after_surgery=no | bone: B1; antimicrobials: A1; coverage: C1; host: H1; class: uncomplicated
      BA-2    | bone_defect=cavitary; n_tested=12; n_resistant=4; n_susceptible=8; xdr_or_pdr=no; coverage=direct; host_fitness=well; recurrence_after_surgery=no | antimicrobials: A2; by number resistant: A2; by share susceptible: A2; class: complex
      BA-3    | n_tested=20; n_resistant=4; xdr_or_pdr=no                                 | antimicrobials: A2; by number resistant: A2; by share susceptible: A1; met resistant_count; not met susceptible_share; warns
      BA-4    | n_tested=10; n_resistant=3; xdr_or_pdr=no                                 | antimicrobials: A2; by number resistant: A1; by share susceptible: A2; met susceptible_share; not met resistant_count; warns
      BA-5    | bone_defect=segmental; no_growth=yes; coverage=soft_tissue_procedure; recurrence_after_surgery=yes; host_fitness=well | bone: B2; antimicrobials: Ax; coverage: C2; host: H2; class: complex
      A3      | n_tested=15; n_resistant=14; xdr_or_pdr=yes                               | antimicrobials: A3; class: complex
      A3 or A2 | n_tested=15; n_resistant=14                                             | antimicrobials: A2 to A3; class: complex; ask xdr_or_pdr
      I       | n_tested=10; n_resistant=1; n_susceptible=7                               | by share susceptible: A2; by number resistant: A1; warns
      unknown | bone_defect=cavitary; coverage=direct; host_fitness=well; recurrence_after_surgery=no | antimicrobials: Ax to A3; class: uncomplicated to complex; ask n_tested, n_resistant
    """,
)
