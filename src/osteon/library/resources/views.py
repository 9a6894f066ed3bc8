"""Answers to other systems. Everything here is public: it is about codes and pages, never about a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from osteon.library.resources import answering, presenters, queries
from osteon.standards.infobutton import (
    Feed,
    KnowledgeRequest,
    RequestRefused,
    write_atom,
    write_json,
    write_jsonp,
)

View = Callable[..., HttpResponse]
JSON_TYPES = ("application/json", "json")
XML_TYPES = ("", "text/xml", "application/xml", "application/atom+xml", "xml")
JSONP_TYPES = ("application/javascript", "text/javascript")
HTML_TYPES = ("text/html",)
KEEP_SECONDS = 300


def open_to_all(view: View) -> View:
    """Any web page may ask, and may keep the answer for a few minutes."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={KEEP_SECONDS}")
        return response

    return opened


@require_safe
@open_to_all
def connect(request: HttpRequest) -> HttpResponse:
    """The request and answer of MedlinePlus Connect, about our own pages."""
    return _answered(request, answering.connect_echo)


@require_safe
@open_to_all
def infobutton(request: HttpRequest) -> HttpResponse:
    """The HL7 Infobutton: the same, with the whole context of the request and its repetition."""
    return _answered(request, lambda asked: asked.parameters())


def _answered(
    request: HttpRequest, echo: Callable[[KnowledgeRequest], list[tuple[str, str]]]
) -> HttpResponse:
    try:
        asked = KnowledgeRequest.parse(request.GET.items())
    except RequestRefused as error:
        return _refused(str(error))
    feed = answering.answer(asked, echo=echo(asked))
    return _written(request, feed, asked)


def _written(request: HttpRequest, feed: Feed, asked: KnowledgeRequest) -> HttpResponse:
    wanted = asked.response_type.lower()
    if wanted in XML_TYPES:
        return HttpResponse(write_atom(feed), content_type="application/atom+xml; charset=utf-8")
    if wanted in JSON_TYPES:
        return HttpResponse(write_json(feed), content_type="application/json; charset=utf-8")
    if wanted in HTML_TYPES:
        with translation.override(asked.language if asked.language in dict(settings.LANGUAGES) else "en"):
            return render(request, "resources/reading.jinja", presenters.reading(feed, asked))
    if wanted in JSONP_TYPES and settings.LIBRARY_JSONP:
        return _jsonp(feed, asked.callback)
    return _refused(
        _("knowledgeResponseType is text/xml, application/json or text/html; application/javascript is off.")
    )


def _jsonp(feed: Feed, callback: str) -> HttpResponse:
    try:
        return HttpResponse(write_jsonp(feed, callback), content_type="application/javascript; charset=utf-8")
    except ValueError as error:
        return _refused(str(error))


def _refused(reason: str) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=400, content_type="text/plain; charset=utf-8")


@require_safe
def external_topic(request: HttpRequest, number: str) -> HttpResponse:
    """A topic of MedlinePlus with its links by section, in our frame and under their name."""
    topic = queries.external_topic(number, (get_language() or "en").split("-")[0])
    if topic is None:
        raise Http404("No topic has this number.")
    return render(request, "resources/external_topic.jinja", presenters.external_page(topic))
