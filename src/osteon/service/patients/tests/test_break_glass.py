from __future__ import annotations

from osteon.service.accounts.models import BreakGlass, ReadEntry
from osteon.service.patients.tests.pages import path, posted_ok, words


def test_glass_is_broken_with_a_reason_and_leads_where_one_wanted_to_go(nurse, cast):
    goal = path("findings", cast.sean)
    asked = nurse.get(goal)
    assert asked.status_code == 403
    assert f'value="{goal}"' in asked.content.decode()
    answer = nurse.post(
        path("break_glass", cast.sean), {"reason": "Called to theatre for this patient", "goal": goal}
    )
    posted_ok(answer, goal)
    assert nurse.get(goal).status_code == 200
    assert BreakGlass.objects.get().reason == "Called to theatre for this patient"


def test_reading_behind_broken_glass_is_marked(nurse, cast):
    nurse.post(path("break_glass", cast.sean), {"reason": "Called to theatre for this patient"})
    nurse.get(cast.sean.get_absolute_url())
    assert ReadEntry.objects.get(patient_id=cast.sean.public_id).break_glass


def test_glass_is_not_broken_without_words(nurse, cast):
    assert "This is missing" in words(nurse.post(path("break_glass", cast.sean), {"reason": ""}))
    assert "Say why you need this record" in words(
        nurse.post(path("break_glass", cast.sean), {"reason": "pls"})
    )
    assert not BreakGlass.objects.exists()


def test_broken_glass_never_leads_to_another_site(nurse, cast):
    answer = nurse.post(
        path("break_glass", cast.sean),
        {"reason": "Called to theatre for this patient", "goal": "https://elsewhere.example/"},
    )
    posted_ok(answer, cast.sean.get_absolute_url())


def test_role_that_may_not_break_glass_is_told_whom_to_ask(cast, client):
    client.force_login(cast.coordinator)
    page = words(client.get(cast.sean.get_absolute_url()))
    assert "Ask somebody of the team" in page
