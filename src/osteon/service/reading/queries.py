"""What is asked of the tables."""

from __future__ import annotations

from osteon.service.reading.models import KeptReading


def kept(asked: str) -> KeptReading | None:
    return KeptReading.objects.filter(asked=asked).first()
