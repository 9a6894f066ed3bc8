from __future__ import annotations

import pytest

from osteon.library.search import analysis, concepts
from osteon.library.search.weighing import weigh

from .conftest import document


def stems(text, language="en"):
    return analysis.stems(text, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("infections", "infected", "en"), ("haematogenous", "hematogenous", "en"), ("oedema", "edema", "en"),
        ("paediatric", "pediatric", "en"), ("randomised", "randomized", "en"), ("prostheses", "prosthetic", "en"),
        ("children", "child", "en"), ("bone's", "bones", "en"), ("Discitis", "diskitis", "en"),
        ("infección", "infeccion", "es"), ("infecciones", "infectado", "es"), ("huesos", "óseo", "es"),
        ("articulación", "articulaciones", "es"), ("cirugía", "cirugia", "es"), ("NIÑAS", "niño", "es"),
    ],
)  # fmt: skip
def test_forms_of_one_word_are_looked_up_as_one(one, other, language):
    assert stems(one, language) == stems(other, language) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("tibia", "tibial sarcoma"), ("bone", "bond"), ("artery", "arthritis"), ("1988-5", "1988")],
)
def test_different_words_stay_apart(one, other):
    assert stems(one) != stems(other)


def test_function_words_and_marks_are_left_out():
    assert stems("What is the bone? – it's: THE bone!") == ("bone", "bone")
    assert stems("¿Qué es la infección de los huesos?", "es") == stems("infección huesos", "es")


def test_a_hyphenated_word_is_its_parts_and_the_whole():
    assert [word.written for word in analysis.words("peri-prosthetic", "en")] == ["peri", "prosthetic"]
    assert analysis.joined("A peri-prosthetic joint") == {"periprosthetic"}


@pytest.mark.parametrize("text", ["", " \x00 ", "?!", "<b></b>", "的", "a" * 10_000])
def test_any_text_can_be_read(text):
    assert isinstance(analysis.words(text, "en"), list)


def concepts_in(text, language="en"):
    words = analysis.words(text, language)
    return [span.concept for span in concepts.in_query(words, language)]


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("bone infection", "en", "osteomyelitis"), ("an infected bone", "en", "osteomyelitis"),
        ("infection of the bones", "en", "osteomyelitis"), ("osteomyelitis", "en", "osteomyelitis"),
        ("infección de hueso", "es", "osteomyelitis"), ("infeccion de los huesos", "es", "osteomyelitis"),
        ("disc infection", "en", "discitis"), ("spondylodiscitis", "en", "spinal-infection"),
        ("Zyvox", "en", "linezolid"), ("Bactrim", "es", "cotrimoxazole"), ("Septrin", "en", "cotrimoxazole"),
        ("infected hip replacement", "en", "prosthetic-joint-infection"), ("wound vac", "en", "npwt"),
        ("antibiotics at home", "en", "opat"), ("antibióticos en casa", "es", "opat"),
    ],
)  # fmt: skip
def test_lay_and_clinical_names_and_brands_mean_one_concept(text, language, concept):
    assert concepts_in(text, language) == [concept]


def test_the_longest_name_wins():
    assert concepts_in("prosthetic joint infection") == ["prosthetic-joint-infection"]
    assert concepts_in("joint infection") == ["septic-arthritis"]


def test_a_name_does_not_reach_across_a_full_stop():
    phrases = list(analysis.phrases("The bone. Infection is rare.", "en"))
    assert [concepts.in_query(phrase, "en") for phrase in phrases] == [[], []]


def test_a_lone_lay_word_is_understood_in_a_query_and_not_in_a_document():
    words = analysis.words("piles of paper", "en")
    assert [span.concept for span in concepts.in_query(words, "en")] == ["haemorrhoids"]
    assert list(concepts.in_document(words, "en")) == []


def test_a_narrower_concept_counts_in_part_for_the_broader():
    assert dict(concepts.in_document(analysis.words("discitis", "en"), "en")) == {
        "discitis": 1,
        "spinal-infection": 0.4,
    }


def test_the_list_of_concepts_is_sound():
    rows = concepts.rows()
    names = [row["concept"] for row in rows]
    assert len(names) == len(set(names)) > 200
    assert {row["broader"] for row in rows} - {""} <= set(names)
    assert all(row["source"] and (row["en_clinical"] or row["en_lay"]) for row in rows)
    assert all(
        name == name.strip() != ""
        for row in rows
        for c in ("en_clinical", "es_clinical")
        for name in row[c].split("|")
        if row[c]
    )


def test_no_two_concepts_share_a_clinical_name():
    for language, column in (("en", "en_clinical"), ("es", "es_clinical")):
        owners: dict[tuple[str, ...], set[str]] = {}
        for name, kept_in, concept in concepts.named(language):
            if kept_in == column and name:
                owners.setdefault(tuple(sorted(stems(name, language))), set()).add(concept)
        shared = {key: found for key, found in owners.items() if len(found) > 1}
        assert shared == {}


def test_a_word_in_the_title_is_worth_more_than_one_in_the_text():
    terms = weigh(document("x", "Tibia", body="The femur is a bone.")).terms
    assert terms["en:tibia"] > terms["en:femur"] > 0


def test_saying_a_word_again_adds_ever_less():
    once, twice, often = (weigh(document("x", "A", body="femur " * n)).terms["en:femur"] for n in (1, 2, 50))
    assert once < twice < often < 2.2
    assert twice - once > (often - twice) / 48


def test_a_word_of_a_short_text_is_worth_more_than_of_a_long_one():
    short, long = (
        weigh(document("x", "A", body=f"femur {'other words here ' * n}")).terms["en:femur"] for n in (1, 300)
    )
    assert short > long


def test_a_code_is_found_as_typed():
    assert "code:m866" in weigh(document("x", "A", codes=("ICD10//M86.6",))).terms
