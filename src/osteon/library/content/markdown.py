"""Markdown into the rich text an editor goes on with: no raw HTML, and links to our own pages by number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

INTERNAL = re.compile(r"^(?:\.{0,2}/)*(?:(?:en|es)/)?(?:(?P<kind>[a-z]+)/)?(?P<slug>[a-z0-9-]+)(?:\.md)?/?$")
SHALLOWEST = 3

PageNumber = Callable[[str], int | None]


def rich_text(markdown: str, page_number: PageNumber) -> tuple[str, list[str]]:
    """The text as Wagtail keeps it, and the internal links that lead nowhere (their words are kept).

    ``page_number`` gives the number of the page with a slug, in the language of the text.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    broken: list[str] = []
    for token in tokens:
        _deepened(token)
        for child in token.children or []:
            _linked(child, page_number, broken)
    html = parser.renderer.render(_without_broken(tokens), parser.options, {})
    return _pages(html).strip(), broken


def _deepened(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{max(int(token.tag[1]), SHALLOWEST)}"


def _linked(token: Token, page_number: PageNumber, broken: list[str]) -> None:
    """Marks a link to a page of ours with its number; one that leads nowhere is noted and marked."""
    target = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
    if not target or re.match(r"^(?:[a-z]+:|#)", target):
        return
    found = INTERNAL.match(target.partition("#")[0])
    number = page_number(found["slug"]) if found else None
    if number is None:
        broken.append(target)
        token.meta["broken"] = True
    else:
        token.attrs["href"] = f"osteon-page:{number}"


def _without_broken(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        if token.children:
            token.children = list(_words_only(token.children))
    return tokens


def _words_only(children: list[Token]) -> Any:
    inside = False
    for child in children:
        if child.type == "link_open" and child.meta.get("broken"):
            inside = True
        elif child.type == "link_close" and inside:
            inside = False
        else:
            yield child


def _pages(html: str) -> str:
    html = re.sub(r'<a href="osteon-page:(\d+)"', r'<a linktype="page" id="\1"', html)
    # What Wagtail's editor calls bold and italic
    for theirs, ours in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{theirs}>", f"<{ours}>").replace(f"</{theirs}>", f"</{ours}>")
    return html
