"""Going out for what MedlinePlus has about our topics: its search service, and Connect for the codes of our pages.

Run by a command, never while a reader waits. What fails is counted and left for the next time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.conf import settings

from osteon.library.pages.models import LibraryPage, TopicPage
from osteon.library.resources import actions, connecting
from osteon.standards.asking import Asker, Pace, TooManyRequests, Unreachable, Web
from osteon.standards.infobutton import BY_KEY
from osteon.standards.infobutton.systems import is_wellformed
from osteon.standards.medlineplus import read_search, search_url
from osteon.standards.medlineplus.search_answers import SECONDS_BETWEEN
from osteon.standards.safe_xml import XmlRefused

MOST = 5


def search_network() -> Web:
    return Web(timeout=15.0, max_bytes=10_000_000, pace=Pace(SECONDS_BETWEEN))


def gather_topics(*, ask: Asker) -> Counter[str]:
    """Asks the search service for each of our topics, in its language, and keeps the first topics found."""
    counts: Counter[str] = Counter()
    for language, name in _names():
        url = search_url(
            settings.OSTEON_MEDLINEPLUS_SEARCH_URL,
            f'"{name}"',
            language=language,
            page=MOST,
            email=settings.OSTEON_PUBMED_EMAIL,
        )
        try:
            found = read_search(ask(url).body)
        except TooManyRequests:
            counts["failed"] += 1
            break
        except (Unreachable, XmlRefused):
            counts["failed"] += 1
            continue
        counts["asked"] += 1
        if found.topics:
            done = actions.keep_topics(topics=found.topics, name=f"search: {name}")
            counts.update(done.counts)
    return counts


def _names() -> Iterable[tuple[str, str]]:
    for page in TopicPage.objects.live().select_related("locale").order_by("pk"):
        # The first other name is the clinical or the lay word, whichever the title is not.
        for name in dict.fromkeys((page.title, *page.synonyms[:1])):
            yield page.language, name


def gather_answers(*, ask: Asker) -> Counter[str]:
    """Asks Connect for every code our pages carry, so that its answers are there when it is down."""
    counts: Counter[str] = Counter()
    for key, code, language in sorted(_codes()):
        found = connecting.reading(BY_KEY[key], code, language, ask=ask)
        counts["answers" if found.state == "fresh" else "failed"] += 1
    return counts


def _codes() -> set[tuple[str, str, str]]:
    found = set()
    for page in LibraryPage.objects.live().select_related("locale"):
        for written in page.code_list:
            key, _, code = written.partition("//")
            if key in BY_KEY and is_wellformed(BY_KEY[key], code):
                found.add((key, code, page.language))
    return found
