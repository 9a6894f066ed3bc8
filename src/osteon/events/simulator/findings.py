"""What the patient is asked at a visit, answered yes or no, and the weight, temperature and pain written down."""

from __future__ import annotations

from typing import Final

from osteon.events.simulator.chance import scatter
from osteon.events.simulator.figures import COHORT, WATCHES
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.story import CORE, FULL
from osteon.events.vocabulary import MEASURES

_TEMPERATURE: Final = MEASURES["temperature"]
_WEIGHT: Final = MEASURES["weight"]
_HEIGHT: Final = MEASURES["height"]
_FIGURES: Final = COHORT["findings"]


def ask(journey: Journey, day: int, at: int) -> None:
    """The questions of a visit on treatment: those of the drugs, fever, wound, pain."""
    symptoms = _symptoms(journey, day)
    for course in journey.on(day):
        for finding in WATCHES[course.drug].asked:
            symptoms.setdefault(finding, False)
    ill = any(0 <= day - start < _FIGURES["illness_days"] for start, _, _ in journey.crp.illnesses)
    symptoms["fever"] = symptoms.get("fever", False) or ill
    for finding, present in symptoms.items():
        tell(journey, at, finding, present)
    if journey.operated:
        tell(journey, at, "wound-healed", _is_healed(journey, day))
    base = journey.noise.getrandbits(24)
    if journey.story.detail < FULL:
        journey.story.reserve(3)
        return
    _measure(journey, at, ill, base)
    _pain(journey, day, at, base)


def tell(journey: Journey, at: int, finding: str, present: bool) -> None:
    """One answer; yes is in the core stream, no in the full one."""
    level = CORE if present and finding != "wound-healed" else FULL
    journey.story.add(level, at, f"OSTEON//finding//{finding}", float(present))


def _symptoms(journey: Journey, day: int) -> dict[str, bool]:
    """Symptoms of the toxicities that are there on that day."""
    symptoms: dict[str, bool] = {}
    for each in journey.suffered:
        if each.harm.symptom and each.has_symptom:
            last = each.course.end + each.harm.recovery_days
            if each.onset <= day <= last and each.onset < each.course.end:
                symptoms[each.harm.symptom] = True
    return symptoms


def _is_healed(journey: Journey, day: int) -> bool:
    """Dry in two to three weeks, not in those who are failing."""
    operation = max((d for d in journey.operated if d <= day), default=day)
    failing = journey.failed is not None and operation < journey.failed <= day + _FIGURES["wound_fails_days"]
    return day - operation >= _FIGURES["wound_heals_days"] and not failing


def tell_size(journey: Journey, at: int) -> None:
    """Weight and height at the first contact."""
    journey.story.add(FULL, at, _WEIGHT.code, journey.host.weight_kg, _WEIGHT.unit)
    journey.story.add(FULL, at, _HEIGHT.code, journey.host.height_cm, _HEIGHT.unit)


def tell_temperature(journey: Journey, at: int, mean: float) -> None:
    _tell_temperature(journey, at, mean, journey.noise.getrandbits(24))


def _tell_temperature(journey: Journey, at: int, mean: float, base: int) -> None:
    value = round(mean + _FIGURES["temperature_sd"] * scatter(base, 0), 1)
    journey.story.add(FULL, at, _TEMPERATURE.code, value, _TEMPERATURE.unit)


def _measure(journey: Journey, at: int, ill: bool, base: int) -> None:
    mean = _FIGURES["temperature_ill" if ill else "temperature_well"]
    _tell_temperature(journey, at, mean, base)
    weight = round(journey.host.weight_kg - 0.8 + 0.9 * scatter(base, 1), 1)
    journey.story.add(FULL, at, _WEIGHT.code, weight, _WEIGHT.unit)


def _pain(journey: Journey, day: int, at: int, base: int) -> None:
    """0 to 10: falls by half in six weeks when the infection goes."""
    still = journey.crp.infection(day) / max(1.0, journey.case.crp)
    days = max(0, day - journey.started)
    rest = 0.35 + 0.65 * 0.5 ** (days / _FIGURES["pain_half_life_days"]) + 0.4 * min(1.0, still)
    score = round(journey.case.figures["pain"] * rest * (1 + 0.15 * scatter(base, 2)))
    journey.story.add(
        FULL, at, "OSTEON//finding//pain", float(min(10, max(0, score))), "{score}", original="0 to 10"
    )
