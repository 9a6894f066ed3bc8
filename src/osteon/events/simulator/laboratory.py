"""The laboratory: panels with their ranges, inflammation, toxicity and noise in every value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Final

from osteon.events.simulator.chance import scatter
from osteon.events.simulator.figures import ANALYTES, COHORT, LEVELS, MARKERS, WATCHES, Analyte, Level
from osteon.events.simulator.harm import shift
from osteon.events.simulator.host import egfr
from osteon.events.simulator.journey import Course, Journey, Visit
from osteon.events.simulator.story import CORE, FULL, MINUTES_PER_DAY

_BLOOD: Final = MARKERS["blood"]
_VISITS: Final = COHORT["visits"]
_REPORT_BELOW: Final[float] = MARKERS["crp"]["report_below"]
_SAFETY: Final = frozenset({"blood", "kidney", "liver"})
_PANELS: Final = {
    "baseline": _SAFETY | {"crp", "esr", "diabetes"},
    "admission": _SAFETY | {"crp"},
    "day-one": frozenset({"blood", "kidney"}),  # CRP the day after an operation tells nobody anything
    "ward": _SAFETY | {"crp"},
    "start": _SAFETY | {"crp"},
    "monitoring": _SAFETY | {"crp"},
    "end": _SAFETY | {"crp", "esr"},
    "follow-up": frozenset({"crp", "esr"}),
}
_CORE: Final = {
    "baseline": frozenset({"crp", "esr", "creatinine"}),
    "admission": frozenset[str](),
    "day-one": frozenset[str](),
    "ward": frozenset[str](),
    "start": frozenset[str](),
    "monitoring": frozenset({"crp"}),
    "end": frozenset[str](),
    "follow-up": frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class _Order:
    """What one tube is tested for: (place in the list, test, level), and how long the whole list is."""

    tests: tuple[tuple[int, Analyte, int], ...]
    length: int


@cache
def _order(kind: str, extra: frozenset[str], core: frozenset[str], detail: int) -> _Order:
    """The tests of a visit. At core detail only those it tells, and what they are computed from."""
    asked = [analyte for analyte in ANALYTES if analyte.panel in _PANELS[kind] | extra]
    listed = [(place, analyte, CORE if analyte.key in core else FULL) for place, analyte in enumerate(asked)]
    return _Order(tuple(test for test in listed if test[2] <= detail), len(asked))


def draw_bloods(journey: Journey, visit: Visit) -> None:
    """One visit to the phlebotomist: everything asked for, reported some hours later."""
    random, day = journey.random, visit.day
    at = journey.at(day, visit.hour)
    low, high = _VISITS["report_hours_low"], _VISITS["report_hours_high"]
    known = at + int((low + random.random() * (high - low)) * 60) + visit.lost_days * MINUTES_PER_DAY
    running = journey.on(day)
    order = _order(visit.kind, _extra(journey, running), _core(visit, running), journey.story.detail)
    sample = _Sample(journey, day, at, known, _upper_factor(journey, visit))
    sample.haemolysed = random.random() < _VISITS["haemolysed"]
    first = journey.story.reserve(order.length)
    for place, analyte, level in order.tests:
        sample.tell(analyte, first + place, level)
    for course in running:
        _draw_level(journey, course, day, at, known)


def _extra(journey: Journey, running: list[Course]) -> frozenset[str]:
    """Panels for this person: INR on warfarin, CK on daptomycin, HbA1c is part of a baseline only."""
    extra = {"clotting"} if journey.host.warfarin else set()
    if any(course.drug == "daptomycin" for course in running):
        extra.add("muscle")
    return frozenset(extra)


def _core(visit: Visit, running: list[Course]) -> frozenset[str]:
    """What the core stream keeps: the tests the drugs ask for; CRP weekly only on intravenous treatment."""
    core = _CORE[visit.kind]
    if visit.kind in ("start", "monitoring"):
        core = core.union(*(WATCHES[course.drug].core for course in running))
    if visit.kind == "monitoring" and visit.day % 2 and not any(c.is_intravenous for c in running):
        core -= {"crp"}
    if visit.is_telling:
        core |= {"crp"}
    return core


def _upper_factor(journey: Journey, visit: Visit) -> float:
    """Now and then another hospital's laboratory, with its own upper limits."""
    elsewhere = visit.kind == "monitoring" and journey.random.random() < _VISITS["other_laboratory"]
    return float(_VISITS["other_laboratory_upper"]) if elsewhere else 1.0


