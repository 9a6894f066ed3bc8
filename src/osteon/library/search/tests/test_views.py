from __future__ import annotations

import pytest

from osteon.library.search import addresses
from osteon.library.search.models import Miss

pytestmark = pytest.mark.django_db


def page(client, **given):
    answer = client.get("/search/", given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_asks_before_anything_is_searched(client, small_library):
    html = page(client)
    assert 'name="q"' in html and '<ol class="app-results"' not in html


def test_results_link_to_the_page_with_marks(client, small_library):
    html = page(client, q="bone infection")
    assert '<a href="/bone/"><mark>Bone</mark>' in html
    assert "results" in html


def test_what_was_typed_is_escaped_everywhere(client, small_library):
    html = page(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in html


def test_a_correction_is_shown_and_can_be_refused(client, small_library):
    html = page(client, q="osteomylitis")
    assert "<strong>osteomyelitis</strong>" in html and "exactly=1" in html
    assert "Nothing found" in page(client, q="osteomylitis", exactly="1")


def test_filters_keep_what_was_chosen(client, small_library):
    html = page(client, q="osteomyelitis", kind="trials")
    assert '<option value="trials" selected>' in html
    assert "/trial/" in html and 'href="/bone/"' not in html


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "nonsense"},
        {"page": "-1"},
        {"page": "999999999"},
        {"page": "x"},
        {"in": "xx"},
        {"audience": "<b>"},
        {"q": "\x00"},
    ],
)
def test_nonsense_in_the_address_changes_nothing(client, small_library, given):
    page(client, **{"q": "bone", **given})


def test_only_reading_is_answered(client, small_library):
    assert client.post("/search/", {"q": "bone"}).status_code == 405


def test_the_spanish_page_speaks_spanish_and_finds_spanish_first(client, small_library):
    html = client.get(addresses.results("es"), {"q": "infeccion de hueso"}).content.decode()
    assert '<html lang="es"' in html
    assert html.index("/hueso/") < html.index("/bone/")


def test_a_search_that_finds_nothing_helps_and_is_counted(client, small_library):
    html = page(client, q="qwxyzv")
    assert "Nothing found" in html and "999" in html
    assert Miss.objects.get().times == 1


def test_nothing_of_the_kind_chosen_is_not_a_miss(client, small_library):
    assert "Search again without filters" in page(client, q="mri", kind="trials")
    assert not Miss.objects.exists()


def test_a_personal_query_is_not_counted(client, small_library):
    page(client, q="943 476 5919")
    assert not Miss.objects.exists()


def test_suggestions_are_titles_and_addresses(client, small_library):
    answer = client.get(addresses.suggestions("en"), {"q": "bone inf"})
    assert {"title": "Bone infection", "url": "/bone/"} in answer.json()["suggestions"]
    assert client.get(addresses.suggestions("en")).json() == {"suggestions": []}


def test_suggestions_count_nothing(client, small_library):
    client.get(addresses.suggestions("en"), {"q": "qwxyzv"})
    assert not Miss.objects.exists()


def test_the_page_says_nothing_to_search_engines(client, small_library):
    assert 'content="noindex"' in page(client, q="bone")
