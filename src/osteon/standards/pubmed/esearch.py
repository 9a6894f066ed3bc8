"""``esearch.fcgi``: which articles fit a query. XML as asked for here, JSON as others keep it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from osteon.standards.safe_xml import XmlRefused, document, text_of


class AnswerRefused(ValueError):
    """The answer is not one of E-utilities. The text is for a person."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``count`` is of all that fit; ``ids`` those of this page, newest first if so asked."""

    count: int
    ids: tuple[str, ...]
    start: int = 0
    query_key: str = ""
    web_env: str = ""
    translation: str = ""
    not_found: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_search(body: bytes) -> SearchResult:
    """Raises: AnswerRefused."""
    return _from_json(body) if body.lstrip()[:1] == b"{" else _from_xml(body)


def _from_xml(body: bytes) -> SearchResult:
    try:
        root = document(body, roots=("eSearchResult",))
    except XmlRefused as error:
        raise AnswerRefused(f"The answer is not a search result. {error}") from error
    if error_text := text_of(root.find("ERROR")):
        raise AnswerRefused(f"PubMed says: {error_text}")
    return SearchResult(
        count=_number(text_of(root.find("Count"))),
        ids=_numbers([text_of(node) for node in root.iterfind("IdList/Id")]),
        start=_number(text_of(root.find("RetStart"))),
        query_key=text_of(root.find("QueryKey")),
        web_env=text_of(root.find("WebEnv")),
        translation=text_of(root.find("QueryTranslation")),
        not_found=_texts(root, "ErrorList/PhraseNotFound"),
        warnings=_texts(root, "WarningList/OutputMessage"),
    )


def _texts(root: Element, path: str) -> tuple[str, ...]:
    return tuple(text_of(node) for node in root.iterfind(path))


def _from_json(body: bytes) -> SearchResult:
    try:
        found: Any = json.loads(body)["esearchresult"]
        ids = found["idlist"]
        if "ERROR" in found or not isinstance(ids, list):
            raise AnswerRefused(f"PubMed says: {found.get('ERROR', 'nothing to read')}")
        return SearchResult(_number(str(found.get("count", ""))), _numbers([str(one) for one in ids]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, AnswerRefused):
            raise
        raise AnswerRefused("The answer is not a search result.") from error


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _numbers(texts: list[str]) -> tuple[str, ...]:
    """PMIDs, each once: digits only, as they go into the next address."""
    return tuple(dict.fromkeys(text for text in texts if text.isascii() and text.isdecimal()))
