"""The Markdown of a card's detail as HTML: paragraphs, bold, lists and escaped marks; nothing else is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

_BOLD: Final = re.compile(r"^\*\*(.+)\*\*$")
_ESCAPED: Final = re.compile(r"\\([^\w\s])")


def html_of(text: str) -> Markup:
    """Whatever the card says, the page gets text in paragraphs and lists."""
    return Markup("").join(_blocks(text))


def _blocks(text: str) -> Iterator[Markup]:
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.splitlines()
        if all(line.startswith("- ") for line in lines):
            items = Markup("").join(Markup("<li>{}</li>").format(_plain(line[2:])) for line in lines)
            yield Markup('<ul class="nhsuk-list nhsuk-list--bullet">{}</ul>').format(items)
        else:
            yield Markup("<p>{}</p>").format(_line(" ".join(lines)))


def _line(line: str) -> Markup:
    bold = _BOLD.match(line)
    return Markup("<strong>{}</strong>").format(_plain(bold[1])) if bold else _plain(line)


def _plain(text: str) -> Markup:
    return escape(_ESCAPED.sub(r"\1", text))
