"""The editors' list of what was not found."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from osteon.library.search import misses

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("editor", password="a-long-invented-word")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def whale():
    for _ in range(misses.SHOWN_FROM):
        misses.note("whale <b>bone</b>", "en")


def test_it_is_not_for_readers(client):
    answer = client.get(reverse("search_not_found"))
    assert answer.status_code == 302 and "login" in answer["Location"]


def test_a_person_without_the_permission_is_sent_away(client):
    user = get_user_model().objects.create_user("reader", password="a-long-invented-word")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("search_not_found")).status_code in (302, 403)


def test_an_editor_sees_the_words_and_how_often_they_were_asked(editor, whale):
    html = editor.get(reverse("search_not_found")).content.decode()
    assert "whale &lt;b&gt;bone&lt;/b&gt;" in html and "<td>2</td>" in html


def test_what_was_dealt_with_leaves_the_list(editor, whale):
    editor.post(reverse("search_not_found"), {"text": "whale <b>bone</b>", "language": "en"})
    assert not misses.shown()


def test_an_empty_list_says_so(editor):
    assert "Nothing" in editor.get(reverse("search_not_found")).content.decode()


def test_a_post_that_names_nothing_changes_nothing(editor, whale):
    assert editor.post(reverse("search_not_found"), {}).status_code == 302
    assert misses.shown().count() == 1
