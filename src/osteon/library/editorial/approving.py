"""Who wrote a draft, and the reviewer's name and dates on the version that was approved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Revision


def authors(page: Page) -> set[int]:
    """Everybody who saved something since the version that readers see; for a new page since it began."""
    revisions = Revision.objects.for_instance(page).filter(user__isnull=False)
    live = page.live_revision
    if live is not None:
        revisions = revisions.filter(created_at__gt=live.created_at)
    return set(revisions.values_list("user_id", flat=True))


def sign(revision: Revision, user: Any) -> None:
    """Writes into the approved version who reviewed it, when, and when it is due again."""
    today = timezone.localdate()
    content = revision.content
    content["reviewed_on"] = today.isoformat()
    content["next_review"] = later(today, settings.LIBRARY_REVIEW_YEARS).isoformat()
    content["reviewers"] = user.get_full_name() or user.get_username()
    revision.content = content
    revision.save(update_fields=["content"])


def later(day: date, years: int) -> date:
    """The same day ``years`` on; 28 February for a leap day.

    >>> later(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
