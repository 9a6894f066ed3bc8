"""What is asked of the library's tables."""

from __future__ import annotations

from django.db.models import QuerySet

from osteon.library.pages.models import NewsPage, Subscriber


def news(language: str) -> QuerySet[NewsPage]:
    """Published news of one language, newest first."""
    return NewsPage.objects.live().filter(locale__language_code=language).order_by("-dated", "-pk")


def confirmed_subscribers(language: str) -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(language=language, confirmed_at__isnull=False)
