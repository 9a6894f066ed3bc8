"""What a rule can speak about: measurements, drugs and findings, each from the stream's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

from osteon.events.vocabulary import DRUGS, MEASURE_BY_CODE, MEASURES, OWN_WORDS
from osteon.events.vocabulary.questions import QUESTIONS, QuestionKind
from osteon.rules.quantities import Unit, unit


@dataclass(frozen=True, slots=True)
class Measured:
    """Something the laboratory or the ward measures."""

    key: str
    name: str
    codes: tuple[str, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Drugs:
    """One drug or several that a rule treats alike."""

    name: str
    codes: tuple[str, ...]

    def __or__(self, other: Drugs) -> Drugs:
        return Drugs(f"{self.name} or {other.name}", (*self.codes, *other.codes))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something asked or looked for, recorded as present or absent."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something a definition asks; ``choices`` holds the word and the number of each choice."""

    key: str
    name: str
    kind: QuestionKind
    codes: tuple[str, ...]
    unit: Unit
    choices: tuple[tuple[str, float], ...] = ()


def asked(key: str) -> Question:
    """The question of ``vocabulary/questions`` with this key."""
    word = QUESTIONS[key]
    return Question(key, word.name, word.kind, word.codes, unit(word.unit), word.choices)


def measured_by(question: Question) -> Measured:
    """The measurement that answers a laboratory question."""
    measure = MEASURE_BY_CODE[question.codes[0]]
    return measured(measure.key)


def measured(key: str) -> Measured:
    """The measurement of ``vocabulary/measures.csv`` with this key."""
    measure = MEASURES[key]
    return Measured(key, measure.short, measure.codes, unit(measure.unit))


def drug(key: str) -> Drugs:
    """The drug of ``vocabulary/drugs.csv`` with this key."""
    return Drugs(DRUGS[key].name.lower(), (DRUGS[key].code,))


def drugs(name: str, *keys: str) -> Drugs:
    """Several drugs under one name that a sentence can use."""
    return Drugs(name, tuple(DRUGS[key].code for key in keys))


def drug_group(name: str, *groups: str) -> Drugs:
    """All drugs of these classes of ``vocabulary/drugs.csv``."""
    return Drugs(name, tuple(d.code for d in DRUGS.values() if d.group in groups))


def finding(key: str) -> Finding:
    """The finding of ``vocabulary/own.csv`` with this key, without the leading ``finding//``."""
    code = f"OSTEON//finding//{key}"
    return Finding(OWN_WORDS[code].name.lower(), (code,))


def happening(name: str, kind: str) -> Finding:
    """Everything of one kind of ``vocabulary/own.csv``: any operation, any line event."""
    return Finding(name, tuple(word.code for word in OWN_WORDS.values() if word.kind == kind))
