"""What evidence puts below a topic's own sections (``settings.LIBRARY_TOPIC_PANELS``)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from osteon.library.evidence import addresses, presenters, queries
from osteon.library.pages.models import TopicPage
from osteon.library.pages.panels import Panel

FEW = 5


def articles_and_trials(page: Any, request: HttpRequest) -> list[Panel]:
    """The newest articles and the trials that are open, with a link to all; nothing where there is none."""
    if page.content_type.model_class() is not TopicPage:
        return []
    return [panel for panel in (_trials(page), _articles(page)) if panel]


def _articles(page: Any) -> Panel | None:
    rows, language = queries.articles_of(page.translation_key), page.language
    shown = [presenters.article_view(one, language) for one in rows[:FEW]]
    if not shown:
        return None
    context = {"rows": shown, "total": rows.count(), "all": addresses.topic_articles(page.slug, language)}
    return Panel(
        "articles-found", _("Articles in medical journals"), "evidence/panel_articles.jinja", context
    )


def _trials(page: Any) -> Panel | None:
    rows, language = queries.trials_of(page.translation_key), page.language
    shown = [presenters.trial_view(one, language) for one in rows[:FEW]]
    if not shown:
        return None
    context = {"rows": shown, "total": rows.count(), "all": addresses.topic_trials(page.slug, language)}
    return Panel("trials-found", _("Trials in the registry"), "evidence/panel_trials.jinja", context)
