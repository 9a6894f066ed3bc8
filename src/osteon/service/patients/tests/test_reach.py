from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from osteon.service.accounts.models import BreakGlass
from osteon.service.patients import actions
from osteon.service.patients.reach import reachable


def names(person):
    return {patient.given_name or "Long" for patient in reachable(person)}


def test_people_reach_the_patients_of_their_teams(cast):
    assert names(cast.nurse) == {"Ruth", "Zofia", "Long"}
    assert names(cast.surgeon) == {"Seán"}
    assert names(cast.lead) == {"Ruth", "Zofia", "Long", "Seán"}


def test_person_without_a_team_reaches_nobody(cast):
    assert names(cast.privacy) == set()


def test_patient_of_two_teams_is_reached_once(cast):
    cast.episode(cast.ruth, cast.spine)
    assert [p.pk for p in reachable(cast.lead)].count(cast.ruth.pk) == 1
    assert "Ruth" in names(cast.surgeon)


def test_episode_entered_in_error_opens_nothing(cast):
    therapist = cast.person("therapist", "Lee Park", "therapist", cast.spine)
    assert "Seán" in names(therapist)
    actions.mark_entered_in_error(by=cast.lead, fact=cast.sean_episode, reason="Wrong patient")
    assert "Seán" not in names(therapist)


def test_closed_episode_still_opens_the_record(cast):
    actions.close_episode(
        by=cast.lead,
        episode=cast.sean_episode,
        closed_on=cast.sean_episode.opened_on,
        how="Declined",
        reason="Not an infection",
    )
    assert "Seán" in names(cast.surgeon)


def break_glass(person, patient, *, hours):
    now = timezone.now()
    BreakGlass.objects.create(
        person=person,
        patient_id=patient.public_id,
        reason="Called to theatre",
        opened_at=now - timedelta(hours=5),
        expires_at=now + timedelta(hours=hours),
    )


def test_broken_glass_opens_one_record_for_one_person(cast):
    break_glass(cast.nurse, cast.sean, hours=1)
    assert "Seán" in names(cast.nurse)
    assert "Ruth" not in names(cast.surgeon)


def test_broken_glass_closes_again(cast):
    break_glass(cast.nurse, cast.sean, hours=-1)
    assert "Seán" not in names(cast.nurse)


def test_patient_of_nobody_is_reached_by_those_who_keep_identities(cast):
    cast.patient("Waiting", "Wanda")
    assert "Wanda" in names(cast.coordinator)
    assert "Wanda" not in names(cast.nurse)


def test_patient_of_nobody_is_nobodys_once_a_team_has_them(cast):
    wanda = cast.patient("Waiting", "Wanda")
    cast.episode(wanda, cast.spine)
    assert "Wanda" not in names(cast.coordinator)
    assert "Wanda" in names(cast.surgeon)


@pytest.mark.parametrize("who", ["nurse", "coordinator", "lead"])
def test_reach_is_one_query_and_one_for_the_teams(cast, who, django_assert_max_num_queries):
    person = getattr(cast, who)
    with django_assert_max_num_queries(2):
        list(reachable(person))
