"""Who can take part: the free text taken apart, ages in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(
    r"^[\s*#_]*(?:(?:key|main|major|general|principal)\s+)?(inclusion|exclusion)(?:\s+criteria)?[^:\n]{0,60}:?[\s*_]*$",
    re.IGNORECASE,
)
_INLINE = re.compile(r"^[\s*#_]*(inclusion|exclusion)\s+criteria\s*:\s*(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[*•·▪–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_AGE = re.compile(r"(\d{1,3})\s*(year|month|week|day|hour|minute)s?", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])")


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a person must fulfil, what keeps a person out, and text under neither heading."""

    inclusion: tuple[str, ...] = ()
    exclusion: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def criteria(text: str) -> Criteria:
    """Takes the registry's free text apart at its headings and bullets; nothing in it is lost."""
    parts: dict[str, list[str]] = {"inclusion": [], "exclusion": [], "other": []}
    current, fresh = "other", True
    for line in _ESCAPED.sub(r"\1", text).splitlines():
        if heading := _HEADING.match(line):
            current, fresh = heading[1].lower(), True
            continue
        if inline := _INLINE.match(line):
            current, fresh = inline[1].lower(), True
            line = line[inline.end() :]
        fresh = _add(parts[current], line, fresh=fresh)
    return Criteria(*(tuple(parts[name]) for name in ("inclusion", "exclusion", "other")))


def _add(items: list[str], line: str, *, fresh: bool) -> bool:
    """Adds a line as an item of its own or to the one before; says whether the next begins afresh."""
    words = " ".join(_BULLET.sub("", line).split()).strip("*_ ")
    if not words:
        return True
    if fresh or _BULLET.match(line) or not items:
        items.append(words)
    else:
        items[-1] += f" {words}"
    return False


def ages_in_words(lowest: str, highest: str) -> str:
    """``18 Years`` and nothing gives "18 years or older"; what is no age says nothing."""
    low, high = _age(lowest), _age(highest)
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"{low} or older"
    return f"up to {high}" if high else ""


def _age(text: str) -> str:
    found = _AGE.fullmatch(text.strip())
    if not found:
        return ""
    number, unit = int(found[1]), found[2].lower()
    return f"{number} {unit}{'' if number == 1 else 's'}"
