"""Journal articles and clinical trials, the questions that find them, and which topics they belong to.

A topic is told by its ``translation_key`` (here: *family*), so that what is found for it stands on its page in each
language.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osteon.standards.clinicaltrials import Criteria, Status, ages_in_words, criteria, status_of

DUE_AFTER = timedelta(days=7)


class PlainTitled(models.Model):
    """What an editor adds to a record of others: a title in plain language, and whether it is shown at all."""

    plain_title_en = models.CharField(_("plain title, English"), max_length=300, blank=True)
    plain_title_es = models.CharField(_("plain title, Spanish"), max_length=300, blank=True)
    hidden = models.BooleanField(_("hidden"), default=False, help_text=_("Shown on no page."))

    class Meta:
        abstract = True

    def plain_title(self, language: str) -> str:
        """The editor's title in this language; empty when there is none."""
        return str(self.plain_title_es if language == "es" else self.plain_title_en)


class Article(PlainTitled):
    """One article. Its abstract may be the copyright of a publisher: editors see it, readers get the link."""

    pmid = models.CharField(max_length=10, blank=True)
    doi = models.CharField(max_length=200, blank=True)
    pmcid = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=1000)
    title_key = models.CharField(max_length=64, db_index=True)
    journal = models.CharField(_("journal"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    published = models.CharField(_("published"), max_length=10, blank=True)
    volume = models.CharField(max_length=40, blank=True)
    issue = models.CharField(max_length=40, blank=True)
    pages = models.CharField(max_length=60, blank=True)
    authors = models.JSONField(default=list)
    abstract = models.JSONField(default=list)
    types = models.JSONField(default=list)
    language = models.CharField(max_length=10, blank=True)
    mesh = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    trials = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    retracted = models.BooleanField(_("retracted"), default=False)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-published", "title"]
        verbose_name = _("article")
        constraints = [
            models.UniqueConstraint(fields=["pmid"], condition=~Q(pmid=""), name="one_row_for_each_pmid")
        ]
        indexes = [models.Index(fields=["doi"], name="articles_by_doi")]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where it is read: PubMed, else its DOI."""
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def key(self) -> str:
        """Its name in the search index."""
        return f"pubmed/{self.pmid}" if self.pmid else f"article/{self.pk}"


class Trial(PlainTitled):
    """One trial of the registry, as it was last read there."""

    nct_id = models.CharField(_("number"), max_length=11, unique=True)
    title = models.CharField(_("title"), max_length=500)
    official_title = models.CharField(max_length=1000, blank=True)
    status = models.CharField(_("status"), max_length=40, blank=True)
    verified_on = models.CharField(max_length=10, blank=True)
    why_stopped = models.TextField(blank=True)
    started_on = models.CharField(max_length=10, blank=True)
    ends_on = models.CharField(max_length=10, blank=True)
    updated_on = models.CharField(max_length=10, blank=True)
    sponsor = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    details = models.TextField(blank=True)
    conditions = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    study_type = models.CharField(max_length=40, blank=True)
    phases = models.JSONField(default=list)
    people = models.PositiveIntegerField(null=True)
    interventions = models.JSONField(default=list)
    eligibility = models.TextField(blank=True)
    sex = models.CharField(max_length=10, blank=True)
    lowest_age = models.CharField(max_length=20, blank=True)
    highest_age = models.CharField(max_length=20, blank=True)
    contacts = models.JSONField(default=list)
    places = models.JSONField(default=list)
    has_results = models.BooleanField(default=False)
    checked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_on", "title"]
        verbose_name = _("trial")

    def __str__(self) -> str:
        return f"{self.nct_id}: {self.title}"

    @property
    def url(self) -> str:
        """Its page in the registry."""
        return f"https://clinicaltrials.gov/study/{self.nct_id}"

    @property
    def key(self) -> str:
        """Its name in the search index."""
        return f"trials/{self.nct_id}"

    @property
    def state(self) -> Status:
        """What its status means to somebody who might take part."""
        return status_of(self.status)

    @property
    def criteria(self) -> Criteria:
        """Who can take part and who cannot, taken apart."""
        return criteria(self.eligibility)

    @property
    def ages(self) -> str:
        """``18 years or older``; empty when the registry does not say."""
        return ages_in_words(self.lowest_age, self.highest_age)


class SavedQuery(models.Model):
    """A question asked again every week for a topic."""

    class Kind(models.TextChoices):
        ARTICLES = "articles", _("Articles (PubMed)")
        TRIALS = "trials", _("Trials (ClinicalTrials.gov)")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    family = models.UUIDField(_("topic"))
    term = models.TextField(_("query"), help_text=_("In the syntax of the service."))
    most = models.PositiveSmallIntegerField(
        _("at most"), default=50, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    active = models.BooleanField(_("active"), default=True)
    ran_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    outcome = models.JSONField(_("outcome"), default=dict, blank=True)
    failure = models.CharField(_("failure"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("saved query")
        verbose_name_plural = _("saved queries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "family", "term"], name="a_query_is_saved_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.term[:80]}"

    def is_due(self, now: Any = None) -> bool:
        """Whether it was not asked with success for a week."""
        return self.ran_at is None or bool(self.failure) or (now or timezone.now()) - self.ran_at >= DUE_AFTER


class Link(models.Model):
    """An article or a trial belongs to a topic: found by a query, or by its words."""

    family = models.UUIDField()
    query = models.ForeignKey(SavedQuery, on_delete=models.SET_NULL, null=True, blank=True)
    hidden = models.BooleanField(_("not on this topic"), default=False)

    class Meta:
        abstract = True


class ArticleLink(Link):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "article"], name="an_article_once_on_a_topic")
        ]


class TrialLink(Link):
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "trial"], name="a_trial_once_on_a_topic")]
