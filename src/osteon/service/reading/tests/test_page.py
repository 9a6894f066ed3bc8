from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from osteon.service.accounts.models import ReadEntry
from osteon.service.reading import asking
from osteon.service.reading.panels import reading as panel
from osteon.standards.asking import Answer, Unreachable
from osteon.standards.infobutton import Entry, Feed, write_json

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _set_up(settings):
    settings.OSTEON_LIBRARY_URL = "https://library.example"
    cache.delete(asking.RESTING)
    yield
    cache.delete(asking.RESTING)


@pytest.fixture
def answers(monkeypatch):
    """What the library answers; each address asked is kept."""
    asked: list[str] = []

    def give(*entries: Entry, failure: Exception | None = None) -> list[str]:
        def ask(url: str) -> Answer:
            asked.append(url)
            if failure:
                raise failure
            return Answer(write_json(Feed(title="Library", entries=entries)))

        monkeypatch.setattr(asking, "ask_library", ask)
        return asked

    return give


def address(patient) -> str:
    return reverse("reading:reading", kwargs={"patient_id": patient.public_id})


TOPIC = Entry(
    "Infected fracture", "https://library.example/topics/infected-fracture/", summary="<p>What it is.</p>",
    categories=(("osteon.source", "Marlbury unit"),),
)  # fmt: skip


def test_not_signed_in_is_sent_to_sign_in(client, cast, answers):
    asked = answers(TOPIC)
    assert client.get(address(cast.ruth)).status_code == 302 and asked == []


def test_a_role_without_patients_is_not_allowed(client, cast, answers):
    client.force_login(cast.privacy)
    answers(TOPIC)
    assert client.get(address(cast.ruth)).status_code == 403


def test_out_of_reach_is_the_break_glass_page_and_nothing_is_asked(client, cast, answers):
    client.force_login(cast.surgeon)
    asked = answers(TOPIC)
    assert client.get(address(cast.ruth)).status_code == 403 and asked == []


def test_the_page_shows_what_the_library_has(client, cast, answers):
    client.force_login(cast.nurse)
    asked = answers(TOPIC)
    page = client.get(address(cast.ruth)).content.decode()
    assert 'href="https://library.example/topics/infected-fracture/" rel="noreferrer"' in page
    assert "What it is." in page and "Marlbury unit" in page and "<p>What it is." not in page
    assert "T84.6" in asked[0]
    assert ReadEntry.objects.filter(patient_id=cast.ruth.public_id, path_name="reading:reading").count() == 1


def test_nothing_of_the_patient_is_in_what_is_asked(client, cast, answers):
    client.force_login(cast.nurse)
    asked = answers(TOPIC)
    client.get(address(cast.ruth))
    (url,) = asked
    for secret in ("Okafor", "Ruth", "9434765919", str(cast.ruth.public_id), "tibia"):
        assert secret not in url


def test_the_overview_gets_only_the_part_and_fills_it_afterwards(client, cast, answers):
    client.force_login(cast.nurse)
    asked = answers(TOPIC)
    overview = client.get(cast.ruth.get_absolute_url()).content.decode()
    assert asked == [] and f'hx-get="{address(cast.ruth)}" hx-trigger="load"' in overview
    assert f'<a href="{address(cast.ruth)}">' in overview
    part = client.get(address(cast.ruth), headers=HTMX).content.decode()
    assert "Infected fracture" in part and "<html" not in part


def test_the_library_down_is_a_plain_sentence(client, cast, answers):
    client.force_login(cast.nurse)
    answers(failure=Unreachable("down"))
    response = client.get(address(cast.ruth), headers=HTMX)
    assert response.status_code == 200 and "cannot be reached just now" in response.content.decode()
    assert client.get(cast.ruth.get_absolute_url()).status_code == 200


def test_an_answer_with_nothing_in_it_is_said(client, cast, answers):
    client.force_login(cast.nurse)
    answers()
    page = client.get(address(cast.ruth)).content.decode()
    assert "has nothing about fracture-related infection yet" in page


def test_what_the_library_sends_cannot_act_in_the_record(client, cast, answers):
    client.force_login(cast.nurse)
    answers(
        Entry(
            "<script>steal()</script>Bones",
            "https://library.example/x",
            summary="<img src=x onerror=steal()>Text",
        ),
        Entry("Bad link", "javascript:steal()"),
    )
    page = client.get(address(cast.ruth), headers=HTMX).content.decode()
    assert "steal" not in page and "Bones" in page and "Bad link" not in page


def test_reading_in_another_language_is_marked(client, cast, answers):
    client.force_login(cast.nurse)
    client.cookies["django_language"] = "es"
    asked = answers(Entry("Only English", "https://library.example/x", language="en"))
    page = client.get(address(cast.ruth), headers=HTMX).content.decode()
    assert "languageCode.c=es" in asked[0] and 'hreflang="en"' in page and "app-muted" in page


def test_no_open_episode_asks_nothing(client, cast, answers):
    client.force_login(cast.lead)
    asked = answers(TOPIC)
    nobody = cast.patient("Nobody")
    page = client.get(address(nobody)).content.decode()
    assert "No episode is open" in page and asked == []


def test_without_a_library_there_is_no_panel_and_no_page(client, cast, settings, rf):
    settings.OSTEON_LIBRARY_URL = ""
    client.force_login(cast.nurse)
    assert client.get(address(cast.ruth)).status_code == 404
    assert panel(rf.get("/"), cast.ruth) is None


def test_only_looking_is_allowed(client, cast):
    client.force_login(cast.nurse)
    assert client.post(address(cast.ruth)).status_code == 405
