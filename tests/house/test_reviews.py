"""Every rule is looked at again in time: a passed ``next_review`` fails the build."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest

from osteon.knowledge import all_calculations, all_definitions, all_rules

LONGEST = timedelta(days=3 * 366)  # a review promised for the day after never is none


class Reviewed(Protocol):
    id: str
    reviewed_on: date
    next_review: date


EVERYTHING: tuple[Reviewed, ...] = (*all_rules(), *all_definitions(), *all_calculations())


def late(rules: tuple[Reviewed, ...], today: date) -> list[str]:
    return [one.id for one in rules if one.next_review <= today]


def test_no_review_is_late():
    assert late(EVERYTHING, datetime.now(UTC).date()) == []


def test_a_late_review_would_be_found():
    last = max(one.next_review for one in EVERYTHING)
    assert set(late(EVERYTHING, last)) == {one.id for one in EVERYTHING}
    first = min(EVERYTHING, key=lambda one: one.next_review)
    assert first.id in late(EVERYTHING, first.next_review)


@pytest.mark.parametrize("one", EVERYTHING, ids=lambda one: one.id)
def test_a_review_was_made_and_the_next_is_near(one):
    assert one.reviewed_on <= datetime.now(UTC).date()
    assert timedelta(0) < one.next_review - one.reviewed_on <= LONGEST


def test_no_two_rules_share_a_name():
    names = [one.id for one in EVERYTHING]
    assert len(names) == len(set(names))
