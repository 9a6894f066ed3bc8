"""Definitions in plain text for a terminal: what one asks, what it answers, and what would change that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from osteon.events.vocabulary.questions import QUESTIONS
from osteon.rules.answering import (
    AxisAnswer,
    CriterionAnswer,
    DefinitionAnswer,
    Missing,
    answer_definition,
    interval_words,
)
from osteon.rules.answers import Evidence
from osteon.rules.calculation import Calculation, CalculationAnswer
from osteon.rules.definition import Definition
from osteon.rules.definition_examples import Case, cases_of
from osteon.rules.given import units_taken
from osteon.rules.monitoring import Source
from osteon.rules.quantities import in_words, unit
from osteon.rules.things import Question
from osteon.site.commands.printing import paragraph, table

GROUPS: tuple[tuple[str, bool | None], ...] = (("Met", True), ("Not met", False), ("Unknown", None))


# What it asks


def asks(question: Question) -> dict[str, Any]:
    """One question as data: its name and aliases, what is asked, and what an answer may be."""
    word = QUESTIONS[question.key]
    return {
        "name": word.key,
        "aliases": list(word.aliases),
        "question": word.name,
        "kind": "number" if word.kind == "laboratory" else word.kind,
        "unit": unit(word.unit).words if word.unit != "1" else "",
        "other_units": list(units_taken(word)[1:]),
        "choices": [choice for choice, _ in word.choices],
        "least": word.least,
        "most": word.most,
        "hint": word.hint,
    }


def asks_table(questions: Iterable[Question]) -> str:
    """The questions as a person at the command line reads them."""
    rows = [asks(question) for question in questions]
    lines = ([row["name"], _takes(row), ", ".join(row["aliases"]), row["question"]] for row in rows)
    return table(["name", "takes", "also called", "what it asks"], lines)


def _takes(row: dict[str, Any]) -> str:
    if row["kind"] == "yes-no":
        return "yes or no"
    if row["kind"] == "choice":
        return " | ".join(row["choices"])
    if row["kind"] == "age":
        return "completed years"
    return f"a number in {' or '.join([row['unit'], *row['other_units']])}" if row["unit"] else "a number"


# What it answers


def answered(answer: DefinitionAnswer) -> Iterator[str]:
    """The answer, block by block."""
    yield from _headline(answer)
    yield from _told("Warnings", answer.warnings)
    yield from _told("Contradictions", answer.contradictions)
    yield from _told("Exactly on a threshold", answer.edges)
    for title, truth in GROUPS:
        yield from _group(title, answer.met(truth))
    if answer.missing:
        yield "\nWould change the answer"
        yield from (paragraph(line, 2) for line in map(_would, answer.missing))
    yield from _figures(answer)
    yield from _told("Sources differ", [one.sentence for one in answer.definition.ambiguities])
    yield from _told("Sources", map(source_words, answer.definition.sources))


def _headline(answer: DefinitionAnswer) -> Iterator[str]:
    definition = answer.definition
    yield f"{definition.title} ({definition.status})"
    if answer.refused:
        yield paragraph(f"No answer: {'; '.join(answer.refused)}")
        return
    for one in answer.axes:
        yield paragraph(f"{one.axis.name}: {one.words()}{_meaning(one)}")
    if answer.score is not None:
        yield f"{definition.score_name}: {interval_words(answer.score)}"
    if not answer.axes and answer.score is None:
        yield paragraph(f"Met: {answer.words()}")
    if not answer.is_certain:
        yield paragraph("What is not known leaves both ends possible.")


def _meaning(one: AxisAnswer) -> str:
    said = next((option.say for option in one.axis.classes if option.name == one.certain), "")
    return f". {said}" if said and said.rstrip(".").lower() != f"{one.axis.name} {one.certain}" else ""


def _group(title: str, found: tuple[CriterionAnswer, ...]) -> Iterator[str]:
    if not found:
        return
    yield f"\n{title}"
    for one in found:
        mark = "" if one.criterion.status == "verified" else " (provisional)"
        needs = f" [needs {', '.join(question.key for question in one.missing)}]" if one.missing else ""
        yield paragraph(f"{one.criterion.key}: {one.criterion.sentence}{mark}{needs}", 2)
        yield from (paragraph(fact(item), 6) for item in one.evidence)
        if one.met and one.criterion.say:
            yield paragraph(f"Asks for: {one.criterion.say}", 6)


def fact(item: Evidence) -> str:
    """One fact: ``CRP 24 mg/L``, ``Sinus tract: yes``."""
    question = next((q for q in QUESTIONS.values() if item.code in q.codes), None)
    if item.value is None or item.code == "MEDS_BIRTH":
        return item.what
    if question is not None and question.kind == "yes-no":
        return f"{item.what}: {'yes' if item.value else 'no'}"
    if question is not None and question.kind == "choice":
        word = next((word for word, number in question.choices if number == item.value), item.value)
        return f"{item.what}: {word}"
    return f"{item.what} {in_words(item.value)} {unit(item.unit).words}".rstrip()


def _would(item: Missing) -> str:
    names = ", ".join(question.key for question in item.questions)
    return f"{names} ({item.criterion.key}): {item.if_met} if met, {item.if_not} if not"


def _figures(answer: DefinitionAnswer) -> Iterator[str]:
    for found, first, last in answer.tables():
        heads = found.scores[first : last + 1]
        yield f"\n{found.title}"
        yield table(["", *heads], ([name, *cells[first : last + 1]] for name, cells, _ in found.rows))


def worked_out(answer: CalculationAnswer) -> Iterator[str]:
    """What came out of a calculation, block by block."""
    calculation = answer.calculation
    yield f"{calculation.title} ({calculation.status})"
    if answer.refused:
        yield paragraph(f"No answer: {answer.refused}.")
    if answer.missing:
        yield paragraph(f"Still needed: {', '.join(question.key for question in answer.missing)}")
    for figure in answer.figures:
        yield f"{figure.name}: {figure.words()}"
        if figure.note:
            yield paragraph(figure.note, 6)
    yield from _told("Sources differ", [one.sentence for one in calculation.ambiguities])
    yield from _told("Sources", map(source_words, calculation.sources))


def _told(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [paragraph(line, 2) for line in lines]
    if found:
        yield f"\n{title}"
        yield from found


def source_words(source: Source) -> str:
    """A source with its mark: how sure we are that the figure stands there."""
    return f"{source} [{source.mark}]"


# What it is


def shown(definition: Definition) -> Iterator[str]:
    """The whole declaration."""
    yield f"{definition.id}: {definition.title} ({definition.status})"
    yield f"\n{paragraph(definition.about)}"
    if definition.reading_of:
        yield paragraph(f"One of several readings of {definition.reading_of}.")
    for one in definition.axes:
        yield f"\n{one.name.capitalize()}: the first of these that holds"
        for option in one.classes:
            yield paragraph(f"{option.name}: {option.when.words()}", 2)
        if one.otherwise:
            yield paragraph(f"{one.otherwise}: otherwise", 2)
    if definition.score is not None:
        yield f"\n{definition.score_name.capitalize()}\n{paragraph(definition.score.words(), 2)}"
    yield "\nCriteria"
    for criterion in definition.criteria:
        yield paragraph(f"{criterion.key}: {criterion.sentence} ({criterion.condition.words()})", 2)
        yield from (paragraph(source_words(source), 6) for source in criterion.source)
    yield from _told("Caution", [guard.sentence for guard in definition.guards])
    yield from _told("Published performance", [one.sentence for one in definition.performance])
    yield from _told("Sources differ", [one.sentence for one in definition.ambiguities])
    yield f"\nAsks\n{asks_table(definition.questions)}"
    yield (
        f"\nWritten by {definition.author}, checked by {definition.checked_by} on "
        f"{definition.reviewed_on:%-d %B %Y}; next review {definition.next_review:%-d %B %Y}."
    )


def explained(definition: Definition) -> Iterator[tuple[Case, DefinitionAnswer]]:
    """Its worked examples, answered now."""
    for case in cases_of(definition):
        yield case, answer_definition(definition, case.events, case.as_of)


def as_data(rule: Definition | Calculation) -> dict[str, Any]:
    """The declaration as data."""
    return {
        "id": rule.id,
        "title": rule.title,
        "subject": rule.subject,
        "about": rule.about,
        "status": rule.status,
        **(_definition_data(rule) if isinstance(rule, Definition) else {}),
        "inputs": [asks(question) for question in rule.questions],
        "sources": [source_words(source) for source in rule.sources],
        "author": rule.author,
        "checked_by": rule.checked_by,
        "reviewed_on": rule.reviewed_on,
        "next_review": rule.next_review,
    }


def _definition_data(definition: Definition) -> dict[str, Any]:
    return {
        "kinds": list(definition.kinds),
        "answers": {one.name: list(one.answers) for one in definition.axes},
        "score": definition.score_name if definition.score is not None else None,
        "criteria": [
            {
                "key": one.key,
                "criterion": one.sentence,
                "condition": one.condition.words(),
                "status": one.status,
                "sources": [source_words(source) for source in one.source],
            }
            for one in definition.criteria
        ],
    }
