"""The editor's desk, inside Wagtail's own pages (which ask for the sign-in)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osteon.library.editorial.queries import Desk


def desk(request: HttpRequest) -> HttpResponse:
    work = Desk()
    context = {"lists": work.lists(), "broken": work.broken(), "awaiting": work.awaiting()}
    return render(request, "editorial/desk.html", context, using="django")  # extends Wagtail's
