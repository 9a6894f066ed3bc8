from __future__ import annotations

from osteon.service.patients import actions
from osteon.service.patients.tests.pages import NOON, line, path, typed_of, words
from osteon.service.patients.tests.test_episode_pages import EPISODE


def test_history_says_who_changed_what(nurse, cast, fever):
    nurse.post(path("edit_finding", fever), typed_of(fever, present="no"))
    page = words(nurse.get(path("history", cast.ruth)))
    assert "Nia Bell Changed: Finding: Fever: absent. in clinic Present: yes → no" in page
    assert "Dr Amara Cole Recorded: Finding: Fever: present. in clinic" in page


def test_history_names_people_and_teams(nurse, cast):
    nurse.post(path("edit_episode", cast.ruth_episode), {**EPISODE, "version": 1, "team": "spine"})
    page = words(nurse.get(path("history", cast.ruth)))
    # The patient has left the limb team: the nurse is asked to break the glass.
    assert "outside your teams" in page
    nurse.force_login(cast.surgeon)
    page = words(nurse.get(path("history", cast.ruth)))
    assert "Team: Limb team → Spine team" in page
    assert "Responsible: Dr Amara Cole → nothing" in page


def test_history_tells_many_rows_of_one_kind_in_one_line(nurse, cast):
    for number in range(30):
        line(cast, source=f"sim:1/{number}")
    assert "30 imported facts" in words(nurse.get(path("history", cast.ruth)))


def test_history_asks_the_same_number_of_queries_for_more_rows(
    nurse, cast, fever, django_assert_max_num_queries
):
    for number in range(20):
        line(cast, source=f"sim:1/{number}")
        fever = actions.edit_finding(
            by=cast.nurse,
            finding=fever,
            seen_version=fever.version,
            time=NOON,
            precision="minute",
            present=bool(number % 2),
        )
    with django_assert_max_num_queries(45):
        assert words(nurse.get(path("history", cast.ruth))).count("Changed: Finding") >= 18


def test_history_of_acts_gives_verb_and_reason(nurse, cast, fever):
    actions.mark_entered_in_error(by=cast.physician, fact=fever, reason="Wrong patient")
    page = words(nurse.get(path("history", cast.ruth), {"show": "actions"}))
    assert "Dr Amara Cole Mark entered in error Wrong patient" in page
