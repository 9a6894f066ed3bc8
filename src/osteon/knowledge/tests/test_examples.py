"""The example tables are read strictly: a row that cannot be read is an error, never a passed test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osteon.knowledge import rule
from osteon.rules.examples import DAY_ZERO, BadExample, examples_of
from osteon.rules.judge import judge

HEAD = "patient | facts | answer\n--- | --- | ---\n"


def table(row: str):
    return examples_of(replace(rule("daptomycin-ck"), examples=HEAD + row))


def test_a_row_becomes_events_and_a_day():
    (example,) = table("a | daptomycin since day 0 for 42 days; CK day 1 = <80 (≤ 200) | not due on day 5")
    course, ck = example.events
    assert (course.code, course.numeric_value, course.unit, course.end) == ("ATC//J01XX09", 42, "d", None)
    assert (ck.numeric_value, ck.comparator, ck.unit, ck.reference_high) == (80, "<", "U/L", 200)
    assert (example.as_of - DAY_ZERO).days == 5


def test_a_stopped_course_has_an_end():
    (example,) = table("a | daptomycin days 0-4 | does not apply on day 20")
    assert (example.events[0].end - DAY_ZERO).days == 4


@pytest.mark.parametrize(
    "row",
    [
        "a | daptomycin since day 0",
        "a | daptomycin since day 0 | quiet",
        "a | aspirin since day 0 | quiet on day 1",
        "a | CK on day 1 = 80 | quiet on day 1",
        "a | CK day 1 = eighty | quiet on day 1",
        "a | sadness day 1: yes | quiet on day 1",
        "a | fever day 1: perhaps | quiet on day 1",
    ],
)
def test_a_row_that_cannot_be_read_is_an_error(row):
    with pytest.raises(BadExample, match="daptomycin-ck"):
        table(row)


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        ("red on day 6", True),
        ("amber on day 6", False),
        ("unknown on day 6: upper limit of CK", False),
        ("not due on day 6", False),
        ("does not apply on day 6", False),
    ],
)
def test_an_example_holds_only_when_the_answer_is_the_promised_one(promise, kept):
    (example,) = table(f"a | daptomycin since day 0; CK day 6 = 2140 (≤ 200) | {promise}")
    (answer,) = judge([rule("daptomycin-ck")], example.events, example.as_of)
    assert example.holds(answer) is kept


def test_a_reason_that_is_not_missing_breaks_the_promise():
    row = (
        "a | daptomycin since day 0; CK day 6 = 1500; muscle pain or weakness day 6: no | unknown on day 6: "
    )
    answers = {}
    for reason in ("upper limit of CK", "the weather"):
        (example,) = table(row + reason)
        (answer,) = judge([rule("daptomycin-ck")], example.events, example.as_of)
        answers[reason] = example.holds(answer)
    assert answers == {"upper limit of CK": True, "the weather": False}
