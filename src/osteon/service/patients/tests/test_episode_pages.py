from __future__ import annotations

import pytest

from osteon.service.patients.models import Episode
from osteon.service.patients.tests.pages import path, posted_ok, words

EPISODE = {
    "kind": "osteomyelitis",
    "site": "calcaneus",
    "side": "right",
    "opened": "March 2024",
    "team": "limb",
    "responsible": "",
    "status": "work-up",
    "diagnosis": "",
}


def test_episode_is_opened_with_its_partial_date(nurse, cast):
    answer = nurse.post(path("open_episode", cast.ruth), EPISODE)
    posted_ok(answer, cast.ruth.get_absolute_url())
    episode = Episode.objects.get(site="calcaneus")
    assert (str(episode), str(episode.opened), episode.status) == (
        "Right calcaneus: osteomyelitis",
        "March 2024",
        "work-up",
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Infection: Choose one"),
        ({"site": ""}, "Bone or joint: This is missing"),
        ({"team": "nobody"}, "Select a valid choice"),
        ({"status": "closed"}, "Select a valid choice"),
        ({"opened": "soon"}, "is not a date"),
    ],
)
def test_episode_that_cannot_be_is_refused(nurse, cast, wrong, said):
    assert said in words(nurse.post(path("open_episode", cast.ruth), {**EPISODE, **wrong}))


def test_responsible_are_those_who_may_lead_and_prescribe(nurse, cast):
    page = words(nurse.get(path("open_episode", cast.ruth)))
    assert "Dr Amara Cole, Infection physician" in page
    assert "Nia Bell, " not in page


def test_episode_is_moved_along_the_road(nurse, cast):
    answer = nurse.post(path("move_episode", cast.ruth_episode), {"goal": "follow-up", "version": 1})
    posted_ok(answer, path("episode", cast.ruth_episode))
    page = words(nurse.get(answer.url))
    assert "At Follow-up since" in page
    assert "OPAT Follow-up Nia Bell" in page


def test_unusual_move_asks_for_a_reason_and_keeps_it(nurse, cast):
    address = path("move_episode", cast.ruth_episode)
    assert "is not the usual way. Say why" in words(nurse.post(address, {"goal": "referred", "version": 1}))
    nurse.post(address, {"goal": "referred", "version": 1, "reason": "Sent to the wrong unit"})
    page = words(nurse.get(path("episode", cast.ruth_episode)))
    assert "Sent to the wrong unit (not the usual way)" in page


def test_move_that_somebody_made_meanwhile_is_shown(nurse, cast):
    address = path("move_episode", cast.ruth_episode)
    nurse.post(address, {"goal": "follow-up", "version": 1})
    page = words(nurse.post(address, {"goal": "theatre", "version": 1, "reason": "Sinus again"}))
    assert "Somebody else changed this meanwhile" in page
    assert Episode.objects.get(pk=cast.ruth_episode.pk).status == "follow-up"


def test_episode_is_closed_with_how_it_ended_and_reopened(nurse, cast):
    typed = {"how": "Infection free", "closed_on": "2/11/2026", "reason": "Moved abroad", "version": 1}
    posted_ok(nurse.post(path("close_episode", cast.ruth_episode), typed), path("episode", cast.ruth_episode))
    page = words(nurse.get(path("episode", cast.ruth_episode)))
    assert "How it ended Infection free" in page
    assert "Reopen" in page
    nurse.post(
        path("move_episode", cast.ruth_episode), {"goal": "work-up", "reason": "Sinus again", "version": 2}
    )
    assert Episode.objects.get(pk=cast.ruth_episode.pk).status == "work-up"


def test_closing_needs_a_whole_date(nurse, cast):
    typed = {"how": "Infection free", "closed_on": "2025", "reason": "Moved abroad", "version": 1}
    assert "Give the whole date" in words(nurse.post(path("close_episode", cast.ruth_episode), typed))


def test_second_editor_of_an_episode_sees_names_not_numbers(nurse, cast):
    typed = {**EPISODE, "version": 1, "team": "spine"}
    nurse.post(path("edit_episode", cast.ruth_episode), {**typed, "team": "limb"})
    page = words(nurse.post(path("edit_episode", cast.ruth_episode), typed))
    assert "Team Limb team (different)" in page
    assert "Team Spine team (different)" in page


def test_episode_entered_in_error_leaves_the_header(nurse, cast):
    cast.episode(cast.ruth, cast.limb, site="femur")
    answer = nurse.post(path("mark_episode_in_error", cast.ruth_episode), {"reason": "Wrong patient"})
    posted_ok(answer, cast.ruth.get_absolute_url())
    page = words(nurse.get(cast.ruth.get_absolute_url()))
    assert "Left femur" in page
    assert "Left tibia: fracture" not in page
