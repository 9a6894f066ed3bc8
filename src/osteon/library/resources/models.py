"""Health topics that others wrote, links they gather, and answers of MedlinePlus Connect that were kept."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]


class ExternalTopic(models.Model):
    """A topic of MedlinePlus, as it was last imported. ``summary`` is HTML that has passed the allow-list.

    A topic that a later complete file no longer has is kept, marked, and shown to nobody.
    """

    source = models.CharField(_("source"), max_length=40, default="medlineplus")
    source_id = models.CharField(_("number there"), max_length=20)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    also_called = models.JSONField(_("also called"), default=list)
    see_references = models.JSONField(_("found under"), default=list)
    groups = models.JSONField(_("groups"), default=list)
    related = models.JSONField(_("related topics"), default=list)
    mesh = models.JSONField(_("MeSH"), default=list)
    other_languages = models.JSONField(_("other languages"), default=list)
    mate_id = models.CharField(_("the same in the other language"), max_length=20, blank=True)
    institute = models.CharField(_("primary institute"), max_length=300, blank=True)
    institute_url = models.URLField(_("its address"), max_length=500, blank=True)
    created_on = models.DateField(_("first published"), null=True)
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(_("last imported"))
    withdrawn_at = models.DateTimeField(_("no longer there since"), null=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("external topic")
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="one_row_for_each_topic")]
        indexes = [models.Index(fields=["language", "title"], name="topics_by_title")]

    def __str__(self) -> str:
        return self.title


class ExternalName(models.Model):
    """One name a topic is found by, folded; a MeSH number is one too."""

    topic = models.ForeignKey(ExternalTopic, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200, db_index=True)


class ExternalSite(models.Model):
    """One link a topic gathers; it may stand in several sections of the topic."""

    topic = models.ForeignKey(ExternalTopic, on_delete=models.CASCADE, related_name="sites")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    url = models.URLField(max_length=1000)
    sections = models.JSONField(default=list)
    organizations = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    url_in_other_language = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["topic_id", "position"]


class TopicImport(models.Model):
    """What one import did, for editors."""

    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=200)
    complete = models.BooleanField()
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at"]

    @property
    def report(self) -> dict[str, Any]:
        return {**self.counts, "refused": self.refused}


class ConnectAnswer(models.Model):
    """The last good answer to one code in one language, kept for when the service cannot be reached."""

    system = models.CharField(max_length=10)
    code = models.CharField(max_length=30)
    language = models.CharField(max_length=2)
    body = models.BinaryField()
    fetched_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "code", "language"], name="one_answer_for_each_code")
        ]
