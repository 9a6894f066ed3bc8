"""The search service of MedlinePlus: ``GET https://wsearch.nlm.nih.gov/ws/query``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from osteon.standards.medlineplus.topics import HealthTopic, _problem, address, read_topic
from osteon.standards.safe_html import plain
from osteon.standards.safe_xml import document, text_of

DATABASES: Final = {"en": "healthTopics", "es": "healthTopicsSpanish"}
# The acceptable-use policy asks for no more than 85 requests a minute from one address.
SECONDS_BETWEEN: Final = 60 / 85


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found by a brief search; texts without the mark-up of the highlighting."""

    url: str
    title: str
    snippet: str = ""
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """``count`` is of all that fits; ``topics`` (rettype topic) or ``hits`` (brief) are those of this page."""

    term: str
    count: int
    start: int = 0
    spelling: str = ""
    file: str = ""
    server: str = ""
    topics: tuple[HealthTopic, ...] = ()
    hits: tuple[Hit, ...] = ()
    refused: int = 0


def search_url(
    base: str, term: str, *, language: str = "en", start: int = 0, page: int = 10, email: str = ""
) -> str:
    """The request for whole topics that fit ``term``."""
    asked = {
        "db": DATABASES[language],
        "term": term,
        "rettype": "topic",
        "retstart": str(start),
        "retmax": str(page),
        "tool": "osteon",
        "email": email,
    }
    return f"{base}?{urlencode({name: value for name, value in asked.items() if value})}"


def read_search(body: bytes) -> SearchAnswer:
    """Reads an answer, brief or with topics; without a hit there is no list in it.

    Raises:
        XmlRefused: when it is not one.
    """
    root = document(body, roots=("nlmSearchResult",))
    documents = root.findall("list/document")
    whole = [node for found in documents if (node := found.find("content/health-topic")) is not None]
    good = [node for node in whole if not _problem(node)]
    return SearchAnswer(
        term=text_of(root.find("term")),
        count=_number(root, "count"),
        start=_number(root, "retstart"),
        spelling=text_of(root.find("spellingCorrection")).strip('"'),
        file=text_of(root.find("file")),
        server=text_of(root.find("server")),
        topics=tuple(read_topic(node) for node in good),
        hits=tuple(hit for found in documents if (hit := _hit(found))),
        refused=len(whole) - len(good),
    )


def _number(root: Element, name: str) -> int:
    text = text_of(root.find(name))
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _hit(found: Element) -> Hit | None:
    contents = [(content.get("name", ""), plain(text_of(content))) for content in found.iterfind("content")]
    named = dict(reversed(contents))
    url, title = address(found.get("url", "")), named.get("title", "")
    if not url or not title:
        return None
    synonyms = tuple(text for name, text in contents if name == "altTitle" and text)
    return Hit(url, title, named.get("snippet", ""), synonyms)
