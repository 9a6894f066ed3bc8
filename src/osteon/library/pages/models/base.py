"""What every page of the library has: a summary, sections, sources, and who stands behind it until when."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from osteon.library.pages.blocks import SectionsBlock, SourcesBlock
from osteon.library.pages.models.serving import Kept
from osteon.library.pages.presenters import presented
from osteon.library.pages.publishing import OnlyByApproval, ask_gates, ask_guards
from osteon.library.readability import measure


class Audience(models.TextChoices):
    PATIENTS = "patients", _("Patients and families")
    TEENAGERS = "teenagers", _("Teenagers")
    CHILDREN = "children", _("Children")
    GPS = "gps", _("GPs and other clinicians")


class ReviewState(models.TextChoices):
    UNREVIEWED = "unreviewed", _("not yet reviewed")
    CURRENT = "current", _("in date")
    SOON = "soon", _("review due soon")
    OVERDUE = "overdue", _("review overdue")
    LAPSED = "lapsed", _("withdrawn until reviewed")


# Fields of codes, and what Wagtail writes itself
NUMBERS_AND_PATHS = {"codes", "mesh", "path", "url_path", "draft_title", "translated_from"}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@lru_cache(maxsize=32)
def reading_age(text: str, language: str) -> int | None:
    """In whole years. Remembered, because a page is checked several times on its way to readers."""
    age = measure(text, language).reading_age
    return round(age) if age is not None else None


def tabs(*own: str) -> TabbedInterface:
    """The editor's form: content (with the fields a kind adds), finding it, review, promotion."""
    content = [*Page.content_panels, *map(FieldPanel, ("summary", *own, "sections", "sources"))]
    finding = [
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("also_called"), FieldPanel("related")]),
        MultiFieldPanel([FieldPanel("codes"), FieldPanel("mesh"), FieldPanel("institute")]),
    ]
    review = [*map(FieldPanel, ("reviewed_on", "next_review", "reviewers", "invented"))]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(finding, heading=_("Finding it")),
            ObjectList(review, heading=_("Review")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ]
    )


