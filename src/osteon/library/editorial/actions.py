"""What the editorial office does besides writing: taking down what lapsed, looking after links, learning names."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from osteon.library.editorial import queries
from osteon.library.editorial.identifiers import digest, orders
from osteon.library.editorial.models import BrokenLink, ForbiddenName
from osteon.library.pages.models import LibraryPage

SECONDS = 10
Fetch = Callable[[str], str]  # an outside address -> why it does not answer, or an empty string


@transaction.atomic
def withdraw_lapsed(*, today: date | None = None) -> list[LibraryPage]:
    """Unpublishes every page whose grace period after its review date is over."""
    pages = list(queries.lapsed(today or timezone.localdate()))
    for page in pages:
        page.specific.unpublish(log_action=True)
    return pages


@transaction.atomic
def check_links(*, fetch: Fetch | None = None) -> int:
    """Looks at every link of every published page; outside ones only with ``fetch``. Returns how many are
    broken. The list is made anew, so that what was mended disappears from it."""
    found = [
        BrokenLink(page_id=page.pk, target=target[:500], reason=reason)
        for page in LibraryPage.objects.live().specific()
        for target, reason in queries.broken_links_of(page, fetch)
    ]
    BrokenLink.objects.all().delete()
    BrokenLink.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def outside() -> Fetch | None:
    """How this site may ask the outside: not at all unless the unit turned the network on."""
    return _ask if settings.OSTEON_NETWORK else None


def _ask(address: str) -> str:
    request = urllib.request.Request(address, method="HEAD", headers={"User-Agent": "osteon-link-check"})  # noqa: S310
    try:
        urllib.request.urlopen(request, timeout=SECONDS).close()  # noqa: S310  http(s) only: see queries
    except urllib.error.HTTPError as error:
        # Many publishers refuse programs; only "gone" says something about the link
        return f"HTTP {error.code}" if error.code in (404, 410) else ""
    except OSError as error:
        return type(error).__name__
    return ""


@transaction.atomic
def learn_names(*, lines: Iterable[str]) -> int:
    """One name a line, "Family, Given" or as spoken. Replaces what was known. Returns how many names."""
    names = [line.strip() for line in lines if line.strip()]
    digests = {digest(words) for name in names for words in orders(name) if len(words) > 1}
    ForbiddenName.objects.all().delete()
    ForbiddenName.objects.bulk_create([ForbiddenName(digest=one) for one in digests])
    return len(names)


@transaction.atomic
def ask_for_review(*, page: Page, user: object) -> None:
    """Sends the latest draft to the clinical reviewers."""
    page.get_workflow().start(page, user)
