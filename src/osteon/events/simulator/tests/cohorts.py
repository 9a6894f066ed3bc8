"""Cohorts that several tests look at, simulated once."""

from __future__ import annotations

from datetime import date
from functools import cache

from osteon.events.schema import Event
from osteon.events.simulator.cohort import Calendar, new_journey, simulate_patient
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.pathway import tell_story
from osteon.events.simulator.story import CORE

WHOLE = Calendar(date(2022, 1, 3), None)
SEED = 20


@cache
def journeys(patients: int = 2000) -> tuple[Journey, ...]:
    """Everything the simulator knows of each patient, more than it tells."""
    told = []
    for index in range(patients):
        journey = new_journey(SEED, index, index, WHOLE, CORE)
        tell_story(journey)
        told.append(journey)
    return tuple(told)


@cache
def infected(patients: int = 2000) -> tuple[Journey, ...]:
    """Those whose infection was not excluded."""
    return tuple(journey for journey in journeys(patients) if not journey.case.excluded)


@cache
def stories(patients: int = 200, detail: str = "full") -> tuple[tuple[Event, ...], ...]:
    """What is told of each patient."""
    return tuple(tuple(simulate_patient(SEED, index, WHOLE, detail).events()) for index in range(patients))


def share(part: int, whole: int) -> float:
    """Of the whole, between 0 and 1."""
    return part / whole
