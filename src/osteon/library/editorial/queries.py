"""What waits for an editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, TaskState

from osteon.library.editorial.models import BrokenLink
from osteon.library.pages.models import LibraryPage

PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')
OUTSIDE_LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"]+)"')


def lapsed(today: date) -> QuerySet[LibraryPage]:
    limit = today - timedelta(days=settings.LIBRARY_REVIEW_GRACE_DAYS)
    return LibraryPage.objects.live().filter(next_review__lt=limit)


def overdue(today: date) -> QuerySet[LibraryPage]:
    return LibraryPage.objects.live().filter(next_review__lt=today).order_by("next_review")


def due_soon(today: date) -> QuerySet[LibraryPage]:
    until = today + timedelta(days=settings.LIBRARY_REVIEW_WARNING_DAYS)
    return LibraryPage.objects.live().filter(next_review__range=(today, until)).order_by("next_review")


def unreviewed() -> QuerySet[LibraryPage]:
    return LibraryPage.objects.live().filter(reviewed_on=None).order_by("title")


def stale_translations() -> list[LibraryPage]:
    """Translations whose source says something else by now."""
    others = LibraryPage.objects.exclude(locale__language_code=settings.LANGUAGE_CODE).specific()
    return [page for page in others if page.is_stale_translation()]


def awaiting_review() -> QuerySet[TaskState]:
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("revision")


def broken_links_of(page: LibraryPage, fetch: Callable[[str], str] | None) -> Iterator[tuple[str, str]]:
    """(target, why) of every link of a page that leads nowhere."""
    text = " ".join(block.value["text"].source for block in page.sections)
    numbers = {int(number) for number in PAGE_LINK.findall(text)}
    live = set(Page.objects.live().filter(pk__in=numbers).values_list("pk", flat=True))
    yield from ((f"page {number}", "not published") for number in sorted(numbers - live))
    slugs = Page.objects.live().filter(slug__in=page.related_slugs, locale_id=page.locale_id)
    known = set(slugs.values_list("slug", flat=True))
    yield from ((slug, "no such related page") for slug in page.related_slugs if slug not in known)
    for address in sorted(set(OUTSIDE_LINK.findall(text))) if fetch else []:
        reason = fetch(address) if fetch else ""
        if reason:
            yield address, reason


@dataclass
class Desk:
    """The editor's list of work."""

    today: date = field(default_factory=timezone.localdate)

    def lists(self) -> dict[str, list[LibraryPage]]:
        return {
            "overdue": list(overdue(self.today)),
            "due_soon": list(due_soon(self.today)),
            "stale": stale_translations(),
            "unreviewed": list(unreviewed()),
        }

    def broken(self) -> QuerySet[BrokenLink]:
        return BrokenLink.objects.select_related("page").order_by("page__title")

    def awaiting(self) -> QuerySet[TaskState]:
        return awaiting_review()
