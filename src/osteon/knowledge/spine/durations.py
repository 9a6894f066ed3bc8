"""How long antibiotics are given for bacterial spinal infection: the published clocks side by side."""

from __future__ import annotations

from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.knowledge.spine.parts import NOT_FOR_IDSA, SUBJECT
from osteon.knowledge.spine.references import (
    ASPERGILLUS,
    BERNARD_2015,
    BRUCELLA_293,
    BRUCELLA_2008,
    EANS_2025,
    IDSA_2015_TEXT,
    IDSA_CANDIDA_2016,
    OFAC_2022,
    PARK_2013,
    PARK_2016,
)
from osteon.rules.definition import Cited, Class, Definition, axis, criterion
from osteon.rules.language import answer, any_of, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day
from osteon.rules.tree import Condition


def page(place: str) -> Source:
    """A page of the guideline's text."""
    return Source(IDSA_2015_TEXT, place, "seenQ")


PARK = Source(PARK_2016, "risk groups and strata")
PANEL = Source(EANS_2025, "statements")
treated = answer("treatment_days")


def between(first: float, last: float) -> Condition:
    """Treated for so many days, both ends included."""
    return (treated >= first * day) & (treated <= last * day)


MRSA = criterion("mrsa", "MRSA", yes("mrsa"), PARK)
UNDRAINED = criterion("undrained", "Undrained paravertebral or psoas abscess", yes("undrained_abscess"), PARK)
ESRD = criterion("esrd", "End-stage renal disease", yes("esrd"), PARK)
BRUCELLA = criterion(
    "brucella", "Brucella", yes("organism_brucella"), page("p 14, strong, moderate evidence"), say="3 months."
)
SALMONELLA = criterion(
    "salmonella", "Salmonella", yes("organism_salmonella"), page("p 13, table 2"), say="6 to 8 weeks."
)
IN_WINDOW = criterion(
    "salmonella_window",
    "Salmonella, and treated for 6 to 8 weeks",
    yes("organism_salmonella") & between(42, 56),
    page("p 13, table 2"),
)
EXPERTS = criterion(
    "idsa_experts",
    "MRSA or extensive infection",
    yes("mrsa") | yes("extensive_infection"),
    page("p 14, expert practice, no recommendation"),
    say="Some experts: more than 6 weeks, then by mouth for 3 months or more. No efficacy data; resistance and C. difficile.",
)
EANS = criterion(
    "complicated", "Complicated infection", yes("complicated_eans"), PANEL, say="12 weeks favoured."
)
HIGH = any_of(MRSA, UNDRAINED, ESRD)
SHORT = criterion(
    "park_short",
    "High risk of recurrence and treated for less than 8 weeks",
    HIGH & (treated < 56 * day),
    PARK,
    say="Recurrence was 9.6 % with 8 weeks or more.",
)
LOW_RISK = "mrsa=no; undrained_abscess=no; esrd=no"
USUAL = "organism_brucella=no; organism_salmonella=no; complicated_eans=no"

