"""A query understood: its words put right, its concepts found, each a *clause* that a document may answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from osteon.library.search import analysis, concepts
from osteon.library.search.analysis import Word
from osteon.library.search.documents import LANGUAGES
from osteon.library.search.shelves import Index
from osteon.library.search.weighing import code_key

LONGEST_QUERY = 200
MOST_WORDS = 20
CODE = re.compile(r"^[a-z]{0,4}\d[\d.-]*\d?[a-z]?$", re.IGNORECASE)
CONCEPT_WEIGHT = 1.5  # meaning counts for more than the accident of a word


@dataclass(frozen=True)
class Clause:
    """One thing asked for: the terms of its words, and the concept that they name, if any."""

    words: tuple[str, ...]
    concept: str | None = None
    beginning: str | None = None  # what the last word begins with, while it is being typed


@dataclass(frozen=True)
class Asked:
    """A query as it is looked up. ``corrected`` is None when nothing was misspelt."""

    text: str
    corrected: str | None
    language: str  # the reader's, unless the query is plainly in another
    clauses: dict[str, tuple[Clause, ...]]  # by language
    names: dict[str, tuple[str, ...]]  # the whole query as stems, to know a title when it is typed

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        """What a snippet marks, by language."""
        return {
            language: frozenset(word[3:] for clause in clauses for word in clause.words)
            for language, clauses in self.clauses.items()
        }

    @cached_property
    def whole_concept(self) -> str:
        """The one concept that the whole query names; empty when it names none, or more than one thing."""
        alone = [clauses[0].concept for clauses in self.clauses.values() if len(clauses) == 1]
        return next((concept[2:] for concept in alone if concept), "")

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(c.concept[2:] for clauses in self.clauses.values() for c in clauses if c.concept)


def ask(index: Index, text: str, language: str, *, typing: bool = False, as_typed: bool = False) -> Asked:
    """Understand a query of a reader of this language.

    ``typing``: the last word may be unfinished. ``as_typed``: the reader has refused our correction.
    """
    text = " ".join(text[:LONGEST_QUERY].split())
    corrected = None if as_typed or typing else correct(index, text, language)
    looked_up = corrected or text
    return Asked(
        text=text,
        corrected=corrected,
        language=spoken(index, looked_up, language),
        clauses={each: clauses(index, looked_up, each, typing=typing) for each in LANGUAGES},
        names={each: analysis.stems(looked_up, each) for each in LANGUAGES},
    )


def spoken(index: Index, text: str, language: str) -> str:
    """The language of a query: another than the reader's when it alone knows more of the words."""
    known = {
        each: sum(word_known(index, word, each) for word in analysis.written_words(text))
        for each in LANGUAGES
    }
    return max(LANGUAGES, key=lambda each: (known[each], each == language))


def word_known(index: Index, folded: str, language: str) -> bool:
    return analysis.is_stop(folded, language) or index.spellers[language].knows(folded)


def clauses(index: Index, text: str, language: str, *, typing: bool) -> tuple[Clause, ...]:
    found = analysis.words(text, language)[:MOST_WORDS]
    spans = {span.start: span for span in concepts.in_query(found, language)}
    result: list[Clause] = []
    at = 0
    while at < len(found):
        end = spans[at].end if at in spans else at + 1
        concept = f"c:{spans[at].concept}" if at in spans else None
        result.append(Clause(tuple(f"{language}:{word.stem}" for word in found[at:end]), concept))
        at = end
    if typing and found and not text.endswith(" "):
        result[-1] = unfinished(result[-1], found[-1], language)
    return (*result, *whole_words(text, language), *codes(index, text, language))


def unfinished(clause: Clause, last: Word, language: str) -> Clause:
    return Clause(clause.words, clause.concept, f"{language}:{last.written}")


def whole_words(text: str, language: str) -> list[Clause]:
    """*peri-prosthetic* is looked up as one word too."""
    return [
        Clause((f"{language}:{analysis.stem(word, language)}",)) for word in sorted(analysis.joined(text))
    ]


def codes(index: Index, text: str, language: str) -> list[Clause]:
    """``M86.6`` or ``1988-5`` typed as it stands."""
    terms = [f"{language}:code:{code_key(word)}" for word in text.split() if CODE.match(word)]
    return [Clause((term,)) for term in terms if any(term in shelf.postings for shelf in index.shelves)]


def correct(index: Index, text: str, language: str) -> str | None:
    """The query with its misspelt words put right; None when there is nothing to put right."""
    asked = text.split()
    mended = [mend(index, word, language) for word in joined_halves(index, asked, language)]
    return " ".join(mended) if [word.lower() for word in mended] != [word.lower() for word in asked] else None


def joined_halves(index: Index, asked: list[str], language: str) -> list[str]:
    """*osteo myelitis* is one word: two neighbours, one of them unknown, that together are known."""
    result: list[str] = []
    for word in asked:
        if result and both_make_one(index, result[-1], word, language):
            result[-1] += word
        else:
            result.append(word)
    return result


def both_make_one(index: Index, first: str, second: str, language: str) -> bool:
    if not (first.isalpha() and second.isalpha()):
        return False
    known = [is_known(index, analysis.fold(word), language) for word in (first, second, first + second)]
    return known[2] and not (known[0] and known[1])


def mend(index: Index, word: str, language: str) -> str:
    """One word of a query, put right when no language of the library knows it; its marks stay."""
    plain = "".join(sign for sign in word if sign.isalnum() or sign in "-'’")
    folded = analysis.fold(plain)
    if not folded.isalpha() or is_known(index, folded, language):
        return word
    better = nearest(index, folded, language)
    return word.replace(plain, better) if better else word


def is_known(index: Index, folded: str, language: str) -> bool:
    return any(
        analysis.is_stop(folded, each)
        or index.spellers[each].knows(folded)
        or any(f"{each}:{analysis.stem(folded, each)}" in shelf.postings for shelf in index.shelves)
        for each in LANGUAGES
    )


def nearest(index: Index, folded: str, language: str) -> str | None:
    """In the reader's language first; then as two words; then in the other language."""
    ours = index.spellers[language]
    if found := ours.nearest(folded):
        return found
    if halves := ours.split(folded):
        return " ".join(halves)
    others = (index.spellers[each] for each in LANGUAGES if each != language)
    return next((found for other in others if (found := other.nearest(folded))), None)
