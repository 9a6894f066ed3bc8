"""Syllables of English words; the counts are those of a spoken dictionary."""

from __future__ import annotations

import pytest

from osteon.library.readability import english

SPOKEN = {
    "the": 1, "bone": 1, "bones": 1, "careful": 2, "infection": 3, "osteomyelitis": 7, "antibiotics": 5,
    "surgeon": 2, "disease": 2, "diseases": 3, "diabetes": 4, "people": 2, "area": 3, "areas": 3, "safely": 2,
    "movement": 2, "medicine": 3, "science": 2, "quiet": 2, "society": 4, "create": 2, "created": 3, "serious": 3,
    "special": 2, "patient": 2, "gradually": 4, "biopsy": 3, "being": 2, "walked": 1, "needed": 2, "changes": 2,
    "crutches": 2, "little": 2, "tables": 2, "settled": 2, "physiotherapy": 6, "breathing": 2, "fluid": 2,
    "arthritis": 3, "tuberculosis": 5, "discitis": 3, "abscesses": 3, "amputation": 4, "hyperbaric": 4,
    "lengthening": 3, "tongue": 1, "theatre": 2, "centre": 2, "million": 2, "bacterial": 4, "muscle": 2,
    "organism": 4, "themselves": 2, "twelve": 1, "variety": 4, "hospital": 3, "emergency": 4, "ambulance": 3,
}  # fmt: skip


@pytest.mark.parametrize("word", SPOKEN)
def test_a_word_has_its_spoken_syllables(word):
    assert english.syllables(word) == SPOKEN[word]


@pytest.mark.parametrize(
    ("word", "spoken"), [("MRI", 3), ("CRP", 3), ("WC", 4), ("GPs", 2), ("OPAT", 2), ("TB", 2)]
)
def test_an_abbreviation_is_spoken_letter_by_letter_unless_it_is_a_word(word, spoken):
    assert english.syllables(word) == spoken


@pytest.mark.parametrize(
    ("word", "spoken"), [("doctor's", 2), ("don't", 1), ("you’re", 1), ("24", 1), ("3.5", 1), ("x", 1)]
)
def test_apostrophes_and_numerals_count_as_read(word, spoken):
    assert english.syllables(word) == spoken


def test_capitals_change_nothing_in_a_plain_word():
    assert english.syllables("Infection") == english.syllables("infection")


def test_the_list_holds_only_words_that_the_rules_get_wrong_or_that_stand_for_abbreviations():
    needless = [word for word, number in english.known().items() if english.by_rule(word) == number]
    assert len(needless) < 10, needless


def test_every_exception_is_a_plain_word_with_a_possible_count():
    assert all(word.isalpha() and word.islower() and 1 <= n <= 9 for word, n in english.known().items())
