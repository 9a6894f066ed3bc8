"""Observations: laboratory results and vital signs, with components, limits and reference ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from osteon.events.schema import COMPARATORS, Event
from osteon.events.units import conversion, is_possible, ucum
from osteon.events.vocabulary import MEASURE_BY_CODE, Measure
from osteon.standards.fhir.codings import Coded, chosen, words_of
from osteon.standards.fhir.shapes import Json, Refuse, number, obj, objs, word
from osteon.standards.fhir.times import When
from osteon.standards.fhir.translation import Taken, Translation, original_of, plain, source_of

_UCUM: Final = "http://unitsofmeasure.org"
_NOT_A_RESULT: Final = frozenset({"cancelled", "entered-in-error"})
_TIMES: Final = ("effectiveDateTime", "effectivePeriod.start", "effectiveInstant")


class Value(NamedTuple):
    """What an Observation or a component says."""

    number: float | None = None
    comparator: str | None = None
    unit: str | None = None
    text: str | None = None


class Range(NamedTuple):
    """A reference range and its unit, as printed."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None


def observation(resource: Json, translation: Translation) -> Taken:
    """One event for the value, or one for each component that has one."""
    check_status(resource)
    subject = translation.patient_of(resource)
    moment = moment_of(resource, translation)
    found = [
        _event(subject, part, moment, source, resource, translation) for part, source in _parts(resource)
    ]
    if not found:
        _explain_absence(resource, translation)
    events = [event for event, _ in found]
    is_kept = bool(found) and not any(is_mapped for _, is_mapped in found)
    return Taken(events, kept=events[0].code if is_kept else None)


def check_status(resource: Json) -> None:
    """Refuses what the sender has withdrawn."""
    status = word(resource, "status")
    if status in _NOT_A_RESULT:
        raise Refuse(f"is marked {status}")


def moment_of(resource: Json, translation: Translation) -> When:
    """When it was taken; the time of the report where that is not said."""
    found = translation.time_of(resource, *_TIMES)
    if found is None:
        found = translation.start_of(resource, "issued")
        translation.remark(resource, "no sampling time, the time of the report is used")
    return found


def _parts(resource: Json) -> Iterator[tuple[Json, str]]:
    source = source_of(resource)
    if has_value(resource):
        yield resource, source
    for count, component in enumerate(objs(resource, "component"), 1):
        if has_value(component):
            yield component, f"{source}/component/{count}"


def has_value(part: Json) -> bool:
    """Whether any ``value[x]`` is there."""
    return any(key.startswith("value") for key in part)


def _explain_absence(resource: Json, translation: Translation) -> None:
    """An Observation without a value: a heading over others, or a test that gave none."""
    if resource.get("hasMember") or resource.get("component"):
        translation.remark(
            resource, "a heading without a value of its own; its members are read by themselves"
        )
        return
    why = words_of(obj(resource, "dataAbsentReason")) or _absence_code(resource)
    raise Refuse(f"has no value ({why})" if why else "has no value")


def _absence_code(resource: Json) -> str:
    reason = obj(resource, "dataAbsentReason")
    return next((word(c, "code") for c in objs(reason, "coding")), "") if reason else ""


def _event(
    subject: int, part: Json, moment: When, source: str, whole: Json, translation: Translation
) -> tuple[Event, bool]:
    coded = chosen(obj(part, "code"), MEASURE_BY_CODE.__contains__, _is_loinc)
    if coded is None:
        raise Refuse("has no code")
    value = value_of(part)
    issued = translation.time_of(whole, "issued")
    written = _written(part, value, coded, translation, whole)
    event = Event(
        subject,
        moment.time,
        written.code,
        numeric_value=written.value.number,
        comparator=value.comparator,
        unit=written.value.unit,
        text_value=value.text,
        reference_low=written.low,
        reference_high=written.high,
        recorded_at=issued.time if issued else None,
        source=source,
        original=original_of(moment.said, written.before),
    )
    return event, written.is_mapped


class _Written(NamedTuple):
    code: str
    value: Value
    low: float | None
    high: float | None
    before: str
    is_mapped: bool


