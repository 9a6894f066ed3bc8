"""Django, set up on being loaded, and the addresses of the calculators. See ``bench.calculators``."""

from __future__ import annotations

from urllib.parse import urlencode

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from osteon.events.vocabulary.questions import QUESTIONS  # noqa: E402
from osteon.rules.things import Question  # noqa: E402
from osteon.service.definitions.calculators import Rule, everything  # noqa: E402

CLIENT = Client(HTTP_HOST="localhost")


def pages() -> dict[str, list[str]]:
    """The blank pages and those whose address answers every question."""
    return {
        "blank": [_address(one) for one in everything()],
        "every question answered": [f"{_address(one)}?{_answers(one)}" for one in everything()],
    }


def visit(address: str) -> None:
    response = CLIENT.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"


def name_of(address: str) -> str:
    return address.split("/")[2]


def _address(one: Rule) -> str:
    return reverse("definitions:calculator", args=[one.id])


def _answers(one: Rule) -> str:
    return urlencode({question.key: _answer(question) for question in one.questions})


def _answer(question: Question) -> str:
    word = QUESTIONS[question.key]
    if word.kind == "yes-no":
        return "no"
    if word.kind == "choice":
        return word.choices[0][0]
    return f"{word.least or 0:g}" if word.kind != "age" else "60"
