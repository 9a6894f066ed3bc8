"""Paper sizes of the drawing, and where a moment lies on them.

All lengths are user units of the SVG, which scales with the page. Each sheet is drawn for a range of widths,
so that its text stays between about 11 and 17 pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osteon.service.patients.timeline.window import Window


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper size. Without a gutter, lane names stand above their lanes instead of beside them."""

    key: str
    width: float
    gutter: float
    right: float  # margin; wider when a second axis stands there
    text: float
    small: float
    row: float
    bar: float
    marker: float  # height of the marker lane
    rows: float = 1.0  # share of a lane's usual rows that may be used

    @property
    def stacked(self) -> bool:
        """Whether lane names stand above their lanes."""
        return self.gutter == 0


WIDE: Final = Sheet("wide", 1080, 128, 2, 13, 12, 23, 17, 170)
MEDIUM: Final = Sheet("medium", 640, 118, 2, 13, 12, 23, 17, 150)
NARROW: Final = Sheet("narrow", 320, 0, 2, 13, 12, 23, 17, 130, rows=1.5)
SHEETS: Final = {sheet.key: sheet for sheet in (WIDE, MEDIUM, NARROW)}
SECOND_AXIS: Final = 40.0
STACKED_LEFT: Final = 40.0  # room for the numbers of the value axis


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns moments into places: ``x(seconds)``."""

    left: float
    right: float
    begin: float
    finish: float

    def x(self, at: float) -> float:
        """Where a moment lies; outside the window it lies outside the drawing."""
        return self.left + (at - self.begin) / (self.finish - self.begin) * (self.right - self.left)

    def held(self, at: float) -> float:
        """Where a moment lies, held at the edges."""
        return min(max(self.x(at), self.left), self.right)

    @property
    def width(self) -> float:
        return self.right - self.left


def ruler_for(sheet: Sheet, window: Window, second_axis: bool) -> Ruler:
    """The place of the time axis on a sheet."""
    left = sheet.gutter or STACKED_LEFT
    right = sheet.width - (SECOND_AXIS if second_axis else sheet.right)
    return Ruler(left, right, *window.bounds)
