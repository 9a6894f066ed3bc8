"""The pages of definitions, classifications and scores."""

from __future__ import annotations

from collections.abc import Iterator

from osteon.knowledge import all_definitions
from osteon.knowledge.manual.layout import GENERATED, cell, cited, reviewed, table
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.definition import Axis, Cited, Criterion, Definition, Table
from osteon.rules.definition_examples import Case, cases_of
from osteon.rules.things import Question


def definition_pages() -> Iterator[tuple[str, str]]:
    """A page for each definition."""
    for definition in all_definitions():
        yield f"definitions/{definition.id}.md", "\n".join(_page(definition)) + "\n"


def definition_contents() -> Iterator[str]:
    """The table of the definitions: status, and how many of their worked cases passed."""
    found = all_definitions()
    verified = sum(one.status == "verified" for one in found)
    yield f"{len(found)} definitions, classifications and scores: {verified} verified, {len(found) - verified} provisional.\n"
    yield table("definition", "about", "subject", "status", "cases")
    for one in found:
        link = f"[{one.id}](definitions/{one.id}.md)"
        yield f"| {link} | {one.title} | {one.subject} | {one.status} | {passed(one)} |"


def passed(definition: Definition) -> str:
    """``7 of 7 passed``."""
    cases = cases_of(definition)
    kept = sum(not case.broken(answer_definition(definition, case.events, case.as_of)) for case in cases)
    return f"{kept} of {len(cases)} passed"


def _page(definition: Definition) -> Iterator[str]:
    yield GENERATED
    yield f"# {definition.title}\n"
    yield f"Definition `{definition.id}` · **{definition.status}** · {definition.subject}\n\n{definition.about}"
    if definition.reading_of:
        yield f"\nOne of several readings of {definition.reading_of}; the others have pages of their own."
    yield from _questions(definition.questions)
    yield "\n## Criteria\n"
    yield from (_criterion(one) for one in definition.criteria)
    for one in definition.axes:
        yield from _axis(one)
    if definition.score is not None:
        yield f"\n## {definition.score_name.capitalize()}\n\n{definition.score.words()}"
    yield from _guards(definition)
    for figures in definition.tables:
        yield from _table(figures)
    yield from _notes("Published performance", definition.performance)
    yield from _notes("What is ambiguous, and how it is shown", definition.ambiguities)
    if definition.remark:
        yield f"\n## To know\n\n{definition.remark}"
    yield "\n## Worked cases\n"
    yield table("case", "facts", "promised", "answered")
    yield from (_case(definition, case) for case in cases_of(definition))
    yield from reviewed(definition)


def _questions(questions: tuple[Question, ...]) -> Iterator[str]:
    yield "\n## What it asks\n"
    yield table("name", "question", "answer")
    for question in questions:
        yield f"| `{question.key}` | {cell(question.name)} | {cell(answer_kind(question))} |"


def answer_kind(question: Question) -> str:
    """How a question is answered: ``yes or no``, ``number in mg/L``, ``one of: ...``."""
    if question.kind == "yes-no":
        return "yes or no"
    if question.kind == "choice":
        return f"one of: {', '.join(word for word, _ in question.choices)}"
    if question.kind == "age":
        return "completed years"
    words = question.unit.words if question.unit.ucum != "1" else ""
    return f"number in {words}" if words else "number"


def _criterion(one: Criterion) -> str:
    say = f"\n  - then: {one.say}" if one.say else ""
    return f"- `{one.key}` {one.sentence} ({one.status})\n  - reads: {one.condition.words()}{say}\n{cited(one.source)}"


def _axis(one: Axis) -> Iterator[str]:
    yield f"\n## Answer: {one.name} ({one.status})\n"
    yield "The first that holds:\n"
    for number, option in enumerate(one.classes, start=1):
        say = f" {option.say}" if option.say else ""
        yield f"{number}. **{option.name}**: {option.when.words()}.{say}"
    if one.otherwise:
        yield f"{len(one.classes) + 1}. **{one.otherwise}**: none of these."
    else:
        yield "\nOne of them always holds: when all others are excluded the last is the answer."
    yield cited(one.source)


def _guards(definition: Definition) -> Iterator[str]:
    if definition.guards:
        yield "\n## When to be careful\n"
    for guard in definition.guards:
        act = "gives no answer" if guard.refuses else "warns"
        yield f"- {act}: {guard.sentence}\n  - when: {guard.when.words()}\n{cited(guard.source)}"


def _table(one: Table) -> Iterator[str]:
    yield f"\n## {one.title}\n"
    yield table("cohort", *one.scores, "source")
    for name, figures, source in one.rows:
        yield f"| {cell(name)} | {' | '.join(figures)} | {cell(str(source))} [{source.mark}] |"


def _notes(title: str, notes: tuple[Cited, ...]) -> Iterator[str]:
    if notes:
        yield f"\n## {title}\n"
    for note in notes:
        yield f"- {note.sentence}\n{cited(note.source)}"


def _case(definition: Definition, case: Case) -> str:
    answer = answer_definition(definition, case.events, case.as_of)
    promised = "; ".join(case.promises)
    return f"| {cell(case.name)} | {cell(case.facts)} | {cell(promised)} | {cell(_said(answer))} |"


def _said(answer: DefinitionAnswer) -> str:
    asked = [question.key for question in answer.missing_questions]
    return answer.words() + (f" (open: {', '.join(asked)})" if asked else "")


def register() -> str:
    """Every ambiguity that was found, and where it is shown."""
    lines = [
        GENERATED,
        "# Ambiguities",
        "",
        "Where sources differ, or one can be read in two ways, nothing is chosen silently. Each line stands on the",
        "page of its definition too.",
        "",
        table("definition", "ambiguity", "source"),
    ]
    for definition in all_definitions():
        link = f"[{definition.id}](definitions/{definition.id}.md)"
        for note in definition.ambiguities:
            sources = "; ".join(str(source) for source in note.source)
            lines.append(f"| {link} | {cell(note.sentence)} | {cell(sources)} |")
    return "\n".join(lines) + "\n"