class LibraryPage(Kept, Page):
    """A page with content. Lists are kept one entry a line, as an editor types them."""

    summary = models.TextField(_("summary"), max_length=400, help_text=_("One or two sentences."))
    sections = StreamField(SectionsBlock(required=False), blank=True, verbose_name=_("sections"))
    sources = StreamField(SourcesBlock(required=False), blank=True, verbose_name=_("sources"))
    audience = models.TextField(_("audience"), default=Audience.PATIENTS, help_text=_("One a line."))
    also_called = models.TextField(_("also called"), blank=True, help_text=_("One a line."))
    codes = models.TextField(_("codes"), blank=True, help_text=_("SYSTEM//code, one a line."))
    mesh = models.TextField(_("MeSH"), blank=True, help_text=_("Descriptors, one a line."))
    institute = models.CharField(_("primary institute"), max_length=200, blank=True)
    related = models.TextField(_("related pages"), blank=True, help_text=_("Their slugs, one a line."))
    invented = models.BooleanField(_("invented"), default=False, help_text=_("Says so on the page."))

    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    next_review = models.DateField(_("next review"), null=True, blank=True)
    reviewers = models.TextField(_("reviewed by"), blank=True, help_text=_("One a line: name, profession."))
    # The digest of the page this one was translated from, as it was then
    translated_from = models.CharField(max_length=64, blank=True, editable=False)

    # Written when the page is saved (osteon.library.readability): a guide for editors, and shown to readers
    reading_age = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    audience_choices = Audience.choices
    is_creatable = False
    show_in_menus_default = False
    subpage_types: list[str] = []
    edit_handler = tabs()

    class Meta:
        verbose_name = _("page")

    # Lists -------------------------------------------------------------------------------------------

    @property
    def audiences(self) -> list[str]:
        return lines(self.audience)

    @property
    def synonyms(self) -> list[str]:
        return lines(self.also_called)

    @property
    def code_list(self) -> list[str]:
        return lines(self.codes)

    @property
    def mesh_list(self) -> list[str]:
        return lines(self.mesh)

    @property
    def reviewer_list(self) -> list[str]:
        return lines(self.reviewers)

    @property
    def related_slugs(self) -> list[str]:
        return lines(self.related)

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    @property
    def public_address(self) -> str:
        """Where readers outside find the page: for feeds, emails and other systems."""
        return f"{settings.LIBRARY_ADDRESS}{self.url or '/'}"

    # Review ------------------------------------------------------------------------------------------

    def review_state(self, today: date | None = None) -> ReviewState:
        """Where the page stands against its next review. After the grace period nobody is shown it."""
        if self.next_review is None:
            return ReviewState.UNREVIEWED
        left = self.next_review - (today or timezone.localdate())
        if left < -timedelta(days=settings.LIBRARY_REVIEW_GRACE_DAYS):
            return ReviewState.LAPSED
        if left < timedelta(0):
            return ReviewState.OVERDUE
        return ReviewState.SOON if left.days <= settings.LIBRARY_REVIEW_WARNING_DAYS else ReviewState.CURRENT

    # Translation -------------------------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        """What a reader reads, as plain data: the input of digests, searches for identifiers, readability."""
        return {
            "title": self.title,
            "summary": self.summary,
            "sections": [
                {"heading": block.value["heading"], "text": block.value["text"].source}
                for block in self.sections
            ],
            "also_called": self.also_called,
            **self.more_content(),
        }

    def more_content(self) -> dict[str, Any]:
        """What a kind of page adds to ``content``."""
        return {}

    def guarded(self) -> dict[str, Any]:
        """Every text that a person can type on this kind of page; not codes and DOIs, which are numbers."""
        typed = {
            field.name: getattr(self, field.name)
            for field in self._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and field.name not in NUMBERS_AND_PATHS
        }
        return {**self.content(), **typed, "sources": [block.value["text"] for block in self.sources]}

    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.content(), sort_keys=True).encode()).hexdigest()

    def source_page(self) -> LibraryPage | None:
        """The English page that this one is a translation of."""
        if self.language == settings.LANGUAGE_CODE:
            return None
        source = LibraryPage.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()
        return source.specific if source else None

    def is_stale_translation(self) -> bool:
        """Whether the source says something else than it did when this was translated."""
        source = self.source_page()
        return source is not None and self.translated_from != source.digest()

    def full_text(self) -> str:
        """The words of the page as Markdown headings and HTML paragraphs, which readability reads."""
        parts = [f"## {block.value['heading']}\n\n{block.value['text'].source}" for block in self.sections]
        return "\n\n".join([self.summary, *parts])

    def clean(self) -> None:
        super().clean()
        self.reading_age = reading_age(self.full_text(), self.language)
        unknown = set(self.audiences) - set(Audience.values)
        if unknown:
            known = ", ".join(Audience.values)
            raise ValidationError({"audience": _("Use one of: %s") % known})
        wrong = [code for code in self.code_list if "//" not in code]
        if wrong:
            raise ValidationError({"codes": _("Write SYSTEM//code: %s") % ", ".join(wrong)})
        if self.reviewed_on and self.next_review and self.next_review <= self.reviewed_on:
            raise ValidationError({"next_review": _("The next review comes after the last one.")})
        ask_guards(self)

    # Pages -------------------------------------------------------------------------------------------

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.review_state() == ReviewState.LAPSED:
            context = self.get_context(request)
            return render(request, "pages/lapsed.jinja", context, status=410)
        return super().serve(request, *args, **kwargs)

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> Any:
        """Every way to readers leads through here: a button, a bulk action, a schedule, an approval."""
        ask_gates(self, revision, user)
        # The gates are the permission: an approver has none of Wagtail's own
        return super().publish(revision, user=user, **{**kwargs, "skip_permission_checks": True})

    def permissions_for_user(self, user: Any) -> OnlyByApproval:
        return OnlyByApproval(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "view": self.presented(request)}

    def presented(self, request: HttpRequest) -> Any:
        return presented(self, request)


class LoadedText(models.Model):
    """Which file of the first content became which page, so that loading again finds it and spares edits."""

    page = models.OneToOneField(LibraryPage, on_delete=models.CASCADE, related_name="loaded_text")
    path = models.CharField(max_length=200, unique=True)
    file_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)