def _written(part: Json, value: Value, coded: Coded, translation: Translation, whole: Json) -> _Written:
    """The value in its measure's unit, with its range; or everything as it came."""
    translation.named(coded)
    limits = range_of(part)
    measure = MEASURE_BY_CODE.get(coded.code)
    as_it_came = value._replace(unit=ucum(value.unit) or value.unit)
    if measure is None or value.number is None:
        return _Written(coded.code, as_it_came, limits.low, limits.high, "", measure is not None)
    how = conversion(measure, value.unit, coded.code)
    if how is None:
        said = f"unit {value.unit!r} not known" if value.unit else "no unit"
        translation.remark(whole, f"{measure.name}: {said}, kept as it came")
        return _Written(coded.code, as_it_came, limits.low, limits.high, "", False)
    converted = value._replace(number=how.apply(value.number), unit=measure.unit)
    _check_possible(measure, converted.number)
    low, high = _range_in(measure, limits, value.unit, coded.code)
    before = "" if (coded.code, value.unit) == (measure.code, measure.unit) else _before(coded, value)
    return _Written(measure.code, converted, low, high, before, True)


def _check_possible(measure: Measure, value: float | None) -> None:
    if value is not None and not is_possible(measure, value):
        raise Refuse(f"{measure.name}: a value no living patient has")


def _before(coded: Coded, value: Value) -> str:
    parts = (coded.code, f"{value.comparator or ''}{plain(value.number)}", value.unit or "")
    return " ".join(filter(None, parts))


def _range_in(
    measure: Measure, limits: Range, unit: str | None, code: str
) -> tuple[float | None, float | None]:
    """The range in the measure's unit. A range without a unit of its own is in the value's."""
    how = conversion(measure, limits.unit or unit, code)
    if how is None:
        return None, None
    low, high = limits.low, limits.high
    return None if low is None else how.apply(low), None if high is None else how.apply(high)


def _is_loinc(code: str) -> bool:
    return code.startswith("LOINC//")


def value_of(part: Json) -> Value:
    """The ``value[x]``, whichever it is."""
    quantity = obj(part, "valueQuantity")
    if quantity is not None:
        return quantity_of(quantity)
    concept = obj(part, "valueCodeableConcept")
    if concept is not None:
        return Value(text=_concept_text(concept))
    if "valueString" in part:
        return Value(text=word(part, "valueString") or _no_text())
    return _rarer_value(part)


def _rarer_value(part: Json) -> Value:
    if "valueInteger" in part:
        return Value(number=number(part, "valueInteger"))
    if "valueBoolean" in part:
        return Value(text={True: "yes", False: "no"}.get(part["valueBoolean"]) or _no_text())
    for key in ("valueDateTime", "valueTime"):
        if key in part:
            return Value(text=word(part, key) or _no_text())
    return Value(text=_composed_text(part))


def _composed_text(part: Json) -> str:
    """Ranges, ratios and periods have no single number: they are kept in words."""
    for key, ends, between in (
        ("valueRange", ("low", "high"), "-"),
        ("valueRatio", ("numerator", "denominator"), "/"),
    ):
        if (holder := obj(part, key)) is not None:
            return between.join(_spoken(obj(holder, end)) for end in ends)
    period = obj(part, "valuePeriod")
    if period is not None:
        return f"{word(period, 'start')} to {word(period, 'end')}"
    raise Refuse("has a value of a kind that is not read (sampled data or an attachment)")


def _spoken(quantity: Json | None) -> str:
    if quantity is None:
        return ""
    value = quantity_of(quantity)
    return " ".join(filter(None, (plain(value.number), value.unit)))


def _no_text() -> str:
    raise Refuse("has an empty value")


def _concept_text(concept: Json) -> str:
    coded = chosen(concept)
    if coded is None:
        _no_text()
        return ""
    return coded.words or coded.code


def quantity_of(quantity: Json) -> Value:
    """A Quantity; its unit is the UCUM code where that is given, else the printed unit."""
    found = number(quantity, "value")
    if found is None:
        raise Refuse("has a quantity without a value")
    comparator = word(quantity, "comparator") or None
    if comparator is not None and comparator not in COMPARATORS:
        raise Refuse(f"has a comparator {comparator[:10]!r}")
    code = word(quantity, "code") if word(quantity, "system") in (_UCUM, "") else ""
    printed = code or word(quantity, "unit") or None
    return Value(found, comparator, printed)


def range_of(part: Json) -> Range:
    """The laboratory's normal range: the first that is not for some other kind of people or purpose."""
    for item in objs(part, "referenceRange"):
        kind = obj(item, "type")
        if kind is None or words_of(kind).casefold().startswith("normal") or _is_normal(kind):
            low, high = obj(item, "low"), obj(item, "high")
            ends = [quantity_of(end) for end in (low, high) if end and "value" in end]
            return Range(
                number(low, "value") if low else None,
                number(high, "value") if high else None,
                next((end.unit for end in ends if end.unit), None),
            )
    return Range()


def _is_normal(kind: Json) -> bool:
    return any(word(coding, "code") == "normal" for coding in objs(kind, "coding"))
