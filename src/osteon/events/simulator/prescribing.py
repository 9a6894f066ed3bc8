"""Which drugs: regimens that fit the organisms and the person, and how they are written up."""

from __future__ import annotations

from random import Random

from osteon.events.simulator.case import Case
from osteon.events.simulator.chance import Choice
from osteon.events.simulator.figures import DOSES, REGIMENS, Regimen
from osteon.events.simulator.host import Host

_STAPHYLOCOCCI = frozenset({"aureus", "coagulase-negative"})


def choose(random: Random, case: Case, host: Host, way: str, avoided: frozenset[str]) -> Regimen | None:
    """A regimen by that way without the avoided drugs, or None when nothing fits."""
    fitting = [
        (regimen, regimen.weight)
        for regimen in REGIMENS[way]
        if regimen.weight > 0
        and avoided.isdisjoint(regimen.drugs)
        and _is_allowed(host, regimen)
        and _covers(case, regimen)
    ]
    return Choice(fitting).draw(random) if fitting else None


def empirical(random: Random, host: Host) -> Regimen:
    """Before the cultures are known."""
    allowed = [(regimen, regimen.weight) for regimen in REGIMENS["empirical"] if _is_allowed(host, regimen)]
    return Choice(allowed).draw(random)


def _is_allowed(host: Host, regimen: Regimen) -> bool:
    groups = regimen.groups
    if host.allergy == "penicillin":
        return "penicillin" not in groups
    if host.allergy == "penicillin-severe":
        return not groups & {"penicillin", "cephalosporin"}
    return not (host.warfarin and "rifampicin" in regimen.drugs and host.age > 80)


def _covers(case: Case, regimen: Regimen) -> bool:
    if not case.isolates:
        return regimen.blind
    if regimen.needs_staphylococcus and not _suits_rifampicin(case):
        return False
    return not any(isolate.susceptible.isdisjoint(regimen.active) for isolate in case.isolates)


def _suits_rifampicin(case: Case) -> bool:
    """A susceptible staphylococcus; given mostly, not only, where metal stays (the biofilm)."""
    staphylococci = [isolate for isolate in case.isolates if isolate.germ.group in _STAPHYLOCOCCI]
    return bool(staphylococci) and all(isolate.is_susceptible("rifampicin") for isolate in staphylococci)


def dose_of(drug: str, way: str, host: Host) -> str:
    """``1000 mg IV every 24 hours``."""
    dose = DOSES[drug, way]
    if dose.mg_per_kg is None or dose.round_to is None:
        return dose.words
    milligrams = round(dose.mg_per_kg * host.weight_kg / dose.round_to) * dose.round_to
    if dose.highest_mg is not None:
        milligrams = min(milligrams, dose.highest_mg)
    return dose.words.format(mg=f"{milligrams:,.0f}")
