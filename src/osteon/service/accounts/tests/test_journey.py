"""In a real browser: a passkey from set-up to signing in with it alone, and every page of accounts looked over."""

import uuid

import pytest
from django.urls import reverse
from tests.support.browser import PHONE, accessibility_faults, overflows

from osteon.service.accounts import actions

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page, person, password):
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def is_clean(page):
    return accessibility_faults(page) == [] and not overflows(page)


@pytest.fixture
def page_with_authenticator(page):
    """A browser whose computer has a fingerprint reader (Chromium's virtual authenticator)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_passkey_is_set_up_and_then_opens_the_account_alone_or_after_the_password(
    page_with_authenticator, staff, settings
):
    page = page_with_authenticator
    settings.OSTEON_REQUIRE_SECOND_FACTOR = True
    sign_in(page, staff.privacy, staff.password)

    page.wait_for_url("**/account/second-factor/")
    assert is_clean(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Also sign in with it alone").check()
    assert is_clean(page)
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("main code").count() == 10
    assert is_clean(page)

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/audit/")

    sign_out(page)
    sign_in(page, staff.privacy, staff.password)
    page.wait_for_url("**/second-factor/authenticate/")
    assert is_clean(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url("**/audit/")


def test_passkey_that_is_cancelled_says_so(page, staff):
    """No authenticator at hand: the browser refuses, the page tells and stays."""
    page.goto("/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')) }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey was not used").wait_for(state="visible")
    assert page.url.endswith("/sign-in/")


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
def test_every_page_of_accounts_is_clean(visitor, staff, viewport):
    page = visitor(**({"viewport": viewport} if viewport else {})).page
    glass = actions.open_break_glass(
        by=staff.surgeon, patient_id=uuid.uuid4(), reason="on call, emergency department"
    )
    person = {"person_id": staff.nurse.public_id}
    for_admin = ["account", "roles", "people", "create_person", "create_team"]
    about_person = ["person", "change_person", "deactivate_person", "remove_second_factor"]
    addresses = [reverse(f"accounts:{name}") for name in for_admin]
    addresses += [reverse(f"accounts:{name}", kwargs=person) for name in about_person]
    audit = [reverse("accounts:trail"), reverse("accounts:break_glasses")]
    audit.append(reverse("accounts:review_break_glass", kwargs={"break_glass_id": glass.public_id}))

    dirty = []
    for who, where in ((staff.admin, [*addresses, "/gallery/?reason=other"]), (staff.privacy, audit)):
        sign_in(page, who, staff.password)
        for address in where:
            page.goto(address)
            if not is_clean(page):
                dirty.append((address, accessibility_faults(page), overflows(page)))
        sign_out(page)
    assert dirty == []


def test_slash_goes_to_the_search_box_and_tab_first_to_the_skip_link(page, staff):
    sign_in(page, staff.nurse, staff.password)
    page.goto("/roles/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"
