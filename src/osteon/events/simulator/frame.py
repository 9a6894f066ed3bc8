"""A circular frame for bone transport: latency, distraction, consolidation, pin sites, removal."""

from __future__ import annotations

from itertools import pairwise

from osteon.events.simulator.chance import lognormal, uniform_day, weights
from osteon.events.simulator.figures import COHORT
from osteon.events.simulator.journey import Journey, working_day
from osteon.events.simulator.story import CORE, FULL, MINUTES_PER_DAY

_FIGURES = COHORT["frame"]
_EPISODES = weights(_FIGURES["pin_site_episodes"])
_GRADES = weights(_FIGURES["pin_site_grades"])


def put_on(journey: Journey, day: int) -> int:
    """The whole time in the frame; answers the day it comes off."""
    random = journey.random
    defect = min(
        max(
            lognormal(random, _FIGURES["defect_cm_median"], _FIGURES["defect_cm_sigma"]),
            _FIGURES["defect_cm_low"],
        ),
        _FIGURES["defect_cm_high"],
    )
    latency = uniform_day(random, _FIGURES["latency_low"], _FIGURES["latency_high"])
    distraction = round(defect * 10 / _FIGURES["mm_per_day"])
    low, high = _FIGURES["consolidation_factor_low"], _FIGURES["consolidation_factor_high"]
    consolidation = round(distraction * (low + (high - low) * random.random()))
    off = working_day(day + latency + distraction + consolidation)
    _tell_frame(journey, day, off, defect)
    _tell_phases(journey, day, latency, distraction, off)
    _tell_pin_sites(journey, day, off)
    journey.story.add(
        CORE,
        journey.at(off, 10),
        "OSTEON//operation//frame-removal",
        text=f"Frame removal, {journey.case.place}",
    )
    return off


def _tell_frame(journey: Journey, day: int, off: int, defect: float) -> None:
    journey.story.add(
        CORE,
        journey.at(day, 12),
        "OSTEON//frame//circular",
        end=journey.at(off, 10),
        text=f"{journey.case.place}, bone transport over {defect:.1f} cm",
    )


def _tell_phases(journey: Journey, day: int, latency: int, distraction: int, off: int) -> None:
    start = journey.at(day, 12)
    days = (0, latency, latency + distraction, off - day)
    for phase, (first, last) in zip(("latency", "distraction", "consolidation"), pairwise(days), strict=True):
        journey.story.add(
            CORE,
            start + first * MINUTES_PER_DAY,
            f"OSTEON//frame-phase//{phase}",
            end=start + last * MINUTES_PER_DAY,
        )


def _tell_pin_sites(journey: Journey, day: int, off: int) -> None:
    """Ninety in a hundred have at least one infected pin site, mostly of the lowest grade."""
    random = journey.random
    if random.random() >= _FIGURES["pin_site_patients"]:
        return
    for _ in range(int(_EPISODES.draw(random))):
        at = journey.at(day + 10 + random.random() * max(1, off - day - 20), 14)
        grade = _GRADES.draw(random)
        site = f"ring {random.randint(1, 3)}, {random.randint(1, 12)} o'clock"
        journey.story.add(
            CORE if int(grade) > 1 else FULL,
            at,
            "OSTEON//finding//pin-site-infection",
            1.0,
            text=f"Pin site {site}: Checketts-Otterburn grade {grade}",
        )
