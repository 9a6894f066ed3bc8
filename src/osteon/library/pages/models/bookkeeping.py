"""One number that every process asks before it serves a kept page."""

from __future__ import annotations

from django.db import models


class CacheGeneration(models.Model):
    """Raised with every change to what readers may see; pages kept under an older number are not served."""

    number = models.PositiveBigIntegerField(default=0)
