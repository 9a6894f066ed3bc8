"""Spinal instability neoplastic score (SINS, Fisher 2010), as it is used in infection."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import SINS_2010, SINS_TB
from osteon.rules.definition import Cited, Class, Criterion, Definition, Guard, axis, criterion
from osteon.rules.language import answer, chosen, graded
from osteon.rules.monitoring import Source
from osteon.rules.quantities import percent
from osteon.rules.tree import Value

POINTS = Source(SINS_2010, "items and points")
DERIVED = Source(PROPOSAL, "spine 3.3, use in infection", "derived")


def item(key: str, question: str, choice: str, sentence: str) -> Criterion:
    """One value of an item."""
    return criterion(key, sentence, chosen(question, choice), POINTS)


JUNCTIONAL = item("junctional", "region_class", "junctional", "Junctional region (3 points)")
MOBILE = item("mobile", "region_class", "mobile", "Mobile region (2)")
SEMIRIGID = item("semirigid", "region_class", "semirigid", "Semirigid region (1)")
MECHANICAL = item("mechanical", "pain_type", "mechanical", "Mechanical pain (3)")
OCCASIONAL = item(
    "occasional", "pain_type", "occasional_non_mechanical", "Occasional pain, not mechanical (1)"
)
LYTIC = item("lytic", "bone_lesion", "lytic", "Lytic lesion (2)")
MIXED = item("mixed", "bone_lesion", "mixed", "Mixed lesion (1)")
TRANSLATED = item("translation", "alignment", "translation", "Subluxation or translation (4)")
DEFORMED = item("deformity", "alignment", "new_deformity", "New deformity (2)")
BILATERAL = item("bilateral", "posterolateral", "bilateral", "Posterolateral elements on both sides (3)")
UNILATERAL = item("unilateral", "posterolateral", "unilateral", "Posterolateral elements on one side (1)")
HALF = criterion(
    "collapse_50",
    "More than half of the body collapsed (3); exactly half counts here",
    answer("body_collapse_pct") >= 50 * percent,
    POINTS,
)
SOME = criterion("collapse", "Some collapse (2)", answer("body_collapse_pct") > 0 * percent, POINTS)
INVOLVED = criterion(
    "involved_50",
    "No collapse, more than half of the body involved (1)",
    answer("body_involved_pct") > 50 * percent,
    POINTS,
)

SCORE: Value = (
    graded((3, JUNCTIONAL), (2, MOBILE), (1, SEMIRIGID), otherwise=0)
    + graded((3, MECHANICAL), (1, OCCASIONAL), otherwise=0)
    + graded((2, LYTIC), (1, MIXED), otherwise=0)
    + graded((4, TRANSLATED), (2, DEFORMED), otherwise=0)
    + graded((3, HALF), (2, SOME), (1, INVOLVED), otherwise=0)
    + graded((3, BILATERAL), (1, UNILATERAL), otherwise=0)
)

DEFINITION = Definition(
    id="sins",
    title="Spinal instability score (SINS)",
    subject=SUBJECT,
    about="Stability of a diseased spine, 0 to 18. Made for tumours; used in infection by analogy.",
    kinds=("spinal",),
    criteria=(
        JUNCTIONAL,
        MOBILE,
        SEMIRIGID,
        MECHANICAL,
        OCCASIONAL,
        LYTIC,
        MIXED,
        TRANSLATED,
        DEFORMED,
        HALF,
        SOME,
        INVOLVED,
        BILATERAL,
        UNILATERAL,
    ),
    axes=(
        axis(
            "stability",
            Class("unstable", SCORE >= 13, "Surgical opinion."),
            Class("indeterminate", SCORE >= 7, "Surgical opinion."),
            otherwise="stable",
            source=(POINTS,),
        ),
    ),
    score=SCORE,
    score_name="SINS",
    guards=(
        Guard(
            "Exactly 50 % collapse is not assigned in the score; the higher points are used here",
            (answer("body_collapse_pct") >= 50 * percent) & (answer("body_collapse_pct") <= 50 * percent),
            (DERIVED,),
        ),
    ),
    performance=(
        Cited(
            "In tumours: sensitivity 95.7 %, specificity 79.5 %.",
            (Source(SINS_2010, "validation", "memory"),),
        ),
        Cited(
            "Thoracolumbar tuberculosis, 105 operations: structural graft at 13 or more, another graft at 7 to 12, with comparable results.",
            (Source(SINS_TB, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "An infection spans two vertebrae and a disc: score the worse level; T10/11 counts as junctional.",
            (DERIVED,),
        ),
        Cited("Mechanical pain cannot be told from the pain of the infection.", (DERIVED,)),
        Cited(
            "Exactly 50 % collapse is not assigned: the higher points are used, and it is said.", (POINTS,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      L3/4    | region_class=mobile; pain_type=mechanical; bone_lesion=lytic; alignment=normal; body_collapse_pct=30; posterolateral=none | indeterminate; score 9
      T12/L1  | region_class=junctional; pain_type=mechanical; bone_lesion=lytic; alignment=new_deformity; body_collapse_pct=70; posterolateral=bilateral | unstable; score 16
      T6/7    | region_class=semirigid; pain_type=occasional_non_mechanical; bone_lesion=mixed; alignment=normal; body_collapse_pct=0; body_involved_pct=60; posterolateral=none | stable; score 4
      edge 6  | region_class=mobile; pain_type=none; bone_lesion=lytic; alignment=normal; body_collapse_pct=20; posterolateral=none | stable; score 6
      edge 7  | region_class=junctional; pain_type=none; bone_lesion=lytic; alignment=normal; body_collapse_pct=20; posterolateral=none | indeterminate; score 7; edge
      edge 12 | region_class=junctional; pain_type=mechanical; bone_lesion=lytic; alignment=translation; body_collapse_pct=0; body_involved_pct=40; posterolateral=none | indeterminate; score 12
      edge 13 | region_class=junctional; pain_type=mechanical; bone_lesion=lytic; alignment=translation; body_collapse_pct=0; body_involved_pct=60; posterolateral=none | unstable; score 13; edge
      half    | region_class=rigid; pain_type=none; bone_lesion=blastic; alignment=normal; body_collapse_pct=50; posterolateral=none | stable; score 3; warns; edge
      no MRI  | region_class=mobile; pain_type=mechanical; bone_lesion=lytic; alignment=normal; posterolateral=none | indeterminate; score 7 to 10; ask body_collapse_pct
      little  | region_class=mobile; pain_type=mechanical | stable to unstable; score 5 to 17
    """,
)
