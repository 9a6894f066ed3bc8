"""What of a page is read: its sentences and its words.

Headings are not sentences and are left out. An item of a list is a sentence of its own, whether or not it ends in a
full stop: a reader stops there. A numeral is a word. Addresses of links and marks of emphasis are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FRONT_MATTER = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
TAG = re.compile(r"<[^>]*>")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
HEADING = re.compile(r"^\s{0,3}#{1,6}\s.*$", re.MULTILINE)
TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
BLOCK_TAG = re.compile(r"</?(?:p|li|ul|ol|div|br|h[1-6]|td|tr|table)[^>]*>", re.IGNORECASE)
HTML_HEADING = re.compile(r"<h[1-6][^>]*>.*?</h[1-6]>", re.IGNORECASE | re.DOTALL)

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*", re.UNICODE)
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[¿¡]*[^\W_a-zà-ÿ])")
# A full stop after these does not end a sentence
ABBREVIATIONS = frozenset(
    [
        "dr",
        "dra",
        "mr",
        "mrs",
        "ms",
        "sr",
        "sra",
        "st",
        "prof",
        "no",
        "nº",
        "núm",
        "vs",
        "etc",
        "approx",
        "fig",
        "e.g",
        "i.e",
        "p.ej",
        "ej",
        "pág",
        "aprox",
        "cf",
        "ca",
        "vol",
        "ed",
    ]
)


@dataclass(frozen=True)
class Sentence:
    """One sentence as printed, and its words in order."""

    text: str
    words: tuple[str, ...]


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of Markdown, HTML or plain text that hold at least one word."""
    found = (Sentence(part, words(part)) for block in blocks(text) for part in parts(block))
    return tuple(sentence for sentence in found if sentence.words)


def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text))


def blocks(text: str) -> list[str]:
    """Paragraphs and items of lists, without their marks."""
    found: list[list[str]] = [[]]
    for line in plain(text).splitlines():
        if not line.strip() or ITEM.match(line):
            found.append([])
        found[-1].append(ITEM.sub("", line).strip())
    return [" ".join(lines).strip() for lines in found if any(lines)]


def plain(text: str) -> str:
    """Without front matter, headings, tables, code and marks."""
    text = FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    for pattern in (FENCE, HTML_HEADING, HEADING, TABLE_ROW, IMAGE):
        text = pattern.sub("\n", text)
    text = BLOCK_TAG.sub("\n\n", text)
    return TAG.sub(" ", LINK.sub(r"\1", text)).replace("**", "").replace("*", "").replace("`", "")


def parts(block: str) -> list[str]:
    """A paragraph cut where sentences end; a stop after an abbreviation is no end."""
    found: list[str] = []
    for piece in SENTENCE_END.split(block):
        if found and abbreviated(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [piece.strip() for piece in found]


def abbreviated(piece: str) -> bool:
    last = piece.rstrip().split(" ")[-1].lower()
    return last.endswith(".") and last.rstrip(".").lstrip("(¿¡\"“'") in ABBREVIATIONS
