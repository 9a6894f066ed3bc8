"""The topics of the library, as articles and trials are sorted under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from osteon.library.pages.models import TopicPage
from osteon.library.resources.names import folded

SHORTEST_NAME = 6  # "bone" alone would gather everything


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic in all its languages: ``names`` are folded, English ones only (records are in English)."""

    family: UUID
    slug: str
    title: str
    names: tuple[str, ...]


def topics() -> list[Topic]:
    """Every live English topic, by title."""
    pages = TopicPage.objects.live().filter(locale__language_code="en").order_by("title")
    return [
        Topic(page.translation_key, page.slug, page.title, tuple(_names((page.title, *page.synonyms))))
        for page in pages
    ]


def _names(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(name for one in names if len(name := folded(one)) >= SHORTEST_NAME)


def belonging(known: Iterable[Topic], *texts: str) -> list[Topic]:
    """The topics whose name stands in one of the texts, as whole words."""
    padded = [f" {folded(text)} " for text in texts if text]
    return [topic for topic in known if any(f" {name} " in text for name in topic.names for text in padded)]
