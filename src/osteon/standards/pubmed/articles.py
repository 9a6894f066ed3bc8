"""An article as the library keeps it, whichever way it came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

RETRACTED_TYPES: Final = frozenset({"Retracted Publication", "D016441"})
NOTICE_TYPES: Final = frozenset({"Retraction of Publication", "D016440"})
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True, order=True)
class PublishedOn:
    """A date with the precision it was given in; ``str`` is ``2024``, ``2024-06`` or ``2024-06-10``."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}{f'-{self.day:02}' if self.day and self.month else ''}"

    @classmethod
    def parse(cls, text: str) -> PublishedOn | None:
        """``2020 Sep-Oct``, ``2019 Aug 26``, ``Winter 2019``, ``2012-07-21``; the first year counts."""
        found = _YEAR.search(text)
        if not found:
            return None
        rest = text[found.end() :]
        parts = [part for part in re.split(r"[\s/,.-]+", rest) if part]
        month = month_number(parts[0]) if parts else None
        day = int(parts[1]) if month and len(parts) > 1 and parts[1].isdecimal() else None
        return cls(int(found[0]), month, day if day and 1 <= day <= 31 else None)


def month_number(text: str) -> int | None:
    """``Jul``, ``July``, ``07`` or ``7``."""
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    start = text[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something published about the article later: ``kind`` is PubMed's RefType (RetractionIn, ErratumIn...)."""

    kind: str
    citation: str
    pmid: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``abstract`` is its labelled parts, ``("RESULTS", "...")``; a plain one has the label ``""``.

    ``trials`` are registry numbers (NCT...). Any of ``pmid``, ``doi`` and ``title`` with ``published`` tells two
    articles to be the same.
    """

    title: str
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""
    journal: str = ""
    published: PublishedOn | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    authors: tuple[str, ...] = ()
    abstract: tuple[tuple[str, str], ...] = ()
    types: tuple[str, ...] = ()
    language: str = ""
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    copyright: str = ""
    type_ids: tuple[str, ...] = ()

    @property
    def is_retracted(self) -> bool:
        """By its type or by a notice: PubMed may carry either first."""
        marked = RETRACTED_TYPES & {*self.types, *self.type_ids}
        return bool(marked) or any(notice.kind == "RetractionIn" for notice in self.notices)

    @property
    def is_retraction_notice(self) -> bool:
        """The notice itself is no reading about the disease."""
        return bool(NOTICE_TYPES & {*self.types, *self.type_ids})

    @property
    def url(self) -> str:
        """Where it is read about."""
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return f"https://doi.org/{self.doi}" if self.doi else ""


def folded_title(title: str) -> str:
    """A title as it is compared: letters and digits only, in lower case, without mark-up."""
    bare = re.sub(r"<[^>]+>", "", title)
    return "".join(letter for letter in bare.casefold() if letter.isalnum())


def tidy_doi(text: str) -> str:
    """``https://doi.org/10.1/ABC.`` gives ``10.1/abc``: a DOI does not care for case."""
    found = _DOI.search(text)
    return found[0].rstrip(".,;)]").lower() if found else ""
