"""The browser of the journeys: it opens our pages, and it notices what a journey must not overlook."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, accessibility_faults, overflows

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FAULTY = "<html><body><img src='x.png'><p style='width:2000px'>Wide</p></body></html>"


def noted(person, word):
    """Whether a fault that speaks of ``word`` comes in; forgotten again, since the fixture would fail for it."""
    for _ in range(100):
        if any(word in fault for fault in person.faults):
            person.faults.clear()
            return True
        person.page.wait_for_timeout(50)
    return False


def test_the_front_door_opens_is_accessible_and_fits_a_phone(visitor):
    page = visitor(viewport=PHONE).page
    page.goto("/")
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in to Osteon"
    assert accessibility_faults(page) == []
    assert not overflows(page)


def test_faults_are_found_where_there_are_some(visitor):
    page = visitor(viewport=PHONE).page
    page.set_content(FAULTY)
    found = " ".join(accessibility_faults(page))
    assert "image-alt" in found and "html-has-lang" in found
    assert overflows(page)


def test_a_request_to_elsewhere_is_stopped_and_noted(visitor):
    person = visitor()
    person.page.goto("/")
    person.page.evaluate("new Image().src = 'http://elsewhere.example/pixel.gif'")
    assert noted(person, "elsewhere.example")


def test_a_script_error_is_noted(visitor):
    person = visitor()
    person.page.goto("/")
    person.page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert noted(person, "broken")


def test_slash_leads_to_the_search_and_types_nothing(visitor, cast, client):
    client.force_login(cast.nurse)
    person = visitor()
    cookie = client.cookies["sessionid"].value
    person.context.add_cookies([{"name": "sessionid", "value": cookie, "url": person.address}])
    person.page.goto("/")
    person.page.keyboard.press("/")
    assert person.page.evaluate("document.activeElement.id") == "site-search"
    assert person.page.locator("#site-search").input_value() == ""
