"""The library as a patient, a teenager, a Spanish speaker, a GP and an editor meet it; axe on every page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE, ROOT, _free_port
from tests.support import tools
from tests.support.browser import DESKTOP, PHONE, Visitor, accessibility_faults, overflows

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(bool(tools.lacking("wagtail")), reason="Wagtail cannot be installed on this platform"),
]
PASSWORD = "living-bone-has-many-layers"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``./osteon library`` with a home of its own; gives its address."""
    folder, port = tmp_path_factory.mktemp("library"), _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OSTEON", "DJANGO"))}
    environment |= {"OSTEON_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT / "src")}
    with (folder / "printed.txt").open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "osteon", "library", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        _when_answering(server, f"http://localhost:{port}/", folder / "printed.txt")
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _when_answering(server: subprocess.Popen[bytes], address: str, printed) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, printed.read_text()
        try:
            urllib.request.urlopen(address, timeout=20).close()  # noqa: S310  our own server
        except OSError:
            time.sleep(0.3)
            continue
        return
    raise AssertionError(f"the library was not ready after {PATIENCE} s:\n{printed.read_text()}")


@pytest.fixture
def arrive(browser: Browser, library: str) -> Iterator[Callable[..., Visitor]]:
    made: list[Visitor] = []

    def start(**options: object) -> Visitor:
        settings = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/London", **options}
        made.append(Visitor(browser.new_context(base_url=library, **settings), library))  # type: ignore[arg-type]
        return made[-1]

    yield start
    for one in made:
        one.context.close()
    assert [fault for one in made for fault in one.faults] == []


def clean(page: Page) -> None:
    assert accessibility_faults(page) == []
    assert not overflows(page)


def follow(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words).first.click()
    page.wait_for_load_state()
    clean(page)


def test_a_patient_reads_from_the_first_page_to_a_treatment(arrive):
    page = arrive().page
    page.goto("/")
    clean(page)
    follow(page, "Health topics")
    follow(page, "Osteomyelitis in adults")
    expect(page.locator("h1")).to_have_text("Osteomyelitis in adults")
    expect(page.locator("main")).to_contain_text("Reading age")
    page.get_by_role("link", name="Living with it").click()
    expect(page.locator("#living-with")).to_be_in_viewport()
    page.goto("/treatments/")
    clean(page)
    follow(page, "The Ilizarov frame")
    expect(page.locator("main")).to_contain_text(re.compile(r"Done as\s+in hospital"))


def test_a_teenager_reads_on_a_phone_without_script(arrive):
    page = arrive(viewport=PHONE, java_script_enabled=False).page
    page.goto("/topics/")
    page.locator("main").get_by_role("link", name="teenagers").first.click()
    expect(page.locator("main")).to_contain_text("Teenagers")
    assert page.locator("main section h2").count() >= 3


def test_a_spanish_speaker_finds_everything_in_spanish(arrive):
    page = arrive(viewport=PHONE, locale="es-ES").page
    page.goto("/topics/bone-infection/")
    clean(page)
    page.get_by_role("link", name="Español").first.click()
    page.wait_for_load_state()
    clean(page)
    assert page.locator("html").get_attribute("lang") == "es"
    expect(page.get_by_role("navigation", name="Principal")).to_contain_text("Temas de salud")
    expect(page.locator("main")).to_contain_text("Fuentes")
    follow(page, "Temas de salud") if page.locator("main").get_by_role(
        "link", name="Temas de salud"
    ).count() else None
    page.goto("/es/tratamientos/")
    clean(page)
    expect(page.locator("main")).to_contain_text("Se hace")


def test_a_gp_sorts_a_bad_back_and_finds_the_way_to_refer(arrive):
    page = arrive().page
    page.goto("/gps/spinal-infection-red-flags/")
    clean(page)
    expect(page.locator("main section h2").first).to_have_text("Red flags")
    follow(page, "Open the questions")
    page.locator("select[name=spinal_pain]").select_option("yes")
    page.locator("select[name=bladder_new]").select_option("yes")
    page.get_by_role("button", name="Show the answer").click()
    page.wait_for_load_state()
    clean(page)
    expect(page.locator("main h2").first).to_have_text("Arrange same-day assessment now")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="Refer a patient")).to_be_visible()


