"""The news as RSS 2.0 and Atom, one feed a language."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from osteon.library.pages import queries
from osteon.library.pages.models import NewsPage

LENGTH = 20


class NewsRss(Feed):
    """A reader of feeds asks once an hour; the newest 20 items are plenty."""

    link = "/"

    def get_object(self, request: HttpRequest, language: str, **kwargs: Any) -> str:
        if language not in dict(settings.LANGUAGES):
            raise Http404
        return language

    def title(self, language: str) -> str:
        with translation.override(language):
            return _("News from %(unit)s") % {"unit": settings.WAGTAIL_SITE_NAME}

    def description(self, language: str) -> str:
        return self.title(language)

    subtitle = description

    def items(self, language: str) -> list[NewsPage]:
        return list(queries.news(language)[:LENGTH])

    def item_title(self, item: NewsPage) -> str:
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        return str(item.summary)

    def item_link(self, item: NewsPage) -> str:
        return item.public_address

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.dated, time(9)))

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        return item.last_published_at


class NewsAtom(NewsRss):
    feed_type = Atom1Feed
