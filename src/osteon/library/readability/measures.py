"""Measures a text and says where it is hard, so that an editor knows which sentence to mend first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from osteon.library.readability import english, formulas, spanish
from osteon.library.readability.formulas import FLESCH_BANDS, INFLESZ_BANDS, Counts, band
from osteon.library.readability.text import Sentence, sentences

HARDEST_SHOWN = 5
LONG_WORDS_SHOWN = 15


class UnknownLanguage(ValueError):
    """We count syllables in English and Spanish only; any other language would get a wrong figure."""


@dataclass(frozen=True)
class Score:
    """One formula's answer: its name, the value to one decimal, what it means, and a caution where one is due."""

    name: str
    value: float
    reading: str
    caution: str = ""


@dataclass(frozen=True)
class LongWord:
    word: str
    syllables: int
    times: int


@dataclass(frozen=True)
class Readability:
    """What ``measure`` found. An empty text has no scores and no reading age, rather than an easy one."""

    language: str
    scores: tuple[Score, ...]
    reading_age: float | None
    sentences: int
    words: int
    syllables: int
    hardest: tuple[Sentence, ...]
    long_words: tuple[LongWord, ...]

    def score(self, name: str) -> Score:
        return next(score for score in self.scores if score.name == name)


@dataclass(frozen=True)
class Language:
    """How one language is counted: its syllables, what is a long word in it, its age and its scores."""

    syllables: Callable[[str], int]
    long_from: int
    age: Callable[[Counts], float]
    scores: Callable[[Counts], tuple[Score, ...]]


def measure(text: str, language: str) -> Readability:
    """Readability of Markdown, HTML or plain text.

    >>> measure("The cat sat on the mat.", "en").reading_age
    5.8
    >>> measure("", "es").reading_age is None
    True
    """
    rules = rules_of(language)
    read = sentences(text)
    counts = counted(read, rules)
    return Readability(
        language=language,
        scores=rules.scores(counts) if counts.words else (),
        reading_age=round(rules.age(counts), 1) if counts.words else None,
        sentences=counts.sentences,
        words=counts.words,
        syllables=counts.syllables,
        hardest=hardest(read, rules),
        long_words=long_words(read, rules),
    )


def rules_of(language: str) -> Language:
    try:
        return LANGUAGES[language]
    except KeyError:
        raise UnknownLanguage(f"{language}: only {', '.join(LANGUAGES)} can be measured") from None


def counted(read: tuple[Sentence, ...], rules: Language) -> Counts:
    by_word = [rules.syllables(word) for sentence in read for word in sentence.words]
    return Counts(len(read), len(by_word), sum(by_word), sum(number >= 3 for number in by_word))


def hardest(read: tuple[Sentence, ...], rules: Language) -> tuple[Sentence, ...]:
    """The sentences that cost the reader most, hardest first: by the age that each would need alone."""
    of_some_length = [sentence for sentence in read if len(sentence.words) > 5]
    return tuple(sorted(of_some_length, key=lambda one: -rules.age(counted((one,), rules)))[:HARDEST_SHOWN])


def long_words(read: tuple[Sentence, ...], rules: Language) -> tuple[LongWord, ...]:
    """The long words, most syllables first, then those said most often."""
    times = Counter(word.lower() for sentence in read for word in sentence.words)
    found = [LongWord(word, rules.syllables(word), n) for word, n in times.items()]
    found = [word for word in found if word.syllables >= rules.long_from]
    return tuple(sorted(found, key=lambda one: (-one.syllables, -one.times, one.word))[:LONG_WORDS_SHOWN])


def english_scores(counts: Counts) -> tuple[Score, ...]:
    ease, grade, years = formulas.flesch(counts), formulas.flesch_kincaid(counts), formulas.smog(counts)
    few = counts.sentences < formulas.SMOG_NEEDS_SENTENCES
    return (
        Score("Flesch Reading Ease", round(ease, 1), band(ease, FLESCH_BANDS)),
        Score(
            "Flesch-Kincaid grade",
            round(grade, 1),
            f"about age {max(0, grade) + formulas.ENGLISH_SCHOOL_STARTS:.0f}",
        ),
        Score(
            "SMOG grade",
            round(years, 1),
            f"about age {years + formulas.ENGLISH_SCHOOL_STARTS:.0f}",
            f"fewer than {formulas.SMOG_NEEDS_SENTENCES} sentences: a guess" if few else "",
        ),
    )


def spanish_scores(counts: Counts) -> tuple[Score, ...]:
    huerta, szigriszt = formulas.fernandez_huerta(counts), formulas.szigriszt(counts)
    years = formulas.crawford(counts)
    return (
        Score("Fernández-Huerta", round(huerta, 1), band(huerta, FLESCH_BANDS)),
        Score("INFLESZ (Szigriszt-Pazos)", round(szigriszt, 1), band(szigriszt, INFLESZ_BANDS)),
        Score("Crawford", round(years, 1), f"about age {formulas.spanish_age(counts):.0f}"),
    )


LANGUAGES = {
    "en": Language(english.syllables, 3, formulas.english_age, english_scores),
    "es": Language(spanish.syllables, 5, formulas.spanish_age, spanish_scores),
}
