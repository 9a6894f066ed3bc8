"""Going out for topics and answers: recorded answers, and every way it can fail."""

from __future__ import annotations

import pytest

from osteon.library.resources import gathering, queries
from osteon.library.resources.models import ConnectAnswer
from osteon.standards.asking import Answer, TooManyRequests, Unreachable
from osteon.standards.tests.recorded import recorded

pytestmark = pytest.mark.django_db
EMPTY = b'{"feed": {"entry": []}}'


@pytest.fixture(autouse=True)
def _set_up(settings):
    settings.OSTEON_NETWORK = True
    settings.OSTEON_MEDLINEPLUS_URL = "https://connect.example/service"
    settings.OSTEON_MEDLINEPLUS_SEARCH_URL = "https://wsearch.example/ws/query"
    settings.OSTEON_PUBMED_EMAIL = "library@unit.example"


class Service:
    def __init__(self, given):
        self.given, self.asked = given, []

    def __call__(self, url):
        self.asked.append(url)
        if isinstance(self.given, Exception):
            raise self.given
        return Answer(self.given)


def test_each_topic_is_searched_in_its_language_and_the_found_are_kept(library):
    service = Service(recorded("wsearch_topic_spelling_correction_trimmed.xml").read_bytes())
    counts = gathering.gather_topics(ask=service)
    assert counts["asked"] == len(service.asked) == 5 and counts["added"] == 1 and counts["unchanged"] == 4
    assert sum("healthTopicsSpanish" in url for url in service.asked) == 2
    assert any("Bone+infection" in url for url in service.asked)
    assert [topic.title for topic in queries.current_topics()] == ["Diabetes Medicines"]


def test_no_hit_keeps_nothing(library):
    counts = gathering.gather_topics(ask=Service(recorded("wsearch_no_hits.xml").read_bytes()))
    assert counts == {"asked": 5} and not queries.current_topics().exists()


@pytest.mark.parametrize(
    ("failure", "asked"), [(Unreachable("down"), 5), (b"<html/>", 5), (TooManyRequests("429"), 1)]
)
def test_what_fails_is_counted_and_being_too_fast_ends_it(library, failure, asked):
    service = Service(failure)
    assert gathering.gather_topics(ask=service)["failed"] == asked == len(service.asked)


def test_every_code_of_our_pages_is_asked_once_in_each_language(library):
    counts = gathering.gather_answers(ask=Service(EMPTY))
    # 2 codes in English and Spanish, one more for children; ATC is unknown to the service
    assert counts["answers"] == ConnectAnswer.objects.count() == 7
    assert counts["failed"] == 1
    assert not ConnectAnswer.objects.filter(system="ATC").exists()
