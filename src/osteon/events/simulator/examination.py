"""What definitions ask: history, examination, joint fluid, histology. Not everything is asked of everybody."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Final

from osteon.events.simulator.chance import lognormal
from osteon.events.simulator.figures import EPISODE_KINDS, LOOKED_FOR, Looked
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.story import EXAMINED, MINUTES_PER_DAY
from osteon.events.vocabulary.questions import QUESTIONS, AskedWord

_COUNTING: Final = tuple(f"OSTEON//specimen//{kind}" for kind in ("tissue", "bone", "fluid", "sonicate"))
_NOON: Final = 12 * 60


def examine(journey: Journey, reported: int) -> None:
    """The episode, and the answers to the questions of its kind; ``reported``: the day cultures are final."""
    kind = EPISODE_KINDS[journey.case.diagnosis]
    journey.story.add(
        EXAMINED, _at(journey, journey.seen), f"OSTEON//episode//{kind}", text=journey.case.words
    )
    days = {"seen": journey.seen, "operation": journey.started, "report": reported}
    for looked in LOOKED_FOR[kind]:
        value = _answer(journey.looked, looked, journey.case.excluded)
        if value is not None:
            _tell(journey, days[looked.when], QUESTIONS[looked.question], value)
    _tell_cultures(journey, reported)


def _at(journey: Journey, day: int) -> int:
    return journey.midnight + day * MINUTES_PER_DAY + _NOON


def _answer(random: Random, looked: Looked, excluded: bool) -> float | None:
    """One answer, or ``None`` when nobody looked. The number of draws is the same either way."""
    is_asked = random.random() < looked.asked
    kind = QUESTIONS[looked.question].kind
    figure = looked.excluded if excluded else looked.infected
    if kind == "choice":
        value = dict(QUESTIONS[looked.question].choices)[figure.draw(random)]
    elif kind == "yes-no":
        value = float(random.random() < float(figure.values[0]))
    else:
        value = _measured(random, looked, float(figure.values[0]))
    return value if is_asked else None


def _measured(random: Random, looked: Looked, median: float) -> float:
    question = QUESTIONS[looked.question]
    value = lognormal(random, median, looked.spread) if median > 0 else 0.0
    value = round(value / looked.step) * looked.step
    low = value if question.least is None else max(question.least, value)
    return round(low if question.most is None else min(question.most, low), 6)


def _tell(journey: Journey, day: int, question: AskedWord, value: float) -> None:
    word = next((word for word, number in question.choices if number == value), None)
    unit = None if question.unit == "1" else question.unit
    journey.story.add(EXAMINED, _at(journey, day), question.code, value, unit, text=word)


def _tell_cultures(journey: Journey, reported: int) -> None:
    """How many specimens of the first taking count, and how many of them grew the same organism."""
    first = [row for row in journey.story.rows if row[3] in _COUNTING and row[4] is not None]
    if not first:
        return
    moment = first[0][0]
    labels = {row[7] for row in first if row[0] == moment}
    organisms = {isolate.germ.code for isolate in journey.case.isolates}
    alike = Counter(
        row[3] for row in journey.story.rows if row[0] == moment and row[3] in organisms and row[7] in labels
    )
    for key, value in (
        ("cultures_alike", max(alike.values(), default=0)),
        ("specimens_valid", len(labels)),
    ):
        _tell(journey, reported, QUESTIONS[key], float(value))
