"""Spinal infection as cards: red flags with their urgency, when to suspect it, and what the work-up still lacks.

Three definitions are asked, each as it stands in ``knowledge/spine``. Only criteria that are verified raise a card;
provisional ones do once the unit's lead has switched their definition on, and are named in the detail until then.
Nobody without a word about back pain gets a card, and silence is never called routine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from osteon.knowledge import definition
from osteon.rules.answering import CriterionAnswer, DefinitionAnswer, answer_from
from osteon.rules.chart import Chart
from osteon.rules.definition import Definition
from osteon.rules.monitoring import Source as Written
from osteon.rules.things import Question
from osteon.rules.things import asked as question_called
from osteon.service.decision_support.asked import Asked
from osteon.service.decision_support.card_names import new_card_name
from osteon.service.decision_support.queries import switched_on
from osteon.service.decision_support.wording import (
    OVERRIDE_REASONS,
    fact,
    graded,
    listed,
    not_sent,
    paragraphs,
    plain,
    source_of,
)
from osteon.standards.cds_hooks.cards import Action, Card, Link, Source, Suggestion, shortened
from osteon.standards.cds_hooks.prefetch import Wanted, wanted
from osteon.standards.cds_hooks.values import ActionType, Indicator, SelectionBehavior

TRIAGE, SUSPICION, WORK_UP = "spine-triage", "idsa-2015-suspicion", "idsa-2015-work-up"
NAMES: Final = (TRIAGE, SUSPICION, WORK_UP)
_EMERGENCY: Final = "EMERGENCY"
_PAIN: Final = ("spinal_pain", "sciatic_pain")
_MOST_ASKED: Final = 8
# Steps of the work-up that a request form can carry; the others are done at the bedside
_ORDERED: Final = frozenset(
    {
        *("blood_cultures", "markers", "mri", "whole_spine", "other_imaging", "brucella", "fungal"),
        *("tuberculosis", "electrophoresis"),
    }
)


def known_names() -> tuple[str, ...]:
    """What a card of this service may be about."""
    return NAMES


def reads() -> Wanted:
    """What the three definitions read, for the prefetch."""
    return wanted(node for name in NAMES for node in definition(name).nodes())


@dataclass(frozen=True, slots=True)
class Answered:
    """A definition's answer; ``is_on``: the unit uses its provisional criteria, ``is_off``: none of it."""

    answer: DefinitionAnswer
    is_on: bool
    is_off: bool

    @property
    def speaking(self) -> list[CriterionAnswer]:
        """The criteria that are met and may raise a card."""
        if self.is_off or self.answer.refused:
            return []
        return [one for one in self.answer.met(True) if self.is_on or one.criterion.status == "verified"]

    @property
    def silent(self) -> list[CriterionAnswer]:
        """Met, but provisional and not switched on."""
        return [one for one in self.answer.met(True) if one not in self.speaking]


def cards(asked: Asked) -> list[Card]:
    """The most urgent first."""
    chart = Chart(asked.story.events, asked.as_of)
    if not _is_concerned(chart):
        return []
    unit = switched_on()
    triage, suspicion = (_answered(name, chart, unit) for name in (TRIAGE, SUSPICION))
    found = [*_triage_card(triage, chart, asked)]
    if suspicion.speaking:
        found.append(_suspicion_card(suspicion, _answered(WORK_UP, chart, unit), chart, asked))
    return sorted(found, key=lambda card: -card.indicator.rank)


def _is_concerned(chart: Chart) -> bool:
    """Whether there is anything to speak of: back pain, or a red flag. Most records that are opened have neither."""
    flags = (one for name in (TRIAGE, SUSPICION) for one in definition(name).criteria)
    return any(_is_yes(name, chart) for name in _PAIN) or any(chart.truth(one) for one in flags)


def _answered(name: str, chart: Chart, unit: Mapping[str, bool]) -> Answered:
    one = definition(name)
    is_off = one.status == "provisional" and unit.get(name) is False
    return Answered(answer_from(one, chart), unit.get(name) is True, is_off)


# Red flags


