"""What is meant, whatever it is called: *bone infection*, *osteomyelitis* and *infección de hueso* are one concept.

``words/concepts.csv`` lists the names of each concept, clinical and lay, in both languages, and the brands of drugs.
A document is read for concepts when it is indexed and a query when it is asked; both then meet in the concept. The
longest name wins: *prosthetic joint infection* is not also a joint infection. The order of its words does not count:
*infected bone* is *bone infection*. A lay name of a single word (*sore*, *drip*) is understood in a query only: in a
document such words mean too many things.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from osteon.library.search import analysis
from osteon.library.search.analysis import Word

CONCEPTS = Path(__file__).parent / "words" / "concepts.csv"
NAMES = {"en": ("en_clinical", "brands", "en_lay"), "es": ("es_clinical", "brands", "es_lay")}
WHOLE, BROADER = 1.0, 0.4  # what a document on discitis is worth to one who asks for infections of the spine

Key = tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A concept found in a row of words: from ``start`` up to ``end``."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True)
class Names:
    """Names by their sorted stems, to the concept of each; every stem that occurs in one; the most that one has."""

    concepts: dict[Key, str]
    stems: frozenset[str]
    longest: int


def names_of(known: dict[Key, str]) -> Names:
    return Names(known, frozenset(stem for key in known for stem in key), max(map(len, known), default=0))


@cache
def rows() -> tuple[dict[str, str], ...]:
    with CONCEPTS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def broader() -> dict[str, str]:
    return {row["concept"]: row["broader"] for row in rows() if row["broader"]}


@cache
def version() -> str:
    """Changes whenever the list or the way of reading changes, so that an index made before is known as old."""
    ours = [CONCEPTS, Path(__file__), Path(analysis.__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in ours)).hexdigest()[:16]


@cache
def in_queries(language: str) -> Names:
    return names_of(dict(reversed(list(keyed(language)))))  # of two concepts with one name, the first listed


@cache
def in_documents(language: str) -> Names:
    return names_of(dict(reversed([*keyed(language, lone_lay_words=False)])))


@cache
def names_for(concepts: frozenset[str], language: str) -> Names:
    """Only the names of these concepts, as documents say them."""
    known = in_documents(language).concepts
    return names_of({key: concept for key, concept in known.items() if concept in concepts})


def keyed(language: str, *, lone_lay_words: bool = True) -> Iterator[tuple[Key, str]]:
    for name, column, concept in named(language):
        key = tuple(sorted(analysis.stems(name, language)))
        if len(key) > 1 or (key and (lone_lay_words or not column.endswith("_lay"))):
            yield key, concept


def named(language: str) -> Iterator[tuple[str, str, str]]:
    """Each name with its column and concept; clinical names of all concepts come before any lay one."""
    for column in NAMES[language]:
        for row in rows():
            for name in row[column].split("|"):
                yield name, column, row["concept"]


def in_document(found: Sequence[Word], language: str) -> Iterator[tuple[str, float]]:
    """The concepts of one phrase, each with what it is worth; the broader concept follows at less."""
    for span in spans(found, in_documents(language)):
        yield span.concept, WHOLE
        if wider := broader().get(span.concept):
            yield wider, BROADER


def in_query(found: Sequence[Word], language: str) -> list[Span]:
    return list(spans(found, in_queries(language)))


def spans(found: Sequence[Word], names: Names) -> Iterator[Span]:
    """Left to right, the longest name first; a word belongs to one concept."""
    start = 0
    while start < len(found):
        span = longest_at(found, start, names) if found[start].stem in names.stems else None
        if span:
            yield span
        start = span.end if span else start + 1


def longest_at(found: Sequence[Word], start: int, names: Names) -> Span | None:
    end = start + 1
    while end < len(found) and end - start < names.longest and found[end].stem in names.stems:
        end += 1
    for last in range(end, start, -1):
        concept = names.concepts.get(tuple(sorted(word.stem for word in found[start:last])))
        if concept:
            return Span(concept, start, last)
    return None
