"""The formulas against figures worked by hand from ../shared/reference/library_and_connect.md, 7.1."""

from __future__ import annotations

import pytest

from osteon.library.readability import formulas
from osteon.library.readability.formulas import FLESCH_BANDS, INFLESZ_BANDS, Counts, band

HUNDRED = Counts(sentences=5, words=100, syllables=150, polysyllables=10)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (formulas.flesch, 206.835 - 20.3 - 126.9),
        (formulas.flesch_kincaid, 7.8 + 17.7 - 15.59),
        (formulas.smog, 1.0430 * 60**0.5 + 3.1291),
        (formulas.fernandez_huerta, 206.84 - 90 - 20.4),
        (formulas.szigriszt, 206.835 - 93.45 - 20),
        (formulas.crawford, -1.025 + 7.35 - 3.407),
    ],
)
def test_a_formula_gives_the_figure_worked_by_hand(formula, expected):
    assert formula(HUNDRED) == pytest.approx(expected)


def test_longer_sentences_and_longer_words_are_never_easier():
    longer_sentences = Counts(4, 100, 150, 10)
    longer_words = Counts(5, 100, 170, 20)
    for harder in (longer_sentences, longer_words):
        assert formulas.flesch(harder) < formulas.flesch(HUNDRED)
        assert formulas.flesch_kincaid(harder) > formulas.flesch_kincaid(HUNDRED)
        assert formulas.szigriszt(harder) < formulas.szigriszt(HUNDRED)
        assert formulas.crawford(harder) > formulas.crawford(HUNDRED)


@pytest.mark.parametrize(
    ("value", "words"),
    [(39, "very difficult"), (40, "very difficult"), (40.1, "somewhat difficult"), (55, "somewhat difficult"),
     (55.1, "normal"), (65.1, "quite easy"), (80, "quite easy"), (80.1, "very easy")],
)  # fmt: skip
def test_the_lines_of_inflesz_belong_to_the_harder_side(value, words):
    assert band(value, INFLESZ_BANDS) == words


@pytest.mark.parametrize(
    ("value", "words"), [(59.9, "fairly difficult"), (60, "plain"), (69.9, "plain"), (80, "easy")]
)
def test_sixty_to_seventy_of_flesch_is_plain(value, words):
    assert band(value, FLESCH_BANDS) == words


def test_no_text_is_read_before_school_begins():
    nursery = Counts(10, 10, 10, 0)
    assert formulas.english_age(nursery) == formulas.ENGLISH_SCHOOL_STARTS
    assert formulas.spanish_age(nursery) == formulas.SPANISH_SCHOOL_STARTS


def test_the_english_age_lies_midway_between_two_formulas():
    middle = (formulas.flesch_kincaid(HUNDRED) + formulas.smog(HUNDRED)) / 2
    assert formulas.english_age(HUNDRED) == pytest.approx(middle + formulas.ENGLISH_SCHOOL_STARTS)
