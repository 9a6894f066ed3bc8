"""Dates as FHIR writes them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.standards.fhir.shapes import Refuse
from osteon.standards.fhir.tests.builders import Read, observation
from osteon.standards.fhir.times import birth_of, precision_of, when


@pytest.mark.parametrize(
    ("text", "time", "said"),
    [
        ("2019", datetime(2019, 1, 1), "2019"),
        ("2019-03", datetime(2019, 3, 1), "2019-03"),
        ("2019-03-09", datetime(2019, 3, 9), ""),
        ("2019-03-09T08:12:00Z", datetime(2019, 3, 9, 8, 12), ""),
        ("2019-03-09T08:12:00.250+00:00", datetime(2019, 3, 9, 8, 12, 0, 250000), ""),
        ("2019-07-09T00:30:00+01:00", datetime(2019, 7, 8, 23, 30), ""),
        ("2019-12-31T20:00:00-05:00", datetime(2020, 1, 1, 1), ""),
    ],
)
def test_date_keeps_its_precision_and_comes_in_utc(text, time, said):
    assert when(text)[:2] == (time, said)


@pytest.mark.parametrize(
    "text",
    [
        "2019-13",
        "2019-02-30",
        "19",
        "20190309",
        "2019-W10",
        "2019-03-09T25:00:00Z",
        "9999-12-31T23:00:00-05:00",
        "soon",
    ],
)
def test_date_that_cannot_be_is_refused(text):
    with pytest.raises(Refuse, match="is impossible"):
        when(text)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()))
def test_any_zone_comes_as_the_same_moment_in_utc(moment):
    if moment.utcoffset().seconds % 60:
        return  # zones of a century ago with odd seconds cannot be written in FHIR
    assert when(moment.isoformat()).time == moment.astimezone(UTC).replace(tzinfo=None)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        assert when(text).time.tzinfo is None
    except Refuse as reason:
        assert "impossible" in str(reason)


def test_time_without_a_zone_is_taken_as_utc_and_remarked(tmp_path):
    read = Read(tmp_path, observation(effectiveDateTime="2026-03-05T08:00:00"))
    assert read.only.time == datetime(2026, 3, 5, 8)
    assert read.report.remarks == {"Observation: a time without a zone, taken as UTC": 1}


def test_partial_date_stands_in_the_original_before_what_was_converted(tmp_path):
    event = Read(tmp_path, observation("2160-0", 1.2, "mg/dL", effectiveDateTime="2019-03")).only
    assert event.time == datetime(2019, 3, 1)
    assert event.original == "2019-03 | LOINC//2160-0 1.2 mg/dL"
    assert precision_of(event.original) == "month"


@pytest.mark.parametrize(
    ("original", "precision"),
    [
        ("2019", "year"),
        ("2019-03", "month"),
        (None, "minute"),
        ("LOINC//2160-0 1.2 mg/dL", "minute"),
        ("2019 | x", "year"),
    ],
)
def test_precision_is_read_back_from_the_original(original, precision):
    assert precision_of(original) == precision


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (None, "day")),
        ("1959", (date(1959, 1, 1), "year")),
        ("1959-02", (date(1959, 2, 1), "month")),
        ("1959-02-14", (date(1959, 2, 14), "day")),
    ],
)
def test_birth_date_keeps_its_precision(text, expected):
    assert birth_of(text) == expected
