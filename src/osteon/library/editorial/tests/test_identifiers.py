"""What may not stand in a page: NHS numbers, dates of birth, and names the unit gave."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from osteon.library.editorial import actions
from osteon.library.editorial.identifiers import (
    any_forbidden,
    has_check_digit,
    in_text,
    refuse_in_page,
    windows,
)
from osteon.library.editorial.models import ForbiddenName
from osteon.library.pages.models import ExpertPage, LibraryPage
from osteon.library.pages.models.base import NUMBERS_AND_PATHS

pytestmark = pytest.mark.usefixtures("library")

NUMBER, BIRTH, NAME = "NHS number", "date of birth", "name of a patient"


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5919",
        "9434765919",
        "943-476-5919",
        "<p>943 <b>476</b> 5919</p>",
        "NHS No: 943\u00a0476\u00a05919.",
        "(943 476 5919)",
    ],
)
def test_an_nhs_number_is_found_however_it_is_written(text):
    assert any(NUMBER in one for one in in_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",  # the check digit is wrong
        "020 7946 0958",  # a telephone number has eleven digits
        "1234",
        "doi 10.1186/1752-1947-7-223",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert in_text(text) == []


@pytest.mark.parametrize("number", ["9434765919", "4010232137"])
def test_the_check_digit_is_modulus_11(number):
    assert has_check_digit(number)
    assert not has_check_digit(number[:9] + str((int(number[9]) + 1) % 10))


@pytest.mark.parametrize(
    "text",
    [
        "12/03/1956",
        "seen 3.11.2001 in clinic",
        "1956-03-12",
        "born on 12 March 1956",
        "DOB 12 Mar 1956",
        "d.o.b.: March 1956",
        "date of birth: 12 March 1956",
        "nacido el 12 de marzo de 1956",
        "Fecha de nacimiento 12 marzo 1956",
    ],
)
def test_what_looks_like_a_date_of_birth_is_found(text):
    assert any(BIRTH in one for one in in_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "24 November 2026",
        "the 1956 guideline",
        "born with it. In 1956 people rested",
        "3/4 of people",
        "in 2020-2024",
    ],
)
def test_dates_in_words_and_years_are_left_alone(text):
    assert in_text(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Okafor came to us",
        "OKAFOR, Ruth",
        "okafor ruth",
        "<b>Ruth</b> <i>Okafor</i>",
        "told Seán O'Brien",
        "told Sean O’Brien",
        "Zofia Łukasz-Müller walked",
    ],
)
def test_a_name_the_unit_gave_is_found_however_it_is_written(text):
    actions.learn_names(lines=["Okafor, Ruth", "O'Brien, Seán", "Zofia Łukasz-Müller"])
    assert any(NAME in one for one in in_text(text))


@pytest.mark.parametrize(
    "text", ["Ruth walked", "Dr Okafor-Smith", "Ruth. Later the Okafor bridge", "truth okaforian"]
)
def test_half_a_name_is_left_alone(text):
    actions.learn_names(lines=["Okafor, Ruth"])
    assert in_text(text) == []


def test_names_are_kept_as_keyed_hashes_only():
    actions.learn_names(lines=["Okafor, Ruth", "", "  "])
    kept = list(ForbiddenName.objects.values_list("digest", flat=True))
    assert len(kept) == 2 and all(len(one) == 64 for one in kept)
    assert not [one for one in kept if "okafor" in one]


def test_the_hash_depends_on_the_secret(settings):
    actions.learn_names(lines=["Okafor, Ruth"])
    settings.SECRET_KEY = "another"
    assert not any_forbidden(["Ruth Okafor"])


def test_learning_again_replaces_what_was_known():
    actions.learn_names(lines=["Okafor, Ruth"])
    assert actions.learn_names(lines=["Vale, Tom"]) == 1
    assert not any_forbidden(["Ruth Okafor"]) and any_forbidden(["Tom Vale"])


def test_a_single_word_is_no_name():
    assert actions.learn_names(lines=["Rose"]) == 1
    assert not ForbiddenName.objects.exists()


def test_long_texts_are_asked_for_in_batches():
    actions.learn_names(lines=["Okafor, Ruth"])
    assert any_forbidden(["word " * 3000 + "Ruth Okafor"]) and not any_forbidden(["word other " * 1500])


def test_windows_are_of_two_to_four_words():
    assert list(windows("a b c")) == [["a", "b"], ["b", "c"], ["a", "b", "c"]]


# In a page ---------------------------------------------------------------------------------------------


def paste(page, field, text):
    if field == "sections":
        page.sections = [("section", {"heading": "Start here", "text": f"<p>{text}</p>"})]
    elif field == "heading":
        page.sections = [("section", {"heading": text, "text": "<p>x</p>"})]
    elif field == "sources":
        page.sources = [("source", {"text": text, "doi": ""})]
    else:
        setattr(page, field, text)


@pytest.mark.parametrize(
    "field",
    [
        "title",
        "summary",
        "sections",
        "heading",
        "sources",
        "also_called",
        "reviewers",
        "search_description",
        "seo_title",
    ],
)
def test_a_page_with_an_identifier_in_any_field_is_refused(page, field):
    topic = page("bone-infection")
    paste(topic, field, "943 476 5919")
    with pytest.raises(ValidationError, match="NHS number"):
        topic.full_clean()


def test_the_fields_of_a_kind_are_looked_at_too(page):
    expert = page("amara-cole")
    expert.expertise = "943 476 5919"
    with pytest.raises(ValidationError, match="NHS number"):
        expert.full_clean()


KINDS = [kind for kind in apps.get_models() if issubclass(kind, LibraryPage)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_an_editor_can_type_in_is_guarded(kind):
    """Found in the model, so that a field that is added later is guarded without being named."""
    names = [f.name for f in kind._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
    typed = [name for name in names if name not in NUMBERS_AND_PATHS]
    assert {"title", "summary", "reviewers", "search_description"} <= set(typed)
    for name in typed:
        with pytest.raises(ValidationError, match="NHS number"):
            refuse_in_page(kind(**{name: "943 476 5919"}))


def test_an_expert_page_without_identifiers_is_accepted(page):
    expert = page("amara-cole")
    assert isinstance(expert, ExpertPage)
    expert.full_clean()
