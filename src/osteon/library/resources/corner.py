"""The library as data: pages for the interface, the download, the sitemap and the embedded card.

Only what the unit itself writes about illnesses, tests, treatments and services; case studies and patient stories
stay where their consent was given for.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from osteon.library.pages.models import GPPage, LibraryPage, ServicePage, TestPage, TopicPage, TreatmentPage
from osteon.library.pages.models.base import ReviewState
from osteon.library.pages.structured import address_of
from osteon.standards.safe_html import plain

KINDS: dict[str, type[LibraryPage]] = {
    "topics": TopicPage,
    "tests": TestPage,
    "treatments": TreatmentPage,
    "services": ServicePage,
    "gps": GPPage,
}
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def pages(language: str = "", kind: str = "") -> Iterator[tuple[str, LibraryPage]]:
    """(kind, page) of every page that readers may see, by kind and title."""
    for name, model in KINDS.items():
        if kind in ("", name):
            found = model.objects.live().public().select_related("locale", "content_type").order_by("title")
            for page in found.filter(locale__language_code=language) if language else found:
                if page.review_state() != ReviewState.LAPSED:
                    yield name, page


def one(language: str, slug: str) -> tuple[str, LibraryPage] | None:
    """The page with this slug in this language."""
    return next((pair for pair in pages(language) if pair[1].slug == slug), None)


def short(kind: str, page: LibraryPage) -> dict[str, Any]:
    """A page as lists name it."""
    return {
        "slug": page.slug,
        "kind": kind,
        "language": page.language,
        "title": page.title,
        "summary": page.summary,
        "url": address_of(page),
        "audience": page.audiences,
        "also_called": page.synonyms,
        "codes": page.code_list,
        "last_reviewed": page.reviewed_on.isoformat() if page.reviewed_on else None,
        "next_review": page.next_review.isoformat() if page.next_review else None,
    }


def whole(kind: str, page: LibraryPage) -> dict[str, Any]:
    """A page with all it says."""
    return {
        **short(kind, page),
        "sections": [_section(block) for block in page.sections],
        "sources": [
            {"text": str(block.value["text"]), "doi": str(block.value.get("doi") or "")}
            for block in page.sources
        ],
        "reviewers": page.reviewer_list,
        "translations": translations(page),
        "licence": licence(),
    }


def _section(block: Any) -> dict[str, str]:
    html = expand_db_html(block.value["text"].source)
    return {"key": block.value.key, "heading": block.value["heading"], "html": html, "text": plain(html)}


def translations(page: LibraryPage) -> list[dict[str, str]]:
    """The same page in other languages."""
    others = LibraryPage.objects.live().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [
        {"language": other.language, "url": address_of(other)} for other in others.select_related("locale")
    ]


def licence() -> dict[str, str]:
    """Under what anybody may use the texts."""
    return {
        "name": settings.LIBRARY_LICENCE_NAME,
        "url": settings.LIBRARY_LICENCE_URL,
        "attribution": settings.WAGTAIL_SITE_NAME,
    }


# Download


def download(language: str) -> bytes:
    """Every page of a language with its licence, as gzipped JSON. The same content gives the same bytes."""
    found = [whole(kind, page) for kind, page in pages(language)]
    data = {
        "title": settings.WAGTAIL_SITE_NAME,
        "language": language,
        "made_on": timezone.localdate().isoformat(),
        "licence": licence(),
        "notice": "General information. It does not replace the advice of the people who treat you.",
        "pages": found,
    }
    return gzip.compress(json.dumps(data, ensure_ascii=False, indent=1).encode(), mtime=0)


# Sitemap


def sitemap() -> bytes:
    """Every live page with its translations, as the sitemaps protocol asks."""
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    families: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = [(page, address_of(page)) for page in _visible()]
    for page, url in rows:
        families[str(page.translation_key)].append((page.locale.language_code, url))
    for page, url in rows:
        node = SubElement(root, "url")
        SubElement(node, "loc").text = url
        if page.last_published_at:
            SubElement(node, "lastmod").text = page.last_published_at.date().isoformat()
        mates = families[str(page.translation_key)]
        for language, href in mates if len(mates) > 1 else []:
            SubElement(node, "xhtml:link", {"rel": "alternate", "hreflang": language, "href": href})
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _visible() -> list[Any]:
    found = Page.objects.live().public().filter(depth__gte=2).select_related("locale").order_by("path")
    lapsed = {
        page.pk
        for page in LibraryPage.objects.live().only("pk", "next_review")
        if page.review_state() == ReviewState.LAPSED
    }
    return [page for page in found if page.pk not in lapsed]
