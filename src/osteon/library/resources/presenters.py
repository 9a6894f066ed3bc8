"""What the templates show of answers and of external topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osteon.library.resources.answering import SOURCE
from osteon.standards.infobutton import Entry, Feed, KnowledgeRequest
from osteon.standards.safe_html import plain


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One entry of an answer as a reader sees it. ``other_language``: not the one that was asked for."""

    title: str
    href: str
    text: str
    source: str
    language: str
    other_language: bool


def reading(feed: Feed, asked: KnowledgeRequest) -> dict[str, Any]:
    """The context of the page that shows an answer to a person."""
    return {"feed": feed, "entries": [_line(entry, asked.language) for entry in feed.entries]}


def _line(entry: Entry, language: str) -> ReadingLine:
    return ReadingLine(
        title=entry.title,
        href=entry.href,
        text=plain(entry.summary),
        source=dict(entry.categories).get(SOURCE, ""),
        language=entry.language,
        other_language=bool(entry.language) and entry.language != language,
    )
