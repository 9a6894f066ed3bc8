"""Back pain and fever: the GP's red flags, the referral, the suspicion, the work-up that is asked for, and how the
answers change as results arrive. On a desktop with axe on every page, on a phone, and without script.

The steps read aloud; how they are done stands below them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from osteon.service.accounts.permissions import ROLES
from tests.support.browser import PHONE, accessibility_faults, overflows

pytestmark = pytest.mark.journey

TRIAGE = "/calculators/spine-triage/"
DANGER = "Arrange same-day assessment now"
CULTURES = "two sets of blood cultures"
NUMBERS = count(1)


@pytest.mark.parametrize(
    "browser_of",
    [{}, {"viewport": PHONE}, {"java_script_enabled": False}],
    ids=["desktop", "phone", "without script"],
)
def test_back_pain_and_fever_from_the_gp_to_the_answer(browser_of, demonstration, arrive):
    page = arrive(**browser_of).page
    look = Looker(page, with_script=browser_of.get("java_script_enabled", True))
    given_a_gp_who_opens_the_red_flags(page, look)
    when_pain_fever_and_a_risk_are_ticked(page, look)
    then_the_danger_takes_the_place_of_everything(page, look)
    given_somebody_signed_in(page, demonstration, "infection_physician")
    when_the_patient_is_registered_with_a_spinal_episode(page)
    then_the_definitions_know_nothing_yet(page, look)
    when_answered(page, look, spinal_pain="yes")
    when_answered(page, look, reported_fever_rigors="yes")
    then_it_says(page, "idsa-2015-suspicion", "should suspect")
    then_it_says(page, "spine-triage", "EMERGENCY")
    then_a_step_of_the_work_up_is_asked(page, CULTURES)
    when_answered(page, look, blood_culture_sets="2")
    then_a_step_of_the_work_up_is_no_longer_asked(page, CULTURES)


class Looker:
    """Looks at a page as everybody must be able to: axe, and no scrolling sideways. Axe needs script."""

    def __init__(self, page: Page, *, with_script: bool) -> None:
        self.page, self.with_script = page, with_script

    def __call__(self) -> None:
        if self.with_script:
            assert accessibility_faults(self.page) == []
            assert not overflows(self.page)


# Steps ----------------------------------------------------------------------------------------------


def given_a_gp_who_opens_the_red_flags(page: Page, look: Looker) -> None:
    page.goto("/calculators/?q=back pain")
    look()
    page.get_by_role("link", name="Back pain and possible infection: how urgent", exact=True).click()
    expect(page).to_have_url(re.compile(TRIAGE))
    expect(page.get_by_text(DANGER)).to_have_count(0)
    look()


def when_pain_fever_and_a_risk_are_ticked(page: Page, look: Looker) -> None:
    tick(page, "spinal_pain", "yes")
    tick(page, "diabetes", "yes")
    page.locator("#id_temp_c").fill("38.4")
    if look.with_script:
        page.locator("#id_temp_c").blur()
    else:
        page.get_by_role("button", name="Show the answer").click()


def then_the_danger_takes_the_place_of_everything(page: Page, look: Looker) -> None:
    expect(page.get_by_role("heading", name=DANGER)).to_be_visible()
    expect(page.locator("#answer")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"spinal_pain=yes"))
    assert "unknown" not in page.url
    look()


def given_somebody_signed_in(page: Page, demonstration, role: str) -> None:
    email, password = demonstration.sign_ins[str(ROLES[role].name)]
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def when_the_patient_is_registered_with_a_spinal_episode(page: Page) -> None:
    page.goto("/patients/register/")
    page.locator("input[name=family_name]").fill(f"Backache {'abcdefgh'[next(NUMBERS)]}")
    page.locator("input[name=birth]").fill("14/03/1968")
    tick(page, "sex", "female")
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url(re.compile("/episodes/open/"))
    page.locator("select[name=kind]").select_option("spinal")
    page.locator("input[name=site]").fill("T7/8")
    tick(page, "side", "none")
    page.locator("input[name=opened]").fill(f"{datetime.now(UTC):%d/%m/%Y}")
    page.locator("select[name=team]").select_option(index=1)
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))


def then_the_definitions_know_nothing_yet(page: Page, look: Looker) -> None:
    page.goto(page.url + "definitions/")
    expect(page.get_by_role("heading", name="Nothing that they ask is known yet")).to_be_visible()
    look()


def when_answered(page: Page, look: Looker, **answers: str) -> None:
    for key, said in answers.items():
        episode = page.locator("a[href*='/definitions/'][href$='/history/']").first.get_attribute("href")
        page.goto(episode.replace("/history/", f"/answer/{key}/"))
        look()
        if page.locator("input[name=answer][type=radio]").count():
            tick(page, "answer", said)
        else:
            page.locator("#id_answer").fill(said)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Recorded:")).to_be_visible()
        look()


def then_it_says(page: Page, definition: str, words: str) -> None:
    expect(page.locator(f"#{definition} .df-part__answer").first).to_contain_text(words)


def then_a_step_of_the_work_up_is_asked(page: Page, words: str) -> None:
    assert words in missing_steps(page)


def then_a_step_of_the_work_up_is_no_longer_asked(page: Page, words: str) -> None:
    assert words not in missing_steps(page)


def missing_steps(page: Page) -> str:
    card = page.locator("#idsa-2015-work-up .df-group--met, #idsa-2015-work-up .df-group--unknown")
    return " ".join(card.all_text_contents()).lower()


def tick(page: Page, question: str, answer: str) -> None:
    """By its words, as a thumb does: nothing may lie over them."""
    page.locator(f"input[name={question}][value={answer}] + label").click()
