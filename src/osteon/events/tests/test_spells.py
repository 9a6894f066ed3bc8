"""Spells of treatment from starts, stops and single doses."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from osteon.events.spells import Spell, closed, doses, joined, paired

DAY0 = datetime(2026, 3, 2, 9)


def at(days: float) -> datetime:
    return DAY0 + timedelta(days=days)


def spell(start: float, end: float | None, source: str = "row") -> Spell:
    return Spell(at(start), None if end is None else at(end), source)


def test_start_pairs_with_the_next_stop():
    found = paired([(at(0), "a"), (at(10), "b")], [at(7), at(14)])
    assert found.spells == [spell(0, 7, "a"), spell(10, 14, "b")]
    assert found.stops_alone == 0


def test_orders_that_follow_on_make_one_spell():
    found = paired([(at(0), "a"), (at(5), "b")], [at(5), at(9)])
    assert joined(found.spells) == [spell(0, 9, "a")]


def test_order_without_a_stop_is_not_stretched_to_a_later_orders_stop():
    found = paired([(at(0), "a"), (at(400), "b")], [at(405)])
    assert found.spells == [spell(0, None, "a"), spell(400, 405, "b")]


def test_order_that_begins_and_ends_at_one_moment_is_a_spell():
    assert paired([(at(0), "a")], [at(0)]).spells == [spell(0, 0, "a")]


def test_stop_without_a_start_is_counted_and_ends_nothing():
    found = paired([(at(3), "a")], [at(1), at(5), at(8)])
    assert found.spells == [spell(3, 5, "a")]
    assert found.stops_alone == 2


def test_order_stopped_before_it_began_was_never_given():
    found = paired([(at(0), "a"), (at(2), "b")], [at(1.0), at(1.9)])
    assert found.spells == [spell(0, 1, "a")]
    assert (found.cancelled, found.stops_alone) == (1, 0)


def test_order_does_not_reach_a_stop_beyond_its_own_stay():
    found = paired([(at(0), "a"), (at(400), "b")], [at(405), at(406)], ends_of_stays=[at(10), at(410)])
    assert found.spells == [spell(0, None, "a"), spell(400, 405, "b")]
    assert found.stops_alone == 1


def test_stop_written_on_the_evening_of_the_discharge_counts():
    assert paired([(at(0), "a")], [at(10.2)], ends_of_stays=[at(10)]).spells == [spell(0, 10.2, "a")]


def test_start_without_a_stop_lasts():
    assert paired([(at(0), "a")], []).spells == [spell(0, None, "a")]


def test_open_spell_ends_at_the_first_later_contradiction():
    assert closed(spell(2, None), [at(9), at(1), at(4)]) == spell(2, 4)


def test_open_spell_stays_open_when_nothing_later_contradicts():
    assert closed(spell(2, None), [at(1), at(2)]) == spell(2, None)


def test_closed_spell_is_not_shortened():
    assert closed(spell(2, 9), [at(4)]) == spell(2, 9)


def test_spells_a_day_apart_are_one_and_keep_the_first_source():
    assert joined([spell(8, 12, "b"), spell(0, 7, "a")]) == [spell(0, 12, "a")]


def test_spells_more_than_a_day_apart_stay_two():
    assert joined([spell(0, 7), spell(8.1, 12)]) == [spell(0, 7), spell(8.1, 12)]


def test_open_spell_swallows_what_follows():
    assert joined([spell(0, None), spell(30, 40)]) == [spell(0, None)]


def test_spell_within_another_does_not_shorten_it():
    assert joined([spell(0, 14), spell(2, 3)]) == [spell(0, 14)]


def test_daily_doses_given_late_are_one_spell():
    assert doses([(at(0), "a"), (at(1.1), "b"), (at(2.0), "c")]) == [spell(0, 2, "a")]


def test_dose_missed_for_two_days_begins_another_spell():
    assert doses([(at(0), "a"), (at(2), "b")]) == [spell(0, 0, "a"), spell(2, 2, "b")]


hours = st.integers(0, 500)
spans = st.tuples(hours, st.none() | st.integers(0, 200)).map(
    lambda span: spell(span[0] / 24, None if span[1] is None else (span[0] + span[1]) / 24)
)


@given(st.lists(spans, max_size=12))
def test_joining_twice_changes_nothing(spells):
    assert joined(joined(spells)) == joined(spells)


@given(st.lists(spans, max_size=12), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(spells, random):
    shuffled = list(spells)
    random.shuffle(shuffled)
    assert joined(shuffled) == joined(spells)


@given(st.lists(spans, max_size=12))
def test_joined_spells_cover_every_spell_and_lie_apart(spells):
    out = joined(spells)
    for one in spells:
        assert any(
            o.start <= one.start and (o.end is None or (one.end is not None and one.end <= o.end))
            for o in out
        )
    for earlier, later in pairwise(out):
        assert earlier.end is not None
        assert later.start - earlier.end > timedelta(hours=24)


@given(st.lists(hours, max_size=10), st.lists(hours, max_size=10), st.lists(hours, max_size=3))
def test_every_start_and_stop_is_used_once_or_counted(starts, stops, stays):
    found = paired(
        [(at(h / 24), "s") for h in starts], [at(h / 24) for h in stops], [at(h / 24) for h in stays]
    )
    assert len(found.spells) + found.cancelled == len(starts)
    assert sum(s.end is not None for s in found.spells) + found.cancelled + found.stops_alone == len(stops)
    assert all(s.end is None or s.end >= s.start for s in found.spells)
