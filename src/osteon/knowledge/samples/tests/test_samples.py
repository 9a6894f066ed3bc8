"""Agreement of specimens: the binomial aid, antibiotics before sampling, and the two rules side by side."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from osteon.events.schema import Event
from osteon.knowledge.samples import DEFINITIONS
from osteon.knowledge.samples.antibiotics import antibiotic_free_days
from osteon.knowledge.samples.atkins_1998 import TABLE
from osteon.knowledge.samples.binomial import at_least
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.given import given

NOW = datetime(2026, 3, 2, 9)
TWO_ALIKE, THREE_ALIKE = DEFINITIONS


def answered(definition, facts: str) -> DefinitionAnswer:
    pairs = [part.split("=", 1) for part in facts.split("; ")]
    return answer_definition(definition, given([(k.strip(), v) for k, v in pairs], NOW), NOW)


@pytest.mark.parametrize(
    ("k", "n", "p", "printed"),
    [
        (2, 3, 0.5, 0.50),
        (2, 5, 0.6, 0.91),
        (3, 5, 0.6, 0.68),
        (3, 6, 0.7, 0.93),
        (2, 5, 0.05, 0.023),
        (2, 6, 0.05, 0.033),
        (3, 5, 0.03, 0.0003),
        (2, 3, 0.10, 0.028),
    ],
)
def test_the_aid_gives_the_printed_figures(k, n, p, printed):
    assert at_least(k, n, p) == pytest.approx(printed, abs=0.006 if printed > 0.1 else 0.0006)


def test_the_aid_reproduces_the_published_table():
    yield_, contamination = 0.59, 0.06
    assert at_least(3, 5, yield_) == pytest.approx(0.67, abs=0.01)
    assert at_least(3, 5, contamination) == pytest.approx(0.002, abs=0.0005)


def test_the_aid_is_sure_at_the_ends_and_refuses_nonsense():
    assert at_least(0, 5, 0.3) == pytest.approx(1)
    assert at_least(6, 5, 0.3) == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        at_least(1, 5, 1.2)
    with pytest.raises(ValueError, match="from 0"):
        at_least(1, -5, 0.2)


@pytest.mark.parametrize("number", range(1, 8))
def test_each_row_of_the_table_covers_every_score(number):
    name, cells, _ = TABLE.rows[number - 1]
    assert name == f"{number} taken"
    assert len(cells) == len(TABLE.scores)


def test_two_of_five_convince_one_rule_and_not_the_other():
    facts = "cultures_alike=2; specimens_valid=5"
    assert answered(TWO_ALIKE, facts).axes[0].words() == "concordant"
    strict = answered(THREE_ALIKE, facts)
    assert strict.axes[0].words() == "fewer than three alike"
    (table, first, last), *more = strict.tables()
    assert (first, last, more) == (2, 2, [])
    assert table.rows[4][1][first] == "0.24 / 0.03; LR 7.6"


def test_without_a_denominator_the_strict_rule_says_nothing():
    assert answered(THREE_ALIKE, "cultures_alike=3").refused != ()


@pytest.mark.parametrize(
    "facts",
    [
        "cultures_alike=0; specimens_valid=4; in_bottles=no",
        "cultures_alike=0; specimens_valid=2; in_bottles=yes",
        "cultures_alike=0; specimens_valid=5; antibiotic_free_days=13",
        "cultures_alike=0; specimens_valid=5; antibiotic_free_days=14; days_incubated=7",
    ],
)
def test_no_growth_is_not_read_as_no_infection_before_it_is_adequate(facts):
    assert answered(TWO_ALIKE, facts).axes[0].words() == "not adequate"


def test_three_in_bottles_are_enough():
    facts = "cultures_alike=0; specimens_valid=3; in_bottles=yes; antibiotic_free_days=14; days_incubated=14"
    assert answered(TWO_ALIKE, facts).axes[0].words() == "no agreement"


def course(start: int, end: int | None, code: str = "ATC//J01CF05") -> Event:
    stop = None if end is None else NOW + timedelta(days=end)
    return Event(1, NOW + timedelta(days=start), code, end=stop, source=f"course:{start}")


@pytest.mark.parametrize(
    ("courses", "days"),
    [
        ([], None),
        ([course(-30, -10)], 10),
        ([course(-30, -10), course(-60, -40)], 10),
        ([course(-30, None)], 0),
        ([course(-30, 5)], 0),
        ([course(0, 5)], None),  # prophylaxis
        ([course(-30, None, "ATC//B01AA03")], None),  # an anticoagulant
        ([course(3, 9)], None),
    ],
)
def test_days_off_antibiotics_before_the_taking(courses, days):
    assert antibiotic_free_days(courses, NOW) == days
