"""Values in words: what a nurse reads must be what the laboratory said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.results.ranges import (
    Reading,
    Standing,
    direction,
    figure,
    range_in_words,
    standing_in_words,
    value_in_words,
)


@pytest.mark.parametrize(
    ("reading", "standing", "words"),
    [
        (Reading(2140, high=200), Standing.ABOVE, "10.7 × upper limit"),
        (Reading(80, high=200), Standing.WITHIN, "within range"),
        (Reading(200, high=200), Standing.WITHIN, "within range"),
        (Reading(201, high=200), Standing.ABOVE, "just above the upper limit"),
        (Reading(60, low=150, high=400), Standing.BELOW, "0.4 × lower limit"),
        (Reading(149, low=150, high=400), Standing.BELOW, "just below the lower limit"),
        (Reading(0.05, low=1.8), Standing.BELOW, "0.03 × lower limit"),
        (Reading(12), Standing.NO_RANGE, "no range to compare with"),
        (Reading(None, low=1, high=2), Standing.NO_NUMBER, "not a number"),
        (Reading(4, "<", high=5), Standing.WITHIN, "within range"),
        (Reading(10, "<", high=5), Standing.CANNOT_SAY, "cannot be placed: reported only as a limit"),
        (Reading(10, "<", low=10), Standing.BELOW, "just below the lower limit"),
        (Reading(10, "<=", low=10), Standing.CANNOT_SAY, "cannot be placed: reported only as a limit"),
        (Reading(5, "<", low=2, high=8), Standing.CANNOT_SAY, "cannot be placed: reported only as a limit"),
        (Reading(500, ">", high=5), Standing.ABOVE, "more than 100 × upper limit"),
        (Reading(5, ">", high=5), Standing.ABOVE, "just above the upper limit"),
        (Reading(5, ">=", high=5), Standing.CANNOT_SAY, "cannot be placed: reported only as a limit"),
        (Reading(90, ">", low=60), Standing.WITHIN, "within range"),
        (Reading(3, high=0), Standing.ABOVE, "above the upper limit"),
        (Reading(-3.0, low=-2.0, high=2.0), Standing.BELOW, "below the lower limit"),
    ],
)
def test_a_value_is_placed_only_when_that_is_certain(reading, standing, words):
    assert reading.standing is standing
    assert standing_in_words(reading) == words


@pytest.mark.parametrize("reading", [Reading(None), Reading(5), Reading(10, "<", high=5)])
def test_what_is_not_known_never_reads_as_within_range(reading):
    assert "within" not in standing_in_words(reading)
    assert not reading.is_out


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2140.0, "2,140"),
        (0.064, "0.064"),
        (4.50, "4.5"),
        (0, "0"),
        (-0.5, "-0.5"),
        (-0.0, "0"),
        (1e7, "10,000,000"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_figure_is_written_without_exponent_or_spare_zeros(value, written):
    assert figure(value) == written


@given(st.floats(min_value=1e-6, max_value=999_999, allow_nan=False))
def test_a_figure_keeps_six_significant_digits(value):
    assert float(figure(value).replace(",", "")) == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(5, 40, "5 to 40"), (None, 5, "up to 5"), (60, None, "60 or more"), (None, None, "not given")],
)
def test_a_range_is_said_in_words(low, high, words):
    assert range_in_words(low, high) == words


@pytest.mark.parametrize(
    ("now", "before", "arrow", "words"),
    [
        (Reading(24), Reading(180), "↓", "down from 180"),
        (Reading(180), Reading(24), "↑", "up from 24"),
        (Reading(24), Reading(24), "→", "same as 24"),
        (Reading(24), None, "", "first value"),
        (Reading(4, "<"), Reading(180), "↓", "down from 180"),
        (Reading(4, "<"), Reading(4, "<"), "→", "same as <4"),
        (Reading(4, "<"), Reading(3), "", "cannot be compared with 3"),
        (Reading(4, "<"), Reading(4), "↓", "down from 4"),
        (Reading(4), Reading(4, "<"), "↑", "up from <4"),
        (Reading(4, ">"), Reading(4), "↑", "up from 4"),
        (Reading(None), Reading(4), "", "cannot be compared"),
    ],
)
def test_a_change_is_said_only_when_it_is_certain(now, before, arrow, words):
    assert (direction(now, before).arrow, direction(now, before).words) == (arrow, words)


@given(
    st.floats(0, 1e4),
    st.sampled_from(["", "<", "<=", ">", ">="]),
    st.floats(0, 1e4),
    st.sampled_from(["", "<", "<=", ">", ">="]),
)
def test_two_readings_are_never_each_above_the_other(a, a_limit, b, b_limit):
    one, other = Reading(a, a_limit), Reading(b, b_limit)
    assert {direction(one, other).arrow, direction(other, one).arrow} in ({"↑", "↓"}, {""}, {"→"})


def test_a_result_in_words_is_shown_as_the_laboratory_wrote_it():
    assert value_in_words(None, "", "haemolysed") == "haemolysed"
    assert value_in_words(None) == "no value"
    assert value_in_words(4, "<") == "<4"
