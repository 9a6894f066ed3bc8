"""Too many failed sign-ins: who is counted (django-axes asks), and the page that says so."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The address somebody tries to sign in with, in one spelling, so that capitals do not reset the count."""
    name = (credentials or {}).get("email") or request.POST.get("login")
    return name.strip().lower() if name else None


def client_address(request: HttpRequest) -> str:
    """The browser's address: the peer itself, or what the outermost of our own proxies saw.

    Each proxy appends to X-Forwarded-For, so only the last ``OSTEON_PROXY_COUNT`` entries are ours to trust;
    whatever stands before them was sent by the browser and may be forged.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.OSTEON_PROXY_COUNT
    if count and len(seen) >= count:
        return seen[-count]
    return request.META.get("REMOTE_ADDR", "")


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """429 with the plain page. It does not say whether the account exists."""
    cool_off = get_cool_off(request)
    minutes = round(cool_off.total_seconds() / 60) if cool_off else None
    return render(request, "errors/429.jinja", {"minutes": minutes}, status=429)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for the other limits: resets, second factors, sign-ins from one address."""
    return render(request, "errors/429.jinja", {"minutes": None}, status=429)
