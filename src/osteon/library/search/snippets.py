"""The passage of a document that shows why it was found, with the words that were asked for marked.

Everything that comes from a document is escaped; the only marks are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from osteon.library.search import analysis, concepts
from osteon.library.search.analysis import Word
from osteon.library.search.asking import Asked

READ = 4000  # letters of a text that are looked through; the rest of a long one is not shown
LENGTH = 220  # letters, about two lines and a half
BEFORE = 60
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def snippet(text: str, asked: Asked, language: str) -> Markup:
    """A passage of at most ``LENGTH`` letters; the beginning of the text when nothing in it was asked for."""
    text = " ".join(text[:READ].split())
    places = sorted(wanted(text, asked, language))
    start = passage_start(text, places)
    end = passage_end(text, start)
    inside = [(first, last) for first, last in places if first >= start and last <= end]
    lead, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    return escape(lead) + marked(text[start:end], [(a - start, b - start) for a, b in inside]) + escape(tail)


def highlighted(text: str, asked: Asked, language: str) -> Markup:
    """The whole of a short text, such as a title."""
    return marked(text, sorted(wanted(text, asked, language)))


def wanted(text: str, asked: Asked, language: str) -> set[tuple[int, int]]:
    """Where the text says a word that was asked for, or names a concept that was."""
    places, words = located(text, language)
    stems = asked.stems[language]
    found = {place for place, word in zip(places, words, strict=True) if word.stem in stems}
    for span in concepts.spans(words, concepts.names_for(asked.concepts, language)):
        found.update(places[span.start : span.end])
    return found


def located(text: str, language: str) -> tuple[list[tuple[int, int]], list[Word]]:
    places: list[tuple[int, int]] = []
    words: list[Word] = []
    for match in WORD.finditer(text):
        for word in read(match.group(), language):
            places.append(match.span())
            words.append(word)
    return places, words


@lru_cache(maxsize=100_000)
def read(word: str, language: str) -> tuple[Word, ...]:
    """The looked-up words of one printed word; texts say the same words again and again."""
    return tuple(analysis.words(word, language))


def passage_start(text: str, places: list[tuple[int, int]]) -> int:
    """Where the passage with most of the wanted words begins, at the beginning of a word."""
    if not places or places[-1][1] <= LENGTH:
        return 0
    counts = [
        (sum(first <= other < first + LENGTH - BEFORE for other, _ in places), -first) for first, _ in places
    ]
    start = max(0, -max(counts)[1] - BEFORE)
    return 0 if start == 0 else text.find(" ", start) + 1


def passage_end(text: str, start: int) -> int:
    if len(text) - start <= LENGTH:
        return len(text)
    return max(text.rfind(" ", start, start + LENGTH), start + LENGTH // 2)


def marked(text: str, places: list[tuple[int, int]]) -> Markup:
    return Markup("").join(pieces(text, places))


def pieces(text: str, places: list[tuple[int, int]]) -> Iterator[Markup]:
    at = 0
    for start, end in places:
        if start >= at:
            yield escape(text[at:start])
            yield Markup('<mark class="app-mark">{}</mark>').format(text[start:end])
            at = end
    yield escape(text[at:])
