"""Units are converted from tables, and never guessed."""

import csv
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.events import units
from osteon.events.units import conversion, is_possible, to_canonical, ucum
from osteon.events.vocabulary import MEASURES
from osteon.events.vocabulary.questions import QUESTIONS

# Expected figures worked by hand from the definitions, not from the table under test.
WORKED = [
    ("creatinine", 1.0, "mg/dL", None, 88.4),
    ("creatinine", 0.1, "mmol/L", None, 100.0),
    ("bilirubin", 1.0, "mg/dL", None, 17.104),
    ("urea", 14.0, "mg/dL", "LOINC//3094-0", 4.9976),
    ("crp", 2.75, "mg/dL", None, 27.5),
    ("haemoglobin", 9.8, "g/dL", None, 98.0),
    ("albumin", 3.6, "g/dL", None, 36.0),
    ("platelets", 190.0, "K/uL", None, 190.0),
    ("platelets", 190000.0, "/uL", None, 190.0),
    ("white-cells", 9.3, "x10E9/L", None, 9.3),
    ("neutrophils", 6080.0, "cells/uL", None, 6.08),
    ("alt", 28.0, "IU/L", None, 28.0),
    ("alt", 1.0, "ukat/L", None, 60.0),
    ("sodium", 138.0, "mEq/L", None, 138.0),
    ("vancomycin-level", 15.5, "ug/mL", None, 15.5),
    ("esr", 59.0, "mm/hr", None, 59.0),
    ("weight", 150.0, "lb", None, 68.0389),
    ("height", 67.0, "Inch", None, 170.18),
    ("temperature", 98.6, "degF", None, 37.0),
    ("temperature", 98.6, "°F", None, 37.0),
    ("hba1c", 6.5, "%", None, 47.53),
    ("inr", 2.5, None, None, 2.5),
]


@pytest.mark.parametrize(("key", "value", "unit", "code", "expected"), WORKED)
def test_a_known_unit_is_converted(key, value, unit, code, expected):
    assert to_canonical(MEASURES[key], value, unit, code) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("creatinine", "mg/L"),  # known to UCUM, unknown for creatinine
        ("crp", None),
        ("crp", ""),
        ("crp", "furlong"),
        ("haemoglobin", "G/L"),  # gram or giga
        ("platelets", "G/L"),
        ("egfr", "mL/min"),  # not per body surface: another quantity
        ("neutrophils", "%"),
        ("creatinine", "UNK"),
    ],
)
def test_an_unknown_unit_is_never_guessed(key, unit):
    assert to_canonical(MEASURES[key], 1.0, unit) is None


def test_urea_in_milligrams_is_converted_only_under_the_code_of_urea_nitrogen():
    assert to_canonical(MEASURES["urea"], 19, "mg/dL", "LOINC//22664-7") is None
    assert to_canonical(MEASURES["urea"], 19, "mg/dL") is None


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_every_measures_own_unit_is_known_and_changes_nothing(measure):
    assert ucum(measure.unit) == measure.unit
    assert conversion(measure, measure.unit).is_identity


def test_every_spelling_leads_to_a_unit_that_is_itself_spelled_so():
    for spelling, unit in units.SPELLINGS.items():
        assert not unit or ucum(unit) == unit, spelling


def test_case_does_not_matter_where_it_cannot_mislead():
    assert ucum("MMOL/L") == ucum("mmol/l") == "mmol/L"
    assert ucum(" mg/dl ") == "mg/dL"


def test_every_conversion_names_a_measure_a_known_unit_and_its_reason():
    with files("osteon.events.vocabulary").joinpath("unit_conversions.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            assert row["measure"] in MEASURES or row["measure"] in QUESTIONS
            assert not row["unit"] or ucum(row["unit"]) == row["unit"]
            assert Fraction(row["factor"]) > 0, "a limit (<5) must stay a limit of the same side"
            assert row["source"]


@given(st.sampled_from(sorted(units.CONVERSIONS)), st.floats(0, 1e6), st.floats(0, 1e6))
def test_conversion_keeps_the_order_of_values(key, one, other):
    _, found = units.CONVERSIONS[key]
    low, high = sorted((one, other))
    assert found.apply(low) <= found.apply(high)


@given(st.sampled_from(sorted(MEASURES)), st.text(max_size=12))
def test_any_text_as_a_unit_gives_a_conversion_or_nothing(key, unit):
    found = conversion(MEASURES[key], unit)
    assert found is None or found.factor > 0


@pytest.mark.parametrize(
    ("key", "value", "possible"),
    [
        ("crp", 0.0, True),
        ("crp", -1.0, False),
        ("creatine-kinase", 300000.0, True),
        ("temperature", 410.0, False),
        ("haemoglobin", 98.0, True),
        ("potassium", 4000.0, False),
        ("height", 1780.0, False),
    ],
)
def test_a_value_no_living_patient_has_is_impossible(key, value, possible):
    assert is_possible(MEASURES[key], value) is possible


def test_every_measure_has_limits():
    assert set(units.LIMITS) == set(MEASURES)
