"""How urgent neck or back pain is when the spine may be infected: what a GP can decide with."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, PROPOSAL, REVIEWED_ON
from osteon.knowledge.spine.parts import (
    BACTERAEMIA_90,
    BACTERAEMIA_365,
    CRP_RAISED,
    CRP_RISING,
    DAVIS_FACTORS,
    ESR_RAISED,
    FEVER,
    LOCAL,
    NEW_DEFICIT,
    RISK_FACTORS,
    SUBJECT,
    within_days,
)
from osteon.knowledge.spine.references import (
    CORNWALL_BASS,
    DAVIS_2011,
    DUMFRIES_2024,
    GLOUCESTERSHIRE_FLAGS,
    IDSA_2015,
    IDSA_2015_TEXT,
    MICHIGAN,
    NG59,
    NHS_PATHWAY,
    SERVICE_PAGE,
    SHROYER,
    YUSUF_2019,
)
from osteon.rules.definition import Axis, Cited, Class, Criterion, Definition, axis, criterion
from osteon.rules.language import all_of, answer, any_of, chosen, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, mm_per_h

TIERS = Source(PROPOSAL, "spine 1.1, the tiers and their times", "proposal")
PAIN = yes("spinal_pain")

E1 = criterion(
    "E1",
    "Signs of cauda equina: new bladder, bowel, sexual or saddle trouble, or pain down both sides",
    (PAIN | yes("sciatic_pain"))
    & any_of(
        yes("bladder_new"),
        yes("bowel_new"),
        yes("sexual_new"),
        yes("saddle_sensory_new"),
        chosen("bilateral_radicular", "sudden_bilateral", "uni_to_bilateral"),
    ),
    Source(GLOUCESTERSHIRE_FLAGS, "red flags"),
    Source(CORNWALL_BASS, "cauda equina wording"),
    say="Send to the emergency department now for an emergency MRI: cauda equina, and not only infection.",
)
E2 = criterion(
    "E2",
    "New or worsening weakness, or signs of a compressed cord",
    chosen("motor_deficit", "new", "progressive") | yes("myelopathy_signs"),
    Source(NHS_PATHWAY, "new or progressive deficit: urgent same day"),
    say="Send today for examination and an emergency MRI.",
)
E3 = criterion(
    "E3",
    "Spinal pain and NEWS2 of 5 or more, one parameter of 3, or suspected sepsis",
    PAIN & any_of(answer("news2") >= 5, yes("news2_single_3"), yes("sepsis_suspected")),
    Source(PROPOSAL, "spine 1.1, NEWS2 bands", "memory"),
    say="Send to the emergency department now: possible sepsis.",
)
E4 = criterion(
    "E4",
    "Spinal pain, fever and a risk factor",
    all_of(PAIN, FEVER, RISK_FACTORS),
    Source(NHS_PATHWAY, "suspected spinal infection: urgent same day"),
    Source(IDSA_2015, "pain and fever"),
    LOCAL,
    say="Ring the spinal or infection team today.",
)
E5 = criterion(
    "E5",
    "Endocarditis, or a bloodstream infection in the last 90 days, with spinal pain or with fever and a new deficit",
    (PAIN | (FEVER & NEW_DEFICIT)) & (yes("endocarditis") | BACTERAEMIA_90),
    Source(IDSA_2015, "pain and bloodstream infection or endocarditis"),
    Source(PROPOSAL, "spine 1.1: the 90 days are the guideline's window for the biopsy", "local"),
    say="Ring the infection team today.",
)
E6 = criterion(
    "E6",
    "Spinal pain, a risk factor of Davis and an ESR above 20 mm/h",
    all_of(PAIN, DAVIS_FACTORS, answer("esr") > 20 * mm_per_h),
    Source(DAVIS_2011, "thresholds"),
    say="Ask for an urgent MRI of the whole spine.",
)
E7 = criterion(
    "E7",
    "Headache with neck stiffness, and fever",
    yes("meningism") & FEVER,
    Source(SERVICE_PAGE, "symptoms", "local"),
    say="Send to the emergency department now: meningitis cannot be excluded.",
)

U1 = criterion(
    "U1",
    "Spinal pain and fever",
    PAIN & FEVER,
    Source(IDSA_2015, "pain and fever: should suspect"),
    LOCAL,
    say="Bloods today; MRI within 72 hours at the latest.",
)
U2 = criterion(
    "U2",
    "Spinal pain and a raised CRP or ESR that nothing else explains",
    all_of(PAIN, CRP_RAISED | ESR_RAISED, ~yes("markers_explained")),
    Source(IDSA_2015, "pain and raised ESR or CRP: should suspect"),
    say="Refer urgently.",
)
U3 = criterion(
    "U3",
    "Pain at rest or at night for 14 days or more, and a risk factor",
    all_of(
        PAIN,
        yes("pain_at_rest") | yes("night_pain"),
        answer("pain_days") >= 14 * day,
        RISK_FACTORS,
    ),
    Source(SERVICE_PAGE, "pain at rest and host factors", "local"),
    say="CRP and ESR within 48 hours; decide again on the result.",
)
U4 = criterion(
    "U4",
    "Spinal implant or procedure in the last year, with a wound problem or a rising CRP",
    all_of(
        PAIN,
        within_days("spine_implant_or_procedure", "spine_procedure_days", 365),
        yes("spine_wound_problem") | CRP_RISING,
    ),
    Source(PROPOSAL, "spine 1.1 and 5.6", "proposal"),
    say="Ring the team that operated.",
)
U5 = criterion(
    "U5",
    "Pain that came slowly, with exposure to tuberculosis or Brucella, weight loss or night sweats",
    all_of(
        PAIN & yes("subacute_pain"),
        any_of(yes("tb_exposure"), yes("brucella_exposure"), yes("weight_loss"), yes("night_sweats")),
    ),
    Source(IDSA_2015, "tests for Brucella and tuberculosis"),
    say="Refer urgently; ask for the tests for tuberculosis and Brucella.",
)
U6 = criterion(
    "U6",
    "Spinal pain and a Staphylococcus aureus bloodstream infection 91 to 365 days ago",
    all_of(
        PAIN,
        BACTERAEMIA_365,
        answer("recent_bacteraemia_days") > 90 * day,
        yes("bacteraemia_s_aureus"),
    ),
    Source(IDSA_2015_TEXT, "p 1: Staphylococcus aureus bacteraemia in the previous year", "seenQ"),
    say="Bloods today; MRI within 72 hours at the latest.",
)

EMERGENCY = (E1, E2, E3, E4, E5, E6, E7)
URGENT = (U2, U3, U4, U5, U6)
ALL_KNOWN_NO = (
    "sciatic_pain=no; bladder_new=no; bowel_new=no; sexual_new=no; saddle_sensory_new=no; "
    "bilateral_radicular=none; motor_deficit=none; myelopathy_signs=no; new_neuro=no; news2=0; "
    "news2_single_3=no; sepsis_suspected=no; temp_c=36.8; reported_fever_rigors=no; meningism=no; "
    "endocarditis=no; recent_bacteraemia=no; no_risk_factor=yes"
)
NO_URGENT = (
    "markers_explained=no; crp_upper_limit=5; esr=8; esr_upper_limit=20; pain_at_rest=no; night_pain=no; "
    "spine_implant_or_procedure=no; subacute_pain=no; bacteraemia_s_aureus=no"
)
SAFETY_NET = (
    "Come back at once for fever or shivering, pain at rest that grows, weakness, numbness around the "
    "bottom or genitals, or trouble with bladder or bowel."
)


def tiers(fever: Criterion, *, same_day: bool) -> Axis:
    """The tiers, with pain and fever either an emergency or urgent."""
    emergency, urgent = ((*EMERGENCY, fever), URGENT) if same_day else (EMERGENCY, (fever, *URGENT))
    return axis(
        "tier",
        Class("EMERGENCY", any_of(*emergency), "Same day. Blood tests do not lower this."),
        Class("URGENT", any_of(*urgent), "Urgent referral; emergency if anything above is not yet known."),
        Class("ROUTINE", ~any_of(*emergency, *urgent), SAFETY_NET),
        source=(TIERS,),
    )


def triage(rule_id: str, title: str, reading: str, *, same_day: bool, examples: str) -> Definition:
    """One reading of the triage."""
    return Definition(
        id=rule_id,
        title=title,
        subject=SUBJECT,
        about="Sorts a person with neck or back pain into emergency, urgent or routine, and says which facts did it.",
        kinds=(),
        criteria=(*EMERGENCY, U1, *URGENT),
        axes=(tiers(U1, same_day=same_day),),
        performance=PERFORMANCE,
        ambiguities=AMBIGUITIES,
        reading_of="Referral urgency in suspected spinal infection",
        remark=reading,
        author=AUTHOR,
        checked_by=CHECKED_BY,
        reviewed_on=REVIEWED_ON,
        next_review=NEXT_REVIEW,
        examples=examples,
    )


PERFORMANCE = (
    Cited("No figure is published for this set of rules as a whole.", (TIERS,)),
    Cited(
        "Of 2,224 spinal infections in 40 papers 72 % had spinal pain, 55 % fever, 18 % diabetes, 9 % injected drugs.",
        (Source(YUSUF_2019, "review"),),
    ),
    Cited(
        "Emergency cohort, 89 infected: odds ratio for recent soft-tissue infection or bacteraemia 13.5, male sex 5.0, fever 2.8; of 61 epidural abscesses 19.7 % had fever in the department.",
        (Source(SHROYER, "abstract"),),
    ),
)
AMBIGUITIES = (
    Cited(
        "Two NHS pathways send every suspected spinal infection the same day; others go by risk. Both readings are shown; same day is the default.",
        (Source(NHS_PATHWAY, "same day"), Source(DUMFRIES_2024, "on-call team")),
    ),
    Cited(
        "A US hospital asks for imaging within 6 hours without a deficit and at once with one.",
        (Source(MICHIGAN, "timing"),),
    ),
    Cited(
        "One pathway ties infection to pain of less than two weeks; that would miss the usual slow infection, so no such limit is used here.",
        (Source(DUMFRIES_2024, "two weeks"),),
    ),
    Cited("No guideline gives a number for fever; 38.0 °C is a local choice.", (LOCAL,)),
    Cited(
        "U1 is written without its exceptions (no risk factor, no deficit, low NEWS2): with one of them a higher tier holds anyway.",
        (TIERS,),
    ),
    Cited(
        "Cancer counts as a risk factor here but not among those of Davis unless it is recorded as weakened immunity. Age above 50 alone is deliberately no red flag.",
        (Source(DAVIS_2011, "risk factors"), Source(NG59, "red flags")),
    ),
)

SAME_DAY = triage(
    "spine-triage",
    "Back pain and possible infection: how urgent",
    "Reading: pain with fever is seen the same day.",
    same_day=True,
    examples=f"""
      case       | facts | answer
      ---------- | ----- | ------
      1          | age=58; spinal_pain=yes; diabetes=yes; pain_days=21; pain_at_rest=yes; temp_c=38.4; motor_deficit=none | EMERGENCY; met E4
      2          | age=44; spinal_pain=yes; pain_days=10; saddle_sensory_new=yes; temp_c=36.8; reported_fever_rigors=no | EMERGENCY; met E1
      3          | {ALL_KNOWN_NO.replace("no_risk_factor=yes", "cancer=yes")}; age=66; spinal_pain=yes; pain_days=35; pain_at_rest=yes | URGENT to EMERGENCY; met U3; ask esr
      3-esr      | {ALL_KNOWN_NO.replace("no_risk_factor=yes", "cancer=yes")}; spinal_pain=yes; pain_days=35; pain_at_rest=yes; immunocompromise=yes; esr=62 | EMERGENCY; met E6
      3-uncoded  | {ALL_KNOWN_NO}; cancer=yes; spinal_pain=yes; pain_days=35; pain_at_rest=yes; esr=62; esr_upper_limit=20; markers_explained=no | URGENT; not met E6; met U2, U3
      4          | {ALL_KNOWN_NO}; {NO_URGENT}; age=35; spinal_pain=yes; pain_days=3; crp=<5 | ROUTINE; nothing met
      5          | {ALL_KNOWN_NO.replace("bladder_new=no; ", "")}; {NO_URGENT}; spinal_pain=yes; pain_days=3; crp=<5 | ROUTINE to EMERGENCY; ask bladder_new
      6          | {ALL_KNOWN_NO.replace("recent_bacteraemia=no", "recent_bacteraemia_days=213")}; bacteraemia_s_aureus=yes; age=61; spinal_pain=yes | URGENT; met U6; not met E5
      6-at-80    | {ALL_KNOWN_NO.replace("recent_bacteraemia=no", "recent_bacteraemia_days=80")}; bacteraemia_s_aureus=yes; age=61; spinal_pain=yes | EMERGENCY; met E5; not met U6
      day 90     | spinal_pain=yes; recent_bacteraemia_days=90 | EMERGENCY; met E5; edge
      low marker | spinal_pain=yes; recent_bacteraemia_days=20; crp=25 | EMERGENCY; met E5
      news 5     | spinal_pain=yes; news2=5 | EMERGENCY; met E3; edge
      meningism  | meningism=yes; temp_c=38.0 | EMERGENCY; met E7; edge
      esr 20     | {ALL_KNOWN_NO.replace("no_risk_factor=yes", "diabetes=yes")}; {NO_URGENT.replace("esr=8", "esr=20")}; spinal_pain=yes; crp=4; pain_days=3 | ROUTINE; not met E6; edge
      no pain    | motor_deficit=new | EMERGENCY; met E2
      fever only | {ALL_KNOWN_NO.replace("temp_c=36.8", "temp_c=38.6")}; spinal_pain=yes | EMERGENCY; only U1
      wound      | {ALL_KNOWN_NO}; spinal_pain=yes; spine_procedure_days=40; spine_wound_problem=yes; subacute_pain=no | URGENT; met U4
      exposure   | {ALL_KNOWN_NO}; spinal_pain=yes; subacute_pain=yes; night_sweats=yes | URGENT; met U5
      blank      | spinal_pain=yes | ROUTINE to EMERGENCY; ask saddle_sensory_new, temp_c
      both ways  | {ALL_KNOWN_NO}; {NO_URGENT}; spinal_pain=yes; crp=4; bladder_new=yes | ROUTINE to EMERGENCY; contradiction
    """,
)
BY_RISK = triage(
    "spine-triage-by-risk",
    "Back pain and possible infection: how urgent (fever alone urgent)",
    "Reading: pain with fever alone is urgent; with a risk factor, a deficit or a high NEWS2 it is an emergency.",
    same_day=False,
    examples=f"""
      case       | facts | answer
      ---------- | ----- | ------
      fever only | {ALL_KNOWN_NO.replace("temp_c=36.8", "temp_c=38.6")}; spinal_pain=yes | URGENT; met U1
      1          | age=58; spinal_pain=yes; diabetes=yes; pain_days=21; pain_at_rest=yes; temp_c=38.4 | EMERGENCY; met E4
      risk blank | {ALL_KNOWN_NO.replace("temp_c=36.8", "temp_c=38.6").replace("; no_risk_factor=yes", "")}; spinal_pain=yes | URGENT to EMERGENCY; ask diabetes
      4          | {ALL_KNOWN_NO}; {NO_URGENT}; spinal_pain=yes; pain_days=3; crp=<5 | ROUTINE; nothing met
    """,
)
TRIAGE = (SAME_DAY, BY_RISK)
