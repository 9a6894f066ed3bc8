"""How the infection answers: CRP and ESR of responders, of those who fail on treatment and of relapses."""

from __future__ import annotations

from typing import Final

from osteon.events.simulator.chance import Choice, lognormal, uniform_day
from osteon.events.simulator.figures import COHORT, MARKERS
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.markers import halving, plateau, rising, steady
from osteon.events.simulator.treatment import Plan

_CRP: Final = MARKERS["crp"]
_ESR: Final = MARKERS["esr"]
_CONFOUNDER: Final = COHORT["confounder"]
_ILLNESSES: Final = Choice(
    (kind, float(share)) for kind, share in (p.split(":") for p in _CONFOUNDER["kinds"].split("|"))
)
_ILLNESS_WORDS: Final = {
    "chest infection": "Chest infection, seen by the GP",
    "gout": "Acute gout of the first toe, seen by the GP",
    "urinary infection": "Urinary infection, seen by the GP",
}


def begin_infection(journey: Journey) -> None:
    """Untreated until the operation."""
    journey.crp.turn(journey.referred - 400, steady(journey.case.crp))
    journey.esr.turn(journey.referred - 400, steady(journey.case.esr))


def answer_treatment(journey: Journey, plan: Plan) -> None:
    """From the first day of treatment to the end of follow-up."""
    failure = journey.case.failure_day
    failed = None if failure is None else plan.start + failure
    if failed is not None and not journey.is_alive(failed):
        failed = None
    journey.failed = failed
    early = plan.finish + COHORT["failure"]["early_days"]
    if failed is not None and failed < early:
        _hold_out(journey, plan.start)
        return
    respond(journey, plan.start)
    if failed is not None:
        _relapse(journey, plan.finish, failed)


def respond(journey: Journey, day: int) -> None:
    """Halves about every week from its present height; ESR lags."""
    pace = lognormal(journey.random, 1.0, _CRP["half_life_sigma"])
    journey.crp.turn(day, halving(journey.crp.infection(day), _CRP["half_life"] * pace))
    journey.esr.turn(day, halving(journey.esr.infection(day), _ESR["half_life"] * pace))


def _hold_out(journey: Journey, day: int) -> None:
    figures = _CRP["non_responder"]
    share = figures["plateau_low"] + journey.random.random() * (
        figures["plateau_high"] - figures["plateau_low"]
    )
    journey.crp.turn(day, plateau(max(figures["least"], journey.case.crp), share))
    journey.esr.turn(day, plateau(max(figures["least"], journey.case.esr), share))


def _relapse(journey: Journey, finish: int, failed: int) -> None:
    """Normal, then up 2-8 weeks after the stop, or shortly before a late failure is recognised."""
    figures, random = _CRP["relapse"], journey.random
    after_stop = finish + uniform_day(random, figures["rise_low_days"], figures["rise_high_days"])
    before = failed - uniform_day(random, figures["lead_low_days"], figures["lead_high_days"])
    day = max(finish + 3, min(before, failed - 5)) if after_stop > failed - 7 else max(after_stop, before)
    level = figures["level_factor"] * max(figures["least"], journey.case.crp)
    journey.crp.turn(day, rising(min(level, figures["highest"])))
    journey.esr.turn(day, rising(max(figures["least"], journey.case.esr) * figures["level_factor"]))


def fall_ill_otherwise(journey: Journey, plan: Plan) -> None:
    """Now and then another illness lifts the CRP on treatment: not every rise is the bone."""
    random = journey.random
    if random.random() >= _CONFOUNDER["share"]:
        return
    day = plan.start + 10 + int(random.random() * 60)
    height = _CONFOUNDER["height_low"] + random.random() * (
        _CONFOUNDER["height_high"] - _CONFOUNDER["height_low"]
    )
    kind = _ILLNESSES.draw(random)
    journey.crp.illnesses.append((float(day), height, _CONFOUNDER["half_life_days"]))
    journey.story.add(0, journey.at(day, 10), "OSTEON//admission//emergency", text=_ILLNESS_WORDS[kind])
