"""Prescriptions, statements and single administrations as courses.

A course needs a drug of our vocabulary, found by its ATC code or, as in MEDS, by its name; any other medicine
is kept under its own code. FHIR does not say when a prescription was stopped, only that it was: such a course
ends where the administrations say, or else where it began, and the report counts it. Nothing is left running
that the source calls stopped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from osteon.events.schema import Event
from osteon.events.spells import DAILY_DOSES, Spell, doses, joined
from osteon.events.vocabulary import DRUG_BY_CODE, Drug
from osteon.standards.fhir.codings import ROUTES, Coded, chosen, codings, words_of
from osteon.standards.fhir.shapes import Json, Refuse, number, obj, objs, word
from osteon.standards.fhir.times import When
from osteon.standards.fhir.translation import Taken, Translation, original_of, plain, source_of, until
from osteon.standards.medicines import drug_named

_NOT_ORDERED: Final = frozenset({"cancelled", "entered-in-error", "draft"})
_ONLY_PROPOSED: Final = frozenset({"proposal", "plan", "option"})
_NOT_TAKEN: Final = frozenset({"entered-in-error", "not-taken", "intended"})
_NOT_GIVEN: Final = frozenset({"not-done", "entered-in-error", "preparation"})
_OVER: Final = frozenset({"stopped", "completed", "on-hold"})
_DAYS: Final = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.0, "a": 365.0}
_UNIT_WORDS: Final = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month"}


@dataclass(slots=True)
class Medicine:
    """What was prescribed: its own coding, and our drug where we know it."""

    coded: Coded
    drug: Drug | None


def medicine_of(resource: Json, translation: Translation, route: str) -> Medicine:
    """The medicine of a resource, by code or by reference."""
    concept = obj(resource, "medicationCodeableConcept")
    if concept is None:
        named = translation.referred(resource, obj(resource, "medicationReference"), "medication")
        concept = obj(named or {}, "code")
    coded = chosen(concept, _is_atc)
    if coded is None:
        raise Refuse("does not say which medicine")
    return Medicine(coded, _drug_of(concept or {}, coded, route))


def _is_atc(code: str) -> bool:
    return code.startswith("ATC//")


def _drug_of(concept: Json, coded: Coded, route: str) -> Drug | None:
    """By its ATC code, which already holds the way in; else by the first of its names that we know."""
    if _is_atc(coded.code):
        return DRUG_BY_CODE.get(coded.code)
    names = [words_of(concept), coded.words, *(c.words for c in codings(concept))]
    return next((drug for name in dict.fromkeys(names) if name and (drug := drug_named(name, route))), None)


def medication_request(resource: Json, translation: Translation) -> Taken:
    """A prescription."""
    _check_ordered(resource)
    dosage = next(iter(objs(resource, "dosageInstruction")), {})
    bounds = obj(obj(obj(dosage, "timing") or {}, "repeat") or {}, "boundsPeriod") or {}
    start = translation.time_of(resource, "start", within=bounds)
    start = start or translation.start_of(resource, "authoredOn")
    stop = translation.time_of(resource, "end", within=bounds)
    return _course(resource, translation, dosage, start, stop, is_over=word(resource, "status") in _OVER)


def _check_ordered(resource: Json) -> None:
    status, intent = word(resource, "status"), word(resource, "intent")
    if status in _NOT_ORDERED:
        raise Refuse(f"is marked {status}")
    if intent in _ONLY_PROPOSED:
        raise Refuse("is a proposal, not an order")
    if resource.get("doNotPerform") is True:
        raise Refuse("says not to give the medicine")


def medication_statement(resource: Json, translation: Translation) -> Taken:
    """What the patient is said to take."""
    status = word(resource, "status")
    if status in _NOT_TAKEN:
        raise Refuse(f"is marked {status}")
    dosage = next(iter(objs(resource, "dosage")), {})
    start = translation.start_of(resource, "effectivePeriod.start", "effectiveDateTime", "dateAsserted")
    stop = translation.time_of(resource, "effectivePeriod.end")
    return _course(resource, translation, dosage, start, stop, is_over=status in _OVER)


def _course(
    resource: Json, translation: Translation, dosage: Json, start: When, stop: When | None, *, is_over: bool
) -> Taken:
    medicine = medicine_of(resource, translation, route_of(dosage))
    length = planned_days(resource, dosage, start, stop)
    end = until(start, stop) if is_over else None
    source = source_of(resource)
    event = Event(
        translation.patient_of(resource),
        start.time,
        medicine.drug.code if medicine.drug else translation.named(medicine.coded),
        end=end,
        numeric_value=length if medicine.drug else None,
        unit="d" if medicine.drug and length else None,
        text_value=dose_words(dosage) if medicine.drug else medicine.coded.words or None,
        source=source,
        original=original_of(start.said, _named_before(medicine)),
    )
    if medicine.drug is None:
        return Taken([event], kept=medicine.coded.code)
    if is_over and end is None:
        event = _ended(event, resource, translation)
    return Taken(ordered=[event])


def _ended(event: Event, resource: Json, translation: Translation) -> Event:
    """A course that is over, nobody says since when: by its plan if it was completed, else only its start."""
    if word(resource, "status") == "completed" and event.numeric_value and event.time:
        translation.remark(resource, "completed, no end date: ended by its planned length")
        return replace(event, end=event.time + timedelta(days=event.numeric_value))
    translation.remark(resource, f"{word(resource, 'status')}, no end date: only its start is kept")
    return replace(event, end=event.time)


def _named_before(medicine: Medicine) -> str:
    return f"{medicine.coded.code} {medicine.coded.words}".strip() if medicine.drug else ""


def planned_days(resource: Json, dosage: Json, start: When, stop: When | None) -> float | None:
    """The planned length in days: from the dosage, or from how long the supply is meant to last."""
    repeat = obj(obj(dosage, "timing") or {}, "repeat") or {}
    supply = obj(resource, "dispenseRequest") or {}
    for duration in (obj(repeat, "boundsDuration"), _only_supply(supply)):
        if duration and (days := _in_days(duration)):
            return days
    if stop and stop.time > start.time:
        return (stop.time - start.time) / timedelta(days=1)
    return None


def _only_supply(supply: Json) -> Json | None:
    """What is dispensed once, without repeats, is the course."""
    return None if supply.get("numberOfRepeatsAllowed") else obj(supply, "expectedSupplyDuration")


def _in_days(duration: Json) -> float | None:
    value = number(duration, "value")
    factor = _DAYS.get(word(duration, "code") or word(duration, "unit"))
    return value * factor if value is not None and value > 0 and factor else None


def route_of(dosage: Json) -> str:
    """The way in, in words."""
    concept = obj(dosage, "route")
    if concept is None:
        return ""
    known = (ROUTES.get(c.code.removeprefix("SNOMED//")) for c in codings(concept))
    return next((route for route in known if route), words_of(concept))


def dose_words(dosage: Json) -> str | None:
    """The dose as people read it: "2 g intravenous every 24 hours"."""
    if said := word(dosage, "text"):
        return said
    rate = next(iter(objs(dosage, "doseAndRate")), dosage)
    quantity = obj(rate, "doseQuantity") or obj(dosage, "dose")
    dose = ""
    if quantity and (value := number(quantity, "value")) is not None:
        dose = f"{plain(value)} {word(quantity, 'unit') or word(quantity, 'code')}".strip()
    return " ".join(filter(None, (dose, route_of(dosage), _rhythm(obj(dosage, "timing"))))) or None


def _rhythm(timing: Json | None) -> str:
    if timing is None:
        return ""
    if said := words_of(obj(timing, "code")):
        return said
    repeat = obj(timing, "repeat") or {}
    period, unit = number(repeat, "period"), _UNIT_WORDS.get(word(repeat, "periodUnit"))
    if not period or not unit:
        return ""
    times = number(repeat, "frequency") or 1
    if times == 1:
        return f"every {plain(period)} {unit}s" if period != 1 else f"every {unit}"
    return (
        f"{plain(times)} times in {plain(period)} {unit}s"
        if period != 1
        else f"{plain(times)} times a {unit}"
    )


# Single administrations


def medication_administration(resource: Json, translation: Translation) -> Taken:
    """One administration. Those of a drug of ours are later joined to courses."""
    status = word(resource, "status")
    if status in _NOT_GIVEN:
        raise Refuse(f"is marked {status}")
    dosage = obj(resource, "dosage") or {}
    medicine = medicine_of(resource, translation, route_of(dosage))
    start = translation.start_of(resource, "effectiveDateTime", "effectivePeriod.start")
    end = until(start, translation.time_of(resource, "effectivePeriod.end")) or start.time
    event = Event(
        translation.patient_of(resource),
        start.time,
        medicine.drug.code if medicine.drug else translation.named(medicine.coded),
        end=end if medicine.drug else None,
        text_value=dose_words(dosage) if medicine.drug else medicine.coded.words or None,
        source=source_of(resource),
        original=original_of(start.said, _named_before(medicine)),
    )
    if medicine.drug is None:
        return Taken([event], kept=medicine.coded.code)
    return Taken(given=[event])


def courses_given(ordered: Iterable[Event], given: Iterable[Event]) -> list[Event]:
    """One patient's courses: the prescriptions, and the doses of a drug that no prescription of it covers.

    A prescription whose end nobody wrote ends with the last dose that belongs to it.
    """
    by_drug: dict[str, list[Event]] = {}
    for event in given:
        by_drug.setdefault(event.code, []).append(event)
    orders = list(ordered)
    out = [order for order in orders if order.code not in by_drug]
    for code, events in by_drug.items():
        out += _with_doses([order for order in orders if order.code == code], events)
    return out


def _with_doses(orders: list[Event], given: list[Event]) -> list[Event]:
    first = {event.source: event for event in given}
    spells = _spells(given)
    out: list[Event] = []
    for order in sorted(orders, key=lambda o: (o.time or datetime.min, o.source or "")):  # noqa: DTZ901
        mine = [spell for spell in spells if _belongs(spell, order)]
        spells = [spell for spell in spells if spell not in mine]
        out.append(_extended(order, mine))
    out += [replace(first[spell.source], end=spell.end) for spell in spells]
    return out


def _spells(given: list[Event]) -> list[Spell]:
    lasting = [Spell(e.time, e.end, e.source or "") for e in given if e.time and e.end and e.end > e.time]
    single = doses((e.time, e.source or "") for e in given if e.time and e.end == e.time)
    return joined([*lasting, *single], DAILY_DOSES)


def _belongs(spell: Spell, order: Event) -> bool:
    if order.time is None or spell.start < order.time - DAILY_DOSES:
        return False
    return order.end is None or spell.start <= order.end + DAILY_DOSES


def _extended(order: Event, mine: list[Spell]) -> Event:
    """Only an end that nobody wrote (equal to the start) gives way to the last dose."""
    last = max((spell.end for spell in mine if spell.end), default=None)
    if last is None or order.end is None or order.end != order.time or last <= order.end:
        return order
    return replace(order, end=last)
