"""Bone infection in the diabetic foot: definite or probable, and how a biopsy is read."""

from __future__ import annotations

from osteon.knowledge.foot.references import BIOPSY_35, BUTALIA_2008, IWGDF_2019, IWGDF_2023_COPIES
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, answer, any_of, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, mm_per_h

GUIDELINE = Source(IWGDF_2019, "recommendations")
LIMIT = Source(BUTALIA_2008, "ESR")
COMBINED = Source(IWGDF_2019, "two positive read as a combination", "derived")
READING = Source(IWGDF_2019, "reading of a biopsy", "derived")

CULTURE = criterion(
    "bone_culture", "Culture of an aseptic bone sample positive", yes("bone_culture"), GUIDELINE
)
HISTOLOGY = criterion(
    "bone_histology", "Histology of the bone sample positive", yes("bone_histology"), GUIDELINE
)
PROBE = criterion("probe_to_bone", "Probe touches bone", yes("probe_to_bone"), GUIDELINE)
MARKER = criterion(
    "serum_marker",
    "ESR more than 70 mm/h, or another serum marker raised",
    (answer("esr") > 70 * mm_per_h) | yes("serum_marker_high"),
    GUIDELINE,
    LIMIT,
)
XRAY = criterion("xray", "X-ray positive", yes("foot_xray"), GUIDELINE)
MRI = criterion("mri", "MRI positive", yes("foot_mri"), GUIDELINE)
SCAN = criterion("scan", "Radionuclide scan positive", yes("foot_scan"), GUIDELINE)
ENOUGH = criterion(
    "adequate",
    "Two or more adequate fragments, 14 days off antibiotics",
    (answer("bone_fragments") >= 2) & (answer("antibiotic_free_days") >= 14 * day),
    READING,
)
TESTS = (PROBE, MARKER, XRAY, MRI, SCAN)

DEFINITION = Definition(
    id="foot-osteomyelitis",
    title="Osteomyelitis of the diabetic foot",
    subject="Diabetic foot",
    about="How sure a bone infection of the foot is, from tests and from a bone sample.",
    kinds=("diabetic-foot",),
    criteria=(CULTURE, HISTOLOGY, *TESTS, ENOUGH),
    axes=(
        axis(
            "osteomyelitis",
            Class("definite", any_of(CULTURE, HISTOLOGY), "Definite: the bone itself."),
            Class("probable", count(*TESTS) >= 2, "Probable: tests that agree."),
            Class("one test only", any_of(*TESTS), "Discordant: MRI next; in doubt, a bone sample."),
            otherwise="no evidence",
            source=(COMBINED,),
        ),
        axis(
            "biopsy",
            Class("definite", HISTOLOGY, "Definite; without growth treated or fastidious."),
            Class(
                "probable",
                CULTURE,
                "Growth without histology: contamination or early disease; a reviewer decides.",
            ),
            Class("not decided", ~ENOUGH, "Negative, but not enough bone or not off antibiotics."),
            otherwise="excluded",
            source=(READING,),
        ),
    ),
    guards=(
        Guard(
            "Growth without histology: definite for the guideline, for a reviewer in the stricter reading",
            all_of(CULTURE, ~HISTOLOGY),
            (READING,),
        ),
    ),
    performance=(
        Cited(
            "35 patients, the same bones: culture positive 68.6 %, histology 45.7 %, 16S 82.9 %.",
            (Source(BIOPSY_35, "results"),),
        ),
        Cited("ESR more than 70 mm/h: likelihood ratio 11 (1.6-79); other sources 8.1 and 3.0.", (LIMIT,)),
        Cited(
            "A swab of the ulcer grows the bone's pathogen in only 19-36 %.",
            (Source(BUTALIA_2008, "summary card"),),
        ),
    ),
    ambiguities=(
        Cited(
            "The guideline asks for a positive combination of tests without saying how many: two are asked for here.",
            (COMBINED,),
        ),
        Cited(
            "Whether growth alone is definite, or only with histology, is shown in both readings.", (READING,)
        ),
        Cited("Cultures of soft tissue and sinus are no evidence for the bone.", (GUIDELINE,)),
        Cited(
            "Durations: 2-5 days with all infected bone out, up to 3 weeks with a positive margin, up to 6 without resection.",
            (Source(IWGDF_2023_COPIES, "duration", "seen*"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                  | answer
      ------- | -------------------------------------------------------------------------------------- | ------
      DB-1    | probe_to_bone=yes; foot_xray=yes; esr=82; bone_culture=no; bone_histology=no           | osteomyelitis: probable; met probe_to_bone, xray, serum_marker
      DB-1 no sample | probe_to_bone=yes; foot_xray=yes; esr=82                                        | osteomyelitis: probable to definite
      DB-2    | probe_to_bone=no; foot_xray=no; esr=20; serum_marker_high=no; foot_mri=no; foot_scan=no; bone_culture=no; bone_histology=no | osteomyelitis: no evidence
      DB-3    | bone_culture=yes; bone_histology=yes                                                   | osteomyelitis: definite; biopsy: definite
      DB-4    | probe_to_bone=no; foot_xray=no; esr=20; serum_marker_high=no                           | osteomyelitis: no evidence to definite; nothing met; ask bone_culture, bone_histology
      grew    | bone_culture=yes; bone_histology=no                                                    | osteomyelitis: definite; biopsy: probable; warns
      out     | bone_culture=no; bone_histology=no; bone_fragments=2; antibiotic_free_days=21          | biopsy: excluded
      treated | bone_culture=no; bone_histology=no; bone_fragments=2; antibiotic_free_days=3           | biopsy: not decided
    """,
)
