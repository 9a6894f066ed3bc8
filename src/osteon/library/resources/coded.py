"""Which of our pages stand under which code: a table in memory, made anew when any page changes.

The generation number of ``pages.caching`` tells when; one small query per request asks for it. The day is part of
it, because a page whose review has lapsed is shown to nobody from one day to the next.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from osteon.library.pages import caching
from osteon.library.pages.models import LibraryPage
from osteon.library.pages.models.base import ReviewState
from osteon.library.resources.names import folded, mesh_name
from osteon.standards.infobutton.systems import BY_KEY, parents

# The order in which kinds of page are offered for the same code
KINDS = ("topicpage", "treatmentpage", "testpage", "servicepage", "gppage")


@dataclass(frozen=True, slots=True)
class CodedPage:
    """A live page as an answer names it. ``family`` is the same for all translations of one page.

    ``sections`` are (key, heading, anchor) of those that have a key.
    """

    title: str
    url: str
    summary: str
    language: str
    audiences: tuple[str, ...]
    kind: str
    family: str
    changed_at: datetime
    key: str
    sections: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Table:
    """Pages by ``SYSTEM//code``, by MeSH number and by every name they go by."""

    generation: int
    day: date
    by_code: dict[str, list[CodedPage]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[CodedPage]] = field(default_factory=lambda: defaultdict(list))


_table: Table | None = None


def table() -> Table:
    """The table as of now."""
    global _table
    generation, day = caching.generation(), timezone.localdate()
    if _table is None or (_table.generation, _table.day) != (generation, day):
        _table = _made(generation, day)
    return _table


def forget() -> None:
    """For tests: a database that was rolled back has the same generation as before."""
    global _table
    _table = None


def _made(generation: int, day: date) -> Table:
    made = Table(generation, day)
    pages = LibraryPage.objects.live().public().select_related("locale", "content_type").order_by("title")
    for page in pages:
        if page.content_type.model in KINDS and page.review_state(day) != ReviewState.LAPSED:
            _enter(made, page)
    return made


def _enter(made: Table, page: LibraryPage) -> None:
    coded = _coded(page)
    for code in page.code_list:
        made.by_code[normal(code)].append(coded)
    # MeSH is entered as a number or as a descriptor, as the editor has it
    names = [mesh_name(one) for one in page.mesh_list]
    names += [folded(name) for name in (page.title, *page.synonyms, *page.mesh_list)]
    for name in dict.fromkeys(names):
        if coded not in made.by_name[name]:
            made.by_name[name].append(coded)


def _coded(page: LibraryPage) -> CodedPage:
    language = page.locale.language_code
    return CodedPage(
        title=page.title,
        url=f"{settings.LIBRARY_ADDRESS}{urlsplit(page.full_url or '').path}",
        summary=page.summary,
        language=language,
        audiences=tuple(page.audiences),
        kind=page.content_type.model,
        family=str(page.translation_key),
        changed_at=page.last_published_at or page.latest_revision_created_at or timezone.now(),
        key=f"{language}/{page.slug}",
        sections=tuple(
            (block.value.key, block.value["heading"], block.value.anchor)
            for block in page.sections
            if block.value.key
        ),
    )


def normal(code: str) -> str:
    """``ICD10CM//M86171`` and ``ICD10//m86.171`` are entered and looked for alike; both ICD-10s share a drawer."""
    system, _, value = code.partition("//")
    system = "ICD10" if system.upper() == "ICD10CM" else system.upper()
    known = BY_KEY.get(system)
    return f"{system}//{parents(known, value.strip().upper())[0] if known else value.strip()}"
