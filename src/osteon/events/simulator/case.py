"""The infection: what, where, which organisms, how it will go. Drawn before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from random import Random
from typing import Any, Final

from osteon.events.simulator.chance import Choice, day_on, lognormal
from osteon.events.simulator.figures import (
    COHORT,
    DIAGNOSES,
    DIAGNOSIS,
    FAILURE_CURVE,
    GERMS,
    MARKERS,
    MIXES,
    SITES,
    SPECIES,
    STRATEGIES,
    Germ,
    Site,
    Strategy,
)
from osteon.events.simulator.host import Host

_FAILURE: Final = COHORT["failure"]


@dataclass(frozen=True, slots=True)
class Isolate:
    """An organism of this patient with its own antibiogram: drug -> S or R, the same in every specimen."""

    germ: Germ
    results: dict[str, str]
    susceptible: frozenset[str]

    def is_susceptible(self, drug: str) -> bool:
        return drug in self.susceptible


@dataclass(frozen=True, slots=True)
class Case:
    """One infection at one site, from suspicion to outcome. Days count from the start of treatment."""

    diagnosis: str
    figures: dict[str, Any]
    site: Site
    side: str
    urgent: bool
    strategy: Strategy
    excluded: bool
    isolates: tuple[Isolate, ...]
    crp: float
    esr: float
    failure_day: int | None
    death_day: int | None

    @property
    def place(self) -> str:
        """Where, in words: "left tibia", "T7/8"."""
        return f"{self.side} {self.site.words}" if self.side else self.site.words

    @property
    def words(self) -> str:
        """The diagnosis in words."""
        if self.excluded:
            cause = "Aseptic loosening" if self.diagnosis == "prosthetic-joint" else "Aseptic non-union"
            return f"{cause}, {self.place}"
        return self.site.diagnosis_words.format(site=self.place)

    @property
    def icd10(self) -> str:
        if self.excluded:
            return "T84.0" if self.diagnosis == "prosthetic-joint" else "M84.1"
        if any(isolate.germ.group == "streptococcus" for isolate in self.isolates):
            return "M00.2" if self.site.icd10 == "M00.9" else self.site.icd10
        if any(isolate.germ.group == "aureus" for isolate in self.isolates):
            return "M00.0" if self.site.icd10 == "M00.9" else self.site.icd10
        return self.site.icd10


def draw_diagnosis(random: Random) -> str:
    return DIAGNOSIS.draw(random)


def draw_case(random: Random, diagnosis: str, host: Host) -> Case:
    """A case of that diagnosis in that person."""
    figures = DIAGNOSES[diagnosis]
    site = SITES[diagnosis].draw(random)
    side = random.choice(("left", "right")) if site.sided else ""
    urgent = random.random() < figures["urgent"]
    excluded = not urgent and random.random() < figures["infection_excluded"]
    isolates = () if excluded else _isolates(random, diagnosis, site, figures)
    crp, esr = _markers(random, diagnosis, site, urgent, excluded)
    return Case(
        diagnosis=diagnosis,
        figures=figures,
        site=site,
        side=side,
        urgent=urgent,
        strategy=_strategy(random, diagnosis, urgent, site, excluded),
        excluded=excluded,
        isolates=isolates,
        crp=crp,
        esr=esr,
        failure_day=None if excluded else _failure_day(random, host, isolates, figures),
        death_day=_death_day(random, host, figures),
    )


_FRAMED: Final = frozenset({"tibia", "femur", "tibia-plate", "tibia-nail", "femur-nail"})


def _strategy(random: Random, diagnosis: str, urgent: bool, site: Site, excluded: bool) -> Strategy:
    """One that fits the pace; frames only on long bones of the leg; no suppression of what is not infected."""
    pace = "acute" if urgent else "elective"
    fitting = [
        (strategy, strategy.weight)
        for strategy in STRATEGIES[diagnosis]
        if strategy.pace in (pace, "any")
        and not (strategy.frame and (site.key not in _FRAMED or excluded))
        and not (excluded and (strategy.minor or strategy.second))
    ]
    return Choice(fitting).draw(random)


def _isolates(random: Random, diagnosis: str, site: Site, figures: dict[str, Any]) -> tuple[Isolate, ...]:
    mix = MIXES[figures["organisms"]]
    if random.random() < mix.culture_negative:
        return ()
    groups = [_first_group(random, diagnosis, site, mix.groups)]
    for chance in (mix.second_organism, mix.third_organism):
        if random.random() >= chance:
            break
        another = mix.groups.draw(random)
        if another not in groups:
            groups.append(another)
        elif len(groups) == 1:  # a second organism is of another group
            groups.append(_other_group(random, mix.groups, groups[0]))
    return tuple(_isolate(random, _germ(random, group, site)) for group in groups)


def _first_group(random: Random, diagnosis: str, site: Site, groups: Choice[str]) -> str:
    """Cutibacterium belongs to shoulder prostheses."""
    if diagnosis == "prosthetic-joint" and site.key == "shoulder" and random.random() < 0.45:
        return "other"
    return groups.draw(random)


def _other_group(random: Random, groups: Choice[str], taken: str) -> str:
    while True:
        group = groups.draw(random)
        if group != taken:
            return group


def _germ(random: Random, group: str, site: Site) -> Germ:
    if group == "other" and site.key == "shoulder":
        return GERMS["cutibacterium-acnes"]
    return SPECIES[group].draw(random)


def _isolate(random: Random, germ: Germ) -> Isolate:
    results = {drug: "S" if random.random() < chance else "R" for drug, chance, _ in germ.tested}
    susceptible = frozenset(drug for drug, result in results.items() if result == "S")
    return Isolate(germ, results, susceptible)


def draw_contaminant(random: Random) -> Isolate:
    """What a single specimen sometimes grows although the patient does not have it."""
    group = COHORT["specimens"]["contaminant_group"]
    return _isolate(random, SPECIES[group].draw(random))


def _markers(random: Random, diagnosis: str, site: Site, urgent: bool, excluded: bool) -> tuple[float, float]:
    """CRP and ESR at presentation, above what is normal for the person."""
    figures = DIAGNOSES[diagnosis]
    crp, esr, sigma = figures["crp_median"], figures["esr_median"], figures["marker_sigma"]
    joint = MARKERS["joint"]
    if excluded:
        (crp, esr), sigma = joint["aseptic"], 0.5
    elif urgent and figures["crp_median_acute"] != crp:
        crp = figures["crp_median_acute"]
        esr = crp * MARKERS["acute"]["esr_over_crp"]
    elif diagnosis == "prosthetic-joint":
        crp, esr = joint.get(site.key, joint["hip"])
    shared = random.gauss(0.0, 1.0)  # who has a high CRP tends to have a high ESR
    own = 0.6 * shared + 0.8 * random.gauss(0.0, 1.0)
    return (
        min(MARKERS["crp"]["highest"], crp * exp(sigma * shared)),
        min(MARKERS["esr"]["highest"], esr * exp(0.6 * sigma * own)),
    )


def _failure_day(
    random: Random, host: Host, isolates: tuple[Isolate, ...], figures: dict[str, Any]
) -> int | None:
    factor = figures["failure_factor"]
    if any(isolate.germ.key == "mrsa" for isolate in isolates):
        factor *= _FAILURE["organism_factor_mrsa"]
    if any(isolate.germ.group == "pseudomonas" for isolate in isolates):
        factor *= _FAILURE["organism_factor_pseudomonas"]
    if "diabetes" in host.illnesses and figures["failure_factor"] <= 1.2:
        factor *= _FAILURE["diabetes_factor"]
    if host.age > 75:
        factor *= _FAILURE["age_factor_over_75"]
    day = day_on(FAILURE_CURVE, random, factor)
    return None if day is None else max(21, int(day))


def _death_day(random: Random, host: Host, figures: dict[str, Any]) -> int | None:
    """A day within two years; the old die more often, the average over the ages stays the figure's."""
    ages = COHORT[figures["host_age"]]
    per_year = log(COHORT["death"]["ratio_per_20_years"]) / 20
    level = exp(-0.5 * (per_year * ages["sd"]) ** 2)
    share = figures["death_two_years"] * level * exp(per_year * (host.age - ages["mean"]))
    if random.random() >= share:
        return None
    return max(5, int(730 * random.random() ** 0.8))


def draw_baseline(random: Random, host: Host) -> tuple[float, float]:
    """CRP and ESR of the person when well."""
    esr = MARKERS["esr"]
    median = esr["baseline_median_male" if host.sex else "baseline_median_female"]
    return (
        lognormal(random, MARKERS["crp"]["baseline_median"], MARKERS["crp"]["baseline_sigma"]),
        lognormal(random, median, esr["baseline_sigma"]),
    )
