from __future__ import annotations

from itertools import pairwise

import pytest

from osteon.service.patients.road import ORDINARY_MOVES, ROAD, Position, is_ordinary


def test_road_is_the_one_the_patient_page_shows():
    words = [position.words for position in ROAD]
    assert words == ["Referred", "Work-up", "Meeting", "Theatre", "OPAT", "Follow-up", "Closed"]


def test_every_position_says_where_it_leads():
    assert set(ORDINARY_MOVES) == set(Position)


@pytest.mark.parametrize("position", Position)
def test_no_position_leads_to_itself(position):
    assert not is_ordinary(position, position)


def test_closing_is_ordinary_from_follow_up_only():
    assert [p for p in Position if is_ordinary(p, "closed")] == [Position.FOLLOW_UP]


def test_reopening_always_needs_a_reason():
    assert not any(is_ordinary("closed", goal) for goal in Position)


def test_the_road_itself_can_be_walked_without_a_reason():
    assert all(is_ordinary(start, goal) for start, goal in pairwise(ROAD))
