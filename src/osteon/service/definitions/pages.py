"""What the pages about a patient show: the cards of an episode, one question, the history of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from osteon.events.schema import Event
from osteon.events.vocabulary.questions import QUESTIONS, AskedWord
from osteon.knowledge import all_definitions
from osteon.rules.answers import Evidence
from osteon.rules.chart import Chart
from osteon.rules.criteria import Answered
from osteon.rules.definition import Definition
from osteon.rules.things import Question, asked
from osteon.service.accounts.permissions import Permission
from osteon.service.definitions import record
from osteon.service.definitions.cards import Card, FactLine, card_of, fact_line, side_by_side
from osteon.service.definitions.switches import Standing, standings
from osteon.service.patients import queries
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.registry import fact_href
from osteon.service.patients.story import record_ids, story


@dataclass(frozen=True, slots=True)
class Family:
    """The readings of one paper, or one definition alone. ``title``: the paper, where there are several."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the definitions say of one episode."""

    episode: Episode
    families: tuple[Family, ...]
    disagreeing: tuple[tuple[Card, ...], ...]
    off: tuple[Standing, ...]
    standings: dict[str, Standing]
    overlapping: tuple[Episode, ...]

    @property
    def told(self) -> list[Family]:
        """The families of which at least one card rests on a fact."""
        return [one for one in self.families if not all(card.says_nothing for card in one.cards)]

    @property
    def untold(self) -> list[Card]:
        """The cards of the other families: nothing that they ask is known."""
        return [card for one in self.families if one not in self.told for card in one.cards]

    @property
    def cards(self) -> list[Card]:
        return [card for family in self.families for card in family.cards]

    @property
    def silent(self) -> list[Card]:
        """The cards that know nothing yet."""
        return [card for card in self.cards if card.says_nothing]

    @property
    def telling(self) -> list[Card]:
        """The cards that rest on at least one fact."""
        return [card for card in self.cards if not card.says_nothing]


def episode_of(patient: Patient, episode_id: UUID | None) -> Episode | None:
    """The episode of that address, or the patient's last that runs; ``None`` when the patient has none.

    Raises:
        Http404: for an episode that is not this patient's.
    """
    found = queries.episodes(record_ids(patient))
    if episode_id is None:
        return next((one for one in found if one.closed_on is None), found[0] if found else None)
    one = next((one for one in found if one.public_id == episode_id), None)
    if one is None:
        raise Http404("The patient has no such episode.")
    return one


def shown(
    patient: Patient, episode: Episode, *, also: Iterable[str] = (), now: datetime | None = None
) -> Shown:
    """Every definition for the episode, judged now."""
    events = story(patient)
    answers = record.answers_for(episode, events, now=now or timezone.now(), also=also)
    standing = standings([one.definition for one in answers])
    spoken = [one for one in answers if not standing[one.definition.id].is_off]
    note = partial(_remark, _remarks(record.facts_of(episode, events)))
    cards = {one.definition.id: card_of(one, fact_href, note) for one in spoken}
    return Shown(
        episode,
        tuple(_families(list(cards.values()))),
        tuple(tuple(cards[one.definition.id] for one in group) for group in side_by_side(spoken)),
        tuple(one for one in standing.values() if one.is_off),
        standing,
        tuple(record.overlapping(episode, queries.episodes(record_ids(patient)))),
    )


def _remarks(events: Iterable[Event]) -> dict[tuple[str, str | None], str]:
    """By code and source: a specimen's label, or how an answer was computed."""
    return {
        (event.code, event.source): original if original.startswith("computed:") else event.text_value or ""
        for event in events
        for original in [event.original or ""]
    }


def _remark(remarks: dict[tuple[str, str | None], str], item: Evidence) -> str:
    return remarks.get((item.code, item.source), "")


def _families(cards: Sequence[Card]) -> list[Family]:
    """Readings of one paper together."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.definition.reading_of or card.id, []).append(card)
    return [Family(_title(name, group), tuple(group)) for name, group in found.items()]


def _title(name: str, group: Sequence[Card]) -> str:
    return name if len(group) > 1 else ""


def of_episode(request: HttpRequest, patient: Patient, episode: Episode | None) -> dict[str, Any]:
    """Context of the Definitions page."""
    if episode is None:
        return {"shown": None}
    also = [one for one in request.GET.getlist("also") if one in {d.id for d in all_definitions()}]
    found = shown(patient, episode, also=also)
    may_record = request.user.can(Permission.RECORD_FINDING)
    return {
        "shown": found,
        "episode": episode,
        "episodes": queries.episodes(record_ids(patient)),
        "ask": partial(_ask, patient, episode) if may_record else lambda _question: "",
        "others": [one for one in all_definitions() if one.id not in found.standings],
        "since": record.span_of(episode).start,
    }


def _ask(patient: Patient, episode: Episode, question: Question) -> str:
    """Where one question is answered; age has no such page."""
    if question.kind == "age":
        return ""
    return reverse("definitions:record_answer", args=[patient.public_id, episode.public_id, question.key])


# One question


def word_of(question: str) -> AskedWord:
    """The question of that name, or 404; age is part of the patient's identity."""
    word = QUESTIONS.get(question)
    if word is None or word.kind == "age":
        raise Http404("There is no such question.")
    return word


@dataclass(frozen=True, slots=True)
class Before:
    """What stands of a question already."""

    events: tuple[Event, ...]
    lines: tuple[FactLine, ...]

    @property
    def seen(self) -> str:
        """A word for these answers, so that one recorded meanwhile is noticed."""
        return " ".join(sorted(event.source or "" for event in self.events))

    def against(self, event: Event) -> bool:
        """Whether an answer contradicts one of the same day."""
        return any(
            abs(one.time - event.time) < record.DAY and one.numeric_value != event.numeric_value
            for one in self.events
            if one.time and event.time
        )


def before(patient: Patient, episode: Episode, word: AskedWord) -> Before:
    """The answers to a question on the last day it was answered, within the episode."""
    events = record.events_of(episode, story(patient))
    question = asked(word.key)
    chart = Chart(events, record.moment_for(episode, timezone.now()))
    found = tuple(chart.answers(question))
    lines = (fact_line(item, fact_href) for item in chart.evidence(Answered(question), None))
    return Before(found, tuple(lines))


def definitions_asking(episode: Episode, word: AskedWord) -> list[Definition]:
    """The definitions of the episode that ask this question."""
    return [
        one for one in record.concerning(episode) if word.key in {question.key for question in one.questions}
    ]


# History


def history(patient: Patient, episode: Episode) -> dict[str, Any]:
    """Context of the history: a row a definition, a column a moment."""
    moments = record.moments_of(episode, story(patient))
    then = list(record.history_of(patient, episode, moments[: record.MOST_MOMENTS]))
    now = record.answers_for(episode, story(patient), now=timezone.now())
    rows = []
    for answer in now:
        earlier = [_said(one, answer.definition.id) for one in then]
        if any(earlier) or answer.met(True) or answer.met(False):
            rows.append((answer.definition, answer.words(), earlier))
    return {"moments": [one.moment for one in then], "rows": rows, "left_out": len(moments) - len(then)}


def _said(then: record.Then, definition_id: str) -> str:
    found = next((one for one in then.answers if one.definition.id == definition_id), None)
    if found is None or not (found.met(True) or found.met(False)):
        return ""
    return found.words()
