"""The words of a card: Markdown in which nothing that came from outside can be mistaken for ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from osteon.events.vocabulary.questions import QUESTION_BY_CODE
from osteon.rules.answers import Evidence
from osteon.rules.quantities import in_words, unit
from osteon.standards.cds_hooks.cards import Coding, Source
from osteon.standards.cds_hooks.prefetch import WORDS

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")
_PROVISIONAL: Final = " (provisional: not yet confirmed against its source)"
OVERRIDE_SYSTEM: Final = "urn:osteon:override-reasons"
OVERRIDE_REASONS: Final = tuple(
    Coding(code, OVERRIDE_SYSTEM, display)
    for code, display in (
        ("done-elsewhere", "Already done, or arranged elsewhere"),
        ("facts-wrong", "The facts shown are wrong or out of date"),
        ("not-for-this-patient", "Does not fit this patient"),
        ("specialist-advice", "A specialist advised otherwise"),
        ("patient-declined", "The patient declined"),
    )
)


def plain(text: str) -> str:
    """A text that Markdown shows as it stands, in one line.

    >>> plain("[x](http://a)")
    '\\\\[x\\\\]\\\\(http://a\\\\)'
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def listed(title: str, lines: Iterable[str]) -> str:
    """A heading with a list under it; nothing when the list is empty."""
    points = [f"- {line}" for line in dict.fromkeys(lines)]
    return "\n".join([f"**{title}**", "", *points]) if points else ""


def paragraphs(*parts: str) -> str:
    """What has words, with an empty line between."""
    return "\n\n".join(part for part in parts if part)


def graded(sentence: str, status: str) -> str:
    """A sentence that says so when its figure is provisional."""
    return plain(sentence) + (_PROVISIONAL if status == "provisional" else "")


def day(moment: datetime) -> str:
    """``Tue 24 Nov 2026``; the stream's moments are in UTC, and so is this."""
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def fact(item: Evidence) -> str:
    """``CK 2,140 U/L, Mon 23 Nov 2026``; ``Diabetes: yes, Mon 23 Nov 2026``."""
    value = "" if item.value is None else _value(item.code, item.value, item.unit or "")
    when = f", {day(item.time)}" if item.time else ""
    return plain(f"{item.what}{value}{when}")


def _value(code: str, number: float, ucum: str) -> str:
    question = QUESTION_BY_CODE.get(code)
    words = dict(map(reversed, question.choices)) if question else {}
    is_finding = code.startswith("OSTEON//finding//") and (question is None or question.kind == "yes-no")
    if is_finding and number in (0, 1):
        words = {1.0: "yes", 0.0: "no"}
    if number in words:
        return f": {words[number].replace('_', ' ')}"
    return f" {in_words(number)} {unit(ucum).words if ucum not in ('', '1') else ''}".rstrip()


def not_sent(keys: Sequence[str]) -> str:
    """Which facts the calling system did not send."""
    if not keys:
        return ""
    return f"Your system did not send: {', '.join(WORDS.get(key, key) for key in keys)}."


def source_of(citations: Sequence[tuple[str, str]]) -> Source:
    """The first citation as the card's source, with its address when it has a DOI."""
    citation, doi = citations[0] if citations else ("Osteon", "")
    return Source(citation, f"https://doi.org/{doi}" if doi else None)
