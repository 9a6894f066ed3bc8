"""SPONDY-Score: infection or degeneration on MRI."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import SPONDY
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import chosen, points, yes
from osteon.rules.monitoring import Source

SEEN = Source(SPONDY, "abstract")
POSTERIOR = criterion(
    "posterior_oedema", "Bone oedema in posterior elements (1)", yes("oedema_posterior"), SEEN
)
DESTROYED = criterion("destruction", "Vertebral body destroyed (15)", yes("body_destruction"), SEEN)
AROUND = criterion("paravertebral_oedema", "Paravertebral oedema (5)", yes("oedema_paravertebral"), SEEN)
DARK = criterion("disc_dark", "Disc dark on T2 (-4)", chosen("disc_t2", "dark"), SEEN)
BRIGHT = criterion(
    "disc_bright", "Disc bright on T2, not anatomical (1)", chosen("disc_t2", "bright_not_anatomical"), SEEN
)
COLLECTION = criterion(
    "collection", "Paravertebral collection (outside the sum)", yes("paravertebral_collection"), SEEN
)
SCORE = points((1, POSTERIOR), (15, DESTROYED), (5, AROUND), (-4, DARK), (1, BRIGHT))
NO_COLLECTION = "paravertebral_collection=no"

DEFINITION = Definition(
    id="spondy-score",
    title="SPONDY-Score (MRI)",
    subject=SUBJECT,
    about="Infection of the disc and vertebrae, or degenerative oedema of the endplates, on MRI. From -4 to 22.",
    kinds=("spinal",),
    criteria=(POSTERIOR, DESTROYED, AROUND, DARK, BRIGHT, COLLECTION),
    axes=(
        axis(
            "MRI",
            Class(
                "infection by collection", COLLECTION, "A paravertebral collection is taken as diagnostic."
            ),
            Class("infection", SCORE >= 5, "On the side of infection."),
            otherwise="degenerative",
            source=(SEEN,),
        ),
    ),
    score=SCORE,
    score_name="SPONDY",
    performance=(
        Cited(
            "126 infected, 162 degenerative: test set accuracy 89 %, sensitivity 95 %, specificity 85 %; agreement (kappa) 0.61 to 0.90.",
            (SEEN,),
        ),
    ),
    ambiguities=(
        Cited(
            "The abstract does not say whether 5 itself counts; 5 counts here, and a score of exactly 5 is marked.",
            (SEEN, Source(PROPOSAL, "spine 2.8", "derived")),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case       | facts | answer
      ---------- | ----- | ------
      oedema     | oedema_paravertebral=yes; oedema_posterior=no; body_destruction=no; disc_t2=neither; {NO_COLLECTION} | infection; score 5; edge
      destroyed  | body_destruction=yes; disc_t2=dark; oedema_posterior=no; oedema_paravertebral=no; {NO_COLLECTION} | infection; score 11
      dark disc  | disc_t2=dark; oedema_posterior=yes; body_destruction=no; oedema_paravertebral=no; {NO_COLLECTION} | degenerative; score -3
      bright     | oedema_paravertebral=yes; disc_t2=bright_not_anatomical; oedema_posterior=yes; body_destruction=no; {NO_COLLECTION} | infection; score 7
      collection | paravertebral_collection=yes | infection by collection
      open       | oedema_paravertebral=yes; oedema_posterior=no; body_destruction=no; {NO_COLLECTION} | degenerative to infection; score 1 to 6; ask disc_t2
    """,
)
