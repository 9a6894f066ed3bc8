"""One file of content: TOML between two ``+++`` lines, then Markdown whose ``## `` headings are the sections."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FENCE = re.compile(r"\A\+\+\+[ \t]*\n(?P<front>.*?)\n\+\+\+[ \t]*(?:\n(?P<body>.*))?\Z", re.DOTALL)
HEADING = re.compile(r"^##[ \t]+(?P<heading>\S.*?)[ \t#]*$", re.MULTILINE)
REQUIRED = ("title", "slug", "summary")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class TextRefused(ValueError):
    """A file that cannot become a page; the words say which line of it to mend."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """``path`` is relative to the content folder: ``en/topics/bone-infection.md``."""

    path: str
    language: str
    kind: str
    front: dict[str, Any]
    sections: tuple[tuple[str, str], ...]  # heading, Markdown
    digest: str

    @property
    def slug(self) -> str:
        return str(self.front["slug"])

    @property
    def source_slug(self) -> str:
        """The slug of the English page; its own for an English file."""
        return str(self.front.get("translation_of") or self.slug)

    def listed(self, name: str) -> list[str]:
        """A list of the front matter; a single word counts as a list of one."""
        value = self.front.get(name) or []
        return [str(one) for one in ([value] if isinstance(value, str) else value)]

    def day(self, name: str) -> date | None:
        """A TOML date, or the same in quotes."""
        value = self.front.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise TextRefused(
                f"{self.path}: {name} should be a date like 2026-11-24, not {value!r}."
            ) from error


def read(path: Path, folder: Path) -> TextFile:
    """Raises ``TextRefused`` for what is not UTF-8, has no front matter, or lacks a required entry."""
    relative = path.relative_to(folder)
    language, kind = relative.parts[0], relative.parts[1]
    raw = path.read_bytes()
    front, body = split(_decoded(raw, str(relative)), str(relative))
    return TextFile(
        str(relative), language, kind, front, tuple(sections(body)), hashlib.sha256(raw).hexdigest()
    )


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TextRefused(f"{name}: not UTF-8 (byte {error.start}).") from error


def split(text: str, name: str) -> tuple[dict[str, Any], str]:
    found = FENCE.match(text.lstrip("\ufeff"))
    if found is None:
        raise TextRefused(f"{name}: should begin with front matter between two lines of +++.")
    try:
        front = tomllib.loads(found["front"])
    except tomllib.TOMLDecodeError as error:
        raise TextRefused(f"{name}: the front matter is not TOML: {error}") from error
    missing = [key for key in REQUIRED if not str(front.get(key, "")).strip()]
    if missing:
        raise TextRefused(f"{name}: the front matter lacks {', '.join(missing)}.")
    if not SLUG.fullmatch(str(front["slug"])):
        raise TextRefused(f"{name}: {front['slug']!r} is no slug (small letters, digits and hyphens).")
    return front, found["body"] or ""


def sections(body: str) -> list[tuple[str, str]]:
    """``(heading, Markdown)`` of each section. Words before the first heading have no place on a page: refused."""
    marks = list(HEADING.finditer(body))
    before = body[: marks[0].start()] if marks else body
    if before.strip():
        raise TextRefused(f"Text before the first '## ' heading: {before.strip()[:60]!r}")
    ends = [*(mark.start() for mark in marks[1:]), len(body)][: len(marks)]
    return [(mark["heading"], body[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]
