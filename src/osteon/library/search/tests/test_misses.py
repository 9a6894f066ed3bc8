from __future__ import annotations

import pytest
from django.utils import timezone

from osteon.library.search import misses
from osteon.library.search.models import Miss

pytestmark = pytest.mark.django_db


def test_the_words_are_kept_once_they_have_been_asked_more_than_once():
    misses.note("Whale  BONE disease", "en")
    assert Miss.objects.get().text == ""
    misses.note("whale bone diseáse", "en")
    assert [(miss.text, miss.times, miss.last_on) for miss in misses.shown()] == [
        ("whale bone disease", 2, timezone.localdate())
    ]


def test_languages_are_counted_apart():
    misses.note("tibia azul", "es")
    misses.note("tibia azul", "en")
    assert Miss.objects.count() == 2 and not misses.shown()


@pytest.mark.parametrize(
    "query",
    [
        "943 476 5919", "9434765919 bone", "12/03/1956", "3 may 1956", "may 3rd", "born 1956", "me@example.org",
        "my name is ann", "Mr Brown", "Sra. Ruiz", "07700 900123", "tel 1234", "", "   ", "x" * 81,
        "a long story of what happened to my leg in spring", "ann@home", "5 de mayo de 1950",
    ],
)  # fmt: skip
def test_what_could_be_personal_leaves_no_trace(query):
    for _ in range(3):
        misses.note(query, "en")
    assert Miss.objects.count() == 0


@pytest.mark.parametrize("query", ["T84.5", "phage therapy", "vitamin d3", "terapia con fagos"])
def test_an_ordinary_query_is_counted(query):
    misses.note(query, "en")
    assert Miss.objects.count() == 1


def test_nothing_of_the_reader_is_in_the_table():
    assert {field.name for field in Miss._meta.fields} == {
        "id",
        "digest",
        "text",
        "language",
        "times",
        "last_on",
    }
    assert Miss._meta.get_field("last_on").get_internal_type() == "DateField"


def test_the_digest_depends_on_the_secret_of_the_site(settings):
    before = misses.digest("whale", "en")
    settings.SECRET_KEY = "another"
    assert misses.digest("whale", "en") != before


def test_an_editor_can_forget_what_was_dealt_with():
    for _ in range(2):
        misses.note("whale", "en")
    misses.forget("whale", "en")
    assert not Miss.objects.exists()
