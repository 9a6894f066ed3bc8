"""The monitoring rules as cards: a threshold that is crossed, tests that are late, what cannot be judged.

Each crossed threshold has a card of its own. Tests that are late are one card together, and so is what cannot be
judged: ten cards that each say "send bloods" are read less than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import uuid4

from osteon.knowledge import all_rules
from osteon.rules.answers import Answer, ScheduleAnswer
from osteon.rules.judge import judge
from osteon.rules.monitoring import Monitoring, Source
from osteon.rules.things import Measured
from osteon.rules.tree import OfDrugs
from osteon.service.decision_support.asked import Asked
from osteon.service.decision_support.card_names import new_card_name
from osteon.service.decision_support.queries import switched_on
from osteon.service.decision_support.wording import (
    OVERRIDE_REASONS,
    day,
    fact,
    graded,
    listed,
    not_sent,
    paragraphs,
    plain,
    source_of,
)
from osteon.service.worklist.judgement import Ruleset
from osteon.standards.cds_hooks.cards import Action, Card, Suggestion, shortened
from osteon.standards.cds_hooks.prefetch import Wanted, wanted
from osteon.standards.cds_hooks.values import ActionType, Indicator, SelectionBehavior

LATE, UNJUDGED, NEXT = "monitoring-late", "monitoring-cannot-be-judged", "monitoring-next"
_LOINC: Final = "http://loinc.org"


def known_names() -> tuple[str, ...]:
    """What a card of monitoring may be about."""
    return (*(rule.id for rule in all_rules()), LATE, UNJUDGED, NEXT)


def reads() -> Wanted:
    """What the rules read, for the prefetch."""
    nodes = (node for rule in all_rules() for node in rule.nodes())
    return wanted(nodes, (code for rule in all_rules() for part in rule.due for code in part.measure.codes))


def on_viewing(asked: Asked) -> list[Card]:
    """``patient-view``: what needs somebody now."""
    return _cards(_answers(asked), asked)


def on_discharge(asked: Asked) -> list[Card]:
    """``encounter-discharge``: the same, and what is due when after it."""
    answers = _answers(asked)
    return [*_cards(answers, asked), *_next_card(answers, asked)]


def on_ordering(asked: Asked) -> list[Card]:
    """``order-select``: what the rules about the selected drugs say once it is given."""
    drafted = asked.drafted
    return _cards([answer for answer in _answers(asked) if _is_about(answer.rule, drafted)], asked)


def _answers(asked: Asked) -> list[Answer]:
    """The rules in force in this unit: what is provisional speaks only where its lead switched it on."""
    forced = [rule for rule in Ruleset.of(all_rules(), switched_on()).in_force if rule is not None]
    return judge(forced, asked.story.events, asked.as_of)


def _is_about(rule: Monitoring, drugs: frozenset[str]) -> bool:
    return any(drugs.intersection(node.drugs.codes) for node in rule.nodes() if isinstance(node, OfDrugs))


def _cards(answers: Sequence[Answer], asked: Asked) -> list[Card]:
    """The most urgent first."""
    fired = [answer for answer in answers if answer.fired]
    crossed = [_crossed_card(answer, asked) for answer in fired if answer.level]
    found = [*crossed, *_late_card(fired, asked), *_unjudged_card(fired, asked)]
    return sorted(found, key=lambda card: -card.indicator.rank)


# A threshold that is crossed


def _crossed_card(answer: Answer, asked: Asked) -> Card:
    suggestions = _suggestions([answer], asked)
    return Card(
        summary=shortened(_sentence(answer.sentence)),
        indicator=Indicator.CRITICAL if answer.level == "red" else Indicator.WARNING,
        source=source_of(_citations([answer])),
        uuid=new_card_name(answer.rule.id),
        detail=paragraphs(
            f"**{plain(answer.rule.say)}**",
            listed("Because", (graded(c.sentence, c.status) for c in answer.fired_clauses)),
            listed("Facts", map(fact, answer.evidence)),
            _unknown(answer),
            _sources([answer]),
            not_sent(asked.story.absent),
        ),
        suggestions=suggestions,
        selection_behavior=SelectionBehavior.ANY if suggestions else None,
        override_reasons=OVERRIDE_REASONS,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _unknown(answer: Answer) -> str:
    if not answer.asks:
        return ""
    return listed(f"Could be {answer.could_be}, if it were known", map(plain, answer.missing))


# Tests that are late


def _late_card(fired: Iterable[Answer], asked: Asked) -> Iterator[Card]:
    late = [answer for answer in fired if any(_is_late(part) for part in answer.schedules)]
    if not late:
        return
    tests = _tests(late)
    suggestions = _suggestions(late, asked)
    overdue = any(part.due == "overdue" for answer in late for part in answer.schedules)
    yield Card(
        summary=shortened(
            _sentence(f"{', '.join(tests)} {'late' if overdue else 'due'} on {_drugs(late, asked)}")
        ),
        indicator=Indicator.WARNING if overdue else Indicator.INFO,
        source=source_of(_citations(late)),
        uuid=new_card_name(LATE),
        detail=paragraphs(listed("Due", _late_lines(late)), _sources(late), not_sent(asked.story.absent)),
        suggestions=suggestions,
        selection_behavior=SelectionBehavior.ANY if suggestions else None,
        override_reasons=OVERRIDE_REASONS,
    )


def _drugs(answers: Iterable[Answer], asked: Asked) -> str:
    """The drugs the patient is really on, not the class that a rule speaks of."""
    meant = {code for answer in answers if answer.rule.course for code in answer.rule.course.codes}
    return " and ".join(name for code, name in asked.running.items() if code in meant)


def _is_late(part: ScheduleAnswer) -> bool:
    return part.due != "not due"


def _tests(answers: Iterable[Answer]) -> list[str]:
    return list(dict.fromkeys(p.what for a in answers for p in a.schedules if _is_late(p)))


def _late_lines(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        for part in filter(_is_late, answer.schedules):
            last = f"last {day(part.last_at)}" if part.last_at else "no result yet"
            yield graded(f"{part.what}: {part.due} since {day(part.due_at)}, {last}", part.status)


def _suggestions(answers: Iterable[Answer], asked: Asked) -> tuple[Suggestion, ...]:
    """One order for each test that is late, as a draft in the calling system."""
    measures = {part.measure.name: part.measure for answer in answers for part in answer.rule.due}
    wanted_now = _tests(answers)
    return tuple(
        Suggestion(f"Order {name}", str(uuid4()), True, (_order(measure, asked),))
        for name, measure in measures.items()
        if name in wanted_now
    )


def _order(measure: Measured, asked: Asked) -> Action:
    """A draft order. A panel that one of its tests stands for is named in words, not by that test's code."""
    concept: dict[str, object] = {"text": _sentence(measure.name)}
    if not measure.name.startswith(("full blood count", "kidney function", "liver tests")):
        concept["coding"] = [{"system": _LOINC, "code": measure.codes[0].removeprefix("LOINC//")}]
    resource = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        "code": concept,
        "subject": {"reference": asked.patient},
    }
    return Action(ActionType.CREATE, f"A draft order of {measure.name}", resource)


