"""Health topics: ``mplus_topics_YYYY-MM-DD.xml``, one ``health-topic`` in one language at a time.

    topics = ReadTopics(stream)
    for topic in topics: ...
    topics.refused       # {"no title": 2, "id given twice": 1}

A topic that lacks what makes it one (id, title, address, language) is counted and left out; the rest is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from osteon.standards.infobutton.feed import web_address
from osteon.standards.safe_html import clean, plain
from osteon.standards.safe_xml import Limits, records, text_of

HOME: Final = "https://medlineplus.gov/"
LANGUAGES: Final = {"english": "en", "spanish": "es"}
# Copies before 2015 carry the addresses of a host that no longer serves them.
_OLD_HOME = re.compile(r"^https?://(www\.)?nlm\.nih\.gov/medlineplus/", re.IGNORECASE)
_HREF = re.compile(r"""(\bhref\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE)
# A license forbids showing more than the link to these (A.D.A.M.'s encyclopaedia, ASHP's monographs).
LICENSED_PATHS: Final = ("/ency/", "/druginfo/")


@dataclass(frozen=True, slots=True)
class TopicLink:
    """Another topic: related, or the same in the other language (``language`` then says which)."""

    id: str
    title: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One link of the page; it may stand in several sections ("Start Here", "Living With")."""

    title: str
    url: str
    sections: tuple[str, ...]
    organizations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    url_in_other_language: str = ""

    @property
    def is_licensed(self) -> bool:
        """Whether only the link may be shown."""
        return any(part in self.url for part in LICENSED_PATHS)


@dataclass(frozen=True, slots=True)
class HealthTopic:
    """One topic. ``summary`` is HTML already reduced to the allow-list; ``language`` is ``en`` or ``es``.

    The file carries no date of last review for a topic: ``created_on`` is its first appearance.
    """

    id: str
    title: str
    url: str
    language: str
    created_on: date | None = None
    description: str = ""
    summary: str = ""
    also_called: tuple[str, ...] = ()
    see_references: tuple[str, ...] = ()
    groups: tuple[TopicLink, ...] = ()
    related: tuple[TopicLink, ...] = ()
    mate: TopicLink | None = None
    mesh: tuple[tuple[str, str], ...] = ()
    other_languages: tuple[tuple[str, str, str], ...] = ()
    primary_institute: str = ""
    primary_institute_url: str = ""
    sites: tuple[Site, ...] = ()

    @property
    def text(self) -> str:
        """The summary without mark-up."""
        return plain(self.summary)


@dataclass(slots=True)
class ReadTopics:
    """Walks a stream of topics once; the counts are complete at its end.

    Raises, while walking:
        XmlRefused: when the document is malformed, truncated or hostile; nothing before it should be kept.
    """

    stream: BinaryIO
    limits: Limits = field(default_factory=Limits)
    refused: Counter[str] = field(default_factory=Counter)
    read: int = 0
    seen: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[HealthTopic]:
        roots = ("health-topics", "health-topic")
        for node in records(self.stream, ("health-topic",), roots=roots, limits=self.limits):
            self.read += 1
            topic = self._accepted(node)
            if topic:
                yield topic

    def _accepted(self, node: Element) -> HealthTopic | None:
        problem = _problem(node)
        if not problem and _attribute(node, "id") in self.seen:
            problem = "id given twice"
        if problem:
            self.refused[problem] += 1
            return None
        self.seen.add(_attribute(node, "id"))
        return read_topic(node)


def _problem(node: Element) -> str:
    for name in ("id", "title", "url", "language"):
        if not _attribute(node, name):
            return f"no {name}"
    if not _attribute(node, "id").isdecimal():
        return "an id that is no number"
    if _attribute(node, "language").lower() not in LANGUAGES:
        return "an unknown language"
    return "" if address(_attribute(node, "url")) else "an address that is no web address"


def read_topic(node: Element) -> HealthTopic:
    """One ``health-topic`` element; unknown elements in it are passed over."""
    institute = node.find("primary-institute")
    return HealthTopic(
        id=_attribute(node, "id"),
        title=_attribute(node, "title"),
        url=address(_attribute(node, "url")),
        language=LANGUAGES[_attribute(node, "language").lower()],
        created_on=_day(_attribute(node, "date-created")),
        description=_attribute(node, "meta-desc"),
        summary=_summary(node.find("full-summary")),
        also_called=_texts(node, "also-called"),
        see_references=_texts(node, "see-reference"),
        groups=tuple(_links(node, "group")),
        related=tuple(_links(node, "related-topic")),
        mate=next(_links(node, "language-mapped-topic"), None),
        mesh=tuple(_mesh(node)),
        other_languages=tuple(_other_languages(node)),
        primary_institute=text_of(institute),
        primary_institute_url="" if institute is None else address(institute.get("url", "")),
        sites=tuple(_sites(node)),
    )


def address(written: str) -> str:
    """A web address as it is today: old NLM addresses lead to medlineplus.gov; anything else is empty."""
    return web_address(_OLD_HOME.sub(HOME, " ".join(written.split())))


def _summary(node: Element | None) -> str:
    """Some summaries carry relative addresses, meant from MedlinePlus' own pages."""
    raw = "" if node is None else "".join(node.itertext())
    return clean(_HREF.sub(lambda found: f'{found[1]}"{_absolute(found[3])}"', raw))


def _absolute(href: str) -> str:
    try:
        return address(urljoin(HOME, href.strip())).replace('"', "%22")
    except ValueError:
        return ""


def _attribute(node: Element, name: str) -> str:
    return " ".join(node.get(name, "").split())


def _day(written: str) -> date | None:
    """``MM/DD/YYYY``."""
    try:
        return datetime.strptime(written, "%m/%d/%Y").date()  # noqa: DTZ007 - a day, no time
    except ValueError:
        return None


def _texts(node: Element, name: str) -> tuple[str, ...]:
    """The texts of these children, each once."""
    return tuple(dict.fromkeys(text for child in node.iterfind(name) if (text := text_of(child))))


def _links(node: Element, name: str) -> Iterator[TopicLink]:
    for child in node.iterfind(name):
        url, title = address(child.get("url", "")), text_of(child)
        if url and title:
            language = LANGUAGES.get(_attribute(child, "language").lower(), "")
            yield TopicLink(_attribute(child, "id"), title, url, language)


def _mesh(node: Element) -> Iterator[tuple[str, str]]:
    for descriptor in node.iterfind("mesh-heading/descriptor"):
        if descriptor.get("id"):
            yield _attribute(descriptor, "id"), text_of(descriptor)


def _other_languages(node: Element) -> Iterator[tuple[str, str, str]]:
    """(English name, its own name, address)."""
    for child in node.iterfind("other-language"):
        if url := address(child.get("url", "")):
            yield text_of(child), _attribute(child, "vernacular-name"), url


def _sites(node: Element) -> Iterator[Site]:
    for child in node.iterfind("site"):
        url, title = address(child.get("url", "")), _attribute(child, "title")
        if url and title:
            yield Site(
                title=title,
                url=url,
                sections=_sections(child),
                organizations=_texts(child, "organization"),
                notes=_texts(child, "standard-description"),
                url_in_other_language=address(child.get("language-mapped-url", "")),
            )


def _sections(site: Element) -> tuple[str, ...]:
    """Real files also carry categories that MedlinePlus itself does not show."""
    named = _texts(site, "information-category")
    return tuple(name for name in named if not name.upper().startswith("NON-DISPLAY"))
