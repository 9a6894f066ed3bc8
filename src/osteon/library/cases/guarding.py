"""Identifiers in the words of a case package. Stricter than for other pages: a case has no calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osteon.library.cases.package import CasePackage
from osteon.library.editorial.identifiers import in_texts, plain, texts_of

MONTHS = (
    "january february march april may june july august september october november december "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).replace(" ", "|")
EXACT_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th| de)? (?:{MONTHS})\b(?:(?: de)? \d{{4}})?", re.IGNORECASE
)
VERY_OLD = re.compile(r"\b(?:9\d|1[01]\d)(?:[ -]years?\b| años)", re.IGNORECASE)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
NOT_WORDS = {"consent", "images_confirmed", "package_id", "format"}  # names and dates belong there


def identifier_faults(package: CasePackage) -> Iterator[str]:
    """One sentence for each kind of identifier in each part of the package."""
    facts = {key: value for key, value in package.facts.items() if key not in NOT_WORDS}
    yield from _faults("package.json", list(texts_of(facts)))
    for language, text in package.texts.items():
        front = {k: v for k, v in text.front.items() if k not in ("sources", "codes", "reviewers", "mesh")}
        words = [*texts_of(front), *(part for section in text.sections for part in section)]
        yield from _faults(f"text/{language}.md", words)


def _faults(where: str, texts: list[str]) -> Iterator[str]:
    words = " \n ".join(texts)
    for kind in in_texts(texts):
        yield f"{where} holds {kind}."
    bare = plain(words)
    if EXACT_DATE.search(bare):
        yield f"{where} holds a date; a case study counts days from admission."
    if VERY_OLD.search(bare):
        yield f"{where} gives an age of 90 or more; write 90+."
    if POSTCODE.search(bare):
        yield f"{where} holds a postcode."
