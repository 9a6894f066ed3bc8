"""What search may find of the pages (``settings.LIBRARY_DOCUMENTS``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from wagtail.models import Page

from osteon.library.pages.models import IndexPage, LibraryPage
from osteon.library.pages.models.base import ReviewState
from osteon.library.search.documents import AUDIENCES, KINDS, Document

TAG = re.compile(r"<[^>]+>")
# Members of the team and sites are looked for like services
KIND_OF_INDEX = {kind: kind for kind in KINDS} | {"team": "services", "sites": "services"}


def key_of(page: Page) -> str:
    return f"pages/{page.pk}"


def documents() -> Iterator[Document]:
    """Every page that readers may see today, one query for each kind of page."""
    kinds = dict(IndexPage.objects.values_list("path", "kind"))
    for page in LibraryPage.objects.live().select_related("locale").specific():
        kind = KIND_OF_INDEX.get(kinds.get(page.path[: -page.steplen], ""), "")
        if kind and page.review_state() != ReviewState.LAPSED:
            yield document(page, kind)


def kind_of(page: LibraryPage) -> str:
    """The kind of the index above the page; empty for one that search does not know."""
    above = IndexPage.objects.filter(path=page.path[: -page.steplen]).values_list("kind", flat=True)
    return KIND_OF_INDEX.get(above.first() or "", "")


def document(page: LibraryPage, kind: str) -> Document:
    body = " ".join(
        f"{block.value['heading']}. {plain(block.value['text'].source)}" for block in page.sections
    )
    return Document(
        key=key_of(page),
        kind=kind,
        language=page.language,
        title=page.title,
        url=page.url or "",
        audience=tuple(one for one in page.audiences if one in AUDIENCES) or ("patients",),
        also_called=tuple(page.synonyms),
        summary=page.summary,
        body=body,
        codes=tuple(page.code_list),
    )


def plain(html: str) -> str:
    """Text without marks; the end of a block ends a sentence.

    >>> plain("<p>Rest &amp; ice</p><p>Ring us</p>")
    'Rest & ice Ring us'
    """
    return " ".join(unescape(TAG.sub(" ", html)).split())
