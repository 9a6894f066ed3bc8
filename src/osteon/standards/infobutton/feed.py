"""The answer: an Atom feed, or the same feed as JSON the way MedlinePlus Connect writes it.

JSON puts the text of an element under ``_value`` beside its attributes. Readers meet other habits: an entry that
is an object, not a list; texts without ``_value``. Those are understood; what is no feed at all is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from osteon.standards.safe_xml import Limits, XmlRefused, document

ATOM = "http://www.w3.org/2005/Atom"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
LIMITS: Final = Limits(record_bytes=2_000_000, depth=30)
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,60}(\.[A-Za-z_$][\w$]{0,60}){0,4}", re.ASCII)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AnswerRefused(ValueError):
    """The answer is no feed: a page of HTML, an error text, something truncated."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to read. ``summary`` is HTML as it came: clean it before it is shown. ``updated``: ISO, UTC."""

    title: str
    href: str
    id: str = ""
    summary: str = ""
    updated: str = ""
    language: str = ""
    parent: str = ""
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The whole answer. ``categories`` repeat the request: (parameter, value)."""

    title: str
    subtitle: str = ""
    base: str = ""
    language: str = "en"
    updated: str = ""
    author: str = ""
    author_uri: str = ""
    id: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()


# JSON


def write_json(feed: Feed) -> bytes:
    """UTF-8 JSON; an empty ``entry`` list when there is nothing."""
    return json.dumps({"feed": _feed_dict(feed)}, ensure_ascii=False).encode()


def write_jsonp(feed: Feed, callback: str) -> bytes:
    """The JSON as an argument of ``callback``.

    Raises:
        ValueError: when ``callback`` is not the plain name of a function.
    """
    if not _CALLBACK.fullmatch(callback):
        raise ValueError("callback is the name of a function: letters, digits, _ and dots.")
    # Two line ends that JSON allows and JavaScript once did not; the comment guards against content sniffing.
    body = write_json(feed).decode().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"/**/{callback}({body});".encode()


def _feed_dict(feed: Feed) -> dict[str, Any]:
    return {
        "base": feed.base,
        "lang": feed.language,
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "title": {"type": "text", "_value": feed.title},
        "updated": {"_value": feed.updated},
        "id": {"_value": feed.id},
        "author": {"name": {"_value": feed.author}, "uri": {"_value": feed.author_uri}},
        "subtitle": {"type": "text", "_value": feed.subtitle},
        "category": _category_dicts(feed.categories),
        "entry": [_entry_dict(entry) for entry in feed.entries],
    }


def _entry_dict(entry: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {
        "title": {"_value": entry.title, "type": "text"},
        "link": [{"href": entry.href, "rel": "alternate"}],
        "id": {"_value": entry.id},
        "summary": {"type": "html", "_value": entry.summary},
        "updated": {"_value": entry.updated},
    }
    if entry.language:
        made["link"][0]["hreflang"] = entry.language
    if entry.categories:
        made["category"] = _category_dicts(entry.categories)
    if entry.parent:
        made["source"] = {"id": {"_value": entry.parent}}
    return made


def _category_dicts(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"scheme": scheme, "term": term} for scheme, term in pairs]


# Atom


def write_atom(feed: Feed) -> bytes:
    """UTF-8 XML with declaration."""
    root = Element("feed", {"xmlns": ATOM, "xml:base": feed.base, "xml:lang": feed.language})
    _texts(root, (("title", feed.title), ("subtitle", feed.subtitle)))
    _texts(root, (("id", feed.id), ("updated", feed.updated)))
    author = SubElement(root, "author")
    _texts(author, (("name", feed.author), ("uri", feed.author_uri)))
    _categories(root, feed.categories)
    for entry in feed.entries:
        _write_entry(SubElement(root, "entry"), entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write_entry(node: Element, entry: Entry) -> None:
    _texts(node, (("title", entry.title), ("id", entry.id), ("updated", entry.updated)))
    link = {"rel": "alternate", "type": "text/html", "href": _legal(entry.href)}
    SubElement(node, "link", link | ({"hreflang": entry.language} if entry.language else {}))
    _categories(node, entry.categories)
    if entry.parent:
        _texts(SubElement(node, "source"), (("id", entry.parent),))
    SubElement(node, "summary", {"type": "html"}).text = _legal(entry.summary)


def _texts(node: Element, texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        SubElement(node, name).text = _legal(text)


def _categories(node: Element, pairs: Iterable[tuple[str, str]]) -> None:
    for scheme, term in pairs:
        SubElement(node, "category", {"scheme": _legal(scheme), "term": _legal(term)})


def _legal(text: str) -> str:
    """Without the characters XML cannot carry."""
    return _FORBIDDEN.sub("", text)


# Reading


def read(body: bytes, content_type: str = "") -> Feed:
    """The feed in an answer, JSON or Atom, whichever it is.

    Raises:
        AnswerRefused: when it is neither.
    """
    start = body.lstrip()[:1]
    if start == b"{":
        return read_json(body)
    if start == b"<" and "html" not in content_type.replace("xhtml", "html").split(";")[0]:
        return read_atom(body)
    raise AnswerRefused("The answer is neither JSON nor an Atom feed.")


def read_json(body: bytes) -> Feed:
    """Raises: AnswerRefused."""
    if len(body) > LIMITS.record_bytes:
        raise AnswerRefused(f"The answer is larger than {LIMITS.record_bytes:,} bytes.")
    try:
        feed = json.loads(body)["feed"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AnswerRefused("The answer is not the JSON of a feed.") from error
    if not isinstance(feed, dict):
        raise AnswerRefused("The answer is not the JSON of a feed.")
    author = _object(feed.get("author"))
    return Feed(
        title=_value(feed.get("title")),
        subtitle=_value(feed.get("subtitle")),
        base=_value(feed.get("base")),
        language=_value(feed.get("lang")) or "en",
        updated=_value(feed.get("updated")),
        author=_value(author.get("name")),
        author_uri=_value(author.get("uri")),
        id=_value(feed.get("id")),
        categories=_pairs(feed.get("category")),
        entries=tuple(_json_entries(feed.get("entry"))),
    )


def _json_entries(given: Any) -> Iterator[Entry]:
    for entry in _listed(given):
        links = [_object(link) for link in _listed(entry.get("link"))]
        href = next((found for link in links if (found := web_address(_value(link.get("href"))))), "")
        title = _value(entry.get("title"))
        if href and title:
            yield Entry(
                title=title,
                href=href,
                id=_value(entry.get("id")),
                summary=_value(entry.get("summary")) or _value(entry.get("content")),
                updated=_value(entry.get("updated")),
                language=next((_value(link.get("hreflang")) for link in links), ""),
                parent=_value(_object(entry.get("source")).get("id")),
                categories=_pairs(entry.get("category")),
            )


def _value(given: Any) -> str:
    """The text, wherever it is: ``{"_value": "x"}`` or plain ``"x"``; anything else is no text."""
    given = given.get("_value", "") if isinstance(given, dict) else given
    return given.strip() if isinstance(given, str) else ""


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _listed(given: Any) -> list[dict[str, Any]]:
    given = [given] if isinstance(given, dict) else given
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _pairs(given: Any) -> tuple[tuple[str, str], ...]:
    return tuple((_value(one.get("scheme")), _value(one.get("term"))) for one in _listed(given))


def read_atom(body: bytes) -> Feed:
    """Raises: AnswerRefused."""
    try:
        root = document(body, roots=(_atom("feed"),), limits=LIMITS)
    except XmlRefused as error:
        raise AnswerRefused(f"The answer is not an Atom feed. {error}") from error
    author = root.find(_atom("author"))
    return Feed(
        title=_text(root, "title"),
        subtitle=_text(root, "subtitle"),
        base=root.get(f"{{{XML_NAMESPACE}}}base", ""),
        language=root.get(f"{{{XML_NAMESPACE}}}lang", "en"),
        updated=_text(root, "updated"),
        author=_text(author, "name"),
        author_uri=_text(author, "uri"),
        id=_text(root, "id"),
        categories=_atom_categories(root),
        entries=tuple(_atom_entries(root)),
    )


def _atom_entries(root: Element) -> Iterator[Entry]:
    for node in root.iterfind(_atom("entry")):
        links = node.findall(_atom("link"))
        href = next((found for link in links if (found := web_address(link.get("href", "")))), "")
        title = _text(node, "title")
        if href and title:
            yield Entry(
                title=title,
                href=href,
                id=_text(node, "id"),
                summary=_text(node, "summary") or _text(node, "content"),
                updated=_text(node, "updated"),
                language=next((link.get("hreflang", "") for link in links), ""),
                parent=_text(node.find(_atom("source")), "id"),
                categories=_atom_categories(node),
            )


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(node: Element | None, name: str) -> str:
    found = None if node is None else node.find(_atom(name))
    return "" if found is None else "".join(found.itertext()).strip()


def _atom_categories(node: Element) -> tuple[tuple[str, str], ...]:
    return tuple((one.get("scheme", ""), one.get("term", "")) for one in node.iterfind(_atom("category")))


def web_address(href: str) -> str:
    """``href`` when a browser may be sent there; empty for ``javascript:``, relative and broken ones."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    return href.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
