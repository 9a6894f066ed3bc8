"""Worked examples: a small table in the rule file, read as patients and answers.

    patient | facts                                          | answer
    ------- | ---------------------------------------------- | -----------------
    danger  | daptomycin since day 0; CK day 6 = 2140 (≤ 200) | red on day 6
    unknown | daptomycin since day 0; CK day 6 = 2140         | unknown on day 6: upper limit of CK

The facts of a row, each ended by a semicolon: ``DRUG since day N``, ``DRUG since day N for M days`` (its
planned length), ``DRUG days N-M`` (stopped on day M), ``MEASURE day N = 12.5`` in the measurement's unit, with an optional
limit sign (``= <4``), unit in square brackets if another, and upper limit (``(≤ 200)``), and
``FINDING day N: yes`` or ``no``, ``OPERATION day N``. The same tables run on the judge and on every engine and are printed in
the manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, MEASURES, OWN_WORDS, Measure
from osteon.rules.answers import Answer
from osteon.rules.monitoring import Monitoring

DAY_ZERO = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - the stream is UTC without a zone


class BadExample(ValueError):
    """A row of an example table that cannot be read. The text quotes it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row: a patient, the facts, and what the rule must answer on a day."""

    name: str
    facts: str
    answer: str
    events: tuple[Event, ...]
    as_of: datetime

    def holds(self, answer: Answer) -> bool:
        """Whether the answer is the one the table promises."""
        expected, _, reason = self.answer.partition(":")
        word = re.sub(r"\s+on day .*", "", expected).strip()
        if reason and reason.strip() not in answer.missing:
            return False
        if word in ("not due", "due", "overdue") and answer.level is None:
            return answer.due == word
        return answer.state == word


_NUMBER = r"(-?\d+(?:\.\d+)?)"
_SINCE = re.compile(rf"(?P<drug>.+?) since day {_NUMBER}(?: for (?P<plan>\d+) days)?")
_BETWEEN = re.compile(r"(?P<drug>.+?) days (?P<start>-?\d+)-(?P<stop>\d+)")
_RESULT = re.compile(
    rf"(?P<what>.+?) day {_NUMBER} = (?P<sign>[<>]=?)?\s*(?P<value>\d+(?:\.\d+)?)"
    r"(?: \[(?P<unit>[^\]]+)\])?(?: \(≤ (?P<limit>\d+(?:\.\d+)?)\))?"
)
_FINDING = re.compile(rf"(?P<what>.+?) day {_NUMBER}: (?P<answer>yes|no)")
_MEASURES = {name.lower(): m for m in MEASURES.values() for name in (m.short, m.name)}
_DRUGS = {d.name.lower(): d for d in DRUGS.values()}
_OPERATION = re.compile(rf"(?P<what>.+?) day {_NUMBER}")
_OPERATIONS = {w.name.lower(): w for w in OWN_WORDS.values() if w.kind == "operation"}
_FINDINGS = {w.name.lower(): w for w in OWN_WORDS.values() if w.kind == "finding"}


def examples_of(rule: Monitoring) -> list[Example]:
    """The rows of a rule's table, in order.

    Raises:
        BadExample: for a row that cannot be read.
    """
    return [_example(rule.id, *cells) for cells in rows_of(f"rule {rule.id}", rule.examples)]


def rows_of(whose: str, table: str) -> Iterator[tuple[str, str, str]]:
    """The name, facts and answer of each row below the two lines of a table's head.

    Raises:
        BadExample: for a row that has not three cells; ``whose`` table it is stands in the text.
    """
    for row in [line for line in table.strip().splitlines() if line.strip()][2:]:
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) != 3:
            raise BadExample(f"{whose}: a row has three cells, not {len(cells)}: {row.strip()}")
        yield cells[0], cells[1], cells[2]


def _example(rule_id: str, name: str, facts: str, answer: str) -> Example:
    day = re.search(rf"on day {_NUMBER}", answer)
    if day is None:
        raise BadExample(f"rule {rule_id}: the answer names no day: {answer}")
    events = tuple(_events(rule_id, facts))
    return Example(name, facts, answer, events, _on_day(day.group(1)))


def _on_day(number: str) -> datetime:
    return DAY_ZERO + timedelta(days=float(number))


def _events(rule_id: str, facts: str) -> Iterator[Event]:
    for position, text in enumerate(filter(None, (part.strip() for part in facts.split(";")))):
        source = f"example:{rule_id}/{position}"
        event = next(filter(None, (read(text, source) for read in _READERS)), None)
        if event is None:
            raise BadExample(f"rule {rule_id}: this fact cannot be read: {text!r}")
        yield event


def _course(text: str, source: str) -> Event | None:
    if (match := _SINCE.fullmatch(text)) and (drug := _DRUGS.get(match["drug"].lower())):
        plan = float(match["plan"]) if match["plan"] else None
        start = _on_day(match.group(2))
        return Event(1, start, drug.code, numeric_value=plan, unit="d" if plan else None, source=source)
    if (match := _BETWEEN.fullmatch(text)) and (drug := _DRUGS.get(match["drug"].lower())):
        start, stop = _on_day(match["start"]), _on_day(match["stop"])
        return Event(1, start, drug.code, end=stop, source=source)
    return None


def _operation(text: str, source: str) -> Event | None:
    match = _OPERATION.fullmatch(text)
    word = _OPERATIONS.get(match["what"].lower()) if match else None
    return Event(1, _on_day(match.group(2)), word.code, source=source) if match and word else None


def _finding(text: str, source: str) -> Event | None:
    match = _FINDING.fullmatch(text)
    word = _FINDINGS.get(match["what"].lower()) if match else None
    if match is None or word is None:
        return None
    value = 1.0 if match["answer"] == "yes" else 0.0
    return Event(1, _on_day(match.group(2)), word.code, numeric_value=value, source=source)


def _result(text: str, source: str) -> Event | None:
    match = _RESULT.fullmatch(text)
    measure: Measure | None = _MEASURES.get(match["what"].lower()) if match else None
    if match is None or measure is None:
        return None
    return Event(
        1,
        _on_day(match.group(2)),
        measure.code,
        numeric_value=float(match["value"]),
        comparator=match["sign"],
        unit=match["unit"] or measure.unit,
        reference_high=float(match["limit"]) if match["limit"] else None,
        source=source,
    )


_READERS = (_course, _operation, _finding, _result)
