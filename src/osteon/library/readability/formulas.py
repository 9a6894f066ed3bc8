"""The published formulas, each on four counts: sentences, words, syllables and words of three or more syllables.

Formulas and bands: Flesch (1948), Kincaid (1975), McLaughlin's SMOG (1969), Fernández-Huerta (1959), Szigriszt-Pazos
(1993) read on the INFLESZ scale (Barrio-Cantalejo 2008), Crawford (1989). For Fernández-Huerta we use the mean length
of a sentence, as two current programs do; the article of 1959 has been reprinted with other terms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SMOG_NEEDS_SENTENCES = (
    30  # McLaughlin counted polysyllables in thirty sentences; below that the grade is a guess
)
ENGLISH_SCHOOL_STARTS = 5  # a grade of the United States schools is reached at about that age plus the grade
SPANISH_SCHOOL_STARTS = 6  # Crawford gives years of schooling; primary school begins at six

FLESCH_BANDS = (
    (90, "very easy"),
    (80, "easy"),
    (70, "fairly easy"),
    (60, "plain"),
    (50, "fairly difficult"),
    (30, "difficult"),
)
INFLESZ_BANDS = ((80, "very easy"), (65, "quite easy"), (55, "normal"), (40, "somewhat difficult"))


@dataclass(frozen=True)
class Counts:
    """What the formulas read; no count of sentences or words is nought."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        return self.syllables / self.words


def flesch(counts: Counts) -> float:
    return 206.835 - 1.015 * counts.words_per_sentence - 84.6 * counts.syllables_per_word


def flesch_kincaid(counts: Counts) -> float:
    return 0.39 * counts.words_per_sentence + 11.8 * counts.syllables_per_word - 15.59


def smog(counts: Counts) -> float:
    return 1.0430 * math.sqrt(30 * counts.polysyllables / counts.sentences) + 3.1291


def fernandez_huerta(counts: Counts) -> float:
    return 206.84 - 60 * counts.syllables_per_word - 1.02 * counts.words_per_sentence


def szigriszt(counts: Counts) -> float:
    return 206.835 - 62.3 * counts.syllables_per_word - counts.words_per_sentence


def crawford(counts: Counts) -> float:
    """Years of schooling."""
    per_hundred = 100 / counts.words
    return -0.205 * counts.sentences * per_hundred + 0.049 * counts.syllables * per_hundred - 3.407


def english_age(counts: Counts) -> float:
    """Midway between Flesch-Kincaid, the grade at which most understand, and SMOG, at which nearly all do.

    Either alone misleads on health pages: lists make Flesch-Kincaid too easy, the names of illnesses SMOG too hard.
    """
    return ENGLISH_SCHOOL_STARTS + max(0.0, (flesch_kincaid(counts) + smog(counts)) / 2)


def spanish_age(counts: Counts) -> float:
    return SPANISH_SCHOOL_STARTS + max(0.0, crawford(counts))


def band(value: float, bands: tuple[tuple[int, str], ...], below: str = "very difficult") -> str:
    """The words for a score; a score on the line belongs to the easier band, but 80 is not yet *very easy*.

    The INFLESZ scale prints 40 as very difficult and 80 as quite easy: its lines belong to the harder side.
    """
    harder_side = bands is INFLESZ_BANDS
    return next(
        (words for line, words in bands if value > line or (value == line and not harder_side)), below
    )