def test_a_case_study_shows_before_and_after_with_script_and_without(arrive):
    page = arrive().page
    page.goto("/cases/")
    clean(page)
    follow(page, "infected spine held straight")
    page.get_by_role("slider").fill("90")
    assert page.locator(".app-slider").evaluate("e => e.style.getPropertyValue('--after')") == "90%"
    plain = arrive(viewport=PHONE, java_script_enabled=False).page
    plain.goto(page.url)
    plain.get_by_label("Before", exact=True).check()
    after = plain.locator(".app-slider__picture--after")
    expect(after).to_have_css("clip-path", "inset(0px 0px 0px 100%)")
    plain.get_by_label("After", exact=True).check()
    expect(after).to_have_css(
        "clip-path", re.compile(r"inset\(0px( 0px 0px 0(%|px))?\)|inset\(0px 0px 0px 0%\)")
    )


def test_somebody_looks_for_an_expert_and_a_site(arrive):
    page = arrive().page
    page.goto("/team/")
    clean(page)
    page.get_by_label("Who knows about").select_option("Ilizarov frame")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".app-card").count() == 1
    follow(page, "Mr Tom Vale")
    follow(page, "Riverside")
    assert page.get_by_role("link", name="Open in your map").get_attribute("href").startswith("geo:")


def test_a_reader_asks_for_news_by_email(arrive):
    page = arrive(viewport=PHONE).page
    page.goto("/news-by-email/")
    clean(page)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator(".nhsuk-error-message")).to_be_visible()
    clean(page)
    page.get_by_label("Your email address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator("h1")).to_have_text("Look in your inbox")


def test_an_editor_writes_and_only_a_second_person_publishes(arrive):
    editor, reviewer = arrive().page, arrive().page
    given_somebody_signed_in(editor, "editor@marlbury.example")
    given_somebody_signed_in(reviewer, "reviewer@marlbury.example")
    address = when_the_editor_changes_the_summary(editor, "A sentence that an editor wrote.")
    then_readers_see(arrive, "A sentence that an editor wrote.", seen=False)
    when_the_reviewer_approves(reviewer, address)
    then_readers_see(arrive, "A sentence that an editor wrote.", seen=True)
    then_readers_see(arrive, "Dr Amara Cole", seen=True)


def test_an_editor_who_pastes_a_patients_number_is_stopped(arrive):
    page = arrive().page
    given_somebody_signed_in(page, "editor@marlbury.example")
    open_the_editor(page, "Bone biopsy")
    page.locator("textarea[name=summary]").fill("Seen on the ward, NHS 943 476 5919.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("body")).to_contain_text("an NHS number")


# Steps ----------------------------------------------------------------------------------------------


def given_somebody_signed_in(page: Page, email: str) -> None:
    page.goto("/editors/login/")
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    page.wait_for_url(re.compile(r"/editors/$"))


def open_the_editor(page: Page, title: str) -> str:
    """By the desk, which lists what was never reviewed; gives the page's address in the editor."""
    page.goto("/editors/desk/")
    address = page.locator("a", has_text=re.compile(rf"^{title}")).first.get_attribute("href") or ""
    page.goto(address)
    return address


def when_the_editor_changes_the_summary(page: Page, words: str) -> str:
    address = open_the_editor(page, "MRI")
    page.locator("textarea[name=summary]").fill(words)
    page.get_by_role("button", name="More actions").click()
    assert page.locator("button[name=action-publish]").count() == 0
    page.locator("button[name=action-submit]").click()
    page.wait_for_load_state()
    return address


def when_the_reviewer_approves(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="More actions").click()
    page.locator("button[data-workflow-action-name=approve]").first.click()
    page.wait_for_load_state()


def then_readers_see(arrive, words: str, *, seen: bool) -> None:
    page = arrive().page
    page.goto("/tests/mri/")
    assert (words in page.locator("main").inner_text()) is seen
