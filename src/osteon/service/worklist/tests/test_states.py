"""Every pair of "where the alert stands" and "what the rule says now", against the table of the design."""

from datetime import UTC, datetime, timedelta

import pytest

from osteon.service.worklist.states import (
    LEVELS,
    MOVES,
    SAME_DAY,
    Change,
    Move,
    Said,
    Standing,
    State,
    change_between,
    next_move,
    reason_to_reopen,
    urgency_of,
)

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
DUE, OVERDUE, RED = urgency_of("due", False), urgency_of("overdue", False), urgency_of("red", True)

# what the rule says → the move, for an alert that stands overdue on evidence "a"
GONE, SAME, NEWS = None, Said(OVERDUE, "a"), Said(OVERDUE, "b")
WORSE, WORSE_SAME_EVIDENCE, BETTER = Said(RED, "b"), Said(RED, "a"), Said(DUE, "b")

CASES = [
    # state, wakes at, said, move
    (State.OPEN, None, GONE, Move.CLOSE),
    (State.OPEN, None, SAME, Move.NOTHING),
    (State.OPEN, None, NEWS, Move.UPDATE),
    (State.OPEN, None, WORSE, Move.WORSEN),
    (State.OPEN, None, WORSE_SAME_EVIDENCE, Move.WORSEN),
    (State.OPEN, None, BETTER, Move.EASE),
    (State.ACKNOWLEDGED, LATER, GONE, Move.CLOSE),
    (State.ACKNOWLEDGED, LATER, SAME, Move.NOTHING),
    (State.ACKNOWLEDGED, EARLIER, SAME, Move.REOPEN),
    (State.ACKNOWLEDGED, NOW, SAME, Move.REOPEN),
    (State.ACKNOWLEDGED, LATER, NEWS, Move.REOPEN),
    (State.ACKNOWLEDGED, LATER, WORSE, Move.REOPEN),
    (State.ACKNOWLEDGED, LATER, WORSE_SAME_EVIDENCE, Move.REOPEN),
    (State.ACKNOWLEDGED, LATER, BETTER, Move.REOPEN),
    (State.ACKNOWLEDGED, EARLIER, GONE, Move.CLOSE),
    (State.SNOOZED, LATER, GONE, Move.CLOSE),
    (State.SNOOZED, LATER, SAME, Move.NOTHING),
    (State.SNOOZED, EARLIER, SAME, Move.REOPEN),
    (State.SNOOZED, NOW, SAME, Move.REOPEN),
    (State.SNOOZED, LATER, NEWS, Move.REOPEN),
    (State.SNOOZED, LATER, WORSE, Move.REOPEN),
    (State.SNOOZED, LATER, WORSE_SAME_EVIDENCE, Move.REOPEN),
    (State.SNOOZED, LATER, BETTER, Move.REOPEN),
    (State.SNOOZED, EARLIER, GONE, Move.CLOSE),
]


@pytest.mark.parametrize(("state", "wakes_at", "said", "move"), CASES)
def test_each_state_and_answer_has_its_move(state, wakes_at, said, move):
    assert next_move(Standing(state, OVERDUE, "a", wakes_at), said, NOW) is move


def test_nothing_standing_and_nothing_said_is_nothing():
    assert next_move(None, None, NOW) is Move.NOTHING


@pytest.mark.parametrize("said", [SAME, WORSE, BETTER])
def test_a_first_answer_raises(said):
    assert next_move(None, said, NOW) is Move.RAISE


def test_the_table_is_whole():
    standing = {State.OPEN, State.ACKNOWLEDGED, State.SNOOZED}
    assert set(MOVES) == standing
    assert all(set(row) == set(Change) for row in MOVES.values())


def test_the_cases_above_reach_every_cell_of_the_table_that_can_be_reached():
    reached = {
        (state, change_between(Standing(state, OVERDUE, "a", wakes_at), said, NOW))
        for state, wakes_at, said, _ in CASES
    }
    cells = {(state, change) for state, row in MOVES.items() for change in row}
    assert cells - reached == {(State.OPEN, Change.LAPSED)}  # an open alert has nothing that could run out


def test_a_closed_alert_is_never_moved():
    with pytest.raises(KeyError):
        next_move(Standing(State.CLOSED, OVERDUE, "a"), SAME, NOW)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [("due", "unknown"), ("unknown", "overdue"), ("overdue", "amber"), ("amber", "red")],
)
def test_levels_are_ordered_by_danger(lower, higher):
    assert urgency_of(lower, False) < urgency_of(higher, False)


def test_what_cannot_wait_until_tomorrow_comes_before_everything_that_can():
    assert min(urgency_of(level, True) for level in LEVELS) > max(
        urgency_of(level, False) for level in LEVELS
    )
    assert min(urgency_of(level, True) for level in LEVELS) > SAME_DAY


def test_a_test_that_becomes_late_beyond_the_second_limit_is_worse_although_its_level_is_the_same():
    standing = Standing(State.ACKNOWLEDGED, urgency_of("overdue", False), "a", LATER)
    said = Said(urgency_of("overdue", True), "a")
    assert change_between(standing, said, NOW) is Change.WORSE
    assert next_move(standing, said, NOW) is Move.REOPEN


@pytest.mark.parametrize("change", [Change.LAPSED, Change.NEWS, Change.WORSE, Change.BETTER])
def test_every_reopening_says_why(change):
    assert reason_to_reopen(change)
