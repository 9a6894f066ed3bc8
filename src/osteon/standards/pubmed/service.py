"""Asking E-utilities by its rules.

Three requests a second, ten with a key of the customer's own; every request says which tool asks and who can be
written to. Large jobs belong outside the peak hours of the United States: the caller's schedule sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import urlencode

from osteon.standards.asking import Asker
from osteon.standards.pubmed.articles import Article
from osteon.standards.pubmed.efetch import ReadArticles
from osteon.standards.pubmed.esearch import SearchResult, read_search

BASE: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
SECONDS_BETWEEN: Final = 1 / 3
SECONDS_BETWEEN_WITH_KEY: Final = 1 / 10
MOST_IDS: Final = 200  # in one address
MOST_RESULTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class PubMed:
    """The service; ``ask`` is the network or, in tests, recorded answers.

    Raises, from each call:
        Unreachable: when no answer comes.
        AnswerRefused, XmlRefused: when it makes no sense.
    """

    ask: Asker
    email: str
    api_key: str = ""
    base: str = BASE

    def search(self, term: str, *, most: int = 200, days: int | None = None) -> SearchResult:
        """Articles that fit ``term`` (PubMed's own syntax), newest first; ``days``: entered in the last so many."""
        asked = {"term": term, "retmax": str(min(most, MOST_RESULTS)), "sort": "pub_date", "retmode": "xml"}
        if days is not None:
            asked |= {"datetype": "edat", "reldate": str(days)}
        return read_search(self.ask(self.url("esearch.fcgi", asked)).body)

    def fetch(self, pmids: Sequence[str]) -> Iterator[Article]:
        """The articles themselves, in groups that fit an address."""
        for start in range(0, len(pmids), MOST_IDS):
            asked = {"id": ",".join(pmids[start : start + MOST_IDS]), "retmode": "xml"}
            yield from ReadArticles(BytesIO(self.ask(self.url("efetch.fcgi", asked)).body))

    def url(self, call: str, asked: dict[str, str]) -> str:
        """The address of one call."""
        known = {"db": "pubmed", **asked, "tool": "osteon", "email": self.email, "api_key": self.api_key}
        return f"{self.base}/{call}?{urlencode({name: value for name, value in known.items() if value})}"
