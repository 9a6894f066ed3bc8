"""Asking MedlinePlus Connect: remembered answers, and every way the service can fail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from osteon.library.resources import connecting
from osteon.library.resources.models import ConnectAnswer
from osteon.standards.asking import Answer, TooManyRequests, Unreachable
from osteon.standards.infobutton import BY_KEY
from osteon.standards.tests.recorded import recorded

pytestmark = pytest.mark.django_db
SNOMED = BY_KEY["SNOMED"]


class Service:
    """Gives what it was told to, in turn; keeps what was asked."""

    def __init__(self, *given):
        self.given, self.asked = list(given), []

    def __call__(self, url):
        self.asked.append(url)
        given = self.given.pop(0)
        if isinstance(given, Exception):
            raise given
        return Answer(given, "application/json")


@pytest.fixture(autouse=True)
def _set_up(settings):
    settings.OSTEON_NETWORK = True
    settings.OSTEON_MEDLINEPLUS_URL = "https://connect.example/service"


@pytest.fixture
def good() -> bytes:
    return recorded("connect_snomed_problem.json").read_bytes()


def ask(service, code="52702003", language="en", system=SNOMED):
    return connecting.reading(system, code, language, ask=service)


def age(**by):
    ConnectAnswer.objects.update(fetched_at=timezone.now() - timedelta(**by))


def test_an_answer_is_kept_for_a_day_and_not_asked_again(good):
    service = Service(good)
    assert ask(service).state == "fresh"
    again = ask(service)
    assert again.state == "fresh" and again.feed.entries[0].title.startswith("Myalgic")
    assert len(service.asked) == 1 and "52702003" in service.asked[0]


def test_an_old_answer_is_asked_anew(good):
    ask(Service(good))
    age(hours=25)
    service = Service(recorded("connect_icd10cm_no_match.json").read_bytes())
    assert ask(service).feed.entries == () and len(service.asked) == 1


@pytest.mark.parametrize(
    "failure",
    [
        Unreachable("It did not answer: timed out."),
        TooManyRequests("It asks us to be slower (HTTP 429)."),
        b"<html><body>Sorry</body></html>",
        b"",
        b'{"feed": {"entry": [',
        b'{"something": "else"}',
    ],
)
def test_slow_down_or_nonsense_the_kept_answer_is_shown_and_the_service_left_in_peace(good, failure):
    ask(Service(good))
    age(days=30)
    service = Service(failure)
    first, second = ask(service), ask(service)
    assert first.state == second.state == "kept" and first.feed.entries and first.failure
    assert len(service.asked) == 1


def test_a_failure_with_nothing_kept_is_an_empty_answer_that_says_why():
    found = ask(Service(Unreachable("It did not answer.")))
    assert (found.state, found.feed.entries, found.failure) == ("none", (), "It did not answer.")
    assert connecting.kept(SNOMED, "52702003", "en") is None


def test_after_a_rest_it_is_asked_again(good):
    ask(Service(Unreachable("down")))
    ConnectAnswer.objects.update(failed_at=timezone.now() - timedelta(minutes=11))
    assert ask(Service(good)).state == "fresh"
    assert ConnectAnswer.objects.get().failure == ""


@pytest.mark.parametrize(("network", "url"), [(False, "https://connect.example/service"), (True, "")])
def test_nothing_goes_out_unless_the_site_says_so(settings, good, network, url):
    settings.OSTEON_NETWORK, settings.OSTEON_MEDLINEPLUS_URL = network, url
    service = Service(good)
    assert ask(service).state == "none" and service.asked == []
    assert not connecting.may_ask()


def test_what_was_kept_is_shown_offline_whatever_its_age(settings, good):
    ask(Service(good))
    age(days=400)
    settings.OSTEON_NETWORK = False
    assert ask(Service()).state == "kept"


def test_a_system_the_service_does_not_know_is_not_asked():
    service = Service()
    assert ask(service, "J01XA01", system=BY_KEY["ATC"]).state == "none" and service.asked == []


def test_languages_are_kept_apart(good):
    service = Service(good, good)
    ask(service)
    ask(service, language="es")
    assert len(service.asked) == 2 and "languageCode.c=es" in service.asked[1]


def test_an_answer_without_entries_is_an_answer(good):
    service = Service(recorded("connect_icd10cm_no_match.json").read_bytes())
    assert ask(service).state == "fresh" and ask(service).state == "fresh" and len(service.asked) == 1
