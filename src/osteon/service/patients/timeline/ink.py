"""Colours, shapes and the few SVG elements everything is drawn with.

Every look is written as an SVG attribute, never as CSS: the same drawing stands in a page, a letter and on
the meeting screen. Colours are the NHS palette; each is checked for contrast in the tests, and none carries a
meaning alone: filled and hollow, solid and dashed, shape and word say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

PAPER: Final = "#ffffff"
TEXT: Final = "#212b32"
QUIET: Final = "#4c6272"  # secondary text and outlines: 6.3 to 1 on paper
HAIR: Final = "#d8dde0"
STRONG_HAIR: Final = "#aeb7bd"
AHEAD: Final = "#f3f6f8"  # what has not come yet
MAIN: Final = "#005eb8"  # the marker, and drugs into a vein
SECOND: Final = "#7c2855"  # the second marker
RANGE: Final = "#e3f1e7"  # reference range
ALARM: Final = "#b30f0f"
CHOSEN: Final = "#fff4c2"
REWOUND: Final = "#330072"

# look of a bar: fill, outline, text
LOOKS: Final = {
    "strong": (MAIN, "#00478c", PAPER),
    "pale": ("#d6e6f4", MAIN, TEXT),
    "plain": ("#e8edee", QUIET, TEXT),
    "hollow": (PAPER, QUIET, TEXT),
    "distraction": ("#cbd5da", QUIET, TEXT),
    "consolidation": ("#eef2f4", QUIET, TEXT),
}

# glyph: path around 0 0, half its width, colour
GLYPHS: Final = {
    "diamond": ("M0-7 6.5 0 0 7-6.5 0z", 6.5, "#003087"),
    "wedge": ("M-7-6H7L0 7z", 7.0, TEXT),
    "square": ("M-6.5-6.5h13v13h-13zM-4.6-4.6v9.2h9.2v-9.2zM-2.6-2.6h5.2v5.2h-5.2z", 6.5, TEXT),
    "stem": ("M-1-6.5h2v13h-2z", 2.0, QUIET),
    "tick": ("M-.9-5h1.8v10h-1.8z", 1.5, QUIET),
    "dot": ("M0-4a4 4 0 1 0 .01 0z", 4.0, TEXT),
    "ring": ("M0-4a4 4 0 1 0 .01 0zM0-2.4a2.4 2.4 0 1 1-.01 0z", 4.0, QUIET),
    "star": ("M-5-7h1.7v14h-1.7zM-3.3-7H7L4.2-3.4 7 .2H-3.3z", 7.0, "#00401e"),
    "alarm": ("M0-7.5 7.5 6.5h-15zM-.9-2.8h1.8l-.3 5h-1.2zM-.9 3.2h1.8v1.7h-1.8z", 7.5, ALARM),
}
HALO: Final = f' paint-order="stroke" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round"'
HIT_HALF: Final = 12.0  # half of the 24 units a finger or pointer may touch


def n(number: float) -> str:
    """A coordinate: one decimal is a tenth of a pixel; no needless zeros."""
    text = f"{number:.1f}"
    return text[:-2] if text.endswith(".0") else text


_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(words: str) -> Markup:
    """Words as they may stand in a document: escaped, without the characters that no XML may hold."""
    return escape(words if words.isprintable() else _FORBIDDEN.sub("", words))


def text(x: float, y: float, content: str, attributes: str = "") -> str:
    """A line of text, escaped. ``attributes`` come from this package only."""
    return f'<text x="{n(x)}" y="{n(y)}"{attributes}>{safe(content)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, attributes: str) -> str:
    return f'<line x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}" {attributes}/>'


def rect(x: float, y: float, width: float, height: float, attributes: str) -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(max(width, 0))}" height="{n(height)}" {attributes}/>'


def hit(left: float, top: float, right: float, bottom: float) -> str:
    """The unseen area of a mark that can be pointed at; it also carries the focus ring."""
    return rect(left, top, right - left, bottom - top, 'class="tl-hit" rx="3" fill="none"')


def glyph(name: str, x: float, y: float) -> str:
    """A shape centred on a place."""
    path, _half, colour = GLYPHS[name]
    return f'<path transform="translate({n(x)} {n(y)})" d="{path}" fill="{colour}" fill-rule="evenodd"/>'


def whisker(left: float, right: float, y: float, colour: str) -> list[str]:
    """The period that a date known only by its month or year can mean."""
    if right - left < 1:
        return []
    path = f"M{n(left)} {n(y - 4)}v8M{n(left)} {n(y)}H{n(right)}M{n(right)} {n(y - 4)}v8"
    return [f'<path class="tl-vague" d="{path}" fill="none" stroke="{colour}" stroke-dasharray="3 2"/>']


def mark(name: str, href: str | None, body: Iterable[str], kind: str = "", at: str = "") -> str:
    """A fact that can be reached by keyboard, named, and opened where it leads somewhere.

    ``at`` moves the body to its place: what many marks share is then the same text in each.
    """
    content = f"{at}><title>{safe(name)}</title>{''.join(body)}"
    look = f"tl-mark {kind}" if kind else "tl-mark"
    if href:
        return f'<a class="{look}" href="{safe(href)}"{content}</a>'
    return f'<g class="{look}" tabindex="0" role="img"{content}</g>'


def moved(x: float, y: float) -> str:
    """The attribute that moves a mark to its place."""
    return f' transform="translate({n(x)} {n(y)})"'
