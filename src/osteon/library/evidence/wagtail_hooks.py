"""Where editors give plain titles, hide what does not belong, and save queries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from osteon.library.evidence.models import Article, SavedQuery, Trial

TITLES = [FieldPanel("plain_title_en"), FieldPanel("plain_title_es"), FieldPanel("hidden")]


class Articles(SnippetViewSet):
    model = Article
    icon = "doc-full"
    list_display = ["title", "journal", "published", "retracted", "hidden"]
    list_filter = ["retracted", "hidden"]
    search_fields = ["title", "pmid", "doi"]
    panels = [FieldPanel("title", read_only=True), FieldPanel("journal", read_only=True), *TITLES]


class Trials(SnippetViewSet):
    model = Trial
    icon = "clipboard-list"
    list_display = ["nct_id", "title", "status", "updated_on", "hidden"]
    list_filter = ["status", "hidden"]
    search_fields = ["title", "nct_id"]
    panels = [FieldPanel("nct_id", read_only=True), FieldPanel("title", read_only=True), *TITLES]


class Queries(SnippetViewSet):
    model = SavedQuery
    icon = "search"
    list_display = ["__str__", "active", "ran_at", "failure"]
    panels = [
        FieldPanel("kind"),
        FieldPanel("family"),
        FieldPanel("term"),
        FieldPanel("most"),
        FieldPanel("active"),
    ]


class Evidence(SnippetViewSetGroup):
    menu_label = _("Evidence")
    menu_icon = "list-ul"
    items = (Articles, Trials, Queries)


register_snippet(Evidence)
