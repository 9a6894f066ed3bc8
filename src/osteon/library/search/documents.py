"""What can be found: one document, whoever keeps it.

Each part of the library that has something to be found gives a function in ``settings.LIBRARY_DOCUMENTS`` that yields
its documents; ``actions.rebuild`` asks them all. A part that changes one page calls ``actions.replace`` or
``actions.remove`` with its key.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LANGUAGES = ("en", "es")
KINDS = (
    "topics",
    "tests",
    "treatments",
    "services",
    "gps",
    "stories",
    "news",
    "cases",
    "external",
    "trials",
    "articles",
)
AUDIENCES = ("patients", "teenagers", "children", "gps")
KEY_LENGTH = 200


class UnfitDocument(ValueError):
    """A document that could not be found or filtered: it names what is wrong."""


@dataclass(frozen=True)
class Document:
    """One page, external topic, article or trial.

    ``key`` is unique and never changes (``pages/en/bone-infection``, ``pubmed/32879584``). ``audience`` holds
    one or more of ``AUDIENCES``; ``url`` is within the site or a full address; ``codes`` are ``SYSTEM//code``. Texts
    are plain: whoever yields the document has taken the marks out.
    """

    key: str
    kind: str
    language: str
    title: str
    url: str
    audience: tuple[str, ...] = ("patients",)
    also_called: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    codes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for name in ("audience", "also_called", "codes"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        problems = [text for wrong, text in self._checks() if wrong]
        if problems:
            raise UnfitDocument(f"{self.key or 'a document without a key'}: {'; '.join(problems)}")

    def _checks(self) -> list[tuple[bool, str]]:
        return [
            (not self.key or len(self.key) > KEY_LENGTH, f"its key must have 1 to {KEY_LENGTH} letters"),
            (not self.title.strip(), "it has no title"),
            (not self.url, "it has no address"),
            (self.kind not in KINDS, f"its kind {self.kind!r} is none of {', '.join(KINDS)}"),
            (
                self.language not in LANGUAGES,
                f"its language {self.language!r} is none of {', '.join(LANGUAGES)}",
            ),
            (not self.audience or not set(self.audience) <= set(AUDIENCES), "its audience is unknown"),
        ]
