"""News of the unit, and who asked to be sent them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osteon.library.pages.models.base import LibraryPage, tabs


class NewsPage(LibraryPage):
    """One item of news."""

    dated = models.DateField(_("date"), default=timezone.localdate)
    # When the subscribers were written to: an item is sent once, however often it is published again
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    template = "pages/news.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("dated")

    class Meta:
        verbose_name = _("news")


class Subscriber(models.Model):
    """An address that asked for news. Nothing is sent to it before its owner has confirmed."""

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=5, default="en")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
