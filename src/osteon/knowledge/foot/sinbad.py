"""SINBAD: six facts of a foot ulcer, one point each."""

from __future__ import annotations

from osteon.knowledge.foot.references import SINBAD
from osteon.knowledge.references import AUTHOR, CHECKED_BY, NEXT_REVIEW, REVIEWED_ON
from osteon.rules.definition import Cited, Definition, criterion
from osteon.rules.language import answer, chosen, count, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import unit

TABLE = Source(SINBAD, "table 4")

SITE = criterion("site", "Midfoot or hindfoot", chosen("ulcer_site", "midfoot or hindfoot"), TABLE)
ISCHAEMIA = criterion("ischaemia", "No foot pulse palpable", ~yes("pulse_palpable"), TABLE)
NEUROPATHY = criterion("neuropathy", "Protective sensation lost", yes("sensation_lost"), TABLE)
INFECTION = criterion("infection", "Infected", yes("foot_infected"), TABLE)
AREA = criterion("area", "1 cm² or more", answer("ulcer_area_cm2") >= 1 * unit("cm2"), TABLE)
DEPTH = criterion("depth", "Reaches muscle, tendon or deeper", yes("ulcer_to_muscle"), TABLE)
SIX = (SITE, ISCHAEMIA, NEUROPATHY, INFECTION, AREA, DEPTH)

DEFINITION = Definition(
    id="sinbad",
    title="SINBAD score of a foot ulcer",
    subject="Diabetic foot",
    about="Site, ischaemia, neuropathy, bacterial infection, area and depth: report the six, not only the sum.",
    kinds=("diabetic-foot",),
    criteria=SIX,
    score=count(*SIX),
    performance=(Cited("No figure was read here.", (TABLE,)),),
    ambiguities=(Cited("The guidance is to report the components, not only the sum.", (TABLE,)),),
    author=AUTHOR,
    checked_by=CHECKED_BY,
    reviewed_on=REVIEWED_ON,
    next_review=NEXT_REVIEW,
    examples="""
      case    | facts                                                                                                                | answer
      ------- | -------------------------------------------------------------------------------------------------------------------- | ------
      SI-1    | ulcer_site=midfoot or hindfoot; pulse_palpable=yes; sensation_lost=yes; foot_infected=no; ulcer_area_cm2=0.8; ulcer_to_muscle=no | score 2; only site, neuropathy
      SI-2    | ulcer_site=forefoot; pulse_palpable=no; sensation_lost=yes; foot_infected=yes; ulcer_area_cm2=3; ulcer_to_muscle=yes | score 5; not met site
      SI-3    | ulcer_site=midfoot or hindfoot; pulse_palpable=no; sensation_lost=yes; foot_infected=yes; ulcer_area_cm2=1; ulcer_to_muscle=yes | score 6; edge
      unknown | sensation_lost=yes; foot_infected=yes                                                                                | score 2 to 6; ask pulse_palpable
    """,
)
