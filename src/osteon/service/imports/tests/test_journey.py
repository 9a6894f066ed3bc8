"""The imports in a real browser: a file is sent, its report read, and every page looked over."""

import pytest
from tests.support.browser import PHONE, accessibility_faults, overflows

from osteon.standards.fhir.tests.builders import bundle, observation, patient, quantity, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def is_clean(page):
    return accessibility_faults(page) == [] and not overflows(page)


def sign_in(page, person, password):
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_lead_sends_a_file_and_reads_its_report(page, cast, tmp_path):
    odd = observation(valueQuantity=quantity(3, "spoons"))
    path = write(tmp_path, bundle(patient(), observation(), odd), "ward.json")
    sign_in(page, cast.lead, cast.PASSWORD)

    page.goto("/imports/")
    assert is_clean(page)
    page.get_by_role("button", name="Import a file").click()
    page.get_by_role("heading", name="Import a file").wait_for()
    assert is_clean(page)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert is_clean(page)

    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("heading", name="ward.json").wait_for()
    assert page.get_by_text("1 patient, 2 results").is_visible()
    assert is_clean(page)
    page.set_viewport_size(PHONE)
    assert is_clean(page)

    page.goto("/imports/")
    assert page.get_by_role("link", name="ward.json").is_visible()
    assert is_clean(page)
