"""What every page of the manual shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from osteon.rules.monitoring import Source

GENERATED: Final = "<!-- Written from the rule files by ./osteon manual. Do not edit. -->\n"


class Reviewed(Protocol):
    """A rule file of any kind: somebody answers for it."""

    @property
    def author(self) -> str: ...

    @property
    def checked_by(self) -> str: ...

    @property
    def reviewed_on(self) -> date: ...

    @property
    def next_review(self) -> date: ...


def cited(sources: Iterable[Source]) -> str:
    """The sources of one threshold or criterion, each with its mark."""
    return "\n".join(f"  - source: {source} [{source.mark}]" for source in sources)


def reviewed(rule: Reviewed) -> list[str]:
    """Who wrote a rule, who checked it, and when it is due again."""
    return [
        "\n## Who answers for it\n",
        f"Written by {rule.author}. {rule.checked_by}.",
        f"Reviewed {rule.reviewed_on:%d %B %Y}; next review by {rule.next_review:%d %B %Y}.",
    ]


def table(*columns: str) -> str:
    """The head of a table."""
    return f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}"


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")
