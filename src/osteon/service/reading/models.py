"""What the library answered about a code. No row knows for whom it was asked."""

from __future__ import annotations

from django.db import models


class KeptReading(models.Model):
    """The last good answer of the library to one request, found by the request itself (codes, language, age group)."""

    asked = models.CharField(max_length=64, unique=True)
    body = models.BinaryField()
    fetched_at = models.DateTimeField()
