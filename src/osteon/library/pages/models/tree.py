"""The pages that hold other pages: a home for each language, and an index for each kind."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from osteon.library.pages.models.serving import Kept
from osteon.library.pages.presenters import home_view, index_view
from osteon.library.pages.publishing import Trunk


class Kind(models.TextChoices):
    TOPICS = "topics", _("Health topics")
    TESTS = "tests", _("Tests")
    TREATMENTS = "treatments", _("Treatments")
    SERVICES = "services", _("Our services")
    TEAM = "team", _("Find an expert")
    SITES = "sites", _("Where we are")
    GPS = "gps", _("For GPs")
    CASES = "cases", _("Case studies")
    STORIES = "stories", _("Patient stories")
    NEWS = "news", _("News")


class HomePage(Kept, Page):
    """The front door of one language."""

    introduction = models.TextField(_("introduction"), blank=True)
    template = "pages/home.jinja"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.IndexPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("home")

    def permissions_for_user(self, user: Any) -> Trunk:
        return Trunk(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "view": home_view(self, request)}


class IndexPage(Kept, Page):
    """All pages of one kind in one language."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    introduction = models.TextField(_("introduction"), blank=True)
    template = "pages/index.jinja"
    parent_page_types = ["pages.HomePage"]
    content_panels = [*Page.content_panels, FieldPanel("kind"), FieldPanel("introduction")]

    class Meta:
        verbose_name = _("index")

    def permissions_for_user(self, user: Any) -> Trunk:
        return Trunk(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "view": index_view(self, request)}
