"""Whether two records are the same article: by PMID, by DOI, by title and year; and what each adds to the other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol

from osteon.standards.pubmed import Article as Read
from osteon.standards.pubmed.articles import folded_title


class Known(Protocol):
    """What is compared of a stored article."""

    pmid: str
    doi: str
    title_key: str
    year: int | None


def title_key(title: str) -> str:
    """Equal for titles that differ in case, marks and mark-up only."""
    return hashlib.sha256(folded_title(title).encode()).hexdigest()


def same(known: Known, read: Read) -> bool:
    """Two numbers that differ are two articles, whatever else they share (an erratum repeats the title)."""
    if known.pmid and read.pmid:
        return known.pmid == read.pmid
    if known.doi and read.doi:
        return known.doi == read.doi
    year = read.published.year if read.published else None
    return known.title_key == title_key(read.title) and known.year is not None and known.year == year


def stored(read: Read, before: Any = None) -> dict[str, Any]:
    """The columns to store. What a poorer source lacks (an export without abstracts) stays as it was."""
    published = read.published
    found = {
        "pmid": read.pmid,
        "doi": read.doi[:200],
        "pmcid": read.pmcid[:20],
        "title": read.title[:1000],
        "title_key": title_key(read.title),
        "journal": read.journal[:300],
        "year": published.year if published else None,
        "published": str(published) if published else "",
        "volume": read.volume[:40],
        "issue": read.issue[:40],
        "pages": read.pages[:60],
        "authors": list(read.authors),
        "abstract": [list(part) for part in read.abstract],
        "types": list(read.types),
        "language": read.language[:10],
        "mesh": list(read.mesh),
        "keywords": list(read.keywords),
        "trials": list(read.trials),
        "notices": [[notice.kind, notice.citation, notice.pmid] for notice in read.notices],
    }
    kept = {name: value for name, value in found.items() if value or before is None}
    return kept | {"retracted": _retracted(read, before)}


def _retracted(read: Read, before: Any) -> bool:
    """Only a source that tells types can take a retraction back; the others do not know."""
    knows = bool(read.types or read.notices)
    return read.is_retracted if knows or before is None else bool(before.retracted)


def find(known: Sequence[Any], read: Read) -> Any:
    """The stored article that this one is, of some candidates."""
    return next((one for one in known if same(one, read)), None)
