"""Medians and ratios: these machines are noisy, so runs are interleaved and the middle one counts."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """Seconds of each run, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def percentile(self, share: float) -> float:
        """The run below which this share of runs lies."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def interleaved(runs: int, *works: Callable[[], Any]) -> list[Measured]:
    """Runs the works in turn, A B A B, after one uncounted round."""
    times: list[list[float]] = [[] for _ in works]
    for round_number in range(runs + 1):
        for position, work in enumerate(works):
            gc.collect()
            start = time.perf_counter()
            work()
            if round_number:
                times[position].append(time.perf_counter() - start)
    return [Measured(tuple(own)) for own in times]


def seconds(value: float) -> str:
    """``1.24 s``, ``8.1 ms``."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
