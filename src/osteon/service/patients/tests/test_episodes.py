from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from osteon.service.patients import actions
from osteon.service.patients.models import Episode, EpisodeMove
from osteon.service.patients.partial_dates import PartialDate
from osteon.service.patients.road import Position


def move(cast, episode, goal, **given):
    return actions.move_episode(by=cast.physician, episode=episode, goal=goal, **given)


@pytest.mark.parametrize(
    ("side", "site", "place"),
    [
        ("left", "tibia", "Left tibia"),
        ("none", "T7/8", "T7/8"),
        ("none", "sacrum", "Sacrum"),
        ("both", "knee", "Knee, both sides"),
    ],
)
def test_episode_says_its_place_as_people_do(cast, side, site, place):
    assert cast.episode(cast.ruth, cast.limb, side=side, site=site).place == place


def test_episode_reads_as_place_and_kind(cast):
    assert str(cast.ruth_episode) == "Left tibia: fracture-related infection"


def test_ordinary_move_needs_no_reason_and_is_written_down(cast):
    moved = move(cast, cast.ruth_episode, "follow-up")
    assert moved.position is Position.FOLLOW_UP
    row = EpisodeMove.objects.get()
    assert (row.start, row.goal, row.moved_by, row.is_override) == (
        "opat",
        "follow-up",
        cast.physician,
        False,
    )
    assert moved.status_since == row.moved_at


def test_unusual_move_needs_a_reason_and_keeps_it(cast):
    with pytest.raises(actions.NeedsReason, match="From OPAT to Work-up is not the usual way"):
        move(cast, cast.ruth_episode, "work-up")
    move(cast, cast.ruth_episode, "work-up", reason="New collection on MRI")
    row = EpisodeMove.objects.get()
    assert (row.is_override, row.reason) == (True, "New collection on MRI")


def test_move_to_where_it_stands_is_refused(cast):
    with pytest.raises(actions.Refused, match="stands at OPAT already"):
        move(cast, cast.ruth_episode, "opat")


def test_move_that_somebody_else_made_first_is_stale(cast):
    move(cast, cast.ruth_episode, "follow-up", seen_version=1)
    with pytest.raises(actions.StaleEdit):
        move(cast, cast.ruth_episode, "theatre", seen_version=1)


def test_closing_is_not_a_move_but_an_outcome(cast):
    with pytest.raises(actions.Refused, match="closed with its outcome"):
        move(cast, cast.ruth_episode, "closed")


def close(cast, episode, **given):
    said = {"closed_on": date(2026, 11, 24), "how": "Infection free at two years", **given}
    return actions.close_episode(by=cast.physician, episode=episode, **said)


def test_episode_is_closed_from_follow_up_with_how_it_ended(cast):
    closed = close(cast, move(cast, cast.ruth_episode, "follow-up"))
    assert (closed.status, closed.closed_on) == ("closed", date(2026, 11, 24))
    assert closed.closed_how == "Infection free at two years"


def test_episode_closed_from_elsewhere_needs_a_reason(cast):
    with pytest.raises(actions.NeedsReason):
        close(cast, cast.ruth_episode)
    assert close(cast, cast.ruth_episode, reason="Moved abroad").status == "closed"


@pytest.mark.parametrize("wrong", [{"how": " "}, {"closed_on": date(2020, 1, 1)}])
def test_episode_is_closed_with_words_and_after_it_was_opened(cast, wrong):
    with pytest.raises(actions.Refused):
        close(cast, move(cast, cast.ruth_episode, "follow-up"), **wrong)


def test_closed_episode_is_reopened_with_a_reason(cast):
    closed = close(cast, cast.ruth_episode, reason="Moved abroad")
    with pytest.raises(actions.NeedsReason):
        move(cast, closed, "work-up")
    reopened = move(cast, closed, "work-up", reason="Sinus again")
    assert (reopened.status, reopened.closed_on, reopened.closed_how) == ("work-up", None, "")


def test_episode_is_never_opened_closed(cast):
    with pytest.raises(actions.Refused):
        cast.episode(cast.ruth, cast.limb, status="closed")


def test_database_refuses_a_closed_episode_without_its_end(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.filter(pk=cast.ruth_episode.pk).update(status="closed")


def test_edit_leaves_the_position_alone(cast):
    edited = actions.edit_episode(
        by=cast.physician,
        episode=cast.ruth_episode,
        seen_version=1,
        kind="osteomyelitis",
        site="fibula",
        side="left",
        diagnosis="",
        opened=PartialDate(date(2026, 9, 4)),
        team=cast.spine,
        responsible=None,
    )
    assert (edited.site, edited.team, edited.status) == ("fibula", cast.spine, "opat")


def test_episodes_of_a_patient_are_several(cast):
    cast.episode(cast.ruth, cast.spine, site="L4/5", side="none")
    assert cast.ruth.episodes.count() == 2
