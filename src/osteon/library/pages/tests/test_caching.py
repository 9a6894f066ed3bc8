"""Pages are kept for the next reader, and never longer than they are true."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from osteon.library.conftest import PASSWORD
from osteon.library.pages import caching
from osteon.library.pages.models import LibraryPage

URL = "/topics/bone-infection/"


@pytest.fixture
def queries(client, library):
    def count(path=URL, **options):
        with CaptureQueriesContext(connection) as found:
            assert client.get(path, **options).status_code == 200
        return len(found)

    return count


def test_a_kept_page_costs_one_question(queries):
    assert queries() > 5
    assert queries() == 1


def test_a_kept_page_is_the_page(client, library):
    first, second = client.get(URL), client.get(URL)
    assert first.content == second.content
    for name in ("Content-Type", "Content-Language", "Content-Security-Policy"):
        assert first[name] == second[name]


def test_an_address_with_a_question_is_not_kept(queries):
    assert queries(URL + "?a=1") > 5 and queries(URL + "?a=1") > 5


def test_an_editor_sees_the_page_as_it_is(client, person):
    person("Ada Quill")
    client.get(URL)
    client.post("/editors/login/", {"username": "quill@marlbury.example", "password": PASSWORD})
    LibraryPage.objects.filter(slug="bone-infection").update(summary="Not yet announced.")
    assert b"Not yet announced." in client.get(URL).content


def test_a_page_that_is_not_there_is_not_kept(client, library, page):
    assert client.get("/topics/new/").status_code == 404
    page("bone-infection").move(page("frame").get_parent(), pos="last-child")
    assert client.get("/treatments/bone-infection/").status_code == 200
    assert client.get(URL).status_code in (301, 302, 404)


@pytest.mark.parametrize("change", ["publish", "unpublish", "delete", "move"])
def test_every_change_that_readers_see_makes_all_kept_pages_stale(queries, page, change):
    queries()
    frame = page("frame")
    if change == "publish":
        frame.summary = "Other words."
        frame.save_revision().publish()
    elif change == "unpublish":
        frame.unpublish()
    elif change == "delete":
        frame.delete()
    else:
        frame.move(page("bone-infection").get_parent(), pos="last-child")
    assert queries() > 5


def test_a_draft_makes_nothing_stale(queries, page):
    queries()
    page("frame").save_revision()
    assert queries() == 1


def test_a_new_day_is_a_new_page(queries, monkeypatch):
    queries()
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 31))
    assert queries() > 5


def test_the_number_is_raised_from_nothing(db):
    before = caching.generation()
    caching.forget_all()
    caching.forget_all(sender=None, instance=None)
    assert caching.generation() == before + 2


def test_forms_are_never_kept(client, library):
    client.get("/news-by-email/")
    assert not [name for name in cache._cache if "news-by-email" in name]
