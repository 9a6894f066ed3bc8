"""What the page shows of the library's answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from osteon.service.patients import queries as patient_queries
from osteon.service.patients.models import Patient
from osteon.service.patients.pages import ids_of
from osteon.service.patients.story import story
from osteon.service.reading import asking
from osteon.service.reading.diagnoses import Diagnosis, diagnoses
from osteon.standards.infobutton import Entry, Feed
from osteon.standards.safe_html import plain

MOST = 4
SOURCE = "osteon.source"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to read. ``in_english``: the library has it in English only."""

    title: str
    href: str
    text: str
    source: str
    language: str
    in_english: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to read for one diagnosis. ``reached`` is false when the library did not answer."""

    words: str
    reached: bool
    more: str
    lines: list[Line] = field(default_factory=list)
    kept_on: datetime | None = None


def shelves(patient: Patient) -> list[Shelf]:
    """One for each diagnosis, asked of the library."""
    language = (get_language() or "en").split("-")[0]
    group = asking.age_group(patient.age_on(timezone.localdate()))
    return [_shelf(one, language, group) for one in of_patient(patient)]


def of_patient(patient: Patient) -> list[Diagnosis]:
    """What the patient is treated for."""
    episodes = patient_queries.episodes(ids_of(patient))
    running = [episode for episode in episodes if episode.closed_on is None]
    return diagnoses(running, story(patient))


def _shelf(diagnosis: Diagnosis, language: str, group: str) -> Shelf:
    request = asking.request_for(diagnosis, language=language, age_group=group)
    found = asking.found(request)
    lines = _lines(found.feed, language) if found.feed else []
    return Shelf(diagnosis.words, found.feed is not None, settings.OSTEON_LIBRARY_URL, lines, found.kept_on)


def _lines(feed: Feed, language: str) -> list[Line]:
    return [_line(entry, language) for entry in feed.entries if not entry.parent][:MOST]


def _line(entry: Entry, language: str) -> Line:
    return Line(
        title=plain(entry.title),
        href=entry.href,
        text=plain(entry.summary),
        source=dict(entry.categories).get(SOURCE, ""),
        language=entry.language,
        in_english=entry.language == "en" and language != "en",
    )
