"""WIfI: wound, ischaemia and foot infection as three grades. No stage: its table of 64 cells was not found."""

from __future__ import annotations

from osteon.knowledge.foot import idsa_2012
from osteon.knowledge.foot.iwgdf_2023 import NEGATIVE
from osteon.knowledge.foot.references import WIFI_2014, WIFI_COHORT, WIFI_COPIES
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Class, Criterion, Definition, axis, criterion
from osteon.rules.definition_examples import but
from osteon.rules.language import answer, answered, any_of, chosen
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

TABLE = Source(WIFI_COPIES, "grades")
PAPER = Source(WIFI_2014, "grade 3 of infection", "memory")
MMHG = unit("mm[Hg]")
INDEX, ANKLE, TOE = answer("abi"), answer("ankle_pressure"), answer("toe_pressure")


def _flow(grade: int, toe: float, index: float, ankle: float, ankle_sign: str) -> Criterion:
    """Toe pressure when it was measured; else the worse of index and ankle pressure, as far as measured."""
    pressure = ankle * MMHG >= ANKLE if ankle_sign == "<=" else ankle * MMHG > ANKLE
    by_index = (index > INDEX) & (answered("abi") | ~answered("ankle_pressure"))
    by_ankle = pressure & (answered("ankle_pressure") | ~answered("abi"))
    return criterion(
        f"ischaemia_{grade}",
        f"Toe pressure below {toe:g} mmHg; without it, index below {index:g} or ankle pressure {ankle_sign} {ankle:g} mmHg",
        (toe * MMHG > TOE) & (answered("toe_pressure") | ~(answered("abi") | answered("ankle_pressure")))
        | (~answered("toe_pressure") & (by_index | by_ankle)),
        TABLE,
    )


WOUND_3 = criterion("wound_3", "Extensive wound or gangrene", chosen("wifi_wound", "extensive"), TABLE)
WOUND_2 = criterion(
    "wound_2", "Deep, or digital gangrene", chosen("wifi_wound", "deep or digital gangrene"), TABLE
)
WOUND_1 = criterion("wound_1", "Small and shallow", chosen("wifi_wound", "small shallow"), TABLE)
FLOW_3 = _flow(3, 30, 0.40, 50, "<=")
FLOW_2 = _flow(2, 40, 0.60, 70, "<=")
FLOW_1 = _flow(1, 60, 0.80, 100, "<=")

DEFINITION = Definition(
    id="wifi",
    title="WIfI: wound, ischaemia, foot infection",
    subject="Diabetic foot",
    about="Three grades from 0 to 3 of a threatened foot. They are not added up.",
    kinds=("diabetic-foot",),
    criteria=(WOUND_3, WOUND_2, WOUND_1, FLOW_3, FLOW_2, FLOW_1, *idsa_2012.DEFINITION.criteria),
    axes=(
        axis(
            "wound",
            Class("3", WOUND_3),
            Class("2", WOUND_2),
            Class("1", WOUND_1),
            otherwise="0",
            source=(TABLE,),
        ),
        axis(
            "ischaemia",
            Class("3", FLOW_3),
            Class("2", FLOW_2),
            Class("1", FLOW_1),
            otherwise="0",
            source=(TABLE,),
        ),
        axis(
            "infection",
            Class("3", idsa_2012.INFECTED & idsa_2012.INFLAMED),
            Class("2", idsa_2012.INFECTED & any_of(idsa_2012.WIDE, idsa_2012.DEEP)),
            Class("1", idsa_2012.INFECTED),
            otherwise="0",
            source=(PAPER,),
        ),
    ),
    performance=(
        Cited(
            "Amputation within a year in stage 4 ran from 20 to 64 % across cohorts.",
            (Source(WIFI_COHORT, "abstract"),),
        ),
    ),
    ambiguities=(
        Cited(
            "The stage comes from a table of 64 cells that was not found. Public programs add the grades and disagree; no stage is given here.",
            (TABLE,),
        ),
        Cited(
            "The infection grade keeps the limit of 2012: exactly 2.0 cm is 1 here and grade 3 of IWGDF 2023.",
            (TABLE,),
        ),
        Cited("Ankle pressures of exactly 70 and 50 mmHg are counted with the worse row.", (TABLE,)),
        Cited(
            "In diabetes toe pressure counts before the index. Between printed bands (0.395, 59.5) the lower band counts.",
            (TABLE,),
        ),
    ),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples=f"""
      case    | facts                                                                                  | answer
      ------- | -------------------------------------------------------------------------------------- | ------
      WI-1    | wifi_wound=deep or digital gangrene; toe_pressure=35; {but(NEGATIVE, "erythema_cm=3", "tenderness_or_pain=yes")} | wound: 2; ischaemia: 2; infection: 2
      WI-2    | abi=1.3; toe_pressure=28                                                               | ischaemia: 3
      ankle 70 | abi=0.9; ankle_pressure=70                                                            | ischaemia: 2; edge
      index only | abi=0.7                                                                             | ischaemia: 1
      2.0 cm  | toe_pressure=80; wifi_wound=small shallow; {but(NEGATIVE, "erythema_cm=2.0", "warmth=yes")} | wound: 1; ischaemia: 0; infection: 1
      unknown | wifi_wound=extensive                                                                   | wound: 3; ischaemia: 0 to 3; infection: 0 to 3; ask toe_pressure
    """,
)