def _triage_card(triage: Answered, chart: Chart, asked: Asked) -> Iterator[Card]:
    if triage.is_off:
        return
    emergency = [one for one in triage.speaking if _is_emergency(one, triage.answer)]
    open_questions = _open(triage.answer)
    if emergency:
        yield _flag_card(
            f"Same day: {_short(emergency)}", Indicator.CRITICAL, emergency, triage, chart, asked
        )
    elif triage.speaking:
        more = "; could be an emergency, ask more" if open_questions else ""
        summary = f"{shortened(f'Urgent: {_short(triage.speaking)}', 139 - len(more))}{more}"
        yield _flag_card(summary, Indicator.WARNING, triage.speaking, triage, chart, asked)
    elif any(_is_yes(name, chart) for name in _PAIN):
        yield _pain_card(triage, open_questions, chart, asked)


def _pain_card(triage: Answered, open_questions: Sequence[Question], chart: Chart, asked: Asked) -> Card:
    """Pain, and no red flag so far: never called routine while a question that matters is open."""
    if triage.silent or open_questions:
        asks = ", ".join(question.name for question in open_questions[:3]) or "see what is provisional"
        summary = f"Back pain: red flags are not all known; ask about: {asks}"
        return _flag_card(summary, Indicator.WARNING, [], triage, chart, asked)
    return _flag_card(
        "Back pain: no red flag of spinal infection in what was sent; give safety-net advice",
        Indicator.INFO,
        [],
        triage,
        chart,
        asked,
    )


def _flag_card(
    summary: str,
    indicator: Indicator,
    met: Sequence[CriterionAnswer],
    triage: Answered,
    chart: Chart,
    asked: Asked,
) -> Card:
    answer = triage.answer
    return Card(
        summary=shortened(summary),
        indicator=indicator,
        source=_source(met, answer.definition),
        uuid=new_card_name(TRIAGE),
        detail=paragraphs(
            listed("What to do", (plain(one.criterion.say) for one in met if one.criterion.say)),
            _because(met),
            listed("Also met, provisional", (plain(one.criterion.sentence) for one in triage.silent)),
            listed("Ask, it could change the answer", _asks(answer)),
            _safety_net(answer) if not met else "",
            _told(answer),
            "The tiers (emergency, urgent, routine) are a proposal; each red flag has its own source.",
            _written(met, answer.definition),
            not_sent(asked.story.absent),
        ),
        override_reasons=OVERRIDE_REASONS,
        links=_links(answer.definition, chart, asked),
    )


def _is_emergency(one: CriterionAnswer, answer: DefinitionAnswer) -> bool:
    """Whether the criterion is one of those that make the tier an emergency."""
    classes = [option for axis in answer.definition.axes for option in axis.classes]
    emergency = next(option for option in classes if option.name == _EMERGENCY)
    return any(node is one.criterion for node in emergency.when.walk())


def _short(met: Sequence[CriterionAnswer]) -> str:
    first = met[0].criterion.sentence
    return f"{first[:1].lower()}{first[1:]}" + (f" (and {len(met) - 1} more)" if len(met) > 1 else "")


def _safety_net(answer: DefinitionAnswer) -> str:
    last = answer.definition.axes[0].classes[-1]
    return plain(last.say)


# Suspicion and work-up


def _suspicion_card(suspicion: Answered, work_up: Answered, chart: Chart, asked: Asked) -> Card:
    met = suspicion.speaking
    steps = [one for one in work_up.speaking if one.criterion.say]
    tier = suspicion.answer.axes[0].gravest if suspicion.answer.axes[0].certain else "may consider"
    verb = "should be suspected" if tier == "should suspect" else "may be considered"
    suggestions = tuple(_suggestion(one, asked) for one in steps if one.criterion.key in _ORDERED)
    return Card(
        summary=shortened(f"Spinal infection {verb} (IDSA 2015): {_missing_words(len(steps))}"),
        indicator=Indicator.WARNING,
        source=_source(met, suspicion.answer.definition),
        uuid=new_card_name(SUSPICION),
        detail=paragraphs(
            _because(met),
            listed("Still to do", (graded(one.criterion.say, one.criterion.status) for one in steps)),
            listed("Not known whether done or needed", _open_steps(work_up.answer)),
            _told(suspicion.answer),
            _written([*met, *steps], suspicion.answer.definition),
            not_sent(asked.story.absent),
        ),
        suggestions=suggestions,
        selection_behavior=SelectionBehavior.ANY if suggestions else None,
        override_reasons=OVERRIDE_REASONS,
        links=_links(suspicion.answer.definition, chart, asked)
        + _links(work_up.answer.definition, chart, asked),
    )


