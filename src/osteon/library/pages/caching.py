"""Pages kept for the next reader, and the one number that makes all of them stale at once.

A kept page is found by address, day and *generation*. Whatever changes what readers may see raises the
generation in the same transaction, so that a page that was taken down is never served from here, by any process.
The day is part of it because reviews and consents end with a day.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from osteon.library.pages.models.bookkeeping import CacheGeneration

ROW = 1


def generation() -> int:
    return CacheGeneration.objects.filter(pk=ROW).values_list("number", flat=True).first() or 0


def forget_all(**_: Any) -> None:
    """Makes every kept page stale. Also a signal receiver: whatever it is given is of no interest."""
    if not CacheGeneration.objects.filter(pk=ROW).update(number=F("number") + 1):
        CacheGeneration.objects.get_or_create(pk=ROW, defaults={"number": 1})


def key(request: HttpRequest) -> str:
    return f"page:{generation()}:{timezone.localdate():%Y%m%d}:{request.get_host()}:{request.path}"


def may_be_kept(request: HttpRequest) -> bool:
    """A plain look at a page by somebody who is not signed in."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING") and not signed_in


def kept(name: str) -> HttpResponse | None:
    found = cache.get(name)
    return HttpResponse(found[0], headers=found[1]) if found else None


def keep(name: str, response: HttpResponse) -> None:
    headers = {k: v for k, v in response.headers.items() if k.lower() not in ("set-cookie", "content-length")}
    cache.set(name, (response.content, headers), settings.LIBRARY_PAGE_CACHE_SECONDS)
