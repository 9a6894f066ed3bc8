"""From the words of a file to the fields of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from wagtail.models import Page

from osteon.library.content.markdown import rich_text
from osteon.library.content.text_file import TextFile, TextRefused
from osteon.library.pages.blocks import DOI
from osteon.library.pages.models import DoneAs, LibraryPage

SETTINGS = {
    "home": DoneAs.HOME,
    "at home": DoneAs.HOME,
    "clinic": DoneAs.CLINIC,
    "outpatient": DoneAs.CLINIC,
    "day case": DoneAs.DAY_CASE,
    "day-case": DoneAs.DAY_CASE,
    "hospital": DoneAs.HOSPITAL,
    "inpatient": DoneAs.HOSPITAL,
    "mixed": DoneAs.MIXED,
}
LISTS = {"also_called": "also_called", "audience": "audience", "codes": "codes", "mesh": "mesh"}
LISTS |= {"reviewers": "reviewers", "related": "related", "expertise": "expertise", "sites": "works_at"}
WORDS = {"institute", "telephone", "opening", "profession", "spoken", "email", "told_by", "calculator"}
WORDS |= {"address", "referral_route", "stay", "consent_reference"}
NUMBERS = {"latitude", "longitude"}


def fill(page: LibraryPage, text: TextFile) -> list[str]:
    """Writes every field that the file names. Returns the internal links that lead nowhere."""
    page.title, page.summary = text.front["title"], text.front["summary"]
    page.search_description = text.front["summary"][:300]
    page.reviewed_on, page.next_review = text.day("reviewed_on"), text.day("next_review")
    page.invented = bool(text.front.get("invented", False))
    for name, column in LISTS.items():
        if name in text.front:
            setattr(page, column, "\n".join(text.listed(name)))
    for name in (WORDS | NUMBERS) & set(text.front):
        value = text.front[name]
        setattr(page, name, "\n".join(value) if isinstance(value, list) else value)
    page.sources = [("source", source) for source in map(_source, text.front.get("sources", []))]
    _place(page, text)
    _dated(page, text)
    return _sections(page, text)


def _source(value: Any) -> dict[str, str]:
    source = {"text": value} if isinstance(value, str) else dict(value)
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", str(source.get("doi") or "").strip())
    if doi and not re.fullmatch(DOI, doi):
        raise TextRefused(f"{doi!r} is no DOI.")
    return {"text": str(source.get("text", "")), "doi": doi}


def _place(page: LibraryPage, text: TextFile) -> None:
    """``done_as``: one word, or a table {setting, stay, inpatient_when}."""
    given = text.front.get("done_as")
    if not given:
        return
    table = dict(given) if isinstance(given, dict) else {"setting": given}
    place = table.get("setting") or table.get("as")
    words = [place] if isinstance(place, str) else list(place or [])
    unknown = [word for word in words if word.lower() not in SETTINGS]
    if unknown:
        raise TextRefused(f"done_as: {unknown[0]!r} is none of {', '.join(sorted(SETTINGS))}.")
    found = {SETTINGS[word.lower()] for word in words}
    page.setting = found.pop() if len(found) == 1 else DoneAs.MIXED
    page.stay = str(table.get("stay", ""))
    page.inpatient_when = "\n".join(table.get("inpatient_when", []))


def _dated(page: LibraryPage, text: TextFile) -> None:
    day = text.day("date") or text.day("dated")
    if text.kind == "news" and isinstance(day, date):
        page.dated = day


def _sections(page: LibraryPage, text: TextFile) -> list[str]:
    broken: list[str] = []
    blocks = []
    number = page_number(page)
    for heading, markdown in text.sections:
        html, lost = rich_text(markdown, number)
        broken += lost
        blocks.append(("section", {"heading": heading, "text": html}))
    page.sections = blocks
    return broken


def page_number(page: LibraryPage) -> Callable[[str], int | None]:
    """Finds pages of the same language by slug; a link by the English slug leads to the translation."""

    def find(slug: str) -> int | None:
        pages = LibraryPage.objects.filter(slug=slug)
        own = pages.filter(locale=page.locale).values_list("pk", flat=True).first()
        if own:
            return int(own)
        keys = pages.values_list("translation_key", flat=True)
        mate = Page.objects.filter(translation_key__in=list(keys), locale=page.locale)
        return mate.values_list("pk", flat=True).first()

    return find
