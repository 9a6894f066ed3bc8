"""The developers' corner: the interface, its description, the card, the download, the sitemap."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import strip_tags
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from osteon.library.pages.structured import address_of
from osteon.library.resources import corner, openapi
from osteon.library.resources.views import open_to_all
from osteon.library.search.documents import AUDIENCES, LANGUAGES
from osteon.library.search.documents import KINDS as FOUND_KINDS
from osteon.library.search.queries import search

LONGEST_QUERY = 200
CARD_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors *"


class Unfit(ValueError):
    """A parameter that cannot be one; the text says which values there are."""


@require_safe
@open_to_all
def api_topics(request: HttpRequest) -> HttpResponse:
    try:
        language, kind = _one_of(request, "language", LANGUAGES), _one_of(request, "kind", corner.KINDS)
    except Unfit as error:
        return _refused(error)
    return _json({"topics": [corner.short(name, page) for name, page in corner.pages(language, kind)]})


@require_safe
@open_to_all
def api_topic(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    found = corner.one(language, slug)
    if found is None:
        return HttpResponse("There is no such page.\n", status=404, content_type="text/plain; charset=utf-8")
    return _json(corner.whole(*found))


@require_safe
@open_to_all
def api_search(request: HttpRequest) -> HttpResponse:
    try:
        asked = _search_parameters(request)
    except Unfit as error:
        return _refused(error)
    found = search(request.GET["q"].strip(), **asked)
    hits = [
        {
            "title": hit.title,
            "url": hit.url if "://" in hit.url else f"{settings.LIBRARY_ADDRESS}{hit.url}",
            "kind": hit.kind,
            "language": hit.language,
            "audience": list(hit.audience),
            "passage": strip_tags(str(hit.passage)),
        }
        for hit in found.hits
    ]
    numbers = {"total": found.total, "page": found.page, "pages": found.pages}
    return _json({"query": found.query, "corrected": found.corrected, **numbers, "results": hits})


def _search_parameters(request: HttpRequest) -> dict[str, Any]:
    query, page = request.GET.get("q", "").strip(), request.GET.get("page", "1")
    if not query or len(query) > LONGEST_QUERY:
        raise Unfit(f"q holds 1 to {LONGEST_QUERY} characters.")
    if not (page.isascii() and page.isdecimal() and 0 < int(page[:9]) < 10_000):
        raise Unfit("page is a number from 1.")
    return {
        "language": _one_of(request, "language", LANGUAGES) or "en",
        "kind": _one_of(request, "kind", FOUND_KINDS),
        "audience": _one_of(request, "audience", AUDIENCES),
        "page": int(page),
    }


def _one_of(request: HttpRequest, name: str, known: Any) -> str:
    given = request.GET.get(name, "")
    if given and given not in known:
        raise Unfit(f"{name} is one of {', '.join(known)}.")
    return str(given)


@require_safe
@open_to_all
def api_description(request: HttpRequest) -> HttpResponse:
    return _json(openapi.document())


def _json(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _refused(error: Unfit) -> HttpResponse:
    return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")


@require_safe
@xframe_options_exempt
@open_to_all
def card(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One page as a card that another site may frame."""
    found = corner.one(language, slug)
    if found is None:
        raise Http404("There is no such page.")
    with translation.override(language):
        context = {"page": found[1], "href": address_of(found[1])}
        response = render(request, "resources/card.jinja", context)
    response.headers["Content-Security-Policy"] = CARD_POLICY
    return response


@require_safe
@open_to_all
def download(request: HttpRequest, language: str) -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404("There is no library in this language.")
    response = HttpResponse(corner.download(language), content_type="application/gzip")
    response.headers["Content-Disposition"] = f'attachment; filename="library-{language}.json.gz"'
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(corner.sitemap(), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    text = f"User-agent: *\nDisallow: /editors/\nDisallow: /embed/\nSitemap: {settings.LIBRARY_ADDRESS}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """What other systems can use, with requests that can be tried."""
    example = next(corner.pages("en", "topics"), None)
    context = {
        "address": settings.LIBRARY_ADDRESS,
        "example": example and example[1],
        "licence": corner.licence(),
    }
    return render(request, "resources/developers.jinja", context)
