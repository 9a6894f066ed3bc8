"""``efetch.fcgi?db=pubmed&retmode=xml``: a ``PubmedArticleSet``, read one article at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element

from osteon.standards.pubmed.articles import Article, Notice, PublishedOn, month_number, tidy_doi
from osteon.standards.safe_xml import Limits, records, text_of

# What a reader of the article must or may want to know; citations and comments are not among them.
NOTICES = frozenset(
    {
        "RetractionIn",
        "RetractionOf",
        "ErratumIn",
        "ErratumFor",
        "ExpressionOfConcernIn",
        "UpdateIn",
        "RepublishedIn",
    }
)


@dataclass(slots=True)
class ReadArticles:
    """Walks a stream once; the counts are complete at its end.

    Raises, while walking:
        XmlRefused: when the document is malformed, truncated or hostile.
    """

    stream: BinaryIO
    limits: Limits = field(default_factory=Limits)
    refused: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def __iter__(self) -> Iterator[Article]:
        for node in records(self.stream, ("PubmedArticle",), roots=("PubmedArticleSet",), limits=self.limits):
            self.read += 1
            article = read_article(node)
            if not article.pmid.isdecimal() or not article.title:
                self.refused["no PMID" if article.title else "no title"] += 1
                continue
            yield article


def read_article(node: Element) -> Article:
    """One ``PubmedArticle``."""
    citation = _child(node, "MedlineCitation")
    paper = _child(citation, "Article")
    journal = _child(paper, "Journal")
    ids = _ids(node)
    return Article(
        title=_title(paper),
        pmid=text_of(citation.find("PMID")),
        doi=tidy_doi(ids.get("doi", "") or _location(paper, "doi")),
        pmcid=ids.get("pmc", ""),
        journal=text_of(journal.find("ISOAbbreviation")) or text_of(journal.find("Title")),
        published=_published(paper),
        volume=text_of(journal.find("JournalIssue/Volume")),
        issue=text_of(journal.find("JournalIssue/Issue")),
        pages=_pages(paper),
        authors=tuple(_authors(paper)),
        abstract=tuple(_abstract(paper)),
        types=_texts(paper, "PublicationTypeList/PublicationType"),
        type_ids=tuple(kind.get("UI", "") for kind in paper.iterfind("PublicationTypeList/PublicationType")),
        language=text_of(paper.find("Language")),
        mesh=_texts(citation, "MeshHeadingList/MeshHeading/DescriptorName"),
        keywords=_texts(citation, "KeywordList/Keyword"),
        trials=tuple(_trials(paper)),
        notices=tuple(_notices(citation)),
        copyright=text_of(paper.find("Abstract/CopyrightInformation")),
    )


def _child(node: Element, name: str) -> Element:
    """The child, or an empty one: what is missing then reads as nothing."""
    found = node.find(name)
    return Element(name) if found is None else found


def _texts(node: Element, path: str) -> tuple[str, ...]:
    return tuple(text for found in node.iterfind(path) if (text := text_of(found)))


def _title(paper: Element) -> str:
    """Square brackets mark a title that PubMed translated."""
    title = text_of(paper.find("ArticleTitle")) or text_of(paper.find("VernacularTitle"))
    if title.startswith("[") and title.rstrip(".").endswith("]"):
        title = title.rstrip(".")[1:-1]
    return title


def _ids(node: Element) -> dict[str, str]:
    """The article's own identifiers: reference lists further down repeat the same elements for other articles."""
    found = node.iterfind("PubmedData/ArticleIdList/ArticleId")
    return {one.get("IdType", ""): text_of(one) for one in found}


def _location(paper: Element, kind: str) -> str:
    found = paper.iterfind("ELocationID")
    valid = (one for one in found if one.get("EIdType") == kind and one.get("ValidYN", "Y") == "Y")
    return text_of(next(valid, None))


def _published(paper: Element) -> PublishedOn | None:
    """Of several dates the electronic one, which is the day it could first be read; else that of the issue."""
    for node in (paper.find("ArticleDate"), paper.find("Journal/JournalIssue/PubDate")):
        date = None if node is None else _date(node)
        if date:
            return date
    return None


def _date(node: Element) -> PublishedOn | None:
    year, day = text_of(node.find("Year")), text_of(node.find("Day"))
    if not (year.isdecimal() and len(year) == 4):
        return PublishedOn.parse(text_of(node.find("MedlineDate")))
    month = month_number(text_of(node.find("Month")))
    right = month and day.isdecimal() and 1 <= int(day) <= 31
    return PublishedOn(int(year), month, int(day) if right else None)


def _pages(paper: Element) -> str:
    return text_of(paper.find("Pagination/MedlinePgn")) or text_of(paper.find("Pagination/StartPage"))


def _authors(paper: Element) -> Iterator[str]:
    for author in paper.iterfind("AuthorList/Author"):
        if author.get("ValidYN", "Y") == "N":
            continue  # an earlier spelling of a name that stands beside it
        parts = (text_of(author.find(name)) for name in ("LastName", "Initials", "Suffix"))
        name = " ".join(part for part in parts if part) or text_of(author.find("CollectiveName"))
        if name:
            yield name


def _abstract(paper: Element) -> Iterator[tuple[str, str]]:
    for part in paper.iterfind("Abstract/AbstractText"):
        if text := text_of(part):
            yield part.get("Label", "").strip(), text


def _trials(paper: Element) -> Iterator[str]:
    for bank in paper.iterfind("DataBankList/DataBank"):
        if text_of(bank.find("DataBankName")) == "ClinicalTrials.gov":
            yield from _texts(bank, "AccessionNumberList/AccessionNumber")


def _notices(citation: Element) -> Iterator[Notice]:
    for found in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = found.get("RefType", "")
        if kind in NOTICES:
            yield Notice(kind, text_of(found.find("RefSource")), text_of(found.find("PMID")))
