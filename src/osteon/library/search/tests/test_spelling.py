from __future__ import annotations

from collections import Counter

import pytest

from osteon.library.search.spelling import changes, speller

WORDS = Counter(
    {f"en:{word}": n for word, n in
     {"bone": 50, "infection": 80, "knee": 30, "replacement": 20, "pain": 40, "spine": 9, "bond": 1, "oxygen": 3,
      "fracture": 12, "tibia": 4, "cat": 5, "fever": 7, "fevers": 1, "home": 12}.items()}
)  # fmt: skip


@pytest.fixture(scope="module")
def english():
    return speller(WORDS, "en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("infecton", "infection"), ("infectoin", "infection"), ("infektion", "infection"), ("knea", "knee"),
        ("replasement", "replacement"), ("osteomylitus", "osteomyelitis"), ("osteomyletis", "osteomyelitis"),
        ("oxigen", "oxygen"), ("vancomicin", "vancomycin"), ("arthritus", "arthritis"), ("ilizerov", "ilizarov"),
        ("tuberclosis", "tuberculosis"), ("linezolide", "linezolid"), ("diskitis", "diskitis"),
    ],
)  # fmt: skip
def test_a_misspelt_word_becomes_the_one_that_was_meant(english, typed, meant):
    assert (english.nearest(typed) or typed) == meant


def test_of_two_as_near_the_commoner_is_taken(english):
    assert english.nearest("bonf") == "bone"
    assert english.nearest("feverss") in ("fevers", "fever")


@pytest.mark.parametrize("word", ["xqzvkw", "ct", "zzz", "supercalifragilistic"])
def test_a_word_near_to_none_is_left_alone(english, word):
    assert english.nearest(word) is None


def test_two_words_written_as_one_are_parted(english):
    assert english.split("kneepain") == ("knee", "pain")
    assert english.split("kneexyz") is None


def test_names_of_concepts_are_known_even_when_no_document_uses_them(english):
    assert english.knows("teicoplanin") and english.knows("m86") and not english.knows("teicoplanen")


def test_spanish_is_put_right_among_spanish_words():
    assert speller(Counter({"es:infeccion": 9}), "es").nearest("infecion") == "infeccion"


@pytest.mark.parametrize(
    ("first", "second", "limit", "expected"),
    [("bone", "bone", 2, 0), ("bone", "bnoe", 2, 1), ("bone", "bones", 1, 1), ("bone", "bond", 1, 1), ("bone", "ban", 1, None),
     ("bone", "ban", 2, 2), ("ca", "abc", 3, 3), ("", "ab", 2, 2), ("abcdef", "uvwxyz", 3, None)],
)  # fmt: skip
def test_changes_count_letters_added_left_out_changed_or_swapped(first, second, limit, expected):
    assert changes(first, second, limit) == expected
    assert changes(second, first, limit) == expected


def test_what_was_worked_out_is_remembered_and_gives_the_same(english):
    first = english.nearest("infectoin")
    assert english.remembered["infectoin"] == first == english.nearest("infectoin")
