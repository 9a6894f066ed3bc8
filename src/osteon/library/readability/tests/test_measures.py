from __future__ import annotations

import doctest
import gzip
import json
import statistics
from pathlib import Path

import pytest

from osteon.library.readability import UnknownLanguage, measure, measures

DATA = Path(__file__).parents[5].parent / "shared" / "data" / "library"
PLAIN = "The bone is sore. You may feel hot. We will look after you."
HARD = (
    "Multidisciplinary consideration of haematogenous osteomyelitis necessitates histological confirmation "
    "and appropriate antimicrobial pharmacotherapy."
)
SENCILLO = "Le duele el hueso. Puede tener fiebre. Su equipo le va a cuidar."
DIFICIL = (
    "La consideración multidisciplinaria de la osteomielitis hematógena requiere confirmación histológica "
    "y farmacoterapia antimicrobiana individualizada."
)


def test_the_examples_of_the_docstring_hold():
    assert doctest.testmod(measures).failed == 0


@pytest.mark.parametrize(("easy", "hard", "language"), [(PLAIN, HARD, "en"), (SENCILLO, DIFICIL, "es")])
def test_a_hard_text_is_older_than_a_plain_one(easy, hard, language):
    assert measure(easy, language).reading_age < 9
    assert measure(hard, language).reading_age > 15


def test_counts_are_reported_beside_the_scores():
    found = measure(PLAIN, "en")
    assert (found.sentences, found.words, found.syllables) == (3, 13, 14)
    assert [score.name for score in found.scores] == [
        "Flesch Reading Ease",
        "Flesch-Kincaid grade",
        "SMOG grade",
    ]


def test_scores_are_the_formulas_on_the_counts():
    found = measure(PLAIN, "en")
    assert found.score("Flesch Reading Ease").value == pytest.approx(
        206.835 - 1.015 * 13 / 3 - 84.6 * 14 / 13, abs=0.05
    )
    assert found.score("Flesch Reading Ease").reading == "very easy"


def test_smog_of_a_short_text_is_marked_as_a_guess():
    assert measure(PLAIN, "en").score("SMOG grade").caution.startswith("fewer than 30")
    assert measure(f"{PLAIN} " * 10, "en").score("SMOG grade").caution == ""


def test_the_hardest_sentence_comes_first():
    found = measure(f"{PLAIN} {HARD} Please call us if it gets any worse.", "en")
    assert found.hardest[0].text == HARD
    assert len(found.hardest) <= 5


def test_long_words_are_listed_with_how_often_they_are_said():
    found = measure("Osteomyelitis hurts. Osteomyelitis heals. A hospital helps.", "en")
    assert [(word.word, word.syllables, word.times) for word in found.long_words] == [
        ("osteomyelitis", 7, 2),
        ("hospital", 3, 1),
    ]


@pytest.mark.parametrize("text", ["", "   ", "## Only a heading", "— … —"])
def test_an_empty_text_has_no_age_rather_than_an_easy_one(text):
    found = measure(text, "en")
    assert found.reading_age is None
    assert found.scores == () and found.hardest == ()


def test_a_language_that_we_cannot_count_is_refused():
    with pytest.raises(UnknownLanguage, match="fr"):
        measure("Bonjour", "fr")


def test_spanish_scores_bear_their_names_and_bands():
    found = measure(SENCILLO, "es")
    assert [score.name for score in found.scores] == [
        "Fernández-Huerta",
        "INFLESZ (Szigriszt-Pazos)",
        "Crawford",
    ]
    assert found.score("INFLESZ (Szigriszt-Pazos)").reading == "very easy"


@pytest.mark.real
@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not beside this checkout")
def test_health_topics_of_a_national_library_measure_above_our_own_limit():
    """763 topics: the reference measured quartiles 61/68/74 with hyphenation points, which miss syllables."""
    with gzip.open(DATA / "medlineplus_topic_summaries_en_2024.jsonl.gz", "rt", encoding="utf-8") as file:
        eases = [measure(json.loads(line)["text"], "en").score("Flesch Reading Ease").value for line in file]
    lower, middle, upper = statistics.quantiles(eases, n=4)
    assert len(eases) == 763
    assert 48 < lower < 61 and 55 < middle < 68 and 60 < upper < 74
