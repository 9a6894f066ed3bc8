"""What the work-up of a suspected spinal infection still lacks, IDSA 2015."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.spine.parts import CRP, ESR, NOT_FOR_IDSA, SUBJECT
from osteon.knowledge.spine.references import BALCESCU_2023, IDSA_2015, IDSA_2015_TEXT, MARKERS_76, MICHIGAN
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import all_of, answer, any_of, chosen, known, latest, yes
from osteon.rules.monitoring import Source

GRADED = Source(IDSA_2015, "recommended work-up")


def page(place: str) -> Source:
    """A page of the guideline's text."""
    return Source(IDSA_2015_TEXT, place, "seenQ")


STEPS = (
    criterion(
        "examination",
        "Medical and neurological examination is still to be done",
        ~yes("examination_done"),
        GRADED,
        say="Examine: medical, motor and sensory.",
    ),
    criterion(
        "continence",
        "Continence and signs of endocarditis are still to be looked at",
        ~yes("continence_examined"),
        page("p 7"),
        say="Ask about bowel and bladder; look for signs of endocarditis.",
    ),
    criterion(
        "blood_cultures",
        "Fewer than two sets of blood cultures",
        ~(answer("blood_culture_sets") > 1),
        GRADED,
        say="Take two sets of blood cultures, aerobic and anaerobic, before antibiotics.",
    ),
    criterion(
        "markers",
        "No ESR or no CRP to start from",
        ~(known(latest(ESR)) & known(latest(CRP))),
        GRADED,
        say="Measure ESR and CRP.",
    ),
    criterion(
        "mri",
        "No MRI of the spine yet",
        chosen("spine_mri", "not_done"),
        GRADED,
        say="Ask for an MRI of the spine.",
    ),
    criterion(
        "whole_spine",
        "Infection is confirmed and only part of the spine was scanned",
        yes("infection_confirmed") & chosen("spine_mri", "focal"),
        GRADED,
        say="Ask for an MRI of the whole spine.",
    ),
    criterion(
        "other_imaging",
        "MRI is impossible and no other imaging was done",
        chosen("spine_mri", "impossible") & ~yes("other_imaging_done"),
        GRADED,
        say="Gallium with a bone scan, CT or PET instead. A negative PET excludes; do not rely on an indium white-cell scan.",
    ),
    criterion(
        "brucella",
        "Slow onset, Brucella is endemic there, and it was not tested for",
        all_of(
            yes("subacute_pain"),
            chosen("brucella_endemicity", "endemic", "high"),
            ~yes("brucella_tests_done"),
        ),
        GRADED,
        say="Brucella blood culture and serology.",
    ),
    criterion(
        "brucella_laboratory",
        "Brucella is suspected and the laboratory was not warned",
        yes("brucella_suspected") & ~yes("brucella_lab_warned"),
        page("p 9-10"),
        say="Warn the laboratory; cultures are kept up to two weeks. A titre of 1:160 or more counts.",
    ),
    criterion(
        "fungal",
        "Risk of fungal infection, and no fungal blood culture",
        yes("fungal_risk") & ~yes("fungal_culture_done"),
        GRADED,
        say="Fungal blood culture.",
    ),
    criterion(
        "tuberculosis",
        "Slow onset, risk of tuberculosis, and it was not tested for",
        all_of(yes("subacute_pain"), yes("tb_exposure"), ~yes("tb_test_done")),
        GRADED,
        say="Tuberculin test or interferon-gamma release assay.",
    ),
    criterion(
        "tuberculosis_tissue",
        "Tuberculosis is strongly suspected and no tissue went for mycobacterial culture",
        yes("tb_strongly_suspected") & ~yes("tb_tissue_culture_done"),
        page("p 8"),
        say="Send tissue for mycobacterial culture, whatever the skin or blood test says.",
    ),
    criterion(
        "specialists",
        "Infection specialist and spine surgeon are still to be asked",
        ~yes("specialists_asked"),
        GRADED,
        say="Infection specialist and spine surgeon may be asked.",
    ),
    criterion(
        "repeat_mri",
        "The first MRI was not typical and suspicion stays",
        all_of(~yes("first_mri_typical"), yes("suspicion_stays"), ~yes("repeat_mri_done")),
        page("p 8"),
        Source(MICHIGAN, "repeat in 2 to 3 weeks"),
        say="Repeat the MRI in one to three weeks.",
    ),
    criterion(
        "bcg",
        "Pain that nothing eases, and nobody asked about BCG",
        yes("intractable_pain") & ~yes("bcg_asked"),
        page("p 11"),
        say="Ask about bladder cancer treated with BCG.",
    ),
    criterion(
        "electrophoresis",
        "The work-up with biopsy stayed inconclusive",
        yes("work_up_inconclusive") & ~yes("protein_electrophoresis_done"),
        page("p 7"),
        say="Serum protein electrophoresis.",
    ),
)
DONE = (
    "examination_done=yes; continence_examined=yes; blood_culture_sets=2; crp=80; esr=60; spine_mri=whole_spine; "
    "subacute_pain=no; brucella_suspected=no; fungal_risk=no; tb_strongly_suspected=no; specialists_asked=yes; "
    "first_mri_typical=yes; intractable_pain=no; work_up_inconclusive=no"
)

