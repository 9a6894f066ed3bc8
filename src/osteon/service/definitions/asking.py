"""A form out of what a rule asks: one question a line, and "not known" always an answer.

What is typed is read by ``osteon.rules.given`` alone, which the command line uses too, so that an address, a form
and a terminal understand and refuse the same things. An address carries ``crp=2.4 mg/dL`` as it would be typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.events.schema import Event
from osteon.events.vocabulary.questions import QUESTION_BY_NAME, QUESTIONS, AskedWord
from osteon.rules.given import BadFact, given, units_taken
from osteon.rules.quantities import unit
from osteon.rules.things import Question
from osteon.service.forms import CharField, ChoiceField, NHSForm

NOT_KNOWN: Final = "unknown"
MOST_RADIOS: Final = 5  # longer lists of choices become a select
LONGEST: Final = 40
YES_OR_NO: Final = {"y": "yes", "true": "yes", "1": "yes", "yes": "yes", "no": "no"} | {
    "n": "no",
    "false": "no",
    "0": "no",
}


class QuantityWidget(forms.TextInput):
    """Reads the number and, where there is a choice, its unit: ``2.4 mg/dL``."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        typed = str(data.get(name, "")).strip()
        written = str(data.get(f"{name}_unit", "")).strip()
        return f"{typed} {written}" if typed and written else typed


class QuantityField(CharField):
    """A number in one of the units that can be converted; empty is not known."""

    def __init__(self, *, word: AskedWord, units: Sequence[str], **options: Any) -> None:
        words = unit(word.unit).words if word.unit != "1" else ""
        options.setdefault("suffix", words if len(units) < 2 and words else None)
        super().__init__(widget=QuantityWidget(), max_length=LONGEST, width=5, required=False, **options)
        self.word, self.units, self.inputmode = word, units, "decimal"

    def component_params(self, bound: Any) -> dict[str, Any]:
        params = super().component_params(bound)
        number, written = split(str(bound.value() or ""), self.units)
        choice = {"bound": bound, "units": [(one, unit(one).words) for one in self.units], "chosen": written}
        if len(self.units) > 1:
            html = render_to_string("definitions/unit.jinja", choice)
            params["formGroup"] = {"afterInput": {"html": html}}
        return params | {"value": number}


def split(text: str, units: Sequence[str]) -> tuple[str, str]:
    """``2.4 mg/dL`` as number and unit; the first of the units when none of them was written."""
    number, _sep, written = text.rpartition(" ")
    return (number.strip(), written) if written in units else (text, units[0] if units else "")


class AskForm(NHSForm):
    """The questions of one rule. Stores nothing and needs nothing."""

    def __init__(self, data: QueryDict | None, *, questions: Iterable[Question]) -> None:
        super().__init__(data)
        self.as_of: datetime = timezone.now().astimezone(UTC).replace(tzinfo=None)
        for question in questions:
            field = field_of(QUESTIONS[question.key])
            field.needed_when_asked = True  # "(optional)" behind every question would say nothing
            self.fields[question.key] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for key in self.fields:
            self._check(key)
        return cleaned

    def _check(self, key: str) -> None:
        texts = self._said(key)
        if len(texts) > 1:
            self.add_error(
                key,
                _("Two different answers: %(answers)s. It stays open until one is chosen.")
                % {"answers": _(" and ").join(texts)},
            )
        for text in texts:
            try:
                given([(key, text)], self.as_of)
            except BadFact as error:
                self.add_error(key, _sentence(str(error), key))

    def _said(self, key: str) -> list[str]:
        """Every different answer to one question: an address may carry two."""
        field, several = self.fields[key], self.data.getlist(key) if self.data else []
        if isinstance(field, QuantityField) and len(several) < 2:
            several = [field.widget.value_from_datadict(self.data, None, key)]
        return [text for text in dict.fromkeys(filter(None, map(str.strip, several))) if text != NOT_KNOWN]

    def pairs(self) -> list[tuple[str, str]]:
        """What was said, as name and value; what cannot be read is left out and stands in ``errors``."""
        return [
            (key, text) for key in self.fields for text in self._said(key) if _readable(key, text, self.as_of)
        ]

    def events(self) -> list[Event]:
        """What was said, as events of nobody."""
        return given(self.pairs(), self.as_of)

    def unreadable(self) -> list[str]:
        """The names of the questions whose answers cannot be read and so count as not known."""
        read = {key for key, _text in self.pairs()}
        return [str(self.fields[key].label) for key in self.fields if self._said(key) and key not in read]


def _readable(key: str, text: str, as_of: datetime) -> bool:
    try:
        given([(key, text)], as_of)
    except BadFact:
        return False
    return True


def _sentence(message: str, key: str) -> str:
    words = message.removeprefix(f"{key}: ")
    return words[:1].upper() + words[1:]


def field_of(word: AskedWord) -> forms.Field:
    """The field that asks one question."""
    options = {"label": word.name, "hint": word.hint, "label_size": "s"}
    if word.kind == "yes-no":
        said = [("yes", _("Yes")), ("no", _("No")), (NOT_KNOWN, _("Not known"))]
        return _choice(said, radios=True, inline=True, **options)
    if word.kind == "choice":
        said = [*((choice, choice) for choice, _number in word.choices), (NOT_KNOWN, _("Not known"))]
        return _choice(said, radios=len(word.choices) <= MOST_RADIOS, **options)
    return QuantityField(word=word, units=units_taken(word), **options)


def _choice(choices: list[tuple[str, Any]], **options: Any) -> ChoiceField:
    return Lenient(choices=choices, initial=NOT_KNOWN, required=False, **options)


class Lenient(ChoiceField):
    """What an address carries is judged by ``given``, which has the better words."""

    def valid_value(self, value: Any) -> bool:
        return True

    def component_params(self, bound: Any) -> dict[str, Any]:
        params = super().component_params(bound)
        for item in params["items"]:
            if item["value"] == NOT_KNOWN and not bound.value():
                item["checked"] = item["selected"] = True
        return params


def canonical(query: QueryDict, questions: Iterable[Question]) -> QueryDict:
    """The same address with what is said and nothing else, under the questions' own names.

    Names that no question has are dropped: an address shall carry no more than the answers.
    """
    keys = {question.key for question in questions}
    clean = QueryDict(mutable=True)
    for name in query:
        word = QUESTION_BY_NAME.get(name)
        if word is None or word.key not in keys:
            continue
        written = query.get(f"{name}_unit", "").strip()
        for text in filter(None, map(str.strip, query.getlist(name))):
            said = tidied(word, f"{text} {written}".strip())
            if said != NOT_KNOWN and said not in clean.getlist(word.key):
                clean.appendlist(word.key, said)
    return clean


def tidied(word: AskedWord, text: str) -> str:
    """``Y`` as ``yes``, a choice as its form spells it; what cannot be read stays as it was typed."""
    if word.kind == "yes-no" and text.lower() in YES_OR_NO:
        return YES_OR_NO[text.lower()]
    if word.kind == "choice":
        return next((choice for choice, _number in word.choices if choice.lower() == text.lower()), text)
    return text


def checked(key: str, text: str, as_of: datetime) -> Event | None:
    """One answer as an event; ``None`` for not known.

    Raises:
        ValidationError: when it cannot be read or cannot be true.
    """
    try:
        found = given([(key, text)], as_of)
    except BadFact as error:
        raise ValidationError(_sentence(str(error), key)) from error
    return found[0] if found else None
