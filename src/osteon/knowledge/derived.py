"""What the definitions ask and the record already answers: computed from specimens, isolates and courses.

A computed answer is an event of the question's code at the time the specimens were taken. Its ``source`` is a
specimen's, so that the evidence opens it; its ``original`` says how it was computed. What a person answered
on that day or later stands: nothing is computed over it. What is not known is left out or given as bounds
(two answers of one moment, or a lower limit), never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from osteon.events.schema import Event
from osteon.events.vocabulary import ORGANISMS
from osteon.events.vocabulary.questions import QUESTIONS
from osteon.knowledge.resistance.categories import category_count
from osteon.knowledge.samples.agreement import ANTIBIOTIC_FREE_DAYS_NEEDED, Agreement
from osteon.knowledge.samples.antibiotics import antibiotic_free_days
from osteon.knowledge.samples.takings import Isolate, Specimen, Taking, takings

ANSWERED_WITHIN: Final = timedelta(days=1)  # as the chart reads answers: those of one day stand together
# BACH counts an isolate as multidrug-resistant from four resistant results or below 80 % susceptible.
MANY_RESISTANT, LEAST_SUSCEPTIBLE = 4, 0.8
# definitions.md 2.1, modifiers (from memory): what weighs more, and less, when it grew once.
VIRULENT_KEYS: Final = ("staphylococcus-aureus", "mrsa")
VIRULENT_GROUPS: Final = ("enterobacterales", "pseudomonas")
LOW_KEYS: Final = (
    "staphylococcus-epidermidis",
    "staphylococcus-haemolyticus",
    "staphylococcus-hominis",
    "cutibacterium-acnes",
)
VIRULENT: Final = frozenset(
    o.code for o in ORGANISMS.values() if o.key in VIRULENT_KEYS or o.group in VIRULENT_GROUPS
)
LOW: Final = frozenset(ORGANISMS[key].code for key in LOW_KEYS)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer before it is an event. ``how``: from what it was computed."""

    key: str
    value: float
    how: str
    specimen: Specimen
    comparator: str | None = None


def derived(events: Sequence[Event]) -> list[Event]:
    """The answers that one patient's events hold already, as events; the events themselves are not repeated."""
    said = _said(events)
    return [
        answer
        for taking in takings(events)
        for answer in _answers(taking, events)
        if not _is_said(answer, said)
    ]


def with_derived(events: Sequence[Event]) -> list[Event]:
    """The events and what can be computed from them."""
    return [*events, *derived(events)]


def _said(events: Sequence[Event]) -> dict[str, datetime]:
    newest: dict[str, datetime] = {}
    for event in events:
        if event.time is not None:
            newest[event.code] = max(event.time, newest.get(event.code, event.time))
    return newest


def _is_said(answer: Event, said: dict[str, datetime]) -> bool:
    newest = said.get(answer.code)
    return newest is not None and answer.time is not None and newest > answer.time - ANSWERED_WITHIN


def _answers(taking: Taking, events: Sequence[Event]) -> Iterator[Event]:
    free = antibiotic_free_days(events, min(one.time for one in taking.specimens))
    treated = free is not None and free < ANTIBIOTIC_FREE_DAYS_NEEDED
    known = max((one.event.recorded_at for one in taking.pool if one.event.recorded_at), default=None)
    for found in _found(taking, treated):
        yield _event(found, taking, known)
    if free is not None:
        how = "days since the last recorded course"
        yield _event(Found("antibiotic_free_days", float(free), how, taking.specimens[0]), taking, known)


def _event(found: Found, taking: Taking, known: datetime | None) -> Event:
    question = QUESTIONS[found.key]
    return Event(
        found.specimen.event.subject_id,
        taking.time,
        question.code,
        numeric_value=found.value,
        comparator=found.comparator,
        unit=None if question.unit == "1" else question.unit,
        recorded_at=known,
        source=found.specimen.event.source,
        original=f"computed: {found.how}",
    )


def _found(taking: Taking, treated: bool) -> Iterator[Found]:
    first = taking.pool[0]
    how = f"{len(taking.pool)} deep specimens of one taking"
    yield Found("specimens_valid", float(len(taking.pool)), how, first)
    yield from _growth(taking, treated)
    yield from _alike(taking, treated)
    yield from _single(taking, treated)
    yield from _aspirate(taking, treated)
    yield from _sonicate(taking, treated)
    yield from _worst(taking)
    yield from _virulence(taking)


def _growth(taking: Taking, treated: bool) -> Iterator[Found]:
    grown = [one for one in taking.pool if one.grew]
    if grown:
        yield Found("no_growth", 0.0, f"grew in {_labels(grown)}", grown[0])
    elif not treated and not any(one.is_pending for one in taking.pool):
        yield Found("no_growth", 1.0, f"no growth in {_labels(taking.pool)}", taking.pool[0])


