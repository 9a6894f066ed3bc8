"""Searching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from osteon.library.search.asking import Asked, ask
from osteon.library.search.documents import AUDIENCES, KINDS
from osteon.library.search.models import IndexedDocument
from osteon.library.search.ranking import Found, rank
from osteon.library.search.shelves import Card, Index, audience_mask, keeper
from osteon.library.search.snippets import highlighted, snippet

PER_PAGE = 10
SUGGESTED = 6


@dataclass(frozen=True)
class Hit:
    """One document as shown; ``name`` and ``passage`` are escaped and marked."""

    key: str
    kind: str
    language: str
    audience: tuple[str, ...]
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
    kinds = Counter(kind_of(index, one) for one in found)
    if kind:
        found = [one for one in found if kind_of(index, one) == kind]
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
    found = rank(index, asked, language, chosen("", language))[:SUGGESTED]
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


def kind_of(index: Index, found: Found) -> str:
    shelf, number = index.places[found.key]
    return KINDS[index.shelves[shelf].cards[number].kind]


def hits(found: list[Found], asked: Asked) -> tuple[Hit, ...]:
    """The rows of these documents, in one query. One that was removed in this moment is left out."""
    rows = IndexedDocument.objects.in_bulk([one.key for one in found], field_name="key")
    return tuple(
        hit(rows[one.key], one.score, asked) for one in found if one.key in rows and not rows[one.key].removed
    )


def hit(row: IndexedDocument, score: float, asked: Asked) -> Hit:
    return Hit(
        key=row.key,
        kind=row.kind,
        language=row.language,
        audience=tuple(row.audience),
        title=row.title,
        url=row.url,
        name=highlighted(row.title, asked, row.language),
        passage=snippet(
            f"{row.summary} {row.body}" if row.body != row.summary else row.body, asked, row.language
        ),
        score=score,
    )
