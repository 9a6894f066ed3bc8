"""Asking the library. What leaves is a code, a language and whether the reader is a child, a teenager or grown up.

A good answer serves for an hour. When the library is down or answers nonsense, the last good one is shown with its
day; and for half a minute nobody else waits for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from osteon.service.reading import actions, queries
from osteon.service.reading.diagnoses import Diagnosis
from osteon.service.reading.models import KeptReading
from osteon.standards.asking import Asker, Unreachable, Web
from osteon.standards.infobutton import AnswerRefused, Feed, KnowledgeRequest, read

FRESH: Final = timedelta(hours=1)
REST_SECONDS: Final = 30
TIMEOUT_SECONDS: Final = 1.0
RESTING: Final = "reading.resting"
# MeSH age groups: the group is told, never the age
CHILD, TEENAGER, ADULT = "D002648", "D000293", "D000328"

ask_library: Final[Asker] = Web(timeout=TIMEOUT_SECONDS, max_bytes=500_000, through_proxy=False)


@dataclass(frozen=True, slots=True)
class Found:
    """``feed`` is None when the library cannot be reached and nothing is kept; ``kept_on`` says of when it is."""

    feed: Feed | None
    kept_on: datetime | None = None


def is_set_up() -> bool:
    """Whether this site knows a library."""
    return bool(settings.OSTEON_LIBRARY_URL)


def request_for(diagnosis: Diagnosis, *, language: str, age_group: str) -> KnowledgeRequest:
    """What is asked for a diagnosis: reading for the patient, on behalf of a clinician who looks at the problem."""
    return KnowledgeRequest(
        topics=(diagnosis.concept,),
        recipient="PAT",
        performer="PROV",
        language=language,
        age_group=age_group,
        task="PROBLISTREV",
        response_type="application/json",
    )


def age_group(years: int | None) -> str:
    """The MeSH number of children, of teenagers or of adults; nothing where the age is not known."""
    if years is None:
        return ""
    return CHILD if years < 13 else TEENAGER if years < 18 else ADULT


def found(request: KnowledgeRequest, *, ask: Asker | None = None) -> Found:
    """The library's answer, from memory while it is fresh."""
    url = request.url(f"{settings.OSTEON_LIBRARY_URL.rstrip('/')}/infobutton")
    asked = hashlib.sha256(url.encode()).hexdigest()
    row = queries.kept(asked)
    if row and timezone.now() - row.fetched_at < FRESH:
        return Found(read(bytes(row.body)))
    if cache.get(RESTING):
        return _remembered(row)
    return _asked(url, asked, row, ask or ask_library)


def _asked(url: str, asked: str, row: KeptReading | None, ask: Asker) -> Found:
    try:
        answer = ask(url)
        feed = read(answer.body, answer.content_type)
    except (Unreachable, AnswerRefused):
        cache.set(RESTING, True, REST_SECONDS)
        return _remembered(row)
    actions.keep(asked=asked, body=answer.body)
    return Found(feed)


def _remembered(row: KeptReading | None) -> Found:
    return Found(read(bytes(row.body)), row.fetched_at) if row else Found(None)
