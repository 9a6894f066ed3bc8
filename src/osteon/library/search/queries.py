"""Searching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Substr
from markupsafe import Markup

from osteon.library.search.asking import Asked, ask
from osteon.library.search.documents import AUDIENCES, KINDS
from osteon.library.search.models import IndexedDocument
from osteon.library.search.ranking import Found, rank
from osteon.library.search.shelves import Card, audience_mask, keeper
from osteon.library.search.snippets import READ, highlighted, snippet

PER_PAGE = 10
SUGGESTED = 6
NOT_SUGGESTED = ("trials", "articles")  # their titles are long, and few readers know them


@dataclass(frozen=True)
class Hit:
    """One document as shown; ``name`` and ``passage`` are escaped and marked."""

    key: str
    kind: str
    language: str
    audience: list[str]
    title: str
    url: str
    name: Markup
    passage: Markup
    score: float


@dataclass(frozen=True)
class Results:
    """A page of what was found. ``kinds`` counts what each kind would give, whichever is chosen now."""

    query: str
    corrected: str | None
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    kinds: dict[str, int]


def search(
    query: str,
    *,
    language: str = "en",
    audience: str = "",
    kind: str = "",
    only_language: str = "",
    page: int = 1,
    as_typed: bool = False,
) -> Results:
    """Documents for a query, best first.

    ``language`` is the reader's: documents in it come first, others follow unless ``only_language`` is given. A page
    beyond the last one is the last one.
    """
    index = keeper.current()
    asked = ask(index, query, language, as_typed=as_typed)
    found = rank(index, asked, asked.language, chosen(audience, only_language))
    kinds = Counter(one.kind for one in found)
    if kind:
        found = [one for one in found if one.kind == kind]
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Results(
        query=asked.text,
        corrected=asked.corrected,
        total=len(found),
        page=page,
        pages=pages,
        hits=hits(shown, asked),
        kinds={each: kinds[each] for each in KINDS if kinds[each]},
    )


def suggest(beginning: str, *, language: str = "en") -> list[tuple[str, str]]:
    """Titles and addresses for what has been typed so far, in the reader's language; best first."""
    if len(beginning.strip()) < 2:
        return []
    index = keeper.current()
    asked = ask(index, beginning, language, typing=True)
    found = [
        one for one in rank(index, asked, language, chosen("", language)) if one.kind not in NOT_SUGGESTED
    ]
    found = found[:SUGGESTED]
    rows = IndexedDocument.objects.only("key", "title", "url").in_bulk(
        [one.key for one in found], field_name="key"
    )
    return [(rows[one.key].title, rows[one.key].url) for one in found if one.key in rows]


def chosen(audience: str, language: str) -> Callable[[Card], bool]:
    """Whether a document passes the filters; an unknown audience filters nothing."""
    mask = audience_mask([audience]) if audience in AUDIENCES else 0
    return lambda card: (
        (not mask or bool(card.audience & mask)) and (not language or card.language == language)
    )


def hits(found: list[Found], asked: Asked) -> tuple[Hit, ...]:
    """The rows of these documents, in one query. One that was removed in this moment is left out."""
    columns = ("key", "kind", "language", "audience", "title", "url", "summary")
    rows = IndexedDocument.objects.filter(key__in=[one.key for one in found], removed=False)
    by_key = {row["key"]: row for row in rows.values(*columns, text=Substr("body", 1, READ))}
    return tuple(hit(by_key[one.key], one.score, asked) for one in found if one.key in by_key)


def hit(row: dict[str, Any], score: float, asked: Asked) -> Hit:
    language, summary, text = row.pop("language"), row.pop("summary"), row.pop("text")
    return Hit(
        **row,
        language=language,
        name=highlighted(row["title"], asked, language),
        passage=snippet(text if text.startswith(summary) else f"{summary} {text}", asked, language),
        score=score,
    )
