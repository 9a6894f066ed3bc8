"""Text that never runs into other text: how wide it is, where it goes, how it is cut.

A label is given in several lengths. Where the long one does not fit, a shorter one is taken; then the fact
moves to the next row; then the label is cut with an ellipsis; at last only the mark is drawn. The full text
stays in the mark's title and in the table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Generic, TypeVar

Payload = TypeVar("Payload")

# Widths of Helvetica (thousandths of the size), which Arial and Liberation Sans share.
_GROUPS: Final = {
    222: "ijl",
    278: " !,./:;fItr|[]\\",
    333: "()-`r",
    355: '"',
    500: "ckvxyzsJ",
    556: "abdeghnopqu0123456789?$#_L",
    584: "+<>=~×±",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "…→—",
}
WIDTHS: Final = {letter: width / 1000 for width, letters in _GROUPS.items() for letter in letters}
USUAL_WIDTH: Final = 0.6
BOLD: Final = 1.07
SAFETY: Final = 1.03  # another sans serif than Arial is a little wider
ELLIPSIS: Final = "…"
GAP: Final = 5.0  # between a mark and its label
CLEAR: Final = 7.0  # between one fact and the next
SHORTEST_CUT: Final = 5  # letters worth reading before an ellipsis
LEAST_SENTENCE: Final = 90.0  # width from which the beginning of a sentence says something


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at a font size, in the same units; a little generous."""
    ems = sum(_letter_width(letter) for letter in text)
    return ems * size * SAFETY * (BOLD if bold else 1)


def _letter_width(letter: str) -> float:
    known = WIDTHS.get(letter)
    if known is not None:
        return known
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else USUAL_WIDTH


def cut(text: str, room: float, size: float) -> str:
    """The text cut to a width with an ellipsis; empty when too little would be left to read."""
    if text_width(text, size) <= room:
        return text
    for length in range(len(text) - 1, SHORTEST_CUT - 1, -1):
        shorter = text[:length].rstrip(" ,;:.(") + ELLIPSIS
        if text_width(shorter, size) <= room:
            return shorter
    return ""


@dataclass(slots=True)
class Spot(Generic[Payload]):
    """A fact that wants a place: its mark from ``left`` to ``right``, its label in several lengths.

    ``room`` is the width inside the mark that text may use (bars). ``family`` keeps kin in one row; kin that
    are ``snug`` may touch, and their text stays inside. An ``elastic`` label is a sentence that may be cut anywhere.
    After placing: ``row``, ``label`` and ``side`` (``inside``, ``right``, ``left`` of the mark); ``crowd``
    holds what found no place of its own and shares this one.
    """

    payload: Payload
    left: float
    right: float
    labels: tuple[str, ...] = ()
    room: float = 0.0
    family: str = ""
    snug: bool = False
    elastic: bool = False
    row: int = -1
    label: str = ""
    side: str = "right"
    width: float = 0.0
    crowd: list[Payload] = field(default_factory=list)

    @property
    def start(self) -> float:
        """The leftmost point of mark and label."""
        return self.left - (GAP + self.width if self.label and self.side == "left" else 0)

    @property
    def end(self) -> float:
        """The rightmost point of mark and label."""
        return self.right + (GAP + self.width if self.label and self.side == "right" else 0)


@dataclass(frozen=True, slots=True)
class Room:
    """Where spots may go: between ``left`` and ``right``, in at most ``rows`` rows, text of ``size``."""

    left: float
    right: float
    rows: int
    size: float


def placed(spots: Iterable[Spot[Payload]], room: Room) -> list[Spot[Payload]]:
    """The spots with their rows and labels, in the order of their marks. Nothing overlaps."""
    rows: list[Spot[Payload]] = []  # the last spot of each row
    done = []
    for spot in sorted(spots, key=lambda spot: (spot.left, -spot.right)):
        if _seat(spot, rows, room):
            done.append(spot)
    return done


