"""The clinical manual, written from the rule files and from nothing else.

``pages()`` gives every page; the repository holds them in ``docs/manual`` and a test fails when they
differ from what the rule files say today.
"""

from __future__ import annotations

from functools import cache

from osteon.knowledge.manual.calculations import calculation_contents, calculation_pages
from osteon.knowledge.manual.definitions import definition_contents, definition_pages, register
from osteon.knowledge.manual.language import language_page
from osteon.knowledge.manual.layout import GENERATED
from osteon.knowledge.manual.monitoring import monitoring_contents, monitoring_pages
from osteon.knowledge.manual.references import references_page
from osteon.knowledge.manual.wanted import wanted_page

__all__ = ["pages"]


@cache
def pages() -> dict[str, str]:
    """Every page of the manual: its path below ``docs/manual`` and its text (Markdown)."""
    return {
        "README.md": _contents(),
        "language.md": language_page(),
        "references.md": references_page(),
        "ambiguities.md": register(),
        "wanted.md": wanted_page(),
        **dict(monitoring_pages()),
        **dict(definition_pages()),
        **dict(calculation_pages()),
    }


def _contents() -> str:
    lines = [
        GENERATED,
        "# Clinical manual",
        "",
        "What Osteon's rules ask for, what they raise, how they read the published definitions, and where that stands",
        "written. A rule shows its reasons and its sources; a clinician decides.",
        "",
        "A *provisional* threshold or criterion has not yet been confirmed against its source. It is shown as such. A",
        "provisional monitoring rule raises no alert until the unit's lead switches it on; its verified parts do.",
        "",
        "See also [the language](language.md), [the references](references.md),",
        "[the ambiguities](ambiguities.md) that were found and [what is wanted](wanted.md).",
        "",
        "## Monitoring",
        "",
        *monitoring_contents(),
        "",
        "## Definitions",
        "",
        *definition_contents(),
        "",
        "## Calculations",
        "",
        *calculation_contents(),
    ]
    return "\n".join(lines) + "\n"
