"""C-reactive protein and ESR over time: B + S(t) + I(t), the model of ``opat.md`` (g). Days and mg/L (mm/h)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp
from typing import Final

from osteon.events.simulator.figures import MARKERS

CRP: Final = MARKERS["crp"]
ESR: Final = MARKERS["esr"]

Phase = Callable[[float], float]  # day of the phase -> what infection adds


def steady(level: float) -> Phase:
    """Untreated infection."""
    return lambda _: level


def halving(level: float, half_life: float) -> Phase:
    """A responder, or the rest of a cured infection."""
    return lambda day: float(level * 0.5 ** (day / half_life))


def plateau(level: float, share: float) -> Phase:
    """A non-responder: settles at a share of the baseline, rises after week 2."""
    figures = CRP["non_responder"]

    def value(day: float) -> float:
        settled = level * (share + (1.0 - share) * exp(-day / figures["settle_days"]))
        late = max(0.0, day - figures["rise_after_days"])
        return float(settled * (1.0 + figures["rise_per_day"] * late))

    return value


def rising(level: float) -> Phase:
    """A relapse: from nothing to its level."""
    return lambda day: level * (1.0 - exp(-day / CRP["relapse"]["time_constant"]))


@dataclass(slots=True)
class Marker:
    """One marker of one patient. ``peaks`` are what operations and other illnesses add."""

    baseline: float
    operation: Callable[[float, float], float]
    phases: list[tuple[float, Phase]] = field(default_factory=list)
    peaks: list[tuple[float, float]] = field(default_factory=list)
    illnesses: list[tuple[float, float, float]] = field(default_factory=list)  # day, height, half-life

    def turn(self, day: float, phase: Phase) -> None:
        """From this day on infection follows ``phase``."""
        self.phases.append((day, phase))

    def infection(self, day: float) -> float:
        """What infection alone adds on that day."""
        value = 0.0
        for start, phase in self.phases:
            if start > day:
                break
            value = phase(day - start)
        return value

    def at(self, day: float) -> float:
        """The true value on that day, before the laboratory's noise."""
        value = self.baseline + self.infection(day)
        if self.peaks:
            value += self._surgery(day)
        for start, height, half_life in self.illnesses:
            if day >= start:
                value += height * 0.5 ** ((day - start) / half_life)
        return value

    def _surgery(self, day: float) -> float:
        """Only the latest operation counts: each resets the last (the larger remainder wins)."""
        return max(
            (self.operation(day - start, peak) for start, peak in self.peaks if start <= day), default=0.0
        )


def crp_of_operation(day: float, peak: float) -> float:
    """Linear to the peak at 48 h, then two exponentials."""
    top = CRP["surgery_peak_day"]
    if day < top:
        return float(peak * day / top)
    fast = CRP["surgery_fast_share"] * exp(-CRP["surgery_fast_rate"] * (day - top))
    slow = (1.0 - CRP["surgery_fast_share"]) * exp(-CRP["surgery_slow_rate"] * (day - top))
    return float(peak * (fast + slow))


def esr_of_operation(day: float, peak: float) -> float:
    """Linear to the peak at day 5, then slow."""
    top = ESR["surgery_peak_day"]
    if day < top:
        return float(peak * day / top)
    return float(peak * 0.5 ** ((day - top) / ESR["surgery_half_life"]))
