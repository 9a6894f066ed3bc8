"""Whether the MRI is repeated, and what counts as failure, IDSA 2015."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import NOT_FOR_IDSA, SUBJECT
from osteon.knowledge.spine.references import IDSA_2015_TEXT
from osteon.rules.definition import Cited, Class, Definition, Guard, axis, criterion
from osteon.rules.language import all_of, answer, any_of, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day


def page(place: str) -> Source:
    """A page of the guideline's text."""
    return Source(IDSA_2015_TEXT, place, "seenQ")


WELL = criterion(
    "favourable",
    "Patient and markers respond well",
    chosen("clinical_response", "good") & chosen("markers_response", "falling"),
    page("p 16, strong, low evidence"),
    say="No routine MRI.",
)
POOR = criterion(
    "poor",
    "Poor response of the patient",
    chosen("clinical_response", "poor"),
    page("p 16, weak, low evidence"),
    say="MRI; read the epidural and paraspinal soft tissue.",
)
SOFT_TISSUE = criterion(
    "soft_tissue",
    "Soft tissue worse at four to eight weeks",
    all_of(yes("mri_soft_tissue_worse"), answer("mri_day") >= 28 * day, answer("mri_day") <= 56 * day),
    page("p 16, narrative"),
    say="The better signal of failure.",
)
CONFIRMED = criterion(
    "micro_failure",
    "Infection persists on culture despite targeted treatment for an adequate time",
    yes("micro_persistent"),
    page("p 16, narrative"),
    say="The most specific failure.",
)
NEW_TISSUE = criterion(
    "new_tissue",
    "Failure both in the patient and on imaging",
    POOR & yes("radiographic_failure"),
    page("p 17, weak, very low evidence"),
    say="Take new tissue (bacteria, fungi, mycobacteria, histology) by needle or operation; spine surgeon and infection physician.",
)
CONCERN = criterion(
    "concern",
    "A profile that raises concern",
    any_of(
        POOR,
        chosen("markers_response", "plateau", "rising"),
        yes("abscess_undrained_large"),
        yes("diabetes"),
        yes("iv_drug_use"),
        yes("recurrent_bacteraemia"),
        chosen("motor_deficit", "new", "progressive"),
        yes("sinus_tract"),
    ),
    page("p 17, narrative"),
    say="Watch more closely.",
)

DEFINITION = Definition(
    id="idsa-2015-follow-up-mri",
    title="Follow-up MRI and failure, IDSA 2015",
    subject=SUBJECT,
    about="Whether the MRI is repeated during treatment, and what its changes mean.",
    kinds=("spinal",),
    criteria=(POOR, WELL, SOFT_TISSUE, CONFIRMED, NEW_TISSUE, CONCERN),
    axes=(
        axis(
            "MRI",
            Class("MRI", POOR, "MRI; read the epidural and paraspinal soft tissue."),
            Class("no routine MRI", WELL, "No routine MRI."),
            otherwise="the team decides",
            source=(page("p 16"),),
        ),
    ),
    guards=(
        Guard(
            "An MRI before week four can falsely suggest progression and lead to needless operations or longer antibiotics",
            answer("mri_day") < 28 * day,
            (page("p 16, narrative"),),
        ),
        Guard(
            "Bone that looks worse in a patient who is well does not mean failure",
            yes("mri_bone_worse") & chosen("clinical_response", "good"),
            (page("p 15, weak, low evidence"),),
        ),
        NOT_FOR_IDSA,
    ),
    performance=(
        Cited(
            "Persistent pain, residual deficit, raised markers or imaging findings alone do not mean failure.",
            (page("p 15, weak, low evidence"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      week 6, well | clinical_response=good; markers_response=falling; crp=8 | no routine MRI; met favourable
      plateau, fever | clinical_response=poor; markers_response=plateau; crp=60; temp_c=38.5 | MRI; met poor, concern
      bone worse | clinical_response=good; markers_response=falling; mri_bone_worse=yes; mri_day=45 | no routine MRI; warns
      day 18  | clinical_response=good; markers_response=falling; mri_day=18; mri_bone_worse=yes | no routine MRI; warns
      failed  | clinical_response=poor; radiographic_failure=yes | MRI; met new_tissue
      soft tissue | clinical_response=poor; mri_soft_tissue_worse=yes; mri_day=50 | MRI; met soft_tissue
      unknown | clinical_response=good | the team decides to no routine MRI; ask markers_response
    """,
)
