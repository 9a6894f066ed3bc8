"""``esummary.fcgi``: title, journal and date of some articles; JSON (as asked for here) or the XML of version 1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from osteon.standards.pubmed.articles import PublishedOn, tidy_doi
from osteon.standards.pubmed.esearch import AnswerRefused
from osteon.standards.safe_html import plain
from osteon.standards.safe_xml import XmlRefused, document, text_of


@dataclass(frozen=True, slots=True)
class Summary:
    """One article in few words."""

    pmid: str
    title: str
    journal: str = ""
    published: PublishedOn | None = None
    doi: str = ""
    types: tuple[str, ...] = ()


def read_summaries(body: bytes) -> tuple[Summary, ...]:
    """In the order of the answer; an article PubMed does not know is left out.

    Raises:
        AnswerRefused: when it is no answer of this service.
    """
    return _from_json(body) if body.lstrip()[:1] == b"{" else _from_xml(body)


def _from_json(body: bytes) -> tuple[Summary, ...]:
    try:
        result: Any = json.loads(body)["result"]
        found = [result[uid] for uid in result["uids"]]
        return tuple(_summary(one) for one in found if "error" not in one and one.get("title"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AnswerRefused("The answer is not a list of summaries.") from error


def _summary(found: dict[str, Any]) -> Summary:
    doi = next((one["value"] for one in found.get("articleids", ()) if one.get("idtype") == "doi"), "")
    return Summary(
        pmid=str(found["uid"]),
        title=plain(str(found["title"])),
        journal=str(found.get("source") or found.get("fulljournalname") or ""),
        published=PublishedOn.parse(str(found.get("pubdate", ""))),
        doi=tidy_doi(str(doi)),
        types=tuple(str(kind) for kind in found.get("pubtype", ())),
    )


def _from_xml(body: bytes) -> tuple[Summary, ...]:
    try:
        root = document(body, roots=("eSummaryResult",))
    except XmlRefused as error:
        raise AnswerRefused(f"The answer is not a list of summaries. {error}") from error
    made = []
    for entry in root.iterfind("DocSum"):
        items = {item.get("Name", ""): item for item in entry.iterfind("Item")}
        pmid, title = text_of(entry.find("Id")), text_of(items.get("Title"))
        if pmid and title:
            made.append(
                Summary(
                    pmid=pmid,
                    title=plain(title),
                    journal=text_of(items.get("Source")),
                    published=PublishedOn.parse(text_of(items.get("PubDate"))),
                    doi=tidy_doi(text_of(items.get("DOI"))),
                )
            )
    return tuple(made)
