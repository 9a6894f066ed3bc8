"""The passage of a document that shows why it was found, with the words that were asked for marked.

Everything that comes from a document is escaped; the only marks are our own.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from osteon.library.search import analysis, concepts
from osteon.library.search.analysis import Word
from osteon.library.search.asking import Asked

READ = 3000  # letters of a text that are looked through; the rest of a long one is not shown
LENGTH = 220  # letters, about two lines and a half
BEFORE = 60
LONGEST_GAP = 20
STRAY_SPACE = re.compile(r" ([,.;:!?])")  # where a mark of emphasis was taken out
# How a letter of a folded word may stand in print: with an accent, or as the other shore spells it
SOUNDS = {
    "a": "[aáàâä]",
    "e": "(?:[ao]?e|[éèêë])",
    "i": "[iíï]",
    "o": "[oóòôö]",
    "u": "[uúü]",
    "n": "[nñ]",
    "k": "[kc]",
    "z": "[zs]",
}


def snippet(text: str, asked: Asked, language: str) -> Markup:
    """A passage of at most ``LENGTH`` letters; the beginning of the text when nothing in it was asked for."""
    text = STRAY_SPACE.sub(r"\1", " ".join(text[:READ].split()))
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
    names = concepts.names_for(asked.concepts, language)
    stems = asked.stems[language]
    found: set[tuple[int, int]] = set()
    for places, words in runs(text, stems | names.stems, language):
        found.update(place for place, word in zip(places, words, strict=True) if word.stem in stems)
        for span in concepts.spans(words, names):
            found.update(places[span.start : span.end])
    return found


Run = tuple[list[tuple[int, int]], list[Word]]


def runs(text: str, stems: frozenset[str], language: str) -> Iterator[Run]:
    """Rows of neighbouring words with one of these stems, with their places; function words part no neighbours."""
    places: list[tuple[int, int]] = []
    words: list[Word] = []
    for match in beginnings(stems).finditer(text) if stems else ():
        if places and not is_gap(text[places[-1][1] : match.start()], language):
            yield places, words
            places, words = [], []
        for word in read(match.group(), language):
            if word.stem in stems:
                places.append(match.span())
                words.append(word)
    yield places, words


def is_gap(between: str, language: str) -> bool:
    return len(between) < LONGEST_GAP and not analysis.BREAK.search(between) and not read(between, language)


@lru_cache(maxsize=2000)
def beginnings(stems: frozenset[str]) -> re.Pattern[str]:
    """Words that may have one of these stems: far fewer than all, so that a long text is read quickly."""
    heads = sorted({stem[:4] for stem in stems})
    sounds = ("".join(SOUNDS.get(letter, re.escape(letter)) for letter in head) for head in heads)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sounds)})[^\W_]*(?:['’-][^\W_]+)*", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def read(word: str, language: str) -> tuple[Word, ...]:
    """The looked-up words of one printed word; texts say the same words again and again."""
    return tuple(analysis.words(word, language))


def passage_start(text: str, places: list[tuple[int, int]]) -> int:
    """Where the passage with most of the wanted words begins, at the beginning of a word."""
    if not places or places[-1][1] <= LENGTH:
        return 0
    firsts = [first for first, _ in places]
    counts = (bisect_left(firsts, first + LENGTH - BEFORE) - at for at, first in enumerate(firsts))
    start = max(0, max(zip(counts, (-first for first in firsts), strict=True))[1] * -1 - BEFORE)
    return 0 if start == 0 else text.find(" ", start) + 1


def passage_end(text: str, start: int) -> int:
    if len(text) - start <= LENGTH:
        return len(text)
    return max(text.rfind(" ", start, start + LENGTH), start + LENGTH // 2)


def marked(text: str, places: list[tuple[int, int]]) -> Markup:
    return Markup("".join(pieces(text, places)))  # noqa: S704  each piece is escaped


def pieces(text: str, places: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in places:
        if start >= at:
            yield html.escape(text[at:start])
            yield f"<mark>{html.escape(text[start:end])}</mark>"
            at = end
    yield html.escape(text[at:])
