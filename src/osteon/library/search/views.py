"""The search page, and suggestions while a reader types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from osteon.library.search import addresses, misses
from osteon.library.search.presenters import ResultsView, asked_for
from osteon.library.search.queries import Results, search, suggest


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request.GET)
    if not asked["q"]:
        return page(request, asked, None)
    found = search(
        asked["q"],
        language=reader_language(),
        audience=asked["audience"],
        kind=asked["kind"],
        only_language=asked["in"],
        page=int(asked["page"] or 1),
        as_typed=bool(asked["exactly"]),
    )
    if nowhere(found, asked):
        misses.note(asked["q"], reader_language())
    return page(request, asked, ResultsView(found, asked))


def page(request: HttpRequest, asked: dict[str, str], view: ResultsView | None) -> HttpResponse:
    places = {
        "here": addresses.results(reader_language()),
        "typing": addresses.suggestions(reader_language()),
    }
    return render(request, "search/results.jinja", {"view": view, "asked": asked, **places})


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles for what is typed so far: ``{"suggestions": [{"title": ..., "url": ...}]}``."""
    found = suggest(asked_for(request.GET)["q"], language=reader_language())
    return JsonResponse({"suggestions": [{"title": title, "url": url} for title, url in found]})


def nowhere(found: Results, asked: dict[str, str]) -> bool:
    """Whether nothing was found at all, rather than nothing of the kind or for the people chosen."""
    return not found.total and not (asked["kind"] or asked["audience"] or asked["in"])


def reader_language() -> str:
    return (get_language() or "en").split("-")[0]
