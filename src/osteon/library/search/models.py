"""What is kept of search: the documents as indexed, how often the index changed, and what was not found."""

from __future__ import annotations

import uuid

from django.db import models

from osteon.library.search.documents import KEY_LENGTH, Document


class IndexedDocument(models.Model):
    """A document with its terms worked out. A removed one keeps its key, so that other processes let go of it."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    audience = models.JSONField(default=list)
    title = models.TextField()
    also_called = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.TextField()
    codes = models.JSONField(default=list)
    terms = models.JSONField(default=dict)
    written = models.TextField(blank=True)
    analysed_by = models.CharField(max_length=16)
    removed = models.BooleanField(default=False)
    revision = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key

    @property
    def document(self) -> Document:
        return Document(
            **{
                name: getattr(self, name)
                for name in ("key", "kind", "language", "title", "url", "summary", "body")
            },
            audience=tuple(self.audience),
            also_called=tuple(self.also_called),
            codes=tuple(self.codes),
        )


class IndexRevision(models.Model):
    """One row: the last change. Every process compares it with its own before it searches.

    The marks are drawn by lot: ``begun`` once, ``mark`` at each change. A database that was put back from a copy
    shows the same number with another mark, and is read from the start.
    """

    number = models.PositiveBigIntegerField(default=0)
    begun = models.UUIDField(default=uuid.uuid4)
    mark = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.number)


class Miss(models.Model):
    """A query that found nothing: no time of day, no address, no session, nobody.

    Until it has been asked ``misses.SHOWN_FROM`` times only a keyed digest of it is kept: what one reader typed once
    cannot be read by anyone.
    """

    digest = models.CharField(max_length=64, unique=True)
    text = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5)
    times = models.PositiveIntegerField(default=0)
    last_on = models.DateField()

    def __str__(self) -> str:
        return self.text or f"asked {self.times} time(s)"
