"""Values, units, ranges and sources as a person reads them."""

import pytest
from django.utils.translation import override

from osteon.events.schema import Event
from osteon.service.patients.timeline import words
from osteon.service.patients.timeline.tests.stories import NOW

EN = "en-gb"


def measured(value, unit="mg/L", low=None, high=None, comparator=None, text=None):
    return Event(
        1, NOW, "LOINC//1988-5", numeric_value=value, unit=unit, comparator=comparator,
        reference_low=low, reference_high=high, text_value=text,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("10*9/L", "×10⁹/L"),
        ("umol/L", "µmol/L"),
        ("Cel", "°C"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("{INR}", ""),
        ("{score}", ""),
        ("1", ""),
        (None, ""),
        ("mg/L", "mg/L"),
        ("furlong", "furlong"),
    ],
)
def test_a_unit_is_written_as_on_a_chart(unit, written):
    assert words.unit_words(unit) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(182.0, "182"), (2140.0, "2,140"), (0.35, "0.35"), (38.6, "38.6"), (1234567.25, "1,234,567.25")],
)
def test_a_number_is_written_whole(value, written):
    assert words.number_words(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(106.08, "106"), (2140.4, "2,140"), (38.64, "38.6"), (0.1234, "0.123"), (9.999, "10"), (0.0, "0")],
)
def test_a_number_on_the_drawing_has_three_figures(value, written):
    assert words.short_number(value) == written


@pytest.mark.parametrize(
    ("event", "written"),
    [
        (measured(182.0), "182 mg/L"),
        (measured(4.0, comparator="<"), "< 4 mg/L"),
        (measured(None, text="haemolysed"), "haemolysed"),
        (measured(None), ""),
        (measured(2.5, unit="{INR}"), "2.5"),
        (measured(7.0, unit=None), "7"),
    ],
)
def test_a_value_is_written_with_its_unit_and_limit(event, written):
    assert words.value_words(event) == written


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, 5.0, "reference below 5"),
        (0.0, 5.0, "reference below 5"),
        (135.0, 145.0, "reference 135 to 145"),
        (90.0, None, "reference above 90"),
        (None, None, ""),
    ],
)
def test_a_range_is_said_in_words(low, high, said):
    assert words.reference_words(low, high, EN) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (measured(182.0, high=5.0), "36.4 × upper limit"),
        (measured(10.0, high=5.0), "2 × upper limit"),
        (measured(6.0, high=5.0), "1 above the upper limit"),
        (measured(5.0, high=5.0), ""),
        (measured(128.0, low=135.0, high=145.0), "7 below the lower limit"),
        (measured(0.3, low=0.5), "0.2 below the lower limit"),
        (measured(1.0, low=-2.0, high=0.0), "1 above the upper limit"),
        (measured(182.0), ""),
        (measured(None, high=5.0), ""),
    ],
)
def test_a_value_outside_its_range_says_by_how_much(event, said):
    assert words.distance_words(event, EN) == said


def test_a_limit_below_the_range_is_not_called_low():
    assert words.distance_words(measured(4.0, low=5.0, high=9.0, comparator="<"), EN) == ""


def test_a_limit_above_the_range_is_called_high():
    assert words.distance_words(measured(300.0, high=5.0, comparator=">"), EN) == "60 × upper limit"


def test_a_limit_above_a_low_value_is_not_called_low():
    assert words.distance_words(measured(3.0, low=5.0, comparator=">"), EN) == ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("record:results.result/0b1c", "laboratory"),
        ("record:results.isolate/1", "microbiology"),
        ("record:courses.course/1", "course record"),
        ("record:something.new/1", "recorded by the unit"),
        ("fhir:Observation/9", "imported from FHIR Observation"),
        ("meds:events.parquet#12", "imported from MEDS events.parquet"),
        ("sim:7/12", "simulated"),
        ("ward book", "ward book"),
        ("", "source not stated"),
        (None, "source not stated"),
    ],
)
def test_a_source_is_said_in_a_word_or_two(source, said):
    assert words.source_words(source, EN) == said


def test_an_empty_word_stays_empty():
    """Asking a catalogue for the empty text gives back its header."""
    assert words.said("", EN) == ""


def test_a_word_without_translation_stays_as_it_is():
    with override("es"):
        assert words.said("Unheard-of substance", "es") == "Unheard-of substance"


def test_words_go_through_the_catalogue_of_the_active_language():
    with override("es"):
        assert words.said("Monday", "es") == "lunes"
    assert words.said("Monday", EN) == "Monday"
