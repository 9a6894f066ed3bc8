"""What the templates show of a page: plain data, each list in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from osteon.library.pages import structured
from osteon.library.pages.calculators import Calculator, by_name
from osteon.library.pages.panels import Panel

if TYPE_CHECKING:
    from osteon.library.pages.models import HomePage, IndexPage, LibraryPage

DOI_RESOLVER = "https://doi.org/"
LANGUAGE_NAMES = dict(settings.WAGTAIL_CONTENT_LANGUAGES)


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    key: str
    anchor: str
    heading: str
    html: SafeString


@dataclass
class PageView:
    """A page as its template sees it. What costs a query is asked for when a template needs it."""

    page: LibraryPage
    request: HttpRequest
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def sections(self) -> list[SectionView]:
        return [
            SectionView(
                block.value.key,
                block.value.anchor,
                block.value["heading"],
                mark_safe(expand_db_html(block.value["text"].source)),  # noqa: S308  cleaned when it was saved
            )
            for block in self.page.sections
        ]

    @cached_property
    def panels(self) -> list[Panel]:
        makers = (import_string(path) for path in settings.LIBRARY_TOPIC_PANELS)
        return [panel for make in makers for panel in make(self.page, self.request)]

    @property
    def contents(self) -> list[Link]:
        own = [Link(section.heading, f"#{section.anchor}") for section in self.sections]
        return own + [Link(panel.heading, f"#{panel.key}") for panel in self.panels]

    @cached_property
    def crumbs(self) -> list[Link]:
        above = self.page.get_ancestors().filter(depth__gte=2)
        return links(above, self.request)

    @cached_property
    def translations(self) -> list[Link]:
        return translations_of(self.page, self.request)

    @cached_property
    def related(self) -> list[Link]:
        return links_by_slug(self.page, self.page.related_slugs, self.request)

    @property
    def audience_names(self) -> list[str]:
        names = dict(self.page.audience_choices)
        return [str(names.get(one, one)) for one in self.page.audiences]

    @cached_property
    def stale_translation(self) -> bool:
        return self.page.is_stale_translation()

    @property
    def structured_data(self) -> SafeString:
        """For the head: what the page says of itself to machines."""
        return structured.script(self.page)

    @property
    def reading_age(self) -> str:
        return str(self.page.reading_age or "")

    @property
    def review_state(self) -> str:
        return str(self.page.review_state())

    @property
    def sources(self) -> list[Link]:
        """Each with the address its DOI leads to: a link to follow, nothing that the page loads."""
        found = [block.value for block in self.page.sources]
        return [
            Link(one["text"], f"{DOI_RESOLVER}{one['doi']}" if one["doi"] else "", one["doi"])
            for one in found
        ]


class ExpertView(PageView):
    @cached_property
    def sites(self) -> list[Link]:
        return links_by_slug(self.page, self.page.site_slugs, self.request)


class GPView(PageView):
    @cached_property
    def sections(self) -> list[SectionView]:
        """What is dangerous stands first, whatever order the sections were written in."""
        return sorted(super().sections, key=lambda section: section.key != "red-flags")

    @cached_property
    def referral_sites(self) -> list[Link]:
        """The unit's sites in this language, with how each takes referrals."""
        sites = self.page.sites_of_unit()
        return [Link(site.title, site.get_url(self.request) or "", site.referral_route) for site in sites]

    @property
    def calculator(self) -> Calculator | None:
        return by_name(self.page.calculator)


def presented(page: LibraryPage, request: HttpRequest) -> PageView:
    return PageView(page, request)


def links(pages: Iterable[Page], request: HttpRequest) -> list[Link]:
    return [Link(page.title, page.get_url(request) or "") for page in pages]


def links_by_slug(page: Page, slugs: list[str], request: HttpRequest) -> list[Link]:
    """Live pages of the same language with these slugs, in the order the editor gave; missing ones left out."""
    found = {
        other.slug: other
        for other in Page.objects.live().filter(locale_id=page.locale_id, slug__in=slugs, depth__gte=4)
    }
    return links((found[slug] for slug in slugs if slug in found), request)


def translations_of(page: Page, request: HttpRequest) -> list[Link]:
    others = Page.objects.live().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [
        Link(
            other.title,
            other.get_url(request) or "",
            language=other.locale.language_code,
            note=name_of(other),
        )
        for other in others.select_related("locale")
    ]


def name_of(page: Page) -> str:
    """The language of a page, in that language."""
    return str(LANGUAGE_NAMES.get(page.locale.language_code, page.locale.language_code))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an index."""

    title: str
    url: str
    summary: str
    page: Any


@dataclass
class ListView:
    page: Page
    request: HttpRequest

    @property
    def about(self) -> str:
        """What the directory is narrowed to; words that nobody has are as good as none."""
        asked = self.request.GET.get("about", "")
        return asked if asked in self.expertises else ""

    @cached_property
    def expertises(self) -> list[str]:
        if getattr(self.page, "kind", "") != "team":
            return []
        children = self.page.get_children().live().specific()
        return sorted({one for expert in children for one in expert.expertise_list}, key=str.casefold)

    @cached_property
    def entries(self) -> list[Entry]:
        children = self.page.get_children().live().specific(defer=False)
        rows = [Entry(p.title, p.get_url(self.request) or "", getattr(p, "summary", ""), p) for p in children]
        newest_first = getattr(self.page, "kind", "") == "news"
        if self.about:
            rows = [row for row in rows if self.about in row.page.expertise_list]
        if newest_first:
            return sorted(rows, key=lambda row: row.page.dated, reverse=True)
        return sorted(rows, key=lambda row: row.title.casefold())

    @cached_property
    def crumbs(self) -> list[Link]:
        return links(self.page.get_ancestors().filter(depth__gte=2), self.request)

    @cached_property
    def translations(self) -> list[Link]:
        return translations_of(self.page, self.request)


def index_view(page: IndexPage, request: HttpRequest) -> ListView:
    return ListView(page, request)


class HomeView(ListView):
    @cached_property
    def entries(self) -> list[Entry]:
        """The indexes in the order of the tree, which is the order of importance."""
        children = self.page.get_children().live().specific()
        return [Entry(p.title, p.get_url(self.request) or "", p.introduction, p) for p in children]


def home_view(page: HomePage, request: HttpRequest) -> HomeView:
    return HomeView(page, request)
