"""Operations and the stay around them."""

from __future__ import annotations

from typing import Final

from osteon.events.simulator.case import Isolate
from osteon.events.simulator.chance import lognormal
from osteon.events.simulator.figures import COHORT, MARKERS, WORDS
from osteon.events.simulator.journey import Journey, Visit
from osteon.events.simulator.microbiology import take_specimens
from osteon.events.simulator.story import CORE

_CRP: Final = MARKERS["crp"]
_ESR: Final = MARKERS["esr"]


def operate(
    journey: Journey,
    day: int,
    operations: tuple[tuple[str, str], ...],
    isolates: tuple[Isolate, ...],
    *,
    minor: bool = False,
) -> int:
    """The operation with its samples and what it does to the markers; answers days to the final report."""
    hour = 8 + int(journey.random.random() * 3)
    for number, (operation, words) in enumerate(operations):
        text = words.format(site=journey.case.place)
        journey.story.add(
            CORE, journey.at(day, hour + number * 0.9), f"OSTEON//operation//{operation}", text=text
        )
    _raise_markers(journey, day, minor)
    if not minor:
        journey.operated.append(day)
    return take_specimens(journey, day, hour, isolates)


def _raise_markers(journey: Journey, day: int, minor: bool) -> None:
    factor = _CRP["minor"]["peak_factor"] if minor else 1.0
    crp = lognormal(journey.random, _CRP["surgery_peak_median"], _CRP["surgery_peak_sigma"])
    esr = lognormal(journey.random, _ESR["surgery_rise_median"], _ESR["surgery_rise_sigma"])
    journey.crp.peaks.append((float(day), crp * factor))
    journey.esr.peaks.append((float(day), esr * factor))


def stay(journey: Journey, day: int, median_days: float, *, urgent: bool) -> int:
    """The admission; answers the day the patient goes home. A day case is no admission."""
    days = round(lognormal(journey.random, median_days, COHORT["waiting"]["stay_sigma"]))
    if median_days < 2 and not urgent:
        return day
    admitted = journey.referred if urgent and journey.referred <= day else day
    words = WORDS["admission", "urgent" if urgent else "planned"].format(words=_reason(journey, urgent))
    home = max(day + max(1, days), admitted + 1)
    if not urgent:
        journey.visits.append(Visit(day, "admission", 6))
    tell_admission(journey, admitted, home, words)
    for after in COHORT["ward"]["blood_days"]:
        if day + after <= home:
            kind = "day-one" if after == 1 else "ward"
            journey.visits.append(Visit(day + after, kind, 7, is_telling=after == 3))
    return home


def _reason(journey: Journey, urgent: bool) -> str:
    return journey.case.words[0].lower() + journey.case.words[1:] if urgent else journey.case.place


def tell_admission(journey: Journey, day: int, home: int, words: str) -> None:
    journey.story.add(
        CORE, journey.at(day, 7), "OSTEON//admission//inpatient", end=journey.at(home, 14), text=words
    )
