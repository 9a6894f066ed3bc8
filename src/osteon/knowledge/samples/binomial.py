"""How likely so many specimens are to agree: the aid behind Atkins' table (definitions.md section 8)."""

from __future__ import annotations

from math import comb


def at_least(k: int, n: int, p: float) -> float:
    """The probability that ``k`` or more of ``n`` specimens grow, each on its own with probability ``p``.

    With the yield of one specimen it is the sensitivity of the rule "k of n alike"; with the rate of one
    contaminant, the same in all specimens, an upper bound of its false alarms.

    Raises:
        ValueError: for counts or a probability that cannot be.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not {p}")
    if n < 0 or k < 0:
        raise ValueError("specimens are counted from 0")
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))
