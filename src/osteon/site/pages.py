"""Pages of the shell itself: home, errors, the gallery of components. None carries an identifier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.i18n import set_language as django_set_language

from osteon.service.accounts.guards import public, signed_in
from osteon.site.gallery import gallery_context
from osteon.site.shell import first_page

set_language = public(django_set_language)  # the sign-in page too can be read in Spanish


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    return redirect(first_page(request.user))


@public  # shows components with invented words only, and exists only in the demonstration and in tests
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.jinja", gallery_context(request.GET or None))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.jinja", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.jinja", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the request: reading who is signed in could break again."""
    return HttpResponse(render_to_string("errors/500.jinja", {"now": timezone.now()}), status=500)


@public  # Django calls it in place of a view whose form token was missing or stale
def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.jinja", status=403)
