"""The few ways in which the simulator draws. All take the generator, so that a patient is a pure function of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise
from math import exp
from random import Random
from statistics import NormalDist
from typing import Final, Generic, TypeVar

T = TypeVar("T")

Curve = tuple[tuple[float, float], ...]  # (day, share of patients in whom it has happened by then)


class Choice(Generic[T]):
    """Draws one of several values with weights."""

    __slots__ = ("_bounds", "_total", "values")

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(value, weight) for value, weight in weighted if weight > 0]
        if not pairs:
            raise ValueError("nothing to choose from")
        self.values: Sequence[T] = [value for value, _ in pairs]
        self._bounds = list(accumulate(weight for _, weight in pairs))
        self._total = self._bounds[-1]

    def draw(self, random: Random) -> T:
        """One value; ``Choice([("a", 1), ("b", 3)])`` answers ``b`` three times out of four."""
        at = bisect_right(self._bounds, random.random() * self._total)
        return self.values[min(at, len(self.values) - 1)]


def generator(*parts: object) -> Random:
    """A generator that depends on the parts alone: not on hash seeds, workers or what was drawn before."""
    digest = blake2b("|".join(map(str, parts)).encode(), digest_size=16).digest()
    return Random(int.from_bytes(digest, "big"))


def lognormal(random: Random, median: float, sigma: float) -> float:
    """A positive number around its median."""
    return median * exp(sigma * random.gauss(0.0, 1.0))


def normal_between(random: Random, mean: float, sd: float, lowest: float, highest: float) -> float:
    """A normal draw, repeated until it lies between the bounds (so no heap forms at either end)."""
    while True:
        value = random.gauss(mean, sd)
        if lowest <= value <= highest:
            return value


def uniform_day(random: Random, lowest: float, highest: float) -> int:
    """A whole number of days from ``lowest`` to ``highest``, both possible."""
    return int(lowest + random.random() * (highest - lowest + 1))


def curve(text: str) -> Curve:
    """``"0:0|14:0.03"`` as ((0, 0), (14, 0.03)).

    Raises:
        ValueError: when days or shares do not rise.
    """
    points = tuple((float(day), float(share)) for day, share in (p.split(":") for p in text.split("|")))
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(points)):
        raise ValueError(f"the curve {text!r} does not rise")
    return points


def weights(text: str) -> Choice[str]:
    """``"3:0.1|4:0.9"`` as a choice between "3" and "4"."""
    return Choice((key, float(share)) for key, share in (p.rsplit(":", 1) for p in text.split("|")))


def scatter(base: int, place: int) -> float:
    """A standard normal value: the ``place``-th of a sample drawn at ``base`` (any whole number).

    Looked up in a shuffled table of quantiles, so that a value costs no draw and tests that are not told
    need none.
    """
    return _QUANTILES[(base + place * _STRIDE) % _SIZE]


_SIZE: Final = 16_384
_STRIDE: Final = 5_077  # odd: neighbours in a sample are far apart in the table


def _quantiles() -> tuple[float, ...]:
    """Shuffled by a fixed seed and rounded, so that every machine has the same table."""
    values = [round(NormalDist().inv_cdf((place + 0.5) / _SIZE), 6) for place in range(_SIZE)]
    Random(_STRIDE).shuffle(values)
    return tuple(values)


_QUANTILES: Final = _quantiles()


def day_on(points: Curve, random: Random, factor: float = 1.0) -> float | None:
    """The day on which something happens to one patient, or None when it never does.

    ``factor`` multiplies every share of the curve (twice the hazard: 2).
    """
    share = random.random() / factor
    for (day, low), (later, high) in pairwise(points):
        if share < high:
            return day if share <= low else day + (later - day) * (share - low) / (high - low)
    return None
