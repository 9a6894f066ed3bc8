"""The pages of the calculations."""

from __future__ import annotations

from collections.abc import Iterator

from osteon.knowledge import all_calculations
from osteon.knowledge.manual.definitions import answer_kind
from osteon.knowledge.manual.layout import GENERATED, cell, cited, reviewed, table
from osteon.rules.calculation import Calculation, sums_of


def calculation_pages() -> Iterator[tuple[str, str]]:
    """A page for each calculation."""
    for calculation in all_calculations():
        yield f"calculations/{calculation.id}.md", "\n".join(_page(calculation)) + "\n"


def calculation_contents() -> Iterator[str]:
    """The table of the calculations."""
    yield f"{len(all_calculations())} calculations.\n"
    yield table("calculation", "about", "status", "examples")
    for one in all_calculations():
        link = f"[{one.id}](calculations/{one.id}.md)"
        yield f"| {link} | {one.title} | {one.status} | {_passed(one)} |"


def _passed(calculation: Calculation) -> str:
    rows = sums_of(calculation)
    return f"{sum(not row.broken(calculation) for row in rows)} of {len(rows)} passed"


def _page(calculation: Calculation) -> Iterator[str]:
    yield GENERATED
    yield f"# {calculation.title}\n"
    yield f"Calculation `{calculation.id}` · **{calculation.status}** · {calculation.subject}\n\n{calculation.about}"
    yield "\n## What it asks\n"
    yield table("name", "question", "answer", "needed")
    for question in calculation.questions:
        needed = "yes" if question.key in calculation.needs else "may be left out"
        yield f"| `{question.key}` | {cell(question.name)} | {cell(answer_kind(question))} | {needed} |"
    yield f"\n## Source\n\n{cited(calculation.source)}"
    for note in calculation.ambiguities:
        yield f"- {note.sentence}"
    if calculation.remark:
        yield f"\n## To know\n\n{calculation.remark}"
    yield "\n## Worked examples\n"
    yield table("case", "facts", "promised", "came out")
    for row in sums_of(calculation):
        said = row.answer(calculation).words()
        yield f"| {cell(row.name)} | {cell(row.facts)} | {cell('; '.join(row.promises))} | {cell(said)} |"
    yield from reviewed(calculation)
