"""Specimens, isolates, susceptibilities: n of n, each specimen with its own chance of growing."""

from __future__ import annotations

from random import Random
from typing import Final

from osteon.events.simulator.case import Isolate, draw_contaminant
from osteon.events.simulator.chance import uniform_day, weights
from osteon.events.simulator.figures import COHORT
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.story import CORE, FULL, MINUTES_PER_DAY
from osteon.events.vocabulary import DRUGS

_FIGURES: Final = COHORT["specimens"]
_NUMBER: Final = weights(_FIGURES["weights"])
_LETTER: Final = {"tissue": "S", "bone": "S", "fluid": "F", "sonicate": "Son", "blood": "B"}

Growth = list[list[Isolate]]  # for each specimen what grew


def take_specimens(journey: Journey, day: int, hour: float, isolates: tuple[Isolate, ...]) -> int:
    """Samples at an operation; answers how many days until the final report."""
    strategy = journey.case.strategy
    number = int(_NUMBER.draw(journey.random))
    kinds = [strategy.specimen] * number
    if strategy.sonicate:
        kinds[-1] = "sonicate"
    growth = _growth(journey.random, number, isolates)
    days = _report_days(journey.random, any(growth))
    _tell(journey, day, hour, kinds, growth, days)
    return days


def take_blood_cultures(journey: Journey, day: int, hour: float, positive: bool) -> None:
    """Two sets before antibiotics."""
    first = [journey.case.isolates[0]] if positive and journey.case.isolates else []
    sets: int = COHORT["bacteraemia"]["sets"]
    growth = [list(first) for _ in range(sets)]
    if first and journey.random.random() < 0.3:
        growth[-1] = []
    _tell(journey, day, hour, ["blood"] * sets, growth, _report_days(journey.random, bool(first)))


def _growth(random: Random, number: int, isolates: tuple[Isolate, ...]) -> Growth:
    """Binomial per specimen; in a culture-positive patient at least two agree on the first organism."""
    while True:
        growth = [_grows(random, isolates) for _ in range(number)]
        if not isolates or sum(isolates[0] in grown for grown in growth) >= _FIGURES["agreeing"]:
            return growth


def _grows(random: Random, isolates: tuple[Isolate, ...]) -> list[Isolate]:
    grown = [
        isolate
        for place, isolate in enumerate(isolates)
        if random.random() < _FIGURES["yield_second" if place else "yield"]
    ]
    if not grown and random.random() < _FIGURES["contamination"]:
        grown.append(draw_contaminant(random))
    return grown


def _report_days(random: Random, positive: bool) -> int:
    kind = "final_days" if positive else "final_days_negative"
    return uniform_day(random, _FIGURES[f"{kind}_low"], _FIGURES[f"{kind}_high"])


def _tell(
    journey: Journey, day: int, hour: float, kinds: list[str], growth: Growth, report_days: int
) -> None:
    at = journey.at(day, hour)
    known = at + report_days * MINUTES_PER_DAY + journey.random.randrange(0, 480)
    told: set[int] = set()
    for number, (kind, grown) in enumerate(zip(kinds, growth, strict=True), start=1):
        place = "" if kind == "blood" else f" {journey.case.place}"
        label = f"{_LETTER[kind]}{number}{place}"
        _tell_specimen(journey, at, known, f"OSTEON//specimen//{kind}", label, grown, told)


def _tell_specimen(
    journey: Journey, at: int, known: int, code: str, label: str, grown: list[Isolate], told: set[int]
) -> None:
    """A specimen whose report is not out at the cut-off is pending: it is told without a number."""
    story = journey.story
    if story.until is not None and known > story.until:
        story.add(CORE, at, code, None, text=label)
        return
    source = story.add(CORE, at, code, float(len(grown)), text=label, known=known)
    for number, isolate in enumerate(grown, start=1):
        own = f"{source}/isolate/{number}"
        story.add(CORE, at, isolate.germ.code, text=label, known=known, source=own)
        first = id(isolate) not in told
        told.add(id(isolate))
        _tell_results(journey, at, known, label, isolate, own, first)


def _tell_results(
    journey: Journey, at: int, known: int, label: str, isolate: Isolate, source: str, first: bool
) -> None:
    """The whole antibiogram with the first isolate, the telling drugs with its likes."""
    organism = isolate.germ.code.partition("//")[2]
    for drug, _, told in isolate.germ.tested:
        if told == "no" or (told == "yes" and not first):
            continue
        amr = DRUGS[drug].amr_code
        journey.story.add(
            CORE if first and drug == isolate.germ.tested[0][0] else FULL,
            at,
            f"SUSCEPTIBILITY//{organism}//{amr}",
            text=isolate.results[drug],
            known=known,
            original=label,
            source=f"{source}/{amr}",
        )
