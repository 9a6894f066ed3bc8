"""Signed out after a while without use: a ward machine that somebody walked away from shows no record.

Each request counts as use, except the question of how long is left. What was posted too late is not saved,
but shown on the page that says so, to be copied: typed text is never thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from osteon.service.accounts.guards import to_sign_in

SEEN = "osteon_seen"  # in the session: when its person last did something, in seconds since 1970
PRECISION_SECONDS = 60  # the session is not written at every request
ASKS = "accounts:awake"
UNTYPED = frozenset({"csrfmiddlewaretoken", "next", "version"})
SECRET_WORDS = ("password", "code", "credential")


class IdleSignOut:
    """Ends a session that was not used for ``settings.OSTEON_IDLE_MINUTES`` (0: never)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.OSTEON_IDLE_MINUTES or not request.user.is_authenticated:
            return None
        if seconds_left(request) <= 0:
            return _signed_out(request)
        match = request.resolver_match
        if request.method == "POST" or not match or match.view_name != ASKS:
            note_use(request)
        return None


def seconds_left(request: HttpRequest) -> int:
    """How long until this session ends, if nothing more is done in it."""
    now = int(time.time())
    return settings.OSTEON_IDLE_MINUTES * 60 - (now - int(request.session.get(SEEN, now)))


def note_use(request: HttpRequest) -> None:
    now = int(time.time())
    if now - int(request.session.get(SEEN, 0)) >= PRECISION_SECONDS:
        request.session[SEEN] = now


@receiver(user_logged_in, dispatch_uid="osteon.idle_begins")
def _begins(request: HttpRequest, **kwargs: Any) -> None:
    request.session[SEEN] = int(time.time())


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    if request.method == "POST" and "HX-Request" not in request.headers:
        page = {"typed": typed(request), "back": request.get_full_path()}
        return render(request, "errors/idle.jinja", page, status=403)
    said = _("You were signed out after %(minutes)s minutes without use.")
    messages.warning(request, said % {"minutes": settings.OSTEON_IDLE_MINUTES})
    return to_sign_in(request)


def typed(request: HttpRequest) -> list[str]:
    """The words somebody wrote into the form: not its tokens, choices, dates and numbers, nor any password."""
    return [
        text.strip()
        for name in request.POST
        if name not in UNTYPED and not any(word in name for word in SECRET_WORDS)
        for text in request.POST.getlist(name)
        if len(text.split()) > 1
    ]
