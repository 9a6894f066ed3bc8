"""What resources put below a topic's own sections (``settings.LIBRARY_TOPIC_PANELS``)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from osteon.library.pages.models import TopicPage
from osteon.library.pages.panels import Panel
from osteon.library.resources import presenters, queries

MOST = 3


def medlineplus(page: Any, request: HttpRequest) -> list[Panel]:
    """What MedlinePlus has under the names of this topic, with its links by section."""
    if page.content_type.model_class() is not TopicPage:
        return []
    names = [page.title, *page.synonyms, *page.mesh_list]
    found = queries.external_topics_named(mesh=page.mesh_list, names=names, language=page.language)[:MOST]
    if not found:
        return []
    context = {"topics": [presenters.external(topic) for topic in found]}
    return [Panel("medlineplus", _("More from MedlinePlus"), "resources/panel_medlineplus.jinja", context)]
