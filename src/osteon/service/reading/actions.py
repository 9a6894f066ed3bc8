"""Keeping answers. No person is asked for and no trail is written: this is a cache about codes, not a record."""

from __future__ import annotations

from django.utils import timezone

from osteon.service.reading.models import KeptReading


def keep(*, asked: str, body: bytes) -> None:
    """The last good answer to a request."""
    KeptReading.objects.update_or_create(asked=asked, defaults={"body": body, "fetched_at": timezone.now()})
