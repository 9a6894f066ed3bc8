"""When an operation on the infected spine is to be discussed: four lists side by side, never blended."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import NEW_DEFICIT, NOT_FOR_IDSA, SUBJECT
from osteon.knowledge.spine.references import EANS_2025, IDSA_2015_TEXT, NG33, SERVICE_PAGE
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import deg, percent

STRONG = Source(IDSA_2015_TEXT, "p 14, strong, low evidence", "seenQ")
WEAK = Source(IDSA_2015_TEXT, "p 14, weak, low evidence", "seenQ")
PANEL = Source(EANS_2025, "consensus statements")
PAGE = Source(SERVICE_PAGE, "reasons for an operation", "local")
NICE = Source(NG33, "spinal tuberculosis, surgery")
READING = "When to operate on spinal infection"
MEETING = "For the joint meeting; never an order."

PROGRESSIVE_DEFICIT = ~chosen("neuro_status", "intact") & chosen("neuro_trend", "progressive")
IMPROVING = chosen("clinical_response", "good") & chosen("markers_response", "falling")

SX1 = criterion("SX1", "Progressive neurological deficit", PROGRESSIVE_DEFICIT, STRONG)
SX2 = criterion("SX2", "Progressive deformity", yes("deformity_progressing"), STRONG)
SX3 = criterion(
    "SX3",
    "Instability despite adequate antibiotics, with or without pain",
    yes("instability") & yes("adequate_antibiotics"),
    STRONG,
)
SX4 = criterion(
    "SX4",
    "Persistent or recurrent bloodstream infection with no other source",
    yes("persistent_bacteraemia") & ~yes("other_bacteraemia_source"),
    WEAK,
    say="Debridement, with or without stabilisation.",
)
SX5 = criterion(
    "SX5",
    "Pain that grows despite appropriate treatment",
    yes("pain_worsening_on_treatment"),
    WEAK,
    say="Debridement, with or without stabilisation.",
)
SX0 = criterion(
    "SX0",
    "Bone imaging worse while symptoms, examination and markers improve",
    yes("mri_bone_worse") & IMPROVING,
    WEAK,
    say="Not a reason to operate.",
)
WELL = (
    "neuro_status=intact; deformity_progressing=no; instability=no; persistent_bacteraemia=no; "
    "pain_worsening_on_treatment=no"
)
STILL = "motor_deficit=none; new_neuro=no; mrc_power=5; bladder_new=no; bowel_new=no"

IDSA = Definition(
    id="idsa-2015-surgery",
    title="Reasons to operate on spinal infection, IDSA 2015",
    subject=SUBJECT,
    about="What the guideline lists for and against an operation.",
    kinds=("spinal",),
    criteria=(SX1, SX2, SX3, SX4, SX5, SX0),
    axes=(
        axis(
            "operation",
            Class("recommended", any_of(SX1, SX2, SX3), MEETING),
            Class("suggested", any_of(SX4, SX5), MEETING),
            Class("advised against", SX0, "Worse bone on imaging alone is not a reason to operate."),
            otherwise="no reason listed",
            source=(STRONG,),
        ),
    ),
    guards=(NOT_FOR_IDSA,),
    ambiguities=(
        Cited(
            "An abscess is a reason on the service's own page; in the guideline only as evidence from cohorts.",
            (PAGE, Source(IDSA_2015_TEXT, "p 15", "seenQ")),
        ),
        Cited(
            "Kyphosis has no number here; the EANS panel uses more than 20°.",
            (STRONG, PANEL),
        ),
    ),
    reading_of=READING,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case      | facts | answer
      --------- | ----- | ------
      12, well  | {WELL}; segmental_kyphosis_deg=12; mri_bone_worse=no | no reason listed; nothing met
      12 to 27  | {WELL.replace("progressing=no", "progressing=yes")}; segmental_kyphosis_deg=27 | recommended; only SX2
      MRSA day 9 | {WELL.replace("bacteraemia=no", "bacteraemia=yes")}; other_bacteraemia_source=no; mri_bone_worse=no | suggested; only SX4
      bone worse | {WELL}; mri_bone_worse=yes; clinical_response=good; markers_response=falling; crp=4 | advised against; only SX0
      weaker    | neuro_status=motor; neuro_trend=progressive | recommended; met SX1
      unstable  | {WELL.replace("instability=no", "instability=yes")}; adequate_antibiotics=yes | recommended; met SX3
      unknown   | {WELL.replace("; instability=no", "")}; mri_bone_worse=no | no reason listed to recommended; ask instability
    """,
)

