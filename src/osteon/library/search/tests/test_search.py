"""Searching the small library: what readers type, and what must come first."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from osteon.library.search import actions, shelves
from osteon.library.search.models import IndexedDocument
from osteon.library.search.queries import search, suggest

from .conftest import document

pytestmark = pytest.mark.django_db


def keys(query, **choices):
    return [hit.key for hit in search(query, **choices).hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bone infection", "bone"), ("osteomyelitis", "bone"), ("Osteomyelitis?", "bone"), ("infected bones", "bone"),
        ("discitis", "spine"), ("disc infection", "spine"), ("infected hip replacement", "joint"), ("OPAT", "home"),
        ("periprosthetic joint infection", "joint"), ("peri-prosthetic joint infection review", "article"),
        ("magnetic resonance", "mri"), ("zyvox", "trial"), ("myocardial infarction", "heart"), ("M86.6", "bone"),
        ("hemodialysis", "article"), ("infección de hueso", "hueso"), ("osteomielitis", "hueso"), ("red flags", "gp"),
        ("teenager with a bone infection", "teen"),
    ],
)  # fmt: skip
def test_the_right_document_comes_first(small_library, query, first):
    assert keys(query)[0] == first


@pytest.mark.parametrize(
    ("query", "corrected", "first"),
    [("bone infecton", "bone infection", "bone"), ("osteomylitis", "osteomyelitis", "bone"),
     ("osteo myelitis", "osteomyelitis", "bone"), ("linesolid tibia", "linezolid tibia", "trial"),
     ("infecion del hueso", "infeccion del hueso", "hueso")],
)  # fmt: skip
def test_a_misspelt_query_is_put_right_and_says_so(small_library, query, corrected, first):
    found = search(query, language="es" if first == "hueso" else "en")
    assert found.corrected == corrected
    assert found.hits[0].key == first


def test_a_reader_may_refuse_the_correction(small_library):
    found = search("osteomylitis", as_typed=True)
    assert found.corrected is None and found.total == 0


def test_a_known_query_is_not_corrected(small_library):
    assert search("bone infection").corrected is None


def test_a_reader_of_spanish_finds_spanish_first_and_english_after(small_library):
    found = keys("osteomielitis", language="es")
    assert found[0] == "hueso" and "bone" in found


def test_filters_choose_and_counts_stay_of_all(small_library):
    everything = search("infection")
    trials = search("osteomyelitis", kind="trials")
    assert [hit.kind for hit in trials.hits] == ["trials"]
    assert trials.kinds == search("osteomyelitis").kinds
    assert set(keys("infection", audience="gps")) == {"joint", "gp", "article"}
    assert all(hit.language == "es" for hit in search("infección", only_language="es").hits)
    assert everything.total > 3


@pytest.mark.parametrize("query", ["", "   ", "the of and", "?", "\x00", "%_'\";--", "qwxyzv"])
def test_a_query_without_a_known_word_finds_nothing_and_breaks_nothing(small_library, query):
    assert search(query).total == 0


def test_an_unknown_filter_filters_nothing(small_library):
    assert keys("bone", audience="martians") == keys("bone")


def test_a_very_long_query_is_cut(small_library):
    assert search("bone infection " * 500).hits[0].key == "bone"


def test_pages_follow_each_other_and_end(db):
    actions.replace(document(f"d{n:02}", f"Bone number {n}") for n in range(25))
    first, second, last, beyond = (search("bone", page=n) for n in (1, 2, 3, 99))
    shown = [hit.key for found in (first, second, last) for hit in found.hits]
    assert len(shown) == len(set(shown)) == 25
    assert (first.pages, len(last.hits), beyond.page) == (3, 5, 3)


def test_what_is_found_is_marked_and_everything_else_escaped(db):
    actions.replace([document("x", "<b>Bone</b>", body='<script>alert("bone")</script> & an infected bone')])
    (hit,) = search("bone infection").hits
    assert "<script>" not in hit.passage and "<b>" not in hit.name
    assert "<mark>bone</mark>" in hit.passage
    assert "&lt;script&gt;" in hit.passage and "&amp;" in hit.passage


def test_a_passage_shows_the_words_asked_for_even_far_down(db):
    actions.replace(
        [
            document(
                "x", "Title", body=f"{'Other matters here. ' * 100} The femur was infected. {'End. ' * 50}"
            )
        ]
    )
    (hit,) = search("femur").hits
    assert "femur" in hit.passage and hit.passage.startswith("…") and len(hit.passage.striptags()) < 240


def test_a_concept_found_by_another_name_is_marked_too(small_library):
    bone = next(hit for hit in search("osteomyelitis").hits if hit.key == "bone")
    assert "<mark" in bone.name


def test_a_document_is_replaced_and_removed(small_library):
    actions.replace([document("bone", "Something else", body="Nothing of the kind.")])
    assert "bone" not in keys("osteomyelitis")
    assert keys("something else")[0] == "bone"
    assert actions.remove(["bone", "unknown"]) == 1
    assert keys("something else") == []
    assert IndexedDocument.objects.get(key="bone").body == ""


def test_a_removed_document_may_come_back(small_library):
    actions.remove(["mri"])
    actions.replace([document("mri", "MRI scan again", kind="tests")])
    assert keys("mri") == ["mri"]


def test_many_small_changes_are_put_together(small_library):
    for number in range(shelves.MOST_SHELVES + 3):
        actions.replace([document("mri", f"MRI scan {number}", kind="tests")])
        assert search("mri").hits[0].title == f"MRI scan {number}"
    assert len(shelves.keeper.current().shelves) <= shelves.MOST_SHELVES
    assert keys("bone infection")[0] == "bone"


def test_a_key_given_twice_stands_once(db):
    actions.replace([document("a", "Femur one"), document("a", "Femur two")])
    assert [hit.title for hit in search("femur").hits] == ["Femur two"]


def test_searching_takes_two_queries_however_much_is_found(small_library):
    search("bone")
    with CaptureQueriesContext(
        connection,
    ) as few:
        search("mri")
    with CaptureQueriesContext(connection) as many:
        search("bone infection pain fever")
    assert len(few) == len(many) == 2


def test_an_index_made_by_an_older_list_is_read_anew(small_library):
    IndexedDocument.objects.filter(key="spine").update(analysed_by="older", terms={})
    shelves.keeper.__init__()
    assert keys("discitis")[0] == "spine"


def test_rebuild_takes_what_each_part_gives_and_drops_the_rest(small_library, settings):
    settings.LIBRARY_DOCUMENTS = [f"{__name__}.{name}" for name in ("these", "those")]
    assert actions.rebuild() == 2
    assert keys("femur") == ["these"] and keys("bone infection") == []


def these():
    yield document("these", "Femur")


def those():
    yield document("those", "Tibia")


def test_a_change_that_fails_leaves_the_index_as_it_was(small_library):
    def broken():
        yield document("bone", "Broken half way")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.replace(broken())
    assert keys("bone infection")[0] == "bone"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("bo", "Bone infection"),
        ("bone inf", "Bone infection"),
        ("antib", "Antibiotics at home"),
        ("Infe", "Infected joint replacement"),
    ],
)
def test_suggestions_complete_the_word_being_typed(small_library, typed, title):
    assert title in [name for name, _ in suggest(typed)]


def test_suggestions_are_in_the_readers_language(small_library):
    assert suggest("hue", language="es") == [("Infección del hueso", "/hueso/")]
    assert suggest("b") == [] and suggest("   ") == []
