"""Published news is sent to those who asked for it, when the publication is sure."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page

from osteon.library.pages import actions
from osteon.library.pages.models import NewsPage


def post(instance: Page, **_: Any) -> None:
    page = instance.specific
    if isinstance(page, NewsPage) and page.sent_at is None:
        transaction.on_commit(lambda: actions.send_news(page=page))
