"""Lists of a topic, and one trial. Load, render."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from osteon.library.evidence import presenters, queries
from osteon.library.pages.models import TopicPage


def spoken() -> str:
    return (get_language() or "en").split("-")[0]


def _topic(slug: str) -> TopicPage:
    found = queries.topic(slug, spoken())
    if found is None:
        raise Http404("No topic has this address.")
    return found


@require_safe
def topic_articles(request: HttpRequest, slug: str) -> HttpResponse:
    topic = _topic(slug)
    page = queries.page_of(queries.articles_of(topic.translation_key), request.GET.get("page"))
    views = [presenters.article_view(one, spoken()) for one in page]
    return render(request, "evidence/topic_articles.jinja", presenters.listing(topic, page, views))


@require_safe
def topic_trials(request: HttpRequest, slug: str) -> HttpResponse:
    topic = _topic(slug)
    page = queries.page_of(queries.trials_of(topic.translation_key), request.GET.get("page"))
    views = [presenters.trial_view(one, spoken()) for one in page]
    return render(request, "evidence/topic_trials.jinja", presenters.listing(topic, page, views))


@require_safe
def trial(request: HttpRequest, nct_id: str) -> HttpResponse:
    found = queries.trial(nct_id)
    if found is None:
        raise Http404("No trial has this number here.")
    return render(request, "evidence/trial.jinja", presenters.trial_page(found, spoken()))