CLOCKS = Definition(
    id="spine-durations",
    title="Duration of antibiotics in spinal infection: the published clocks",
    subject=SUBJECT,
    about="Every clock that applies, with its source; never a blend.",
    kinds=("spinal",),
    criteria=(MRSA, UNDRAINED, ESRD, BRUCELLA, SALMONELLA, IN_WINDOW, EXPERTS, EANS, SHORT),
    axes=(
        axis(
            "IDSA 2015",
            Class("3 months", BRUCELLA),
            Class("6 to 8 weeks", SALMONELLA),
            otherwise="6 weeks",
            source=(page("p 14, strong, low evidence"),),
        ),
        axis(
            "Park 2016",
            Class("8 weeks or more (high risk of recurrence)", HIGH),
            otherwise="6 to 8 weeks (low risk of recurrence)",
            source=(PARK,),
        ),
        axis(
            "EANS 2025",
            Class("12 weeks", EANS),
            otherwise="no statement",
            source=(PANEL,),
        ),
        axis(
            "recurrence (Park 2016)",
            Class("34.8 % (high risk, 28 to 41 days)", HIGH & between(28, 41)),
            Class("29.6 % (high risk, 42 to 55 days)", HIGH & between(42, 55)),
            Class("12.0 % (low risk, 28 to 41 days)", ~HIGH & between(28, 41)),
            Class("9.6 % (high risk, 56 days or more)", HIGH & (treated >= 56 * day)),
            Class("6.3 % (low risk, 42 to 55 days)", ~HIGH & between(42, 55)),
            Class("2.2 % (low risk, 56 days or more)", ~HIGH & (treated >= 56 * day)),
            otherwise="fewer than 28 days: not in the table",
            source=(PARK,),
        ),
    ),
    guards=(NOT_FOR_IDSA,),
    performance=(
        Cited(
            "Trial of 6 against 12 weeks: cured at one year 160 of 176 and 159 of 175 (90.9 % each), difference 0.05 % (-6.2 to 6.3). Few abscesses; 8 of 145 Staphylococcus aureus were MRSA.",
            (Source(BERNARD_2015, "abstract and commentary"),),
        ),
        Cited(
            "Odds of recurrence: end-stage renal disease 6.58, undrained abscess 4.09, MRSA 2.61 (314 patients).",
            (PARK,),
        ),
        Cited("62 MRSA: relapse 41.7, 25.0 and 5.6 % by the same strata.", (Source(PARK_2013, "abstract"),)),
        Cited(
            "Entirely oral in 54 of 249: odds of failure 0.487 (0.133 to 1.782), not significant.",
            (Source(OFAC_2022, "abstract"),),
        ),
        Cited(
            "An early switch to tablets, after a median of 2.7 weeks, may be safe if CRP has fallen and a sizeable abscess is drained.",
            (page("p 14, evidence only"),),
        ),
    ),
    ambiguities=(
        Cited(
            "6 weeks (trial, few abscesses), 8 weeks or more (MRSA, end-stage renal disease, undrained abscess), 12 weeks (complicated) or more than 6 weeks and then 3 months by mouth: all are shown.",
            (page("p 14"), PARK, PANEL),
        ),
        Cited(
            "Day 0 may be the first dose, the first effective dose, the last debridement or the first negative culture.",
            (page("p 14"),),
        ),
        Cited("What the EANS panel calls complicated was not read.", (PANEL,)),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case       | facts | answer
      ---------- | ----- | ------
      MSSA       | {LOW_RISK}; {USUAL} | IDSA 2015: 6 weeks; Park 2016: 6 to 8 weeks (low risk of recurrence); EANS 2025: no statement
      MRSA drained | {LOW_RISK.replace("mrsa=no", "mrsa=yes")}; {USUAL} | IDSA 2015: 6 weeks; Park 2016: 8 weeks or more (high risk of recurrence); met idsa_experts
      day 50     | {LOW_RISK.replace("abscess=no", "abscess=yes")}; {USUAL}; treatment_days=50 | recurrence (Park 2016): 29.6 % (high risk, 42 to 55 days); met park_short
      day 41     | {LOW_RISK.replace("abscess=no", "abscess=yes")}; {USUAL}; treatment_days=41 | recurrence (Park 2016): 34.8 % (high risk, 28 to 41 days); edge
      day 56     | {LOW_RISK}; {USUAL}; treatment_days=56 | recurrence (Park 2016): 2.2 % (low risk, 56 days or more); edge
      Brucella   | {LOW_RISK}; organism_brucella=yes; organism_salmonella=no; complicated_eans=no | IDSA 2015: 3 months
      Salmonella | {LOW_RISK}; organism_brucella=no; organism_salmonella=yes; treatment_days=44 | IDSA 2015: 6 to 8 weeks; met salmonella_window
      complicated | {LOW_RISK}; organism_brucella=no; organism_salmonella=no; complicated_eans=yes | EANS 2025: 12 weeks; IDSA 2015: 6 weeks
      MRSA open  | undrained_abscess=no; esrd=no; {USUAL}; treatment_days=45 | Park 2016: 6 to 8 weeks (low risk of recurrence) to 8 weeks or more (high risk of recurrence); ask mrsa
    """,
)

CHOICE = Source(BRUCELLA_2008, "abstract")
BRUCELLAR = criterion(
    "brucella",
    "Brucella in the spine",
    yes("organism_brucella"),
    CHOICE,
    page("p 14-15, strong, moderate evidence"),
    say="Doxycycline 100 mg twice a day for 12 weeks or more, with streptomycin 1 g once a day for the first 2 to 3 weeks; or doxycycline and rifampicin, both for 3 months.",
)
REACHED = criterion(
    "twelve_weeks",
    "Treated for 12 weeks or more",
    yes("organism_brucella") & (treated >= 84 * day),
    CHOICE,
)
BRUCELLOSIS = Definition(
    id="spine-brucella",
    title="Spinal brucellosis: treatment and its length",
    subject=SUBJECT,
    about="What is given for Brucella in the spine, and for how long at least.",
    kinds=("spinal",),
    criteria=(BRUCELLAR, REACHED),
    axes=(
        axis(
            "length",
            Class("12 weeks not reached", BRUCELLAR & ~REACHED),
            Class("12 weeks reached", BRUCELLAR),
            otherwise="not Brucella",
            source=(CHOICE,),
        ),
    ),
    performance=(
        Cited(
            "293 patients: 78 (26.6 %) had complications; five regimens did not differ.",
            (Source(BRUCELLA_293, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited("At least 12 weeks in one source, 3 months in the guideline.", (CHOICE, page("p 14"))),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      day 60  | organism_brucella=yes; treatment_days=60 | 12 weeks not reached; only brucella
      day 84  | organism_brucella=yes; treatment_days=84 | 12 weeks reached; edge
      other   | organism_brucella=no | not Brucella
      unknown | organism_brucella=yes | 12 weeks reached to 12 weeks not reached; ask treatment_days
    """,
)

YEAST = Source(IDSA_CANDIDA_2016, "bone and joint", "memory")
MOULD = Source(ASPERGILLUS, "bone", "memory")
CANDIDA = criterion(
    "candida",
    "Candida in the spine",
    yes("organism_candida"),
    YEAST,
    say="6 to 12 months: fluconazole, or an echinocandin for two weeks or more and then fluconazole.",
)
ASPERGILLUS_BONE = criterion(
    "aspergillus",
    "Aspergillus in the spine",
    yes("organism_aspergillus"),
    MOULD,
    say="Voriconazole for 8 weeks or more, often longer than 6 months.",
)
FUNGAL = Definition(
    id="spine-fungal",
    title="Fungal spinal infection: how long",
    subject=SUBJECT,
    about="The clock of a fungus runs beside that of bacteria. Not yet confirmed against the guidelines.",
    kinds=("spinal",),
    criteria=(CANDIDA, ASPERGILLUS_BONE),
    axes=(
        axis("Candida", Class("6 to 12 months", CANDIDA), otherwise="no clock", source=(YEAST,)),
        axis(
            "Aspergillus", Class("8 weeks or more", ASPERGILLUS_BONE), otherwise="no clock", source=(MOULD,)
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts | answer
      ------- | ----- | ------
      C albicans | organism_candida=yes; organism_aspergillus=no | Candida: 6 to 12 months; Aspergillus: no clock
      mixed MSSA | organism_candida=yes; mrsa=no; organism_aspergillus=no | Candida: 6 to 12 months
      none    | organism_candida=no; organism_aspergillus=no | Candida: no clock; nothing met
      unknown | organism_aspergillus=no | Candida: no clock to 6 to 12 months; ask organism_candida
    """,
)
DURATIONS = (CLOCKS, BRUCELLOSIS, FUNGAL)
