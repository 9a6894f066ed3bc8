"""A real browser for the journeys. A pytest plugin: ask for ``page``, or for ``visitor`` to have several.

    @pytest.mark.journey
    def test_the_front_door_opens(page):
        page.goto("/")
        assert accessibility_faults(page) == []

Everything a page asks for elsewhere than of our own server, and every script error, fails the test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from osteon.site.commands.doctor import find_chromium
from tests.support.tools import NO_CHROMIUM

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run", "--disable-quic"]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip(NO_CHROMIUM)
    # Playwright's loop runs in this thread, and Django then refuses the database calls of the test itself.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=QUIET)


class Visitor:
    """One person's browser: its own cookies, and a list of what went wrong behind the page."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.faults: list[str] = []
        context.route("**/*", self._only_our_own)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("console", self._note)

    def _only_our_own(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.faults.append(f"asked for {url}")
            route.abort()

    def _note(self, message: object) -> None:
        text = str(getattr(message, "text", ""))
        if getattr(message, "type", "") == "error" and "status of 4" not in text:
            self.faults.append(f"console: {text}")


@pytest.fixture
def visitor(browser: Browser, live_server: object) -> Iterator[Callable[..., Visitor]]:
    """Makes a fresh browser session; keyword arguments are Playwright's (``viewport=PHONE``)."""
    made: list[Visitor] = []

    def arrive(**options: object) -> Visitor:
        address = str(live_server.url)  # type: ignore[attr-defined]
        settings = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/London", **options}
        made.append(Visitor(browser.new_context(base_url=address, **settings), address))
        return made[-1]

    yield arrive
    for one in made:
        one.context.close()
    assert [fault for one in made for fault in one.faults] == []


@pytest.fixture
def page(visitor: Callable[..., Visitor]) -> Page:
    return visitor().page


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page against WCAG 2.2 AA, one line each; an empty list is clean."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} at {', '.join(str(node['target']) for node in fault['nodes'][:3])}"
        for fault in found
    ]


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways (WCAG 1.4.10 asks that it does not at 320 px)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
