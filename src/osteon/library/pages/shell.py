"""What stands around every page of the library: navigation, unit, languages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from osteon.library.pages.models import IndexPage

NAVIGATION = ("topics", "tests", "treatments", "services", "gps")


def shell(request: HttpRequest) -> dict[str, Any]:
    language = (get_language() or "en").split("-")[0]
    return {
        "shell": {
            "navigation": Navigation(request, language),
            "unit_name": settings.WAGTAIL_SITE_NAME,
            "demonstration": settings.OSTEON_DEMONSTRATION,
            "emergency": settings.LIBRARY_EMERGENCY_NUMBER,
            "version": settings.OSTEON_VERSION,
            "language": language,
            "search_url": search_address(language),
            "referral": settings.LIBRARY_REFERRAL_ADDRESS,
            "home": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
        }
    }


def search_address(language: str) -> str:
    """The search of this language, or nothing where it is not installed."""
    try:
        return reverse(f"search:{language}_results")
    except NoReverseMatch:
        return ""


class Navigation:
    """The indexes of one language, asked for when a template first walks over them."""

    def __init__(self, request: HttpRequest, language: str) -> None:
        self._request, self._language = request, language

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(entry for entry in self.all if entry["kind"] in NAVIGATION)

    @cached_property
    def all(self) -> list[dict[str, Any]]:
        indexes = (
            IndexPage.objects.live().filter(locale__language_code=self._language).select_related("locale")
        )
        return [self._entry(page) for page in indexes.order_by("path")]

    def _entry(self, page: IndexPage) -> dict[str, Any]:
        href = page.get_url(self._request) or ""
        current = bool(href) and self._request.path.startswith(href)
        return {"text": page.title, "href": href, "kind": page.kind, "current": current}
