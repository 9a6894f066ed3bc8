"""What somebody typed or a feed sent, as what is stored: the measure's own unit, or the words it came in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from osteon.events.schema import COMPARATORS, EARLIEST
from osteon.events.units import is_possible, to_canonical
from osteon.events.vocabulary import MEASURE_BY_CODE, MEASURES, Measure
from osteon.service.patients.facts import Refused
from osteon.service.patients.models import Patient
from osteon.service.patients.partial_dates import Precision
from osteon.service.results.ranges import figure

CLOCK_TOLERANCE = timedelta(minutes=5)  # laboratory clocks run a little ahead of ours


@dataclass(frozen=True, slots=True)
class Reported:
    """A value as reported: ``low`` and ``high`` are in the same ``unit`` as ``value``."""

    value: float | None = None
    unit: str = ""
    comparator: str = ""
    text: str = ""
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        number = "" if self.value is None else f"{self.comparator}{figure(self.value)}"
        return " ".join(part for part in (number, self.unit, self.text) if part)


def typed_values(measure: Measure | None, reported: Reported) -> dict[str, Any]:
    """The columns of a result that a person typed.

    Raises:
        Refused: without a value, with an impossible one, or in a unit that cannot be converted.
    """
    _check_numbers(reported)
    if reported.value is None:
        return _in_words(reported)
    if measure is None:
        return _as_it_came(reported)
    converted = _converted(measure, reported, measure.code)
    if converted is None:
        said = (
            _("“%(unit)s” is not a unit in which %(what)s is known. Use %(expected)s.")
            if reported.unit.strip()
            else _("No unit is given in which %(what)s is known. Use %(expected)s.")
        )
        raise Refused(said % {"unit": reported.unit, "what": measure.name, "expected": measure.unit})
    if not is_possible(measure, converted["numeric_value"]):
        raise Refused(
            _("%(what)s of %(value)s cannot be right. Check value and unit.")
            % {"what": measure.name, "value": reported}
        )
    return converted


def received_values(code: str, reported: Reported) -> dict[str, Any]:
    """The columns of a result that a feed sent. A unit that is not known keeps the value as words.

    Raises:
        Refused: without a value, or with an impossible one.
    """
    _check_numbers(reported)
    measure = MEASURE_BY_CODE.get(code)
    if reported.value is None:
        return _in_words(reported)
    if measure is None:
        return _as_it_came(reported)
    converted = _converted(measure, reported, code)
    if converted is None:
        return {**_in_words(reported), "text_value": str(reported)}
    if not is_possible(measure, converted["numeric_value"]):
        raise Refused(f"{measure.name} of {reported} cannot be right.")
    return converted


def _check_numbers(reported: Reported) -> None:
    for number in (reported.value, reported.low, reported.high):
        if number is not None and not math.isfinite(number):
            raise Refused(_("The value is not a number that can be measured."))
    if reported.value is None and not reported.text.strip():
        raise Refused(_("Give a value, or the laboratory's words."))
    if reported.comparator and (reported.comparator not in COMPARATORS or reported.value is None):
        raise Refused(_("A limit such as < needs a number behind it."))
    if reported.low is not None and reported.high is not None and reported.low > reported.high:
        raise Refused(_("The lower limit of the reference range is above the upper limit."))


def _in_words(reported: Reported) -> dict[str, Any]:
    return {
        "numeric_value": None,
        "comparator": "",
        "unit": "",
        "text_value": reported.text.strip(),
        "reference_low": None,
        "reference_high": None,
    }


def _as_it_came(reported: Reported) -> dict[str, Any]:
    return {
        "numeric_value": reported.value,
        "comparator": reported.comparator,
        "unit": reported.unit.strip(),
        "text_value": reported.text.strip(),
        "reference_low": reported.low,
        "reference_high": reported.high,
    }


def _converted(measure: Measure, reported: Reported, code: str) -> dict[str, Any] | None:
    if not reported.unit.strip() and not measure.unit.startswith("{"):
        return None  # only a ratio such as INR has no unit

    def canonical(number: float | None) -> float | None:
        return None if number is None else to_canonical(measure, number, reported.unit, code)

    value = canonical(reported.value)
    if value is None:
        return None
    same = value == reported.value and reported.unit.strip() == measure.unit
    return {
        "numeric_value": value,
        "comparator": reported.comparator,
        "unit": measure.unit,
        "text_value": reported.text.strip(),
        "reference_low": canonical(reported.low),
        "reference_high": canonical(reported.high),
        "original": "" if same else f"{code} {reported}"[:500],
    }


def check_moment(patient: Patient, taken_at: datetime, precision: str = Precision.MINUTE) -> None:
    """Refuses a moment at which nothing can have been taken from this patient.

    Raises:
        Refused: in the future, before the birth, after the death, or before anything could be measured.
    """
    if taken_at > timezone.now() + CLOCK_TOLERANCE:
        raise Refused(_("That is in the future. A result is recorded once the specimen has been taken."))
    if taken_at.year < EARLIEST.year:
        raise Refused(_("The year %(year)s cannot be right.") % {"year": taken_at.year})
    if patient.birth and taken_at.date() < patient.birth.earliest:
        raise Refused(_("That is before the patient was born."))
    exact = precision in (Precision.MINUTE, Precision.DAY)
    if exact and patient.died_on and taken_at.date() > patient.died_on:
        raise Refused(_("That is after the patient died."))


def own_code(name: str) -> str:
    """A stream code for a test that no vocabulary knows, made of its name."""
    return f"OSTEON//result//{slugify(name)[:80] or 'unnamed'}"


def measure_of(key: str) -> Measure:
    """The measure with that key.

    Raises:
        Refused: when there is none.
    """
    if key not in MEASURES:
        raise Refused(f"There is no measurement called “{key}”.")
    return MEASURES[key]
