"""What can be recorded as a finding, and which answer each takes. The words are the stream's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osteon.events.vocabulary import MEASURES, OWN_WORDS, name_of


class Answer(StrEnum):
    """The form an answer takes."""

    YES_NO = "yes-no"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """``lowest`` and ``highest`` catch slips of typing (a weight of 705 kg); they judge nobody's health."""

    code: str
    name: str
    answer: Answer
    unit: str = ""
    lowest: float = 0
    highest: float = 0


_NUMBERS: Final = {
    MEASURES["weight"].code: (MEASURES["weight"].unit, 1, 400),
    MEASURES["height"].code: (MEASURES["height"].unit, 30, 260),
    MEASURES["temperature"].code: (MEASURES["temperature"].unit, 25, 45),
    "OSTEON//finding//pain": ("{score}", 0, 10),
}
WEIGHT: Final = MEASURES["weight"].code
OTHER: Final = "OSTEON//finding//other"

FINDING_KINDS: Final[dict[str, FindingKind]] = {
    **{code: FindingKind(code, name_of(code), Answer.NUMBER, *limits) for code, limits in _NUMBERS.items()},
    **{
        word.code: FindingKind(word.code, word.name, Answer.YES_NO)
        for word in OWN_WORDS.values()
        if word.kind == "finding" and word.code not in (*_NUMBERS, OTHER)
    },
    OTHER: FindingKind(OTHER, "Another finding, in words", Answer.WORDS),
}

UNIT_WORDS: Final = {"Cel": "°C", "{score}": "of 10", "{INR}": ""}


def unit_words(unit: str) -> str:
    """A UCUM unit as it is written on a ward."""
    return UNIT_WORDS.get(unit, unit)
