"""What waits for an editor: reviews that fall due, stale translations, broken links; and what happens by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from osteon.library.conftest import PASSWORD
from osteon.library.content import loader
from osteon.library.editorial import actions
from osteon.library.editorial.models import BrokenLink
from osteon.library.editorial.queries import Desk
from osteon.library.pages.models import LibraryPage


@pytest.fixture
def due(page):
    """Sets the next review of the topic to so many days from today."""

    def set_due(days):
        when = timezone.localdate() + timedelta(days=days)
        LibraryPage.objects.filter(slug="bone-infection").update(next_review=when)
        return page("bone-infection")

    return set_due


@pytest.mark.parametrize(
    ("days", "state"),
    [(61, "current"), (60, "soon"), (0, "soon"), (-1, "overdue"), (-180, "overdue"), (-181, "lapsed")],
)
def test_a_page_goes_from_current_to_lapsed(due, days, state):
    assert due(days).review_state() == state


def test_a_page_without_a_date_was_never_reviewed(page):
    assert page("frame").review_state() == "unreviewed"


@pytest.mark.parametrize(("days", "listed"), [(61, ""), (30, "due_soon"), (-1, "overdue")])
def test_the_desk_lists_what_is_due(due, days, listed):
    due(days)
    lists = Desk().lists()
    assert [name for name in ("due_soon", "overdue") if lists[name]] == ([listed] if listed else [])


def test_an_overdue_page_says_so_to_its_readers(due, client):
    assert b"due for review" not in client.get(due(10).url).content
    body = client.get(due(-10).url + "?x").content  # past the kept page
    assert b"This page is due for review" in body


def test_a_lapsed_page_is_not_shown_even_before_anybody_took_it_down(due, client):
    answer = client.get(due(-181).url)
    assert answer.status_code == 410
    assert b"Germs can get" not in answer.content and b"has not been" in answer.content


def test_upkeep_takes_lapsed_pages_down_and_leaves_the_others(due, client):
    topic = due(-181)
    assert [page.pk for page in actions.withdraw_lapsed()] == [topic.pk]
    assert client.get(topic.url).status_code == 404
    assert client.get("/treatments/frame/").status_code == 200
    assert actions.withdraw_lapsed() == []


def test_a_stale_translation_is_on_the_desk_and_says_so(library, page, client):
    assert Desk().lists()["stale"] == []
    source = library / "en/topics/bone-infection.md"
    source.write_text(
        source.read_text(encoding="utf-8").replace("Rest, then walk.", "Walk."), encoding="utf-8"
    )
    loader.load(library)
    spanish = page("infeccion-del-hueso")
    assert Desk().lists()["stale"] == [spanish]
    assert "app-stale" in client.get(spanish.url).content.decode()


def test_a_link_to_a_page_that_was_taken_down_is_broken(page):
    assert actions.check_links() == 0
    page("frame").unpublish()
    assert actions.check_links() == 2
    found = {(link.page.slug, link.reason) for link in BrokenLink.objects.all()}
    assert found == {("bone-infection", "not published"), ("bone-infection", "no such related page")}


def test_a_mended_link_leaves_the_list(page):
    frame = page("frame")
    frame.unpublish()
    actions.check_links()
    frame.refresh_from_db()
    frame.save_revision().publish()
    assert actions.check_links() == 0 and not BrokenLink.objects.exists()


@pytest.fixture
def outside_link(page):
    topic = page("bone-infection")
    topic.sections = [
        ("section", {"heading": "One", "text": '<p><a href="https://example.org/gone">a</a></p>'}),
    ]
    topic.save_revision().publish()
    return topic


def test_the_outside_is_asked_only_when_the_unit_allows_it(outside_link, settings):
    assert actions.outside() is None
    assert actions.check_links(fetch=actions.outside()) == 0
    settings.OSTEON_NETWORK = True
    assert actions.outside() is not None


def test_a_dead_outside_link_is_listed_with_its_reason(outside_link):
    actions.check_links(fetch=lambda address: "HTTP 404" if address.endswith("gone") else "")
    assert BrokenLink.objects.get(target="https://example.org/gone").reason == "HTTP 404"


# The desk as a page ------------------------------------------------------------------------------------


def test_the_desk_asks_for_a_sign_in(library, client):
    answer = client.get("/editors/desk/")
    assert answer.status_code == 302 and "/editors/login/" in answer.url


def test_the_desk_is_not_for_somebody_without_a_group(person, client):
    user = person("No Body")
    user.groups.clear()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/editors/desk/").status_code in (302, 403)


def test_an_editor_sees_the_desk(person, client, due):
    due(-5)
    client.force_login(person("Ada Quill"), backend="django.contrib.auth.backends.ModelBackend")
    body = client.get("/editors/desk/").content.decode()
    assert "Review overdue</h2>" in body or "Review overdue" in body
    assert "Bone infection" in body and "Frame around the leg" in body


def test_five_wrong_passwords_lock_the_door(person, client):
    person("Ada Quill")
    for _ in range(5):
        client.post("/editors/login/", {"username": "quill@marlbury.example", "password": "wrong"})
    answer = client.post("/editors/login/", {"username": "quill@marlbury.example", "password": PASSWORD})
    assert answer.status_code in (403, 429)
