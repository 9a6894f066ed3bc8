"""HTML written by others, reduced to what a page of ours may show.

An allow-list, applied by ``nh3`` (the Rust library ammonia): what is not named here is dropped, the text in it
kept, scripts and styles dropped with their text.
"""

from __future__ import annotations

import html
import re

import nh3

TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "a",
    "em",
    "strong",
    "b",
    "i",
    "br",
    "sub",
    "sup",
    "dl",
    "dt",
    "dd",
}
SCHEMES = {"https", "http"}
_EMPTY = re.compile(r"<(p|li|h3|h4|em|strong)>\s*</\1>")
_HEADING = re.compile(r"(</?)h[12](?=[\s>])", re.IGNORECASE)
_BREAKING = re.compile(r"</?(?:p|ul|ol|li|h\d|br|div|dl|dt|dd)\b[^>]*>", re.IGNORECASE)


def clean(written: str) -> str:
    """The allowed part of ``written``; headings never outrank our own (h1, h2 become h3), links open plainly."""
    kept = nh3.clean(
        _HEADING.sub(r"\1h3", written),
        tags=TAGS,
        attributes={"a": {"href", "hreflang"}},
        url_schemes=SCHEMES,
        # An address relative to somebody else's site would lead into ours.
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )
    while _EMPTY.search(kept):
        kept = _EMPTY.sub("", kept)
    return kept.strip()


def plain(written: str) -> str:
    """Its text alone, blocks parted by a space: for search, descriptions and pages without mark-up."""
    spaced = _BREAKING.sub(" ", written)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())
