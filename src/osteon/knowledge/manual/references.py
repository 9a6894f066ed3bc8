"""The page of all publications, and who cites them."""

from __future__ import annotations

from collections.abc import Iterator

from osteon.knowledge import all_calculations, all_definitions, all_rules
from osteon.knowledge.manual.layout import GENERATED, table
from osteon.rules.monitoring import PROVISIONAL_MARKS, VERIFIED_MARKS, Source


def references_page() -> str:
    """Every reference with the rules that cite it."""
    found: dict[str, list[str]] = {}
    for link, sources in _citing():
        for source in sources:
            doi = f" doi {source.reference.doi}" if source.reference.doi else ""
            found.setdefault(f"{source.reference.citation}{doi}", []).append(link)
    lines = [GENERATED, "# References", "", table("reference", "cited by")]
    lines += [f"| {name} | {', '.join(dict.fromkeys(links))} |" for name, links in sorted(found.items())]
    lines += [
        "",
        f"Marks that make a figure verified: {', '.join(sorted(VERIFIED_MARKS))}. "
        f"Marks that leave it provisional: {', '.join(sorted(PROVISIONAL_MARKS))}.",
    ]
    return "\n".join(lines) + "\n"


def _citing() -> Iterator[tuple[str, tuple[Source, ...]]]:
    for rule in all_rules():
        yield f"[{rule.id}](monitoring/{rule.id}.md)", rule.sources
    for definition in all_definitions():
        yield f"[{definition.id}](definitions/{definition.id}.md)", definition.sources
    for calculation in all_calculations():
        yield f"[{calculation.id}](calculations/{calculation.id}.md)", calculation.sources
