"""Each role signs in and walks Today, an alert, the patient, the timeline, and acknowledges, axe on every page.

The steps read aloud; how they are done stands below them.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from osteon.service.accounts.permissions import ROLES, Permission
from tests.support.browser import PHONE, accessibility_faults, overflows

pytestmark = pytest.mark.journey

READERS = [key for key, role in ROLES.items() if Permission.VIEW_WORKLIST in role.permissions]
OTHERS = [key for key in ROLES if key not in READERS]


def test_the_demonstration_prints_one_sign_in_for_each_role(demonstration):
    assert set(demonstration.sign_ins) == {str(role.name) for role in ROLES.values()}


@pytest.mark.parametrize("role", READERS)
def test_a_role_walks_from_today_to_the_patient(role, demonstration, arrive):
    page = arrive().page
    given_somebody_signed_in(page, demonstration, role)
    then_today_is_shown(page)
    patient = when_the_first_patient_is_opened(page)
    if patient is None:
        then_the_page_says_that_nobody_needs_them(page)
        return
    then_the_patient_and_the_timeline_are_shown(page, patient)
    when_the_timeline_is_opened_alone(page)
    then_its_facts_stand_in_a_table_too(page)
    if Permission.ACKNOWLEDGE_ALERT in ROLES[role].permissions:
        sentence = when_the_first_alert_is_acknowledged(page)
        then_it_has_moved_to_done_today(page, sentence)
    else:
        then_no_alert_can_be_acknowledged(page)


@pytest.mark.parametrize("role", OTHERS)
def test_a_role_without_patients_is_led_to_its_own_pages(role, demonstration, arrive):
    page = arrive().page
    given_somebody_signed_in(page, demonstration, role)
    then_the_page_is_clean(page)
    assert page.goto("/patients/").status == 403
    then_the_page_is_clean(page)


def test_today_and_the_patient_fit_a_phone(demonstration, arrive):
    page = arrive(viewport=PHONE).page
    given_somebody_signed_in(page, demonstration, "opat_nurse")
    then_today_is_shown(page)
    patient = when_the_first_patient_is_opened(page)
    then_the_patient_and_the_timeline_are_shown(page, patient)
    assert not overflows(page)


def test_everything_is_reached_without_script(demonstration, arrive):
    page = arrive(java_script_enabled=False).page
    given_somebody_signed_in(page, demonstration, "infection_physician")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    page.locator("details summary", has_text="Why").first.click()
    sentence = when_the_first_alert_is_acknowledged(page, look=False)
    then_it_has_moved_to_done_today(page, sentence, look=False)


# Steps ----------------------------------------------------------------------------------------------


def given_somebody_signed_in(page: Page, demonstration, role: str) -> None:
    email, password = demonstration.sign_ins[str(ROLES[role].name)]
    page.goto("/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def then_the_page_is_clean(page: Page) -> None:
    assert accessibility_faults(page) == []


def then_today_is_shown(page: Page) -> None:
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    then_the_page_is_clean(page)


def when_the_first_patient_is_opened(page: Page) -> str | None:
    links = page.locator("main a[href^='/patients/']").all()
    patients = [
        link for link in links if re.fullmatch(r"/patients/[0-9a-f-]{36}/", link.get_attribute("href"))
    ]
    if not patients:
        return None
    name = patients[0].text_content() or ""
    page.goto(patients[0].get_attribute("href"))
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/"))
    return name.strip()


def then_the_page_says_that_nobody_needs_them(page: Page) -> None:
    expect(page.locator("main")).to_contain_text(re.compile("nobody|nothing", re.IGNORECASE))


def then_the_patient_and_the_timeline_are_shown(page: Page, patient: str) -> None:
    expect(page.locator("main")).to_contain_text(patient.split(",")[0])
    expect(page.locator("main svg:visible").first).to_be_visible()
    then_the_page_is_clean(page)


def when_the_timeline_is_opened_alone(page: Page) -> None:
    page.goto(re.match(r"(.*/patients/[0-9a-f-]{36}/)", page.url)[1] + "timeline/")


def then_its_facts_stand_in_a_table_too(page: Page) -> None:
    assert page.locator("main table").count() >= 1
    then_the_page_is_clean(page)


def when_the_first_alert_is_acknowledged(page: Page, *, look: bool = True) -> str:
    page.goto("/today/")
    button = page.locator("main a, main button").filter(has_text=re.compile(r"^\s*Acknowledge")).first
    button.click()
    page.wait_for_load_state()
    if look:
        then_the_page_is_clean(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("Details").fill("Rang the patient; dose held; repeat tomorrow.")
    sentence = page.locator("main").inner_text()
    page.locator("main").get_by_role("button", name="Acknowledge").click()
    page.wait_for_load_state()
    return sentence


def then_it_has_moved_to_done_today(page: Page, sentence: str, *, look: bool = True) -> None:
    page.goto("/today/")
    done = page.locator("main").get_by_text(re.compile(r"done today", re.IGNORECASE)).first
    expect(done).to_be_attached()
    expect(page.locator("main")).to_contain_text("Rang the patient; dose held; repeat tomorrow.")
    if look:
        then_the_page_is_clean(page)


def then_no_alert_can_be_acknowledged(page: Page) -> None:
    page.goto("/today/")
    assert page.locator("main a, main button").filter(has_text=re.compile(r"^\s*Acknowledge")).count() == 0
