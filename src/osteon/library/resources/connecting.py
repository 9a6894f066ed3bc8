"""Asking MedlinePlus Connect, with a memory: answers are kept for a day, and kept longer for when it is down.

The network is asked only when the site says where (``OSTEON_MEDLINEPLUS_URL``) and that it may (``OSTEON_NETWORK``).
Only a code and a language leave. An answer that makes no sense is a failure like silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from osteon.library.resources import actions, queries
from osteon.library.resources.models import ConnectAnswer
from osteon.standards.asking import Asker, Pace, Unreachable, Web
from osteon.standards.infobutton import AnswerRefused, CodeSystem, Feed, read
from osteon.standards.medlineplus.connect import KEEP_HOURS, SECONDS_BETWEEN, connect_request, connect_url

KEEP: Final = timedelta(hours=KEEP_HOURS)
# After a failure it is left in peace for a while: the reader before already waited for it.
REST: Final = timedelta(minutes=10)
TIMEOUT_SECONDS: Final = 4.0
EMPTY: Final = Feed(title="MedlinePlus Connect")


@dataclass(frozen=True, slots=True)
class Reading:
    """What can be shown now. ``state``: fresh, kept (older than a day), or none; ``failure``: why not fresh."""

    feed: Feed
    state: str
    failure: str = ""


def may_ask() -> bool:
    """Whether this site may go out, and knows where to."""
    return bool(settings.OSTEON_NETWORK and settings.OSTEON_MEDLINEPLUS_URL)


def network() -> Web:
    """One network for a run of questions, so that its pace is kept."""
    return Web(timeout=TIMEOUT_SECONDS, max_bytes=2_000_000, pace=Pace(SECONDS_BETWEEN))


def reading(system: CodeSystem, code: str, language: str, *, ask: Asker | None = None) -> Reading:
    """What MedlinePlus has about a code: from memory, from the service, or from memory again when that fails."""
    row = queries.connect_answer(system, code, language)
    now = timezone.now()
    if row and row.fetched_at and now - row.fetched_at < KEEP:
        return Reading(_feed(row), "fresh")
    url = _address(system, code, language)
    if not url:
        return _remembered(row, "It is not set up.")
    if row and row.failed_at and now - row.failed_at < REST:
        return _remembered(row, row.failure)
    return _asked(row, (system, code, language), url, ask or network())


def kept(system: CodeSystem, code: str, language: str) -> Feed | None:
    """What is in memory, of whatever age."""
    row = queries.connect_answer(system, code, language)
    return _feed(row) if row and row.fetched_at else None


def _address(system: CodeSystem, code: str, language: str) -> str | None:
    if not may_ask():
        return None
    return connect_url(settings.OSTEON_MEDLINEPLUS_URL, connect_request(system, code, language=language))


def _asked(row: ConnectAnswer | None, asked: tuple[CodeSystem, str, str], url: str, ask: Asker) -> Reading:
    system, code, language = asked
    try:
        answer = ask(url)
        feed = read(answer.body, answer.content_type)
    except (Unreachable, AnswerRefused) as error:
        actions.note_failure(system=system.key, code=code, language=language, failure=str(error))
        return _remembered(row, str(error))
    actions.keep_answer(system=system.key, code=code, language=language, body=answer.body)
    return Reading(feed, "fresh")


def _remembered(row: ConnectAnswer | None, failure: str) -> Reading:
    if row and row.fetched_at:
        return Reading(_feed(row), "kept", failure)
    return Reading(EMPTY, "none", failure)


def _feed(row: ConnectAnswer) -> Feed:
    return read(bytes(row.body))