EN1 = criterion("EN1", "Any new neurological deficit, even subtle", NEW_DEFICIT, PANEL)
EN2 = criterion(
    "EN2",
    "Motor power below MRC 4, or bladder or bowel dysfunction",
    any_of(answer("mrc_power") < 4, yes("bladder_new"), yes("bowel_new")),
    PANEL,
)
EN3 = criterion(
    "EN3",
    "Kyphosis above 20°, scoliosis above 10° or collapse above 50 %",
    any_of(
        answer("segmental_kyphosis_deg") > 20 * deg,
        answer("scoliosis_deg") > 10 * deg,
        answer("body_collapse_pct") > 50 * percent,
    ),
    PANEL,
)
EANS = Definition(
    id="eans-2025-surgery",
    title="Reasons to operate on spinal infection, EANS 2025",
    subject=SUBJECT,
    about="What a panel of 26 experts agreed on (38 of 62 statements).",
    kinds=("spinal",),
    criteria=(EN2, EN1, EN3),
    axes=(
        axis(
            "operation",
            Class("clear indication", EN2, MEETING),
            Class("to be considered", EN1, MEETING),
            Class("guides the decision", EN3, MEETING),
            otherwise="no reason listed",
            source=(PANEL,),
        ),
    ),
    ambiguities=(
        Cited("These angles are the panel's; they are not those of Pola's classes.", (PANEL,)),
        Cited("The panel favours the least invasive technique whenever feasible.", (PANEL,)),
    ),
    reading_of=READING,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case      | facts | answer
      --------- | ----- | ------
      12, well  | {STILL}; segmental_kyphosis_deg=12; scoliosis_deg=0; body_collapse_pct=20 | no reason listed
      27        | {STILL}; segmental_kyphosis_deg=27 | guides the decision; only EN3
      22, well  | {STILL}; segmental_kyphosis_deg=22 | guides the decision; only EN3
      exactly 20 | {STILL}; segmental_kyphosis_deg=20; scoliosis_deg=0; body_collapse_pct=20 | no reason listed; edge
      foot 4/5  | {STILL.replace("motor_deficit=none", "motor_deficit=new").replace("power=5", "power=4")}; segmental_kyphosis_deg=5; scoliosis_deg=0; body_collapse_pct=0 | to be considered; only EN1; edge
      foot 3/5  | motor_deficit=new; mrc_power=3 | clear indication; met EN1, EN2
      no film   | {STILL} | no reason listed to guides the decision; ask segmental_kyphosis_deg
    """,
)

OWN_PAGE = tuple(
    criterion(key, sentence, condition, PAGE)
    for key, sentence, condition in (
        ("neurology", "Increasing neurological impairment", PROGRESSIVE_DEFICIT),
        ("deformity", "Progressive deformity", yes("deformity_progressing")),
        ("instability", "Major instability", yes("instability")),
        ("pain", "Severe pain even when not moving", yes("severe_pain_not_moving")),
        ("SX6", "Abscess", yes("spinal_abscess")),
    )
)
SERVICE = Definition(
    id="service-page-surgery",
    title="Reasons to operate on spinal infection, the service's page",
    subject=SUBJECT,
    about="What the service's own page for GPs lists.",
    kinds=("spinal",),
    criteria=OWN_PAGE,
    axes=(
        axis(
            "operation",
            Class("reason listed", any_of(*OWN_PAGE), MEETING),
            otherwise="no reason listed",
            source=(PAGE,),
        ),
    ),
    reading_of=READING,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      abscess | spinal_abscess=yes; neuro_status=intact; deformity_progressing=no; instability=no; severe_pain_not_moving=no | reason listed; only SX6
      none    | spinal_abscess=no; neuro_status=intact; deformity_progressing=no; instability=no; severe_pain_not_moving=no | no reason listed
      unknown | neuro_status=intact; deformity_progressing=no; instability=no; severe_pain_not_moving=no | no reason listed to reason listed; ask spinal_abscess
    """,
)

TB8 = criterion(
    "TB8",
    "Spinal instability, or evidence of a compressed cord",
    yes("instability") | yes("cord_compression"),
    NICE,
    say="Consider referral for surgery.",
)
NICE_TB = Definition(
    id="nice-tb-surgery",
    title="Surgery in spinal tuberculosis, NICE NG33",
    subject=SUBJECT,
    about="NICE does not refer spinal tuberculosis for surgery as a routine; two reasons remain.",
    kinds=("spinal",),
    criteria=(TB8,),
    axes=(
        axis(
            "referral",
            Class("consider referral", TB8, MEETING),
            otherwise="not routinely",
            source=(NICE,),
        ),
    ),
    ambiguities=(
        Cited("The text is that of 2016; the live page may have changed.", (NICE,)),
        Cited("Narrower than the lists for bacterial infection.", (NICE,)),
    ),
    reading_of=READING,
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      bony compression | cord_compression=yes; motor_deficit=new | consider referral
      stable  | instability=no; cord_compression=no | not routinely
      unknown | instability=no | not routinely to consider referral; ask cord_compression
    """,
)
SURGERY = (IDSA, EANS, SERVICE, NICE_TB)