# What cannot be judged, and what comes next


def _unjudged_card(fired: Iterable[Answer], asked: Asked) -> Iterator[Card]:
    open_ones = [answer for answer in fired if answer.state == "unknown"]
    if not open_ones:
        return
    missing = dict.fromkeys(word for answer in open_ones for word in answer.missing)
    yield Card(
        summary=shortened(f"Not known, and could matter: {', '.join(missing)}"),
        indicator=Indicator.INFO,
        source=source_of(_citations(open_ones)),
        uuid=new_card_name(UNJUDGED),
        detail=paragraphs(
            listed("Cannot be judged", (plain(_sentence(answer.sentence)) for answer in open_ones)),
            _sources(open_ones),
            not_sent(asked.story.absent),
        ),
        override_reasons=OVERRIDE_REASONS,
    )


def _next_card(answers: Iterable[Answer], asked: Asked) -> Iterator[Card]:
    planned: dict[str, ScheduleAnswer] = {}
    running = [answer for answer in answers if answer.applies and answer.schedules]
    for part in (part for answer in running for part in answer.schedules):
        if part.what not in planned or part.due_at < planned[part.what].due_at:
            planned[part.what] = part
    if not planned:
        return
    ordered = sorted(planned.values(), key=lambda part: part.due_at)
    yield Card(
        summary=shortened(f"Blood tests after discharge: {', '.join(part.what for part in ordered)}"),
        indicator=Indicator.INFO,
        source=source_of(_citations(running)),
        uuid=new_card_name(NEXT),
        detail=paragraphs(
            listed("Next due", (graded(f"{p.what}: {_next_words(p, asked)}", p.status) for p in ordered)),
            _sources(running),
            not_sent(asked.story.absent),
        ),
        override_reasons=OVERRIDE_REASONS,
    )


def _next_words(part: ScheduleAnswer, asked: Asked) -> str:
    return day(part.due_at) if part.due_at > asked.as_of else f"now (since {day(part.due_at)})"


# Where it stands written


def _spoken(answer: Answer) -> Iterator[Source]:
    """The sources of the parts that speak."""
    said = {clause.sentence for clause in answer.fired_clauses}
    late = {part.what for part in answer.schedules if _is_late(part)}
    for clause in answer.rule.out_of_range:
        if clause.sentence in said:
            yield from clause.source
    for part in answer.rule.due:
        if part.measure.name in late:
            yield from part.source


def _citations(answers: Iterable[Answer]) -> list[tuple[str, str]]:
    sources = [source for answer in answers for source in (*_spoken(answer), *answer.rule.sources)]
    return [(source.reference.citation, source.reference.doi) for source in sources]


def _sources(answers: Iterable[Answer]) -> str:
    answers = tuple(answers)
    spoken = [source for answer in answers for source in _spoken(answer)]
    found = spoken or [source for answer in answers for source in answer.rule.sources]
    return listed("Written in", (plain(str(source)) for source in found))
