"""The criteria of fracture-related infection that its versions of 2018 and 2020 share."""

from __future__ import annotations

from osteon.knowledge.fracture.references import (
    MCNALLY_2020,
    METSEMAKERS_2018,
    MORGENSTERN_2018,
    ONSEA_2022,
    VANVELK_2023,
)
from osteon.rules.definition import Cited, Criterion, Guard, criterion
from osteon.rules.language import answer, answered, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import degrees

TABLE = Source(VANVELK_2023, "table 1")
VERSIONS = Source(MCNALLY_2020, "which items were added", "memory")
ADVICE = Source(METSEMAKERS_2018, "sampling", "derived")

C1 = criterion(
    "C1",
    "Fistula, sinus or wound breakdown to bone or implant",
    yes("sinus_tract") | yes("wound_breakdown"),
    TABLE,
)
C2 = criterion("C2", "Pus from the wound or at surgery", yes("pus"), TABLE)
C3 = criterion("C3", "The same pathogen in two or more deep specimens", answer("cultures_alike") >= 2, TABLE)
C4 = criterion("C4", "Microorganisms in deep tissue on histology", yes("pathogen_in_tissue"), TABLE)
C5 = criterion(
    "C5",
    "More than 5 neutrophils a field, in a chronic or late-onset case",
    (answer("neutrophils_per_hpf") > 5) & yes("late_onset"),
    TABLE,
)

S1 = criterion(
    "S1",
    "Pain, redness, swelling, warmth, or temperature of 38.3 °C or more",
    any_of(
        yes("fracture_pain"),
        yes("local_redness"),
        yes("local_swelling"),
        yes("local_warmth"),
        answer("temp_c") >= 38.3 * degrees,
    ),
    TABLE,
)
S2 = criterion("S2", "Suggestive X-ray or CT", yes("fracture_imaging"), TABLE)
S3 = criterion("S3", "Nuclear imaging positive", yes("nuclear_positive"), TABLE)
S4 = criterion(
    "S4", "A pathogen in one deep specimen", yes("culture_single") | (answer("cultures_alike") >= 1), TABLE
)
S5 = criterion(
    "S5", "ESR, white count or CRP raised without another cause", yes("markers_unexplained"), TABLE
)
S6 = criterion("S6", "Wound drainage persistent, increasing or new", yes("drainage_persistent"), TABLE)
S7 = criterion("S7", "New joint effusion", yes("effusion_new"), TABLE)


def guards(confirming: tuple[Criterion, ...]) -> tuple[Guard, ...]:
    """What the reader must know before he says "not confirmed"."""
    few = answer("specimens_valid") < 5
    return (
        Guard(
            "Not confirmed may be said only with five deep specimens, taken off antibiotics, and histology",
            ~any_of(*confirming) & (~answered("specimens_valid") | few),
            (ADVICE,),
        ),
        Guard(
            "No neutrophil in any field argues against infection (aseptic: 85 % sensitive, 98 % specific in non-union)",
            yes("late_onset") & (answer("neutrophils_per_hpf") <= 0),
            (Source(MORGENSTERN_2018, "results"),),
        ),
    )


PERFORMANCE = (
    Cited(
        "637 revisions for suspicion, 480 infections: one or more confirmatory signs 97.5 % sensitive, 100 % specific; the reference was the decision to treat.",
        (Source(ONSEA_2022, "abstract"),),
    ),
    Cited(
        "609 patients: a clinical confirmatory sign in 77 %, a microbiological one in 87 %.",
        (Source(VANVELK_2023, "abstract"),),
    ),
)
AMBIGUITIES = (
    Cited(
        "Which items date from 2018 and which from 2020 was not read: both versions are shown.", (VERSIONS,)
    ),
    Cited("Late onset is not defined in days: it is asked for.", (VERSIONS,)),
    Cited("One sample of a virulent organism stays suggestive here, unlike in joint replacement.", (TABLE,)),
    Cited("Swabs and sinus tracts do not count as specimens; sonication fluid counts as one.", (TABLE,)),
)
# What the worked cases mean by "everything else negative".
NEGATIVE = (
    "sinus_tract=no; wound_breakdown=no; pus=no; cultures_alike=0; culture_single=no; pathogen_in_tissue=no; "
    "neutrophils_per_hpf=0; fracture_pain=no; local_redness=no; local_swelling=no; local_warmth=no; temp_c=36.8; "
    "fracture_imaging=no; nuclear_positive=no; markers_unexplained=no; drainage_persistent=no; effusion_new=no"
)
