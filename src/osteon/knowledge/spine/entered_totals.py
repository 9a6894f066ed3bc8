"""Scores whose items were not found: the bands of a total that somebody worked out on the paper's form."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import SUBJECT
from osteon.knowledge.spine.references import (
    CHEN_2026,
    CSTS,
    KRAMER_2025_SITE,
    MRI_SSI_2025,
    PITSS_2012,
    PLUEMER_2023,
    REZVANI_2024,
    SITE_EXTERNAL,
)
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, yes
from osteon.rules.monitoring import Source

ITEMS = "The points of its items were not found: the total comes from the paper's form."
SITE_BANDS = Source(SITE_EXTERNAL, "bands", "PARTIAL")
OVERRIDE = criterion(
    "override",
    "Acute paralysis, or bladder or bowel dysfunction",
    yes("acute_plegia") | yes("sphincter_dysfunction"),
    SITE_BANDS,
)
SITE_8 = criterion("site_8", "Total 8 or less", answer("site_total") <= 8, SITE_BANDS)
SITE_12 = criterion("site_12", "Total 12 or less", answer("site_total") <= 12, SITE_BANDS)
NO_OVERRIDE = "acute_plegia=no; sphincter_dysfunction=no"
SITE = Definition(
    id="site-score",
    title="SITE score: bands of a given total",
    subject=SUBJECT,
    about=f"Surgery or drugs in spinal infection, 0 to 15; lower is worse. {ITEMS}",
    kinds=("spinal",),
    criteria=(OVERRIDE, SITE_8, SITE_12),
    axes=(
        axis(
            "advice",
            Class("surgery whatever the total", OVERRIDE),
            Class("surgery advised", SITE_8),
            Class("optional", SITE_12),
            otherwise="medical",
            source=(SITE_BANDS,),
        ),
    ),
    performance=(
        Cited(
            "194 patients 2004 to 2023: without a deficit 72.2 % of those treated medically and 50 % of those operated.",
            (Source(SITE_EXTERNAL, "abstract"),),
        ),
        Cited(
            "148 patients: area under the curve 0.86; best cut 8.5, sensitivity 80.6 %, specificity 81.2 %.",
            (Source(REZVANI_2024, "abstract"),),
        ),
        Cited(
            "Agreement 0.78 among spine surgeons and 0.48 among others (15 cases, 48 raters).",
            (Source(KRAMER_2025_SITE, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("SITE runs downwards; the other scores run upwards.", (Source(PLUEMER_2023, "abstract"),)),
        Cited(
            "One abstract gives areas under the curve for two other scores that do not fit its own differences; they are probably exchanged and are not quoted.",
            (Source(REZVANI_2024, "abstract"),),
        ),
        Cited(
            "At most 6 in the results and below 6 in the conclusion of one paper on residual deficit.",
            (Source(CHEN_2026, "abstract"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case      | facts | answer
      --------- | ----- | ------
      8         | site_total=8; {NO_OVERRIDE} | surgery advised; edge
      9         | site_total=9; {NO_OVERRIDE} | optional
      12        | site_total=12; {NO_OVERRIDE} | optional; edge
      13        | site_total=13; {NO_OVERRIDE} | medical
      retention | site_total=14; sphincter_dysfunction=yes | surgery whatever the total
      at most 12 | site_total=<=12; {NO_OVERRIDE} | optional to surgery advised
      not asked | site_total=13; acute_plegia=no | medical to surgery whatever the total; ask sphincter_dysfunction
    """,
)

PITSS_BANDS = Source(PITSS_2012, "bands", "memory")
PITSS_21 = criterion("pitss_21", "Total 21 or more", answer("pitss_total") >= 21, PITSS_BANDS)
PITSS_15 = criterion("pitss_15", "Total 15 or more", answer("pitss_total") >= 15, PITSS_BANDS)
PITSS = Definition(
    id="pitss",
    title="PITSS: bands of a given total",
    subject=SUBJECT,
    about=f"Need for more than one debridement after spine surgery. {ITEMS}",
    kinds=("spinal",),
    criteria=(PITSS_21, PITSS_15),
    axes=(
        axis(
            "risk",
            Class("high", PITSS_21),
            Class("indeterminate", PITSS_15),
            otherwise="low",
            source=(PITSS_BANDS,),
        ),
    ),
    performance=(
        Cited(
            "24 of 128 needed more than one debridement; validation on 34.", (Source(PITSS_2012, "abstract"),)
        ),
    ),
    ambiguities=(
        Cited("The same bands are sometimes attached to the Brighton score; to be checked.", (PITSS_BANDS,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      14      | pitss_total=14 | low
      15      | pitss_total=15 | indeterminate; edge
      21      | pitss_total=21 | high; edge
      unknown | diabetes=yes | low to high; ask pitss_total
    """,
)

CSTS_BANDS = Source(CSTS, "bands", "PARTIAL")
OVER = criterion("csts_over", "Total above 6.5", answer("csts_total") > 6.5, CSTS_BANDS)
MIDDLE = criterion("csts_middle", "Total 5.5 or more", answer("csts_total") >= 5.5, CSTS_BANDS)
CSTS_TOTAL = Definition(
    id="csts",
    title="Composite spinal tuberculosis score: bands of a given total",
    subject=SUBJECT,
    about=f"Operation or drugs in spinal tuberculosis. {ITEMS}",
    kinds=("spinal",),
    criteria=(OVER, MIDDLE),
    axes=(
        axis(
            "advice",
            Class("operate", OVER),
            Class("either", MIDDLE),
            otherwise="conservative",
            source=(CSTS_BANDS,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      5       | csts_total=5 | conservative
      5.5     | csts_total=5.5 | either; edge
      6.5     | csts_total=6.5 | either; edge
      7       | csts_total=7 | operate
      unknown | spinal_tb=yes | conservative to operate; ask csts_total
    """,
)

MRI_BANDS = Source(MRI_SSI_2025, "bands", "PARTIAL")
SEVERE = criterion("mri_ssi_20", "Total 20 or more", answer("mri_ssi_total") >= 20, MRI_BANDS)
MODERATE = criterion("mri_ssi_10", "Total 10 or more", answer("mri_ssi_total") >= 10, MRI_BANDS)
MRI_SSI = Definition(
    id="mri-ssi",
    title="MRI severity index of spondylodiscitis: bands of a given total",
    subject=SUBJECT,
    about=f"Severity on MRI. {ITEMS}",
    kinds=("spinal",),
    criteria=(SEVERE, MODERATE),
    axes=(
        axis(
            "severity",
            Class("severe", SEVERE),
            Class("moderate", MODERATE),
            otherwise="mild",
            source=(MRI_BANDS,),
        ),
    ),
    performance=(
        Cited(
            "60 patients, 17 operated: mean 18.58 against 13.86, area under the curve 0.720, sensitivity 58 %, specificity 88 %.",
            (Source(MRI_SSI_2025, "abstract"),),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      9       | mri_ssi_total=9 | mild
      10      | mri_ssi_total=10 | moderate; edge
      19      | mri_ssi_total=19 | moderate
      20      | mri_ssi_total=20 | severe; edge
      unknown | spinal_abscess=yes | mild to severe; ask mri_ssi_total
    """,
)
TOTALS = (SITE, PITSS, CSTS_TOTAL, MRI_SSI)
