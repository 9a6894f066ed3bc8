"""Pages that are not in the tree."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from osteon.library.pages import actions
from osteon.library.pages.calculators import by_name
from osteon.library.pages.forms import SubscribeForm


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "pages/not_found.jinja", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>Sorry, something went wrong</h1><p>Please try again.</p>", status=500)


def subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_to_confirm(email=form.cleaned_data["email"], language=get_language() or "en")
        return render(request, "pages/subscribed.jinja", {"step": "asked"})
    return render(request, "pages/subscribe.jinja", {"form": form})


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link asks; pressing the button confirms. A mail scanner opens links, and presses nothing."""
    return _by_link(request, token, "confirmed", actions.confirm)


def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, "stopped", actions.unsubscribe)


def _by_link(request: HttpRequest, token: str, step: str, act: Callable[..., None]) -> HttpResponse:
    if request.method != "POST":
        return render(request, "pages/confirm.jinja", {"step": step})
    try:
        act(token=token)
    except actions.LinkRefused:
        return render(request, "pages/subscribed.jinja", {"step": "refused"}, status=400)
    return render(request, "pages/subscribed.jinja", {"step": step})


def calculator(request: HttpRequest, name: str) -> HttpResponse:
    found = by_name(name)
    if found is None:
        raise Http404
    context = {"calculator": found, "work": found.worked(request.GET)}
    return render(request, "pages/calculator.jinja", context)
