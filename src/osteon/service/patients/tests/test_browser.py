"""The patient's pages in a real browser: on a phone 320 px wide nothing hangs over, and axe finds no fault."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from tests.support.browser import PHONE, accessibility_faults, overflows

from osteon.service.patients import actions
from osteon.service.patients.tests.pages import FEVER, NOON, line, path

pytestmark = pytest.mark.journey

OF_A_PATIENT = (
    "patient",
    "timeline",
    "episodes",
    "open_episode",
    "findings",
    "record_finding",
    "allergies",
    "record_allergy",
    "record_no_known_allergies",
    "history",
)
OF_IDENTITY = ("register", "possible_duplicates", "identity", "edit_patient", "add_identifier")


@pytest.fixture
def opened(visitor, cast):
    """Opens pages signed in as somebody, on a phone."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        someone = visitor(viewport=PHONE)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        someone.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": someone.address}]
        )
        return someone.page

    return sign_in


def faults(page, address):
    page.goto(address)
    wide = [f"{address} scrolls sideways"] if overflows(page) else []
    return wide + [f"{address} {fault}" for fault in accessibility_faults(page)]


def test_pages_of_a_patient_fit_a_phone_and_are_accessible(opened, cast):
    line(cast)
    fever = actions.record_finding(by=cast.nurse, patient=cast.ruth, code=FEVER, present=True, time=NOON)
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Penicillin", reaction="anaphylaxis")
    page = opened(cast.nurse)
    addresses = [path(name, cast.ruth) for name in OF_A_PATIENT]
    addresses += [
        f"{path('record_finding', cast.ruth)}?what={FEVER}",
        path("finding", fever),
        path("edit_finding", fever),
        path("mark_finding_in_error", fever),
        path("episode", cast.ruth_episode),
        path("move_episode", cast.ruth_episode),
        path("close_episode", cast.ruth_episode),
        f"{path('search')}?q=okafor",
        path("break_glass", cast.sean),
    ]
    assert [fault for address in addresses for fault in faults(page, address)] == []


def test_pages_about_identity_fit_a_phone_and_are_accessible(opened, cast):
    pair = actions.note_possible_duplicate(
        by=cast.lead, patient=cast.ruth, other=cast.zofia, why="Both are said to have NHS number 943 476 5919"
    )
    page = opened(cast.coordinator)
    addresses = [
        path(name, *(() if name in ("register", "possible_duplicates") else (cast.ruth,)))
        for name in OF_IDENTITY
    ]
    addresses += [path("possible_duplicate", pair), f"{path('identity', cast.ruth)}?other=zofia"]
    assert [fault for address in addresses for fault in faults(page, address)] == []


def test_name_of_a_hundred_letters_fits_a_phone(opened, cast):
    page = opened(cast.nurse)
    assert faults(page, cast.longname.get_absolute_url()) == []
    assert cast.longname.family_name in page.inner_text("h1")


def test_form_with_errors_leads_to_the_field_and_is_accessible(opened, cast):
    page = opened(cast.nurse)
    page.goto(path("record_allergy", cast.ruth))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="To what: This is missing").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="To what: This is missing").click()
    assert page.evaluate("document.activeElement.name") == "substance"
