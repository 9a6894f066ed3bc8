"""The definitions of ``osteon.knowledge`` as questions on a page: answered at once, nothing kept, nobody named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from osteon.events.vocabulary.questions import QUESTIONS, AskedWord
from osteon.knowledge import all_definitions
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.definition import Definition
from osteon.rules.given import BadFact, given

LONGEST = 40
DANGER = ("emergency", "same day", "same-day")  # how the classes begin that cannot wait
YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the form shows it: what can be chosen, what was said, and what is wrong with it."""

    word: AskedWord
    said: str
    error: str

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        if self.word.kind == "yes-no":
            return YES_NO
        return tuple((choice, choice) for choice, _number in self.word.choices)

    @property
    def unit(self) -> str:
        return "" if self.word.unit == "1" else self.word.unit


@dataclass(frozen=True)
class Calculator:
    definition: Definition

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def url(self) -> str:
        return reverse("pages:calculator", args=[self.definition.id])

    def worked(self, query: QueryDict) -> Worked:
        return Worked(self.definition, query)


class Worked:
    """A definition with what an address says."""

    def __init__(self, definition: Definition, query: QueryDict) -> None:
        self.definition, self._query = definition, query
        self._now: datetime = timezone.now().astimezone(UTC).replace(tzinfo=None)

    @cached_property
    def asked(self) -> list[Asked]:
        keys = [question.key for question in self.definition.questions]
        return [self._asked(QUESTIONS[key]) for key in keys]

    def _asked(self, word: AskedWord) -> Asked:
        said = self._query.get(word.key, "").strip()[:LONGEST]
        try:
            given([(word.key, said)], self._now)
        except BadFact as error:
            return Asked(word, said, str(error).removeprefix(f"{word.key}: "))
        return Asked(word, said, "")

    @cached_property
    def answer(self) -> DefinitionAnswer | None:
        """Nothing while nothing is said; what cannot be read counts as not known."""
        pairs = [(one.word.key, one.said) for one in self.asked if one.said and not one.error]
        if not pairs:
            return None
        return answer_definition(self.definition, given(pairs, self._now), self._now)

    @property
    def danger(self) -> str:
        """What to do, when the answer is certain and cannot wait; else an empty string."""
        for axis in self.answer.axes if self.answer else ():
            for one in axis.axis.classes:
                if one.name == axis.certain and one.name.lower().startswith(DANGER):
                    return one.say
        return ""

    @property
    def what_to_do(self) -> list[str]:
        """What the criteria that are met ask for, each once."""
        met = self.answer.met(True) if self.answer else ()
        return list(dict.fromkeys(one.criterion.say for one in met if one.criterion.say))


def by_name(name: str) -> Calculator | None:
    found = next((one for one in all_definitions() if one.id == name), None) if name else None
    return Calculator(found) if found else None