def _seat(spot: Spot[Payload], rows: list[Spot[Payload]], room: Room) -> bool:
    order = sorted(range(len(rows)), key=lambda row: rows[row].family != spot.family or not spot.family)
    return (
        _beside(spot, rows, order, room)
        or _by_shortening_another(spot, rows, order, room)
        or _in_a_new_row(spot, rows, room)
        or _by_cutting_text(spot, rows, order, room)
        or _join_crowd(spot, rows)
    )


def _choices(spot: Spot[Payload], room: Room) -> Iterator[tuple[str, float, str]]:
    if spot.snug:
        yield _cut_choice(spot, 0, room)
        return
    for label in spot.labels:
        width = text_width(label, room.size)
        if width <= spot.room:
            yield label, width, "inside"
        elif spot.right + GAP + width <= room.right:
            yield label, width, "right"
        elif spot.left - GAP - width >= room.left:
            yield label, width, "left"
    if spot.elastic:
        text = cut(spot.labels[0], room.right - spot.right - GAP, room.size)
        if text_width(text, room.size) >= LEAST_SENTENCE:
            yield text, text_width(text, room.size), "right"
    if not spot.labels:
        yield "", 0.0, "right"


def _beside(spot: Spot[Payload], rows: list[Spot[Payload]], order: list[int], room: Room) -> bool:
    for choice in _choices(spot, room):
        spot.label, spot.width, spot.side = choice
        for row in order:
            if _is_clear(spot, rows[row]):
                return _take(spot, rows, row)
    return False


def _is_clear(spot: Spot[Payload], last: Spot[Payload]) -> bool:
    if spot.snug and spot.family == last.family:
        return spot.left >= last.right - 1
    return spot.start >= last.end + CLEAR and spot.snug == last.snug


def _by_shortening_another(
    spot: Spot[Payload], rows: list[Spot[Payload]], order: list[int], room: Room
) -> bool:
    for row in order:
        last = rows[row]
        free = spot.left - CLEAR - GAP - last.right
        shorter = _shorter(last, free, room)
        if shorter and last.side == "right":
            was = last.label, last.width
            last.label, last.width = shorter, text_width(shorter, room.size)
            if _beside(spot, rows, [row], room):
                return True
            last.label, last.width = was
    return False


def _shorter(spot: Spot[Payload], free: float, room: Room) -> str:
    """A shorter label that says enough and fits; empty when there is none."""
    if spot.elastic:
        return cut(spot.labels[0], free, room.size) if free >= LEAST_SENTENCE else ""
    return next((text for text in spot.labels[1:] if text_width(text, room.size) <= free), "")


def _in_a_new_row(spot: Spot[Payload], rows: list[Spot[Payload]], room: Room) -> bool:
    if len(rows) >= room.rows:
        return False
    choice = next(_choices(spot, room), None)
    spot.label, spot.width, spot.side = choice or _cut_choice(spot, room.right - spot.right - GAP, room)
    rows.append(spot)
    return _take(spot, rows, len(rows) - 1)


def _cut_choice(spot: Spot[Payload], free: float, room: Room) -> tuple[str, float, str]:
    inside = spot.room > 0 and spot.room >= free
    text = cut(spot.labels[-1], max(free, spot.room), room.size) if spot.labels else ""
    return text, text_width(text, room.size), "inside" if inside else "right"


def _by_cutting_text(spot: Spot[Payload], rows: list[Spot[Payload]], order: list[int], room: Room) -> bool:
    for row in order:
        last = rows[row]
        if spot.left < last.right + CLEAR:
            continue
        if spot.left < last.end + CLEAR:
            last.label, last.width, last.side = _cut_choice(last, spot.left - CLEAR - GAP - last.right, room)
        spot.label, spot.width, spot.side = _cut_choice(spot, room.right - spot.right - GAP, room)
        return _take(spot, rows, row)
    return False


def _join_crowd(spot: Spot[Payload], rows: list[Spot[Payload]]) -> bool:
    nearest = min(rows, key=lambda last: last.right)
    nearest.crowd += [spot.payload, *spot.crowd]
    return False


def _take(spot: Spot[Payload], rows: list[Spot[Payload]], row: int) -> bool:
    spot.row = row
    rows[row] = spot
    return True
