"""Published test characteristics as likelihood ratios: one row a test, cut-off, population and paper.

A printed pair of sensitivity and specificity gives its ratios unrounded; where a paper prints a pooled ratio of
its own, that one is used. With no false positive at all, half a case is added to every cell of the two-by-two
table, so that the ratio is large and not infinite (definitions.md 7.1).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, NamedTuple

_SPAN = re.compile(r"(?P<value>[\d.]+)(?: \((?P<low>[\d.]+)-(?P<high>[\d.]+)\))?")


class Ends(NamedTuple):
    """A figure with the ends of its 95 % interval; they equal it where the paper prints none."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Test:
    """One row. ``test``: what may be counted once only; ``family``: what is not independent of its like."""

    subject: str
    key: str
    test: str
    family: str
    name: str
    positive: Ends | None
    negative: Ends | None
    reference: str
    mark: str
    note: str

    def ratio(self, is_positive: bool) -> Ends | None:
        """The likelihood ratio of that result; ``None`` where the paper gives none."""
        return self.positive if is_positive else self.negative


class Contradiction(ValueError):
    """A row whose figures cannot be: a test worse than chance is an inverted or misprinted row."""


def _ends(text: str) -> Ends | None:
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    value = float(match["value"])
    return Ends(value, float(match["low"] or value), float(match["high"] or value))


def _test(row: dict[str, str]) -> Test:
    derived = _from_counts(row["counts"]) if row["counts"] else _from_shares(row)
    positive, negative = _ends(row["lr_positive"]), _ends(row["lr_negative"])
    if derived is not None:
        positive, negative = positive or derived[0], negative or derived[1]
    return Test(
        row["subject"], row["key"], row["test"], row["family"], row["name"], positive, negative,
        row["reference"], row["mark"], row["note"],
    )  # fmt: skip


def _from_shares(row: dict[str, str]) -> tuple[Ends, Ends] | None:
    sensitivity, specificity = _ends(row["sensitivity"]), _ends(row["specificity"])
    if sensitivity is None or specificity is None:
        return None
    if sensitivity.value + specificity.value <= 100:
        raise Contradiction(f"{row['key']}: sensitivity and specificity together do not exceed 100 %")
    pairs = [(s / 100, p / 100) for s, p in zip(sensitivity, specificity, strict=True)]
    positive = Ends(*(s / (1 - p) for s, p in pairs))
    negative = [(1 - s) / p for s, p in pairs]
    return positive, Ends(negative[0], negative[2], negative[1])


def _from_counts(text: str) -> tuple[Ends, Ends]:
    """From true positives, false negatives, false positives and true negatives."""
    cells = [float(cell) for cell in text.split("/")]
    if 0.0 in cells:
        cells = [cell + 0.5 for cell in cells]
    hit, missed, wrong, right = cells
    sensitivity, specificity = hit / (hit + missed), right / (wrong + right)
    positive, negative = sensitivity / (1 - specificity), (1 - sensitivity) / specificity
    return Ends(positive, positive, positive), Ends(negative, negative, negative)


def _rows() -> Iterator[Test]:
    with files(__package__).joinpath("tests.csv").open(encoding="utf-8") as lines:
        yield from (_test(row) for row in csv.DictReader(lines))


TESTS: Final = {test.key: test for test in _rows()}