def _alike(taking: Taking, treated: bool) -> Iterator[Found]:
    """How many agree: one answer, or its two bounds. After antibiotics more may be there than grew."""
    least, most = taking.alike
    how, where = _leading_words(taking)
    if treated and most < 2:
        yield Found("cultures_alike", float(least), f"{how}; antibiotics before", where, ">=")
        return
    for number in dict.fromkeys((least, most)):
        yield Found("cultures_alike", float(number), how, where)


def _leading(taking: Taking) -> Agreement | None:
    return max(taking.agreements, key=lambda one: (one.matched, one.possible), default=None)


def _leading_words(taking: Taking) -> tuple[str, Specimen]:
    one = _leading(taking)
    if one is None:
        return f"nothing alike in {_labels(taking.pool)}", taking.pool[0]
    where = next(s for s in taking.pool if s.as_taken().label in (*one.labels, *one.elsewhere))
    return f"{one.name} in {one.count} of {one.of}; separate instruments not recorded", where


def _single(taking: Taking, treated: bool) -> Iterator[Found]:
    """One positive specimen of the operation. Several with different organisms are for a reviewer."""
    if not taking.is_operation:
        return
    grown = [one for one in taking.specimens if one.grew]
    least, most = taking.alike
    is_final = not any(one.is_pending for one in taking.specimens)
    if least >= 2:
        yield Found("culture_single", 0.0, "two or more agree", grown[0] if grown else taking.pool[0])
    elif len(grown) == 1 and is_final and most < 2:
        yield Found("culture_single", 1.0, f"grew in {_labels(grown)} only", grown[0])
    elif not grown and is_final and not treated:
        yield Found("culture_single", 0.0, f"no growth in {_labels(taking.specimens)}", taking.specimens[0])


def _aspirate(taking: Taking, treated: bool) -> Iterator[Found]:
    if not taking.is_operation:
        yield from _yes_or_no("aspirate_culture", taking.specimens, treated)


def _yes_or_no(key: str, taken: Sequence[Specimen], treated: bool) -> Iterator[Found]:
    grown = [one for one in taken if one.grew]
    if grown:
        yield Found(key, 1.0, f"grew in {_labels(grown)}", grown[0])
    elif not treated and not any(one.is_pending for one in taken):
        yield Found(key, 0.0, f"no growth in {_labels(taken)}", taken[0])


def _sonicate(taking: Taking, treated: bool) -> Iterator[Found]:
    """No growth is 0 CFU/mL; of growth the stream does not hold the count, so that it is asked for."""
    fluids = [one for one in taking.specimens if one.kind == "sonicate"]
    if fluids and not treated and not any(one.grew or one.is_pending for one in fluids):
        yield Found("sonication_cfu", 0.0, f"no growth in {_labels(fluids)}", fluids[0])


def _worst(taking: Taking) -> Iterator[Found]:
    """What was tested and resistant in the most resistant isolate; I is not R."""
    tested = [(specimen, isolate) for specimen, isolate in taking.isolates if isolate.antibiogram]
    if tested:
        specimen, isolate = max(tested, key=lambda pair: _resistance(pair[1]))
        how = f"{isolate.growth.name} of {specimen.label}"
        yield Found("n_tested", float(len(isolate.antibiogram)), how, specimen)
        yield Found("n_resistant", float(isolate.count("R")), how, specimen)
        yield from _categories(specimen, isolate, how)


def _categories(specimen: Specimen, isolate: Isolate, how: str) -> Iterator[Found]:
    """For Staphylococcus aureus alone: the lists of other organisms were not found."""
    found = category_count(isolate.event.code, isolate.antibiogram)
    if found is not None:
        yield Found("categories_total", float(found.total), how, specimen)
        yield Found("categories_tested", float(found.tested), how, specimen)
        yield Found("categories_resistant", float(found.resistant), how, specimen)
        if found.is_mrsa is not None:
            yield Found("mrsa", float(found.is_mrsa), how, specimen)


def _resistance(isolate: Isolate) -> tuple[bool, int, float]:
    tested, resistant = len(isolate.antibiogram), isolate.count("R")
    multidrug = resistant >= MANY_RESISTANT or (tested - resistant) / tested < LEAST_SUSCEPTIBLE
    return multidrug, resistant, resistant / tested


def _virulence(taking: Taking) -> Iterator[Found]:
    one = _leading(taking)
    if one is None or one.species not in VIRULENT | LOW:
        return
    where = _leading_words(taking)[1]
    is_low = one.species in LOW
    yield Found("low_virulence", float(is_low), one.name, where)
    yield Found("virulent_organism", float(not is_low), one.name, where)


def _labels(taken: Sequence[Specimen]) -> str:
    return ", ".join(one.label for one in taken)