CHECKLIST = Definition(
    id="idsa-2015-work-up",
    title="Work-up of suspected spinal infection, IDSA 2015",
    subject=SUBJECT,
    about="What is still to be done. A criterion that is met is a step that is missing.",
    kinds=("spinal",),
    criteria=STEPS,
    axes=(
        axis(
            "work-up",
            Class("steps missing", any_of(*STEPS), "Do the steps that are missing."),
            otherwise="complete",
            source=(GRADED,),
        ),
    ),
    guards=(NOT_FOR_IDSA,),
    performance=(
        Cited("MRI: sensitivity 97 %, specificity 93 %.", (GRADED,)),
        Cited(
            "15 of 43 (35 %) surgically treated patients had infection at more than one level.",
            (Source(BALCESCU_2023, "abstract"),),
        ),
        Cited(
            "Of 76 operated patients CRP was raised in 77.6 %, ESR in 71.1 %: normal markers do not close the question.",
            (Source(MARKERS_76, "abstract"),),
        ),
        Cited(
            "Do not rely on a plain film early: destruction shows three to six weeks after onset.",
            (page("p 8"),),
        ),
    ),
    ambiguities=(
        Cited(
            "A raised ESR or CRP in more than 95 % (guideline summaries) or in 71 to 78 % (one operated series).",
            (Source(MARKERS_76, "abstract"),),
        ),
        Cited(
            "The repeat MRI: one to three weeks in the guideline, two to three in a US hospital.",
            (page("p 8"), Source(MICHIGAN, "repeat")),
        ),
        Cited("The guideline gives no number of days for subacute.", (GRADED,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case         | facts | answer
      ------------ | ----- | ------
      complete     | {DONE} | complete; nothing met
      one set      | {DONE.replace("sets=2", "sets=1")} | steps missing; only blood_cultures
      pacemaker    | {DONE.replace("whole_spine", "impossible")}; other_imaging_done=no | steps missing; only other_imaging
      from a TB country | {DONE.replace("subacute_pain=no", "subacute_pain=yes")}; pain_days=56; tb_exposure=yes; tb_test_done=no; brucella_endemicity=low | steps missing; only tuberculosis
      focal MRI    | {DONE.replace("whole_spine", "focal")}; infection_confirmed=yes | steps missing; only whole_spine
      focal, open  | {DONE.replace("whole_spine", "focal")} | complete to steps missing; ask infection_confirmed
      no ESR       | {DONE.replace("esr=60; ", "")} | steps missing; only markers
      Brucella     | {DONE.replace("subacute_pain=no", "subacute_pain=yes")}; brucella_endemicity=endemic; brucella_tests_done=no; tb_exposure=no | steps missing; only brucella
      not typical  | {DONE.replace("typical=yes", "typical=no")}; suspicion_stays=yes; repeat_mri_done=no | steps missing; only repeat_mri
      nothing said | crp=80; esr=60 | complete to steps missing; ask blood_culture_sets, spine_mri
    """,
)

HEART = criterion(
    "echocardiogram",
    "Staphylococcus aureus, enterococcus or streptococcus in the blood, and no echocardiogram",
    chosen("blood_organism", "s_aureus", "enterococcus", "streptococcus") & ~yes("echocardiogram_done"),
    Source(PROPOSAL, "spine 2.2, last row", "memory"),
    say="Ask for an echocardiogram.",
)
ECHOCARDIOGRAM = Definition(
    id="spine-echocardiogram",
    title="Echocardiogram in spinal infection with a bloodstream infection",
    subject=SUBJECT,
    about="Whether an echocardiogram is still to be done. Not yet confirmed against a source.",
    kinds=("spinal",),
    criteria=(HEART,),
    axes=(
        axis(
            "echocardiogram",
            Class("missing", HEART),
            otherwise="not asked for",
            source=(Source(PROPOSAL, "spine 2.2, last row", "memory"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      missing | blood_organism=s_aureus; echocardiogram_done=no | missing
      done    | blood_organism=streptococcus; echocardiogram_done=yes | not asked for
      other   | blood_organism=enterobacterales | not asked for
      unknown | blood_organism=s_aureus | not asked for to missing; ask echocardiogram_done
    """,
)
WORK_UP = (CHECKLIST, ECHOCARDIOGRAM)
