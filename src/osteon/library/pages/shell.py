"""What stands around every page of the library: navigation, unit, languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from wagtail.models import Locale, Page

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
    """The indexes of one language, asked for when a template walks over them."""

    def __init__(self, request: HttpRequest, language: str) -> None:
        self._request, self._language = request, language

    def __iter__(self) -> Any:
        return iter(entry for entry in self.all() if entry["kind"] in NAVIGATION)

    def all(self) -> list[dict[str, Any]]:
        locale = Locale.objects.filter(language_code=self._language).first()
        indexes = Page.objects.live().filter(depth=3, locale=locale).specific()
        return [
            {
                "text": page.title,
                "href": (href := page.get_url(self._request) or ""),
                "kind": getattr(page, "kind", ""),
                "current": self._request.path.startswith(href),
            }
            for page in indexes
        ]
