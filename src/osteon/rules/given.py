"""Facts as a person types them, ``crp=24`` or ``esr=45 mm/h``, as events of one invented patient.

The command line, the forms without a patient, the worked examples and links that carry their inputs all
come through here, so that one place says what cannot be true.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from osteon.events.schema import Event
from osteon.events.units import CONVERSIONS, to_canonical
from osteon.events.vocabulary import MEASURE_BY_CODE
from osteon.events.vocabulary.questions import QUESTION_BY_NAME, AskedWord
from osteon.rules.chart import YEAR_US
from osteon.rules.quantities import in_words, unit

_YES = frozenset({"yes", "y", "true", "1", "pos", "positive", "present"})
_NO = frozenset({"no", "n", "false", "0", "neg", "negative", "absent"})
_UNKNOWN = frozenset({"", "unknown", "?", "not known", "none given"})
_NUMBER = re.compile(
    r"(?P<sign>[<>]=?|≤|≥)?\s*(?P<number>[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?)\s*(?P<unit>.*)"
)
_SIGNS = {"≤": "<=", "≥": ">="}
# Half a year: whoever says 65 is somewhere between 65 and 66.
_HALF_YEAR = timedelta(days=180)


class BadFact(ValueError):
    """A fact that cannot be read or cannot be true. The text says what is wrong and what is expected."""


def given(facts: Iterable[tuple[str, str]], as_of: datetime, subject_id: int = 1) -> list[Event]:
    """Pairs of name and value as events; an empty or *unknown* value says nothing.

    A value may carry a unit (``2.4 mg/dL``), a limit sign (``<5``) and a date (``24 @ 2026-03-01``).

    Raises:
        BadFact: for an unknown name, a value of the wrong kind, in a unit that cannot be converted, outside
            what can be true, or dated after ``as_of``.
    """
    events = [event for name, text in facts for event in [_event(name, text, as_of, subject_id)] if event]
    return sorted(events, key=lambda event: event.time or as_of)


def question_named(name: str) -> AskedWord:
    """The question of that name or alias.

    Raises:
        BadFact: when there is none; the text offers the nearest.
    """
    found = QUESTION_BY_NAME.get(name.strip())
    if found is None:
        near = get_close_matches(name.strip(), QUESTION_BY_NAME, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise BadFact(f"There is no fact called {name.strip()!r}.{hint}")
    return found


def units_taken(question: AskedWord) -> tuple[str, ...]:
    """The units (UCUM) an answer may be given in, its own first; none for a plain number."""
    if question.unit == "1":
        return ()
    measure = MEASURE_BY_CODE.get(question.code, question)
    others = (ucum for key, ucum in CONVERSIONS if key == measure.key and ucum != question.unit)
    return (question.unit, *others)


def _event(name: str, text: str, as_of: datetime, subject_id: int) -> Event | None:
    question = question_named(name)
    said, _, dated = text.partition("@")
    if said.strip().lower() in _UNKNOWN:
        return None
    time = _moment(question, dated.strip(), as_of)
    source = f"given:{question.key}"
    if question.kind == "age":
        return Event(subject_id, _born(question, said, time), question.code, source=source)
    value, sign = _value(question, said.strip())
    return Event(
        subject_id,
        time,
        question.code,
        numeric_value=value,
        comparator=sign,
        unit=None if question.unit == "1" else question.unit,
        text_value=_choice_word(question, value),
        source=source,
        original=f"{question.key}={said.strip()}",
    )


def _moment(question: AskedWord, text: str, as_of: datetime) -> datetime:
    if not text:
        return as_of
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadFact(f"{question.key}: {text!r} is not a date; write 2026-03-01.") from error
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the stream is UTC without a zone
    if moment > as_of:
        raise BadFact(f"{question.key}: {day:%d %B %Y} lies in the future.")
    return moment


def _value(question: AskedWord, text: str) -> tuple[float, str | None]:
    if question.kind == "yes-no":
        return _yes_or_no(question, text), None
    if question.kind == "choice":
        return _choice(question, text), None
    return _measured(question, text)


def _yes_or_no(question: AskedWord, text: str) -> float:
    if text.lower() in _YES:
        return 1.0
    if text.lower() in _NO:
        return 0.0
    raise BadFact(f"{question.key}: {text!r} is neither yes, no nor unknown.")


def _choice(question: AskedWord, text: str) -> float:
    for word, number in question.choices:
        if text.lower() == word.lower():
            return number
    words = ", ".join(word for word, _ in question.choices)
    raise BadFact(f"{question.key}: {text!r} is not one of: {words}.")


def _measured(question: AskedWord, text: str) -> tuple[float, str | None]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise BadFact(f"{question.key}: {text!r} is not a number{_in_unit(question)}.")
    number = float(match["number"].replace(",", "."))
    if not math.isfinite(number):
        raise BadFact(f"{question.key}: {text!r} is not a number that can be measured.")
    written = match["unit"].strip()
    value = _converted(question, number, written) if written else number
    _check_range(question, value, text)
    return value, _SIGNS.get(match["sign"], match["sign"])


def _converted(question: AskedWord, number: float, written: str) -> float:
    measure = MEASURE_BY_CODE.get(question.code, question)
    if written in (question.unit, unit(question.unit).words):
        return number
    found = to_canonical(measure, number, written)
    if found is None:
        raise BadFact(
            f"{question.key}: {written!r} is not a unit it can be converted from{_in_unit(question)}."
        )
    return found


def _check_range(question: AskedWord, value: float, text: str) -> None:
    least, most = question.least, question.most
    if (least is not None and value < least) or (most is not None and value > most):
        ends = [in_words(end) for end in (least, most) if end is not None]
        span = f"between {ends[0]} and {ends[-1]}" if len(ends) == 2 else f"at least {ends[0]}"
        raise BadFact(f"{question.key}: {text} cannot be; {question.name} lies {span}{_in_unit(question)}.")


def _in_unit(question: AskedWord) -> str:
    words = unit(question.unit).words
    return f" in {words}" if question.unit != "1" and words else ""


def _choice_word(question: AskedWord, value: float) -> str | None:
    return next((word for word, number in question.choices if number == value), None)


def _born(question: AskedWord, text: str, as_of: datetime) -> datetime:
    years, sign = _measured(question, text.strip())
    if sign or years != int(years):
        raise BadFact(f"{question.key}: say completed years, a whole number.")
    return as_of - timedelta(microseconds=int(years) * YEAR_US) - _HALF_YEAR
