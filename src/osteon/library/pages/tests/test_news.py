"""News by feed and by email: nobody is written to who did not say yes twice."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree
from django.core import mail, signing

from osteon.library.pages import actions
from osteon.library.pages.models import NewsPage, Subscriber

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_holds_the_news_with_full_addresses(client, library, kind, settings):
    answer = client.get(f"/news.en.{kind}")
    root = ElementTree.fromstring(answer.content)
    titles = [node.text for node in root.iter() if node.tag.endswith("title")]
    assert "The garden is open" in titles
    assert f"{settings.LIBRARY_ADDRESS}/news/the-garden-is-open/" in answer.content.decode()


def test_an_atom_entry_has_the_date_of_the_news(client, library):
    root = ElementTree.fromstring(client.get("/news.en.atom").content)
    assert root.find(f"{ATOM}entry/{ATOM}published").text.startswith("2026-11-01")


@pytest.mark.parametrize("path", ["/news.fr.rss", "/news.xx.atom"])
def test_there_is_no_feed_in_a_language_we_do_not_write(client, library, path):
    assert client.get(path).status_code == 404


def test_the_spanish_feed_holds_spanish_news_only(client, library):
    assert "garden" not in client.get("/news.es.rss").content.decode()


def test_an_unpublished_item_leaves_the_feed(client, page):
    page("the-garden-is-open").unpublish()
    assert "garden" not in client.get("/news.en.rss").content.decode()


# By email --------------------------------------------------------------------------------------------------


def link_in(message):
    return re.search(r"https?://\S+?(/news-by-email/\S+)", message.body).group(1)


@pytest.fixture
def asked(client, library):
    client.post("/news-by-email/", {"email": "Reader@Example.org"})
    return link_in(mail.outbox[0])


def test_asking_sends_one_question_and_nothing_more(asked):
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]
    assert Subscriber.objects.get().confirmed_at is None


def test_opening_the_link_is_not_yet_a_yes(asked, client):
    assert client.get(asked).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None


def test_pressing_the_button_is(asked, client):
    assert b"Thank you" in client.post(asked).content
    assert Subscriber.objects.get().confirmed_at is not None


def test_a_link_that_was_altered_is_refused(asked, client):
    answer = client.post(asked.replace("confirm/", "confirm/x"))
    assert answer.status_code == 400 and Subscriber.objects.get().confirmed_at is None


def test_a_link_of_another_purpose_is_refused(asked, client):
    token = signing.dumps("reader@example.org", salt=actions.STOP)
    assert client.post(f"/news-by-email/confirm/{token}/").status_code == 400


def test_a_link_is_good_for_three_days(asked, client, monkeypatch):
    monkeypatch.setattr(actions, "CONFIRM_SECONDS", -1)
    assert client.post(asked).status_code == 400


def test_asking_again_after_the_yes_sends_nothing_and_says_the_same(asked, client):
    client.post(asked)
    mail.outbox.clear()
    answer = client.post("/news-by-email/", {"email": "reader@example.org"})
    assert mail.outbox == [] and b"Look in your inbox" in answer.content


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_told_so(client, library, email):
    answer = client.post("/news-by-email/", {"email": email})
    assert b"nhsuk-error-message" in answer.content and mail.outbox == []


def test_news_go_once_to_those_who_said_yes(asked, client, page):
    Subscriber.objects.create(email="other@example.org", language="en")  # asked, never confirmed
    client.post(asked)
    mail.outbox.clear()
    NewsPage.objects.update(sent_at=None)
    garden = page("the-garden-is-open")
    assert actions.send_news(page=garden) == 1
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]
    assert garden.public_address in mail.outbox[0].body
    assert actions.send_news(page=garden) == 0


def test_every_letter_says_how_to_stop_and_stopping_removes_the_address(asked, client, page):
    client.post(asked)
    mail.outbox.clear()
    NewsPage.objects.update(sent_at=None)
    actions.send_news(page=page("the-garden-is-open"))
    stop = link_in(mail.outbox[0])
    assert stop in mail.outbox[0].extra_headers["List-Unsubscribe"]
    client.get(stop)
    assert Subscriber.objects.exists()
    assert b"We have stopped" in client.post(stop).content
    assert not Subscriber.objects.exists()
    assert b"We have stopped" in client.post(stop).content  # twice is no error


def test_publishing_news_sends_it(asked, client, page, django_capture_on_commit_callbacks):
    client.post(asked)
    mail.outbox.clear()
    NewsPage.objects.update(sent_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        page("the-garden-is-open").save_revision().publish()
    assert [message.subject for message in mail.outbox] == ["The garden is open"]