class _Sample:
    """One tube: the state of the patient at that moment, and where its results go."""

    __slots__ = ("at", "crp", "day", "esr", "haemolysed", "journey", "known", "scatter", "upper")

    def __init__(self, journey: Journey, day: float, at: int, known: int, upper: float) -> None:
        self.journey = journey
        self.day = day
        self.at = at
        self.known = known
        self.upper = upper
        self.crp = journey.crp.at(day)
        self.esr = journey.esr.at(day)
        self.scatter = journey.noise.getrandbits(24)
        self.haemolysed = False

    def tell(self, analyte: Analyte, number: int, level: int) -> None:
        sex = self.journey.host.sex
        rounded = round(self.value(analyte), analyte.decimals)
        comparator, text = None, None
        if analyte.key == "crp" and rounded < _REPORT_BELOW:
            rounded, comparator = _REPORT_BELOW, "<"
        elif analyte.key == "potassium" and self.haemolysed:
            text = "haemolysed specimen"
        high = analyte.high[sex]
        if high is not None and self.upper != 1.0:
            high = round(high * self.upper, analyte.decimals)
        self.journey.story.add(
            level,
            self.at,
            analyte.code,
            float(rounded),
            analyte.unit,
            text,
            known=self.known,
            low=analyte.low[sex],
            high=high,
            comparator=comparator,
            number=number,
        )

    def value(self, analyte: Analyte) -> float:
        """Truth times noise, between what an analyser can print."""
        key = analyte.key
        if key == "egfr":
            host = self.journey.host
            return max(analyte.lowest, egfr(self._creatinine(), host.age, host.sex))
        if key == "crp":
            value = self.crp
        elif key == "esr":
            value = self.esr
        else:
            value = self._blood(key)
        noise = scatter(self.scatter, analyte.place)
        return min(max(value * exp(analyte.within_cv * noise), analyte.lowest), analyte.highest)

    def _creatinine(self) -> float:
        """As printed: the laboratory computes the eGFR from the number it reports."""
        analyte = next(analyte for analyte in ANALYTES if analyte.key == "creatinine")
        return round(self.value(analyte), analyte.decimals)

    def _blood(self, key: str) -> float:
        journey = self.journey
        normal = journey.host.normal[key]
        value = normal + self._inflamed(key)
        if journey.suffered:
            value *= shift(journey.suffered, key, self.day, normal, journey.host.sex)
        return value

    def _inflamed(self, key: str) -> float:
        """What inflammation, the operation and tablets do to a test."""
        per_crp = _BLOOD["per_crp"].get(key)
        if per_crp is not None:
            return float(per_crp) * self.crp
        if key == "platelets":
            return float(_BLOOD["platelets_per_esr"]) * max(0.0, self.esr - self.journey.esr.baseline)
        if key == "haemoglobin":
            return self._anaemia()
        if key == "potassium" and self.haemolysed:
            return float(_VISITS["haemolysed_rise"])
        return self._anticoagulated() if key == "inr" else 0.0

    def _anaemia(self) -> float:
        """Blood lost at operations comes back over weeks; chronic inflammation keeps it low."""
        days = _BLOOD["haemoglobin_operation_days"]
        fall = sum(
            _BLOOD["haemoglobin_operation_fall"] * 0.5 ** ((self.day - operation) / days)
            for operation in self.journey.operated
            if operation < self.day
        )
        return float(_BLOOD["haemoglobin_per_esr"] * (self.esr - self.journey.esr.baseline) - fall)

    def _anticoagulated(self) -> float:
        """Warfarin holds the INR at 2.6; rifampicin empties it within two weeks, others raise it."""
        if not self.journey.host.warfarin:
            return 0.0
        added = _BLOOD["inr_on_warfarin"]
        for course in self.journey.on(self.day):
            days = self.day - course.start
            added *= 1.0 + (_BLOOD["inr_factor"].get(course.drug, 1.0) - 1.0) * min(1.0, days / 14.0)
        return float(added)


def _draw_level(journey: Journey, course: Course, day: int, at: int, known: int) -> None:
    """A trough; below target the dose is changed and the next ones are better."""
    level = LEVELS.get(course.drug)
    if level is None or day - course.start < level.first_day:
        return
    median, sigma = level.after_change if course.sub_target else level.first
    value = median * exp(sigma * journey.noise.gauss(0.0, 1.0))
    if course.levels == 0:
        course.sub_target = value < level.sub_target
    course.levels += 1
    _write_level(journey, level, value, at, known)


def _write_level(journey: Journey, level: Level, value: float, at: int, known: int) -> None:
    low, high = level.range
    journey.story.add(CORE, at, level.code, round(value, 1), level.unit, known=known, low=low, high=high)
