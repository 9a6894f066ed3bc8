"""The calculators: which there are, and what one says of the answers that an address carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from osteon.events.vocabulary.questions import QUESTIONS
from osteon.knowledge import all_calculations, all_definitions
from osteon.rules.answering import answer_definition
from osteon.rules.calculation import Calculation, answer_calculation
from osteon.rules.definition import Definition
from osteon.service.definitions.asking import AskForm, canonical
from osteon.service.definitions.cards import card_of, sums_of

Rule = Definition | Calculation


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rules of one subject."""

    subject: str
    rules: tuple[Rule, ...]


def everything() -> tuple[Rule, ...]:
    """Every rule that answers what is typed."""
    return (*all_definitions(), *all_calculations())


def rule_named(rule_id: str) -> Rule:
    """The rule of that name, or 404."""
    found = next((one for one in everything() if one.id == rule_id), None)
    if found is None:
        raise Http404("There is no calculator of this name.")
    return found


def shelves(wanted: str) -> list[Shelf]:
    """The rules by subject; only those that speak of every word wanted."""
    words = wanted.lower().split()
    found: dict[str, list[Rule]] = {}
    for one in everything():
        text = " ".join(_text(one)).lower()
        if all(word in text for word in words):
            found.setdefault(one.subject, []).append(one)
    return [Shelf(subject, tuple(rules)) for subject, rules in found.items()]


def _text(one: Rule) -> Iterator[str]:
    yield from (one.id, one.title, one.subject, one.about)
    for question in one.questions:
        yield question.key
        yield question.name
        yield from QUESTIONS[question.key].aliases


def clean_address(one: Rule, query: QueryDict) -> str:
    """The address with what is said and nothing else."""
    said = canonical(query, one.questions)
    path = reverse("definitions:calculator", args=[one.id])
    return f"{path}?{said.urlencode()}" if said else path


def is_clean(one: Rule, query: QueryDict) -> bool:
    """Whether the address carries nothing but what is said."""
    return dict(canonical(query, one.questions).lists()) == dict(query.lists())


def worked(one: Rule, query: QueryDict) -> dict[str, Any]:
    """What the page shows: the form, and what the rule says of it."""
    said = canonical(query, one.questions)
    form = AskForm(said, questions=one.questions)
    form.full_clean()
    context = {
        "rule": one,
        "form": form,
        "unreadable": form.unreadable(),
        "is_blank": not said,
        "said": said.urlencode(),
    }
    events = form.events()
    if isinstance(one, Calculation):
        sums = sums_of(answer_calculation(one, events, form.as_of))
        return context | {"sums": sums, "card": None, "readings": []}
    card = card_of(answer_definition(one, events, form.as_of))
    readings = [
        (other, answer_definition(other, events, form.as_of).words()) for other in other_readings(one)
    ]
    return context | {"card": card, "sums": None, "readings": readings}


def other_readings(one: Definition) -> list[Definition]:
    """The other readings of the same paper: they are shown side by side, never chosen silently."""
    return [
        other
        for other in all_definitions()
        if one.reading_of and other.reading_of == one.reading_of and other.id != one.id
    ]