def _missing_words(count: int) -> str:
    if not count:
        return "no step of the work-up is surely missing"
    return "1 step of the work-up is missing" if count == 1 else f"{count} steps of the work-up are missing"


def _open_steps(answer: DefinitionAnswer) -> Iterator[str]:
    for one in answer.met(None):
        if one.criterion.say:
            yield plain(one.criterion.say)


def _suggestion(one: CriterionAnswer, asked: Asked) -> Suggestion:
    words = one.criterion.say
    resource = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        "code": {"text": words},
        "subject": {"reference": asked.patient},
    }
    return Suggestion(words, str(uuid4()), True, (Action(ActionType.CREATE, words, resource),))


# Parts of a card


def _because(met: Iterable[CriterionAnswer]) -> str:
    lines = [graded(one.criterion.sentence, one.criterion.status) for one in met]
    facts = [fact(item) for one in met for item in one.evidence if item.time]
    return paragraphs(listed("Because", lines), listed("Facts", facts))


def _asks(answer: DefinitionAnswer) -> Iterator[str]:
    questions = _open(answer)
    yield from (plain(question.name) for question in questions[:_MOST_ASKED])
    if len(questions) > _MOST_ASKED:
        yield f"and {len(questions) - _MOST_ASKED} more: see the calculator"


def _open(answer: DefinitionAnswer) -> tuple[Question, ...]:
    return answer.missing_questions


def _told(answer: DefinitionAnswer) -> str:
    lines = [*answer.contradictions, *answer.warnings, *answer.edges]
    return listed("Mind", map(plain, lines))


def _sources_of(met: Iterable[CriterionAnswer], one: Definition) -> Sequence[Written]:
    return [source for answer in met for source in answer.criterion.source] or one.sources


def _source(met: Iterable[CriterionAnswer], one: Definition) -> Source:
    found = _sources_of(met, one)
    read = [source for source in found if source.status == "verified"] or list(found)
    first = sorted(read, key=lambda source: not source.reference.doi)  # one that can be opened
    return source_of([(source.reference.citation, source.reference.doi) for source in first])


def _written(met: Iterable[CriterionAnswer], one: Definition) -> str:
    found = _sources_of(met, one)
    return listed("Written in", (plain(str(source)) for source in found))


# The calculator, with what is known filled in


def _links(one: Definition, chart: Chart, asked: Asked) -> tuple[Link, ...]:
    """The calculator of the definition. It names no patient; the address carries the facts alone."""
    if not settings.OSTEON_PUBLIC_CALCULATORS:  # a GP who cannot sign in would only see the door
        return ()
    said = {question.key: value for question in one.questions if (value := _value(question, chart))}
    address = f"{asked.base_url}{reverse('definitions:calculator', args=[one.id])}"
    return (Link(f"Open: {one.title}", f"{address}?{urlencode(said)}" if said else address),)


def _value(question: Question, chart: Chart) -> str:
    """The answer as the calculator writes it; nothing when there is none, or two that differ."""
    given = {(event.comparator, event.numeric_value) for event in chart.answers(question)}
    if question.kind == "age" or len(given) != 1:
        return ""
    ((sign, number),) = given
    if number is None:
        return ""
    if question.kind == "yes-no":
        return "yes" if number else "no"
    if question.kind == "choice":
        return next((word for word, value in question.choices if value == number), "")
    return f"{sign or ''}{number:g}"


def _is_yes(name: str, chart: Chart) -> bool:
    return _value(question_called(name), chart) == "yes"
