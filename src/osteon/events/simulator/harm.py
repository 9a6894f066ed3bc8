"""Toxicity: whether and when it comes to this patient, and what it does to a blood test."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from osteon.events.simulator.chance import day_on
from osteon.events.simulator.figures import ANALYTE, HARMS_OF, Harm
from osteon.events.simulator.host import Host
from osteon.events.simulator.journey import Course, Suffered


def draw_harms(random: Random, host: Host, course: Course) -> list[Suffered]:
    """The toxicities this course would bring if it were given long enough."""
    suffered = []
    for harm in HARMS_OF.get(course.drug, ()):
        day = day_on(harm.curve, random, _factor(harm, host))
        overshoot = harm.overshoot[0] + random.random() * (harm.overshoot[1] - harm.overshoot[0])
        has_symptom = random.random() < harm.symptom_share
        is_acted_on = random.random() < harm.stop
        if day is None or (_is_oral_only(harm) and course.is_intravenous):
            continue
        suffered.append(Suffered(harm, course, course.start + day, overshoot, has_symptom, is_acted_on))
    return suffered


def _is_oral_only(harm: Harm) -> bool:
    return any(name == "oral-only" for name, _ in harm.factors)


def _factor(harm: Harm, host: Host) -> float:
    factor = 1.0
    for condition, by in harm.factors:
        if condition != "oral-only" and host.has(condition):
            factor *= by
    return factor


def shift(suffered: Iterable[Suffered], measure: str, day: float, normal: float, sex: int) -> float:
    """By what the person's normal value of a test is multiplied on that day; 1 when nothing is wrong."""
    factor = 1.0
    for each in suffered:
        if each.harm.measure == measure:
            depth = _depth(each, day)
            if depth > 0.0:
                factor *= (_threshold(each.harm, normal, sex) / normal) ** depth
    return factor


def _depth(each: Suffered, day: float) -> float:
    """0 before, 1 at the threshold, ``overshoot`` at worst; falls by half every ``recovery_days`` after stopping."""
    start = max(each.onset - each.harm.ramp_days, float(each.course.start))
    if day <= start:
        return 0.0
    reached = min(day, each.course.end)
    depth = min((reached - start) / max(1.0, each.onset - start), each.overshoot)
    if day > each.course.end:
        depth *= 0.5 ** ((day - each.course.end) / each.harm.recovery_days)
    return depth


def _threshold(harm: Harm, normal: float, sex: int) -> float:
    if harm.threshold is None:
        return normal
    if harm.kind == "times upper":
        return harm.threshold * (ANALYTE[harm.measure].high[sex] or normal)
    return harm.threshold * normal if harm.kind == "times baseline" else harm.threshold
