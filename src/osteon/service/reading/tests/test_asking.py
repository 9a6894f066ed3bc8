from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone

from osteon.service.reading import asking
from osteon.service.reading.diagnoses import Diagnosis
from osteon.service.reading.models import KeptReading
from osteon.standards.asking import Answer, Unreachable
from osteon.standards.infobutton import BY_KEY, Coded, Entry, Feed, write_atom, write_json

pytestmark = pytest.mark.django_db
FEED = Feed(
    title="Library", entries=(Entry("Osteomyelitis", "https://library.example/topics/osteomyelitis/"),)
)
CONCEPT = Coded("M86.6", BY_KEY["ICD10"].oid)


class Library:
    """Answers as told, in turn; keeps what it was asked."""

    def __init__(self, *given):
        self.given, self.asked = list(given), []

    def __call__(self, url):
        self.asked.append(url)
        given = self.given.pop(0)
        if isinstance(given, Exception):
            raise given
        return Answer(given)


@pytest.fixture(autouse=True)
def _set_up(settings):
    settings.OSTEON_LIBRARY_URL = "https://library.example/"
    cache.delete(asking.RESTING)
    yield
    cache.delete(asking.RESTING)


def ask(library, language="en", group="", concept=CONCEPT):
    request = asking.request_for(Diagnosis(concept, "Osteomyelitis"), language=language, age_group=group)
    return asking.found(request, ask=library)


def test_only_a_code_a_language_and_an_age_group_leave():
    library = Library(write_json(FEED))
    ask(library, "es", asking.TEENAGER)
    parts = urlsplit(library.asked[0])
    assert (parts.netloc, parts.path) == ("library.example", "/infobutton")
    assert parse_qs(parts.query) == {
        "mainSearchCriteria.v.cs": [BY_KEY["ICD10"].oid],
        "mainSearchCriteria.v.c": ["M86.6"],
        "informationRecipient": ["PAT"],
        "informationRecipient.languageCode.c": ["es"],
        "performer": ["PROV"],
        "taskContext.c.c": ["PROBLISTREV"],
        "ageGroup.v.c": ["D000293"],
        "knowledgeResponseType": ["application/json"],
    }


@pytest.mark.parametrize(
    ("years", "group"),
    [
        (None, ""),
        (0, "D002648"),
        (12, "D002648"),
        (13, "D000293"),
        (17, "D000293"),
        (18, "D000328"),
        (90, "D000328"),
    ],
)
def test_of_an_age_only_its_group_is_told(years, group):
    assert asking.age_group(years) == group


@pytest.mark.parametrize("write", [write_json, write_atom])
def test_a_good_answer_serves_for_an_hour(write):
    library = Library(write(FEED), write(Feed(title="Library")))
    assert ask(library).feed.entries == ask(library).feed.entries == FEED.entries
    assert len(library.asked) == 1
    KeptReading.objects.update(fetched_at=timezone.now() - timedelta(minutes=61))
    assert ask(library).feed.entries == ()


@pytest.mark.parametrize(
    "failure", [Unreachable("slow"), b"<html>Sorry</html>", b"", b'{"feed": ', b'{"a": 1}', b"\x00\xff"]
)
def test_down_or_nonsense_is_said_and_nobody_waits_for_it_again(failure):
    library = Library(failure)
    for _ in range(3):
        found = ask(library)
        assert found.feed is None and found.kept_on is None
    assert len(library.asked) == 1


def test_while_it_is_down_the_last_answer_is_shown_with_its_day():
    ask(Library(write_json(FEED)))
    then = timezone.now() - timedelta(days=3)
    KeptReading.objects.update(fetched_at=then)
    found = ask(Library(Unreachable("down")))
    assert found.feed.entries == FEED.entries and found.kept_on == then


def test_after_its_rest_it_is_asked_again():
    ask(Library(Unreachable("down")))
    cache.delete(asking.RESTING)
    assert ask(Library(write_json(FEED))).feed.entries


def test_different_codes_languages_and_groups_are_kept_apart():
    library = Library(*[write_json(FEED)] * 4)
    ask(library)
    ask(library, "es")
    ask(library, "en", asking.CHILD)
    ask(library, concept=Coded("M00", BY_KEY["ICD10"].oid))
    assert len(set(library.asked)) == 4 == KeptReading.objects.count()


def test_the_network_gives_up_after_a_second():
    assert asking.ask_library.timeout == 1.0 and not asking.ask_library.through_proxy
