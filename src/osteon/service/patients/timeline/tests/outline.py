"""A drawing as its structure: what a reader of the text gets, without places and colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from osteon.service.patients.timeline import timeline
from osteon.service.patients.timeline.tests.stories import NOW

SVG = "{http://www.w3.org/2000/svg}"


def drawn(events: list, sheet: str = "wide", **wishes: Any) -> ElementTree.Element:
    """The drawing of some events, parsed; ``params`` as in the address."""
    return parsed(view_of(events, **wishes).svg(sheet))


def view_of(events: list, **wishes: Any):
    """The view of some events on the usual day."""
    return timeline(events, **{"now": NOW, "path": "/timeline/", **wishes})


def parsed(svg: str) -> ElementTree.Element:
    """An ``<svg>`` as a tree. The text comes from our own code, never from outside."""
    return ElementTree.fromstring(svg)  # noqa: S314


def lanes(svg: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The lanes by key, top to bottom."""
    groups = (g for g in svg.iter(f"{SVG}g") if "tl-lane" in g.get("class", "").split())
    return {g.get("class", "").rpartition("--")[2]: g for g in groups}


def names(part: ElementTree.Element) -> list[str]:
    """The accessible names of the marks, in the order of the document."""
    return [title.text or "" for title in part.iter(f"{SVG}title")]


def written(part: ElementTree.Element) -> list[str]:
    """Every text that is drawn."""
    return [text.text or "" for text in part.iter(f"{SVG}text")]


def marks(part: ElementTree.Element, kind: str = "tl-mark") -> list[ElementTree.Element]:
    """The marks, or those of one kind (``tl-open``, ``tl-pending``)."""
    return [element for element in part.iter() if kind in element.get("class", "").split()]


def outline(svg: ElementTree.Element) -> str:
    """The drawing as lines: each lane, what is written in it, and each mark with its kind and name."""
    return "\n".join(_lines(svg))


def _lines(svg: ElementTree.Element) -> Iterator[str]:
    for key, lane in lanes(svg).items():
        yield f"{key}: {lane.get('aria-label')}"
        yield f"  writes {' | '.join(written(lane))}"
        for mark in marks(lane):
            kind = mark.get("class", "").removeprefix("tl-mark").strip()
            target = f" -> {mark.get('href')}" if mark.get("href") else ""
            yield f"  {kind or 'mark'}: {names(mark)[0]}{target}"
