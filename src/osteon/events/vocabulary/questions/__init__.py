"""What a definition asks about a patient: each question once, with its unit, choices and plausible range.

The tables beside this file hold one question a row; their names are those of the reference files
(``crp``, ``syn_wbc``, ``sinus_tract``), which are also the names on the command line and in forms. In the
stream an answer is an event of the question's code: 1 or 0 for yes and no, the number of the choice, or the
number itself in the question's unit. A laboratory question is answered by the laboratory's own results.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal, get_args

from osteon.events.codes import Own
from osteon.events.vocabulary import MEASURES

QuestionKind = Literal["yes-no", "number", "choice", "laboratory", "age"]
BIRTH: Final = "MEDS_BIRTH"


class BadQuestion(ValueError):
    """A row of a question table that cannot be right. The text names it."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One question. ``choices``: word and number of each choice; ``least`` and ``most``: what can be true."""

    key: str
    name: str
    kind: QuestionKind
    codes: tuple[str, ...]
    unit: str
    least: float | None
    most: float | None
    choices: tuple[tuple[str, float], ...]
    aliases: tuple[str, ...]
    hint: str
    source: str

    @property
    def code(self) -> str:
        """The code an answer is recorded under."""
        return self.codes[0]


def _rows() -> Iterator[dict[str, str]]:
    for table in sorted(files(__package__).iterdir(), key=lambda found: found.name):
        if table.name.endswith(".csv"):
            with table.open(encoding="utf-8") as lines:
                yield from csv.DictReader(lines)


def _asked(row: dict[str, str]) -> AskedWord:
    kind = row["kind"]
    if kind not in get_args(QuestionKind):
        raise BadQuestion(f"question {row['key']}: {kind!r} is not a kind")
    codes, unit = _codes_and_unit(row)
    choices = tuple(_choice(row["key"], text) for text in row["choices"].split("|") if text)
    if (kind == "choice") != bool(choices):
        raise BadQuestion(f"question {row['key']}: choices belong to a choice and to nothing else")
    return AskedWord(
        row["key"],
        row["name"],
        kind,  # type: ignore[arg-type]
        codes,
        unit,
        float(row["least"]) if row["least"] else None,
        float(row["most"]) if row["most"] else None,
        choices,
        tuple(filter(None, row["aliases"].split("|"))),
        row["hint"],
        row["source"],
    )


def _codes_and_unit(row: dict[str, str]) -> tuple[tuple[str, ...], str]:
    if row["kind"] == "laboratory":
        measure = MEASURES[row["code"]]
        return measure.codes, measure.unit
    if row["kind"] == "age":
        return (BIRTH,), "a"
    return (str(Own(row["code"] or f"finding//{row['key'].replace('_', '-')}")),), row["unit"] or "1"


def _choice(key: str, text: str) -> tuple[str, float]:
    word, _, number = text.partition("=")
    if not number:
        raise BadQuestion(f"question {key}: the choice {text!r} has no number")
    return word.strip(), float(number)


def _unique(found: Iterator[AskedWord]) -> dict[str, AskedWord]:
    questions: dict[str, AskedWord] = {}
    for one in found:
        if one.key in questions:
            raise BadQuestion(f"question {one.key}: it stands in two rows")
        questions[one.key] = one
    return questions


QUESTIONS: Final = _unique(_asked(row) for row in _rows())
QUESTION_BY_NAME: Final = {name: q for q in QUESTIONS.values() for name in (q.key, *q.aliases)}
QUESTION_BY_CODE: Final = {code: q for q in QUESTIONS.values() for code in q.codes}
