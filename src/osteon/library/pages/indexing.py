"""Search follows the pages: what is published can be found at once, what is taken down cannot."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from osteon.library.pages.documents import document, key_of, kind_of
from osteon.library.pages.models import LibraryPage
from osteon.library.search import actions


def put(instance: Page, **_: Any) -> None:
    page = instance.specific
    kind = kind_of(page) if isinstance(page, LibraryPage) else ""
    if kind:
        actions.replace([document(page, kind)])


def take(instance: Page, **_: Any) -> None:
    actions.remove([key_of(instance)])
