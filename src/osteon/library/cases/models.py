"""A case study, the consent it stands on, and its images."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osteon.library.cases.presenters import CaseView
from osteon.library.pages.models.base import LibraryPage, tabs


class Consent(models.Model):
    """Somebody agreed that their case is shown, until a day, or until they change their mind.

    It stays when the case is gone, so that the same package cannot bring it back.
    """

    package_id = models.UUIDField(unique=True)
    package_digest = models.CharField(max_length=64)
    form_id = models.CharField(max_length=80)
    signer = models.CharField(max_length=20)
    scope = models.CharField(max_length=200)
    signed_on = models.DateField()
    ends_on = models.DateField()
    invented = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    def holds(self, today: date | None = None) -> bool:
        return self.withdrawn_at is None and self.ends_on >= (today or timezone.localdate())


class CaseImage(models.Model):
    """One image, kept outside everything a web server gives out by itself, under a name nobody can guess."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="images")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    stage = models.CharField(max_length=10)
    pair = models.CharField(max_length=20, blank=True)
    t_days = models.IntegerField(null=True, blank=True)
    modality = models.CharField(max_length=60, blank=True)
    alt = models.JSONField(default=dict)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("pair", "stage", "pk")

    @property
    def file(self) -> Path:
        return Path(settings.LIBRARY_CASE_FILES) / f"{self.key}.webp"

    def words(self, language: str) -> str:
        return str(self.alt.get(language) or self.alt.get("en", ""))


class CasePage(LibraryPage):
    """A case study. Nobody makes one by hand: it comes from a case package."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="pages", editable=False)
    age_band = models.CharField(_("age"), max_length=8, editable=False)
    sex = models.CharField(_("sex"), max_length=20, blank=True, editable=False)
    minutes = models.PositiveIntegerField(_("length of the operation in minutes"), null=True, editable=False)
    timeline = models.JSONField(
        default=list, editable=False
    )  # [{"t_days": 0, "label": {"en": ..., "es": ...}}]
    template = "cases/case.jinja"
    is_creatable = False
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs()

    class Meta:
        verbose_name = _("case study")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Consent is asked for each time the page is made; a kept page lives until the day or consent ends."""
        if not self.consent.holds():
            return render(request, "cases/withdrawn.jinja", {"page": self}, status=410)
        return super().serve(request, *args, **kwargs)

    def presented(self, request: HttpRequest) -> CaseView:
        return CaseView(self, request)
