"""A session that nobody uses ends, and what was typed into it is never thrown away."""

import time

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from osteon.service.accounts.idle import PRECISION_SECONDS, SEEN

AWAKE = "/account/awake/"


@pytest.fixture
def nurse(client, staff, settings):
    settings.OSTEON_IDLE_MINUTES = 30
    client.force_login(staff.nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def last_used(client, **ago):
    """Moves the session's last use back."""
    session = client.session
    session[SEEN] = int(time.time()) - ago.get("minutes", 0) * 60 - ago.get("seconds", 0)
    session.save()


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(("minutes", "stays"), [(0, True), (29, True), (30, False), (600, False)])
def test_session_ends_after_the_minutes_the_unit_chose(nurse, minutes, stays):
    last_used(nurse, minutes=minutes)
    response = nurse.get("/account/")
    assert (response.status_code == 200, is_signed_in(nurse)) == (stays, stays)


def test_the_way_back_leads_to_the_page_and_says_why(nurse):
    last_used(nurse, minutes=31)
    response = nurse.get("/roles/?a=1")
    assert response.headers["Location"] == f"{reverse('account_login')}?next=/roles/%3Fa%3D1"
    assert [str(m) for m in get_messages(response.wsgi_request)] == [
        "You were signed out after 30 minutes without use."
    ]
    assert "signed out after 30 minutes" in nurse.get(response.headers["Location"]).content.decode()


def test_a_fragment_sends_its_whole_page_to_sign_in(nurse):
    last_used(nurse, minutes=31)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/roles/"}
    response = nurse.get("/account/", headers=headers)
    assert response.headers["HX-Redirect"] == f"{reverse('account_login')}?next=/roles/"


def test_each_page_counts_as_use(nurse):
    last_used(nurse, minutes=29)
    nurse.get("/account/")
    assert time.time() - nurse.session[SEEN] < 5


def test_the_session_is_not_written_at_every_page(nurse):
    last_used(nurse, seconds=PRECISION_SECONDS - 20)
    before = nurse.session[SEEN]
    nurse.get("/account/")
    assert nurse.session[SEEN] == before


def test_a_session_from_before_this_rule_begins_to_count_now(nurse):
    session = nurse.session
    del session[SEEN]
    session.save()
    assert nurse.get("/account/").status_code == 200
    assert time.time() - nurse.session[SEEN] < 5


def test_a_unit_may_switch_it_off(nurse, settings):
    settings.OSTEON_IDLE_MINUTES = 0
    last_used(nurse, minutes=600)
    page = nurse.get("/account/")
    assert page.status_code == 200
    assert "without use" not in page.content.decode()


def test_pages_say_beforehand_and_carry_the_warning(nurse):
    page = nurse.get("/account/").content.decode()
    assert "You are signed out after 30 minutes without use." in page
    assert 'data-idle-minutes="30"' in page and "Stay signed in" in page


def test_pages_of_strangers_say_nothing_of_it(client, db):
    assert "without use" not in client.get(reverse("account_login")).content.decode()


def test_what_was_posted_too_late_is_shown_and_not_done(nurse, staff):
    last_used(nurse, minutes=31)
    data = {"reason": "Hunt for <b>the</b> line", "version": "3", "password": "my old words", "day": "4"}
    response = nurse.post("/account/awake/?x=1", data)
    page = response.content.decode()
    assert (response.status_code, is_signed_in(nurse)) == (403, False)
    assert "Hunt for &lt;b&gt;the&lt;/b&gt; line" in page
    assert "my old words" not in page
    assert f"{reverse('account_login')}?next=%2Faccount%2Fawake%2F%3Fx%3D1" in page


def test_a_late_post_without_words_is_told_plainly(nurse):
    last_used(nurse, minutes=31)
    page = nurse.post("/account/awake/", {"answer": "seen"}).content.decode()
    assert "fill in the form once more" in page
    assert "What you typed" not in page


def test_the_script_may_ask_without_counting_as_use(nurse):
    last_used(nurse, minutes=28)
    assert nurse.get(AWAKE).json()["seconds"] in range(110, 121)
    assert nurse.get(AWAKE).json()["seconds"] <= 120


def test_staying_signed_in_counts_as_use(nurse):
    last_used(nurse, minutes=28)
    assert nurse.post(AWAKE).json()["seconds"] == 30 * 60


def test_the_script_learns_that_the_session_ended(nurse):
    last_used(nurse, minutes=31)
    assert nurse.get(AWAKE).status_code == 302


def test_awake_is_for_people_who_are_signed_in(client, db):
    assert client.get(AWAKE).headers["Location"].startswith(reverse("account_login"))


def test_a_clock_set_back_does_not_sign_anybody_out(nurse):
    last_used(nurse, minutes=-90)
    assert nurse.get("/account/").status_code == 200
