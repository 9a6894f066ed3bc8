"""Files a person saves from PubMed's pages: "Summary (text)", "PubMed" (nbib), CSV old and new, and XML.

Which one it is shows in its content, not in its name.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Final

from osteon.standards.pubmed.articles import Article, Notice, PublishedOn, tidy_doi
from osteon.standards.pubmed.efetch import ReadArticles
from osteon.standards.safe_html import plain

MAX_BYTES: Final = 50_000_000


class ExportRefused(ValueError):
    """The file is none of those PubMed exports. The text is for a person."""


@dataclass(slots=True)
class Exported:
    """What was in a file: its kind, the articles, and why some rows were none."""

    kind: str
    articles: list[Article] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def read_export(data: bytes) -> Exported:
    """Reads a saved file of any of the kinds.

    Raises:
        ExportRefused: when it is none of them, or too large.
        XmlRefused: when it is damaged XML.
    """
    if len(data) > MAX_BYTES:
        raise ExportRefused(f"The file is larger than {MAX_BYTES:,} bytes.")
    if data.lstrip()[:1] == b"<":
        return _from_xml(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportRefused("The file is not text in UTF-8.") from error
    for kind, mark, read in _KINDS:
        if mark.search(text[:4000]):
            return _collected(kind, read(text.replace("\r\n", "\n")))
    raise ExportRefused("The file is none of those PubMed saves: Summary (text), PubMed (nbib), CSV or XML.")


def _collected(kind: str, found: Iterator[Article | str]) -> Exported:
    made = Exported(kind)
    for article in found:
        if isinstance(article, str):
            made.refused[article] += 1
        else:
            made.articles.append(article)
    return made


def _from_xml(data: bytes) -> Exported:
    reader = ReadArticles(BytesIO(data))
    articles = list(reader)
    return Exported("PubMed XML", articles, reader.refused)


# CSV


def _csv_rows(text: str) -> Iterator[Article | str]:
    for row in csv.DictReader(StringIO(text)):
        tidy = {
            name: (value or "").strip()
            for name, value in row.items()
            if isinstance(name, str) and not isinstance(value, list)
        }
        article = _new_csv(tidy) if "PMID" in tidy else _old_csv(tidy)
        yield article if article.title and article.pmid.isdecimal() else "a row without title or PMID"


def _new_csv(row: dict[str, str]) -> Article:
    return Article(
        title=_sentence(row.get("Title", "")),
        pmid=row.get("PMID", ""),
        doi=tidy_doi(row.get("DOI", "")),
        pmcid=row.get("PMCID", ""),
        journal=row.get("Journal/Book", ""),
        published=PublishedOn.parse(row.get("Publication Year", "")),
        authors=_names(row.get("Authors", "")),
    )


def _old_csv(row: dict[str, str]) -> Article:
    details = row.get("Details", "")
    pmcid = re.search(r"PMC\d+", row.get("Identifiers", ""))
    return Article(
        title=_sentence(row.get("Title", "")),
        pmid=row.get("EntrezUID", ""),
        doi=tidy_doi(details),
        pmcid=pmcid[0] if pmcid else "",
        journal=details.split(". ")[0],
        published=PublishedOn.parse(details.partition(". ")[2]),
        authors=_names(row.get("Description", "")),
    )


def _names(text: str) -> tuple[str, ...]:
    tidy = text.strip().rstrip(".")
    return tuple(name.strip() for name in re.split(r"[,;]", tidy) if name.strip())


def _sentence(text: str) -> str:
    """A title without mark-up; PubMed ends it with a stop, kept as everywhere."""
    return plain(" ".join(text.split()))


# PubMed format (nbib): "TI  - A title", continued by lines that begin with blanks

_FIELD = re.compile(r"^([A-Z]{2,4}) *- (.*)$")


def _nbib(text: str) -> Iterator[Article | str]:
    for block in re.split(r"\n\s*\n", text):
        fields = _fields(block)
        if fields:
            article = _nbib_article(fields)
            yield article if article.pmid.isdecimal() and article.title else "a record without title or PMID"


def _fields(block: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in block.splitlines():
        found = _FIELD.match(line)
        if found:
            current = fields.setdefault(found[1], [])
            current.append(found[2].strip())
        elif current and line.startswith(" "):
            current[-1] += f" {line.strip()}"
    return fields


def _nbib_article(fields: dict[str, list[str]]) -> Article:
    def first(name: str) -> str:
        return fields.get(name, [""])[0]

    identifiers = [*fields.get("LID", ()), *fields.get("AID", ())]
    doi = next((one for one in identifiers if "[doi]" in one), "")
    return Article(
        title=_sentence(first("TI")),
        pmid=first("PMID"),
        doi=tidy_doi(doi),
        pmcid=first("PMC"),
        journal=first("TA") or first("JT"),
        published=PublishedOn.parse(first("DP")),
        volume=first("VI"),
        issue=first("IP"),
        pages=first("PG"),
        authors=tuple(fields.get("AU", ()) or fields.get("CN", ())),
        abstract=(("", first("AB")),) if first("AB") else (),
        types=tuple(fields.get("PT", ())),
        language=first("LA"),
        mesh=tuple(heading.partition("/")[0].lstrip("*") for heading in fields.get("MH", ())),
        keywords=tuple(word.lstrip("*") for word in fields.get("OT", ())),
        notices=tuple(Notice("RetractionIn", source) for source in fields.get("RIN", ())),
        trials=tuple(number for one in fields.get("SI", ()) for number in re.findall(r"NCT\d{8}", one)),
    )


# Summary (text): "12: Authors. Title. Journal. 2020 Sep 8;1(2):3-4. doi: ... PMID: ...; PMCID: ..."

_NUMBERED = re.compile(r"(?:\A|\n)\s*\d+: ")
_AUTHOR = r"(?:[^\W\d_][^\s,;.]*\s)+[A-ZÀ-ÞŁŚŠŻŽĆČĐ]{1,4}(?:\s(?:Jr|Sr|2nd|3rd|4th))?"
# A group may stand before the first person or behind the last ("Expert Panel on ..., Walker EA").
_AUTHORS = re.compile(rf"^((?:[^.,;?]{{3,80}}, )?{_AUTHOR}(?:[,;] [^.,;?]+)*)\. ")
_JOURNAL = re.compile(r"(?<=[.?!\]]) ([^.?!]{2,120})\. ((?:1[89]|20)\d\d\b[^;:.]*)")
_PMID = re.compile(r"\bPMID:\s*(\d{1,9})")
_PMCID = re.compile(r"\bPMCID:\s*(PMC\d+)")
_VOLUME = re.compile(r";(\d+)?(?:\(([^)]*)\))?:([\w.-]+)")


def _summaries(text: str) -> Iterator[Article | str]:
    for block in _NUMBERED.split(text)[1:]:
        # A hyphen at the end of a line belongs to the word and is not followed by a blank.
        line = " ".join(re.sub(r"-\n", "-", block).split())
        pmid, journal = _PMID.search(line), _JOURNAL.search(line)
        if pmid and journal:
            yield _summary_article(line, pmid[1], journal)
        else:
            yield "an entry that could not be taken apart"


def _summary_article(line: str, pmid: str, journal: re.Match[str]) -> Article:
    authors = _AUTHORS.match(line)
    start = authors.end() if authors and authors.end() < journal.start() else 0
    pmcid, volume = _PMCID.search(line), _VOLUME.match(line, journal.end())
    return Article(
        title=_sentence(line[start : journal.start()]).strip("[]"),
        pmid=pmid,
        doi=_summary_doi(line),
        pmcid=pmcid[1] if pmcid else "",
        journal=journal[1],
        published=PublishedOn.parse(journal[2]),
        volume=(volume[1] or "") if volume else "",
        issue=(volume[2] or "") if volume else "",
        pages=volume[3].rstrip(".") if volume else "",
        authors=_names(authors[1]) if authors and start else (),
    )


def _summary_doi(line: str) -> str:
    found = re.search(r"\bdoi: (\S+)", line)
    return tidy_doi(found[1]) if found else ""


_KINDS: Final = (
    ("PubMed format", re.compile(r"^PMID- \d+", re.MULTILINE), _nbib),
    ("CSV", re.compile(r"\A(PMID,Title|Title,URL,Description|\"PMID\",\"Title\")"), _csv_rows),
    ("Summary (text)", re.compile(r"\A\s*\d+: .{10}", re.DOTALL), _summaries),
)
