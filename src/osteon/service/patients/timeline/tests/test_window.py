"""The period shown: chosen well by default, read from an address, never impossible."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.patients.timeline import window as w
from osteon.service.patients.timeline.tests.stories import NOW, at

TODAY = date(2026, 11, 24)
STORY = w.Story(NOW, episode_from=at("2026-07-14"), first=at("2019-05-01"), last=at("2026-11-24"))
days = st.dates(w.EARLIEST_DAY, w.LATEST_DAY)


def test_the_usual_window_begins_two_weeks_before_the_episode_and_ends_two_weeks_from_now():
    assert w.default_window(NOW, at("2026-09-01 09:00")) == w.Window(date(2026, 8, 18), date(2026, 12, 8))


def test_the_usual_window_without_an_episode_is_the_last_six_months():
    assert w.default_window(NOW) == w.Window(date(2026, 5, 24), date(2026, 12, 8))


def test_the_usual_window_of_a_very_long_episode_is_the_last_three_years():
    usual = w.default_window(NOW, at("2011-01-01"))
    assert (usual.last, usual.length) == (date(2026, 12, 8), w.LONGEST)


def test_the_usual_window_of_an_episode_that_starts_tomorrow_shows_the_week_before():
    usual = w.default_window(NOW, at("2026-11-25"))
    assert usual.first <= TODAY - timedelta(days=7)


@pytest.mark.parametrize(
    ("params", "first", "last"),
    [
        ({}, "2026-06-30", "2026-12-08"),
        ({"from": "2026-10-01", "to": "2026-10-31"}, "2026-10-01", "2026-10-31"),
        ({"from": "2026-10-01"}, "2026-10-01", "2026-12-08"),
        ({"to": "2026-10-01"}, "2026-06-30", "2026-10-01"),
        ({"from": " 2026-10-01 ", "to": ""}, "2026-10-01", "2026-12-08"),
        ({"from": "2026-10-01", "to": "2026-10-02"}, "2026-10-01", "2026-10-07"),
        ({"from": "2030-01-01"}, "2030-01-01", "2030-01-08"),
        ({"to": "2020-01-01"}, "2019-12-25", "2020-01-01"),
        ({"span": "2w"}, "2026-11-13", "2026-11-26"),
        ({"span": "3m"}, "2026-09-07", "2026-12-07"),
        ({"span": "1y"}, "2025-12-08", "2026-12-08"),
        ({"span": "nonsense"}, "2026-06-30", "2026-12-08"),
    ],
)
def test_an_address_chooses_the_window(params, first, last):
    assert w.parse_window(params, STORY) == w.Window(date.fromisoformat(first), date.fromisoformat(last))


def test_all_shows_the_story_from_its_first_fact_to_two_weeks_from_now():
    whole = w.parse_window({"span": "all"}, STORY)
    assert whole.first < date(2019, 5, 1)
    assert whole.last == date(2026, 12, 8)


def test_all_of_a_story_without_facts_is_the_last_six_months():
    whole = w.parse_window({"span": "all"}, w.Story(NOW))
    assert whole.holds(at("2026-06-01"))
    assert whole.holds(NOW)


def test_a_window_as_long_as_the_whole_story_may_be_asked_for_by_its_dates():
    whole = STORY.whole
    asked = {"from": whole.first.isoformat(), "to": whole.last.isoformat()}
    assert w.parse_window(asked, STORY) == whole


def test_a_longer_window_than_three_years_ends_where_it_was_asked_to_end():
    short = w.Story(NOW, first=at("2026-01-01"), last=NOW)
    chosen = w.parse_window({"from": "2000-01-01", "to": "2026-01-01"}, short)
    assert (chosen.last, chosen.length) == (date(2026, 1, 1), w.LONGEST)


@pytest.mark.parametrize(
    "params",
    [
        {"from": "24/11/2026"},
        {"to": "tomorrow"},
        {"from": "2026-02-30"},
        {"from": "0001-01-01"},
        {"to": "9999-12-31"},
        {"from": "2026-11-02", "to": "2026-11-01"},
        {"from": "<script>"},
    ],
)
def test_a_period_that_cannot_be_is_refused_with_a_sentence(params):
    with pytest.raises(w.BadPeriod, match=r"date|year|ends before"):
        w.parse_window(params, STORY)


@given(
    first=days | st.none(), last=days | st.none(), span=st.sampled_from(["", "2w", "3m", "1y", "3y", "all"])
)
def test_every_window_an_address_can_give_is_a_week_or_more(first, last, span):
    params = {"from": str(first or ""), "to": str(last or ""), "span": span}
    try:
        chosen = w.parse_window(params, STORY)
    except w.BadPeriod:
        assert first and last and last < first
    else:
        assert w.SHORTEST <= chosen.length <= max(w.LONGEST, STORY.whole.length)
        assert chosen.start < chosen.end


@given(first=days, length=st.integers(7, 1200), by=st.integers(-400_000, 400_000))
def test_a_moved_window_keeps_its_length_and_stays_among_possible_years(first, length, by):
    window = w.Window(first, min(first + timedelta(days=length), w.LATEST_DAY))
    moved = window.moved(timedelta(days=by))
    assert moved.length == window.length
    assert w.EARLIEST_DAY <= moved.first <= moved.last <= w.LATEST_DAY


@given(first=days, length=st.integers(7, 1200), to=st.integers(1, 3000), around=days)
def test_a_resized_window_is_never_shorter_than_a_week(first, length, to, around):
    window = w.Window(first, min(first + timedelta(days=length), w.LATEST_DAY))
    assert window.resized(timedelta(days=to), around).length >= w.SHORTEST


def test_zooming_in_keeps_today_in_its_place():
    window = w.Window(date(2026, 6, 1), date(2026, 12, 8))
    closer = window.resized(window.length / 2, TODAY)
    share = (TODAY - window.first) / window.length
    assert closer.first <= TODAY <= closer.last
    assert abs((TODAY - closer.first) / closer.length - share) < 0.02


def test_a_span_away_from_today_keeps_its_middle():
    window = w.Window(date(2024, 1, 1), date(2024, 12, 31))
    assert w.preset(window, "3m", TODAY).middle == window.middle


def test_a_span_near_today_shows_a_little_of_what_is_ahead():
    chosen = w.preset(STORY.usual, "3y", TODAY)
    assert TODAY < chosen.last <= TODAY + w.MARGIN


@pytest.mark.parametrize(
    ("params", "period"),
    [
        ({}, None),
        ({"period_from": "2026-11-02", "period_to": "2026-11-07"}, (date(2026, 11, 2), date(2026, 11, 7))),
        ({"period_from": "2026-11-02"}, (date(2026, 11, 2), date(2026, 11, 2))),
        ({"period_to": "2026-11-02"}, (date(2026, 11, 2), date(2026, 11, 2))),
    ],
)
def test_a_picked_period_may_be_a_single_day(params, period):
    chosen = w.parse_period(params)
    assert (chosen and (chosen.first, chosen.last)) == period


def test_a_picked_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(w.BadPeriod):
        w.parse_period({"period_from": "2026-11-07", "period_to": "2026-11-02"})


def test_a_window_holds_both_its_days_on_the_units_clock():
    summer = w.Window(date(2026, 7, 1), date(2026, 7, 7))
    assert summer.holds(datetime(2026, 6, 30, 23))
    assert summer.holds(at("2026-07-07 23:59"))
    assert not summer.holds(at("2026-07-08 00:00"))
