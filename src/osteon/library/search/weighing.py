"""What each word and concept of a document is worth: BM25 over weighted fields (Robertson and Zaragoza, 2004).

A word in the title counts for more than one in the text, and a word of a short field for more than one of a long
field. The usual lengths of the fields are fixed, so that the worth of a document never changes because another was
added: it is worked out once, when the document is indexed, and kept with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from osteon.library.search import analysis, concepts
from osteon.library.search.documents import Document

SATURATION = 1.2  # k1 of BM25: how soon saying a word again adds nothing


@dataclass(frozen=True)
class Field:
    """How much a word of this field counts, its usual length in words, and how far length matters (b of BM25)."""

    boost: float
    usual_length: int
    length_matters: float


FIELDS = {
    "title": Field(5.0, 6, 0.5),
    "also_called": Field(4.0, 6, 0.3),
    "summary": Field(2.0, 25, 0.5),
    "body": Field(1.0, 200, 0.7),
}


@dataclass(frozen=True)
class Weighed:
    """Terms (``en:infect``, ``c:osteomyelitis``) to their worth, and the words as written, for the speller."""

    terms: dict[str, float]
    written: tuple[str, ...]


def weigh(document: Document) -> Weighed:
    terms: defaultdict[str, float] = defaultdict(float)
    written: set[str] = set()
    for name, text in texts(document).items():
        add_field(terms, written, FIELDS[name], text, document.language)
    for code in document.codes:
        terms[f"code:{code_key(code)}"] += FIELDS["also_called"].boost
    return Weighed({term: impact(worth) for term, worth in terms.items()}, tuple(sorted(written)))


def texts(document: Document) -> dict[str, str]:
    return {
        "title": document.title,
        "also_called": " | ".join(document.also_called),
        "summary": document.summary,
        "body": document.body,
    }


def add_field(
    terms: defaultdict[str, float], written: set[str], field: Field, text: str, language: str
) -> None:
    phrases = list(analysis.phrases(text, language))
    length = sum(map(len, phrases))
    norm = 1 - field.length_matters + field.length_matters * length / field.usual_length
    for term, times in counted(phrases, text, language).items():
        terms[term] += field.boost * times / norm
    written.update(word.written for phrase in phrases for word in phrase)


def counted(phrases: list[list[analysis.Word]], text: str, language: str) -> Counter[str]:
    """How often each term is said; a concept reached through a narrower one counts in part."""
    times: Counter[str] = Counter()
    for phrase in phrases:
        times.update(analysis.tagged((word.stem for word in phrase), language))
        for concept, worth in concepts.in_document(phrase, language):
            times[f"c:{concept}"] += worth  # type: ignore[assignment]  # parts of a time
    for whole in analysis.joined(text):
        times[f"{language}:{analysis.stem(whole, language)}"] += 1
    return times


def impact(worth: float) -> float:
    """The part of BM25 that belongs to the document alone, between 0 and k1 + 1."""
    return round(worth * (SATURATION + 1) / (SATURATION + worth), 3)


def code_key(code: str) -> str:
    """``ICD10//M86.6`` as a reader types it: ``m866``."""
    return code.rsplit("//", 1)[-1].replace(".", "").replace("-", "").lower()
