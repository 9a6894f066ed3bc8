"""The timeline in a real browser: accessible, readable at every width, and handled by keyboard and pointer."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route
from tests.support.browser import accessibility_faults, overflows

from osteon.service.patients.timeline.tests.outline import view_of
from osteon.service.patients.timeline.tests.stories import (
    at,
    crowded_story,
    limb_story,
    long_story,
    spine_story,
)
from osteon.service.patients.timeline.tests.test_template import page_environment

pytestmark = pytest.mark.journey

ADDRESS = "http://osteon.test/timeline/"
FRAME = """{% from "components/timeline.jinja" import timeline, timeline_assets %}<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Timeline of an invented patient</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/osteon/osteon.css">{{ timeline_assets() }}</head>
<body class="nhsuk-template__body"><main class="nhsuk-width-container"><h1>Invented, Patient</h1>
{{ timeline(view) }}</main></body></html>"""
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
Opened = Callable[..., Page]


def answer(route: Route, story: Callable[[], list], wishes: dict) -> None:
    """The page itself for every query, and the files beside it; no server, no network."""
    url = urlsplit(route.request.url)
    if url.path.startswith("/static/"):
        file = settings.OSTEON_PACKAGE / "site" / url.path.lstrip("/")
        route.fulfill(body=Path(file).read_bytes(), content_type=KINDS[file.suffix])
        return
    params = {name: values[0] for name, values in parse_qs(url.query).items()}
    view = view_of(story(), params=params, **wishes)
    html = page_environment().from_string(FRAME).render(view=view)
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
    route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": policy})


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens a story at a width; every script error and every refused request fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(
        story=limb_story, *, width: int = 1280, query: str = "", scripts: bool = True, **wishes
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        context.route(
            "**/*", lambda route: answer(route, story, {"episode_from": at("2026-07-14"), **wishes})
        )
        page.goto(ADDRESS + query)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


WIDTHS = (1280, 768, 320)


def at_widths(page: Page, widths: tuple[int, ...] = WIDTHS) -> Iterator[int]:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        yield width


@pytest.mark.parametrize("story", [limb_story, spine_story, list], ids=["limb", "spine", "empty"])
def test_the_timeline_is_accessible_and_fits_at_every_width(opened, story):
    page = opened(story, query="?overlay=platelets")
    for width in at_widths(page):
        assert accessibility_faults(page) == [], width
        assert not overflows(page), width


def test_the_table_and_a_picked_period_are_accessible(opened):
    page = opened(query="?sort=what&period_from=2026-09-01&period_to=2026-09-04")
    page.locator("#timeline-table summary").click()
    for width in at_widths(page, (1280, 320)):
        assert accessibility_faults(page) == [], width
        assert not overflows(page), width


def test_a_rewound_view_is_accessible(opened):
    assert accessibility_faults(opened(known_at=at("2026-10-01 12:00"))) == []


@pytest.mark.parametrize(("width", "sheet"), [(1280, "wide"), (768, "medium"), (320, "narrow")])
def test_one_sheet_is_shown_and_the_others_are_not_there(opened, width, sheet):
    page = opened(width=width)
    shown = page.locator(".tl-svg").evaluate_all(
        "all => all.filter((s) => s.getClientRects().length).map((s) => s.classList[1])"
    )
    assert shown == [f"tl-svg--{sheet}"]


def test_text_stays_readable_at_every_width(opened):
    """Between 10 and 20 pixels on the screen."""
    page = opened()
    for width in at_widths(page, (1600, 1280, 1024, 992, 960, 768, 600, 560, 375, 320)):
        sizes = page.locator(".tl-svg text:visible").evaluate_all(
            "all => all.map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"
        )
        assert 10 <= min(sizes) <= max(sizes) <= 20, width


OVERLAPS = """() => {
  const found = [];
  for (const lane of document.querySelectorAll('.tl-lane:not(.tl-lane--marker)')) {
    const boxes = [...lane.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()])
      .filter(([, box]) => box.width);
    boxes.forEach(([a, one], i) => boxes.slice(i + 1).forEach(([b, other]) => {
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 1 && high > 3) found.push([a, b]);
    }));
  }
  return found;
}"""


@pytest.mark.parametrize("story", [limb_story, spine_story, long_story])
def test_no_text_of_a_lane_touches_another_in_the_browsers_own_measure(opened, story):
    page = opened(story, query="?span=3y" if story is long_story else "")
    for width in at_widths(page):
        assert page.evaluate(OVERLAPS) == [], width


def test_without_script_every_mark_has_its_title_and_links_move(opened):
    page = opened(scripts=False)
    assert (
        page.locator(".tl-svg--wide .tl-mark title").count()
        == page.locator(".tl-svg--wide .tl-mark").count()
        > 50
    )
    page.get_by_role("link", name="1 year", exact=True).click()
    assert page.locator(".tl__links [aria-current]").inner_text() == "1 year"


def test_without_script_every_mark_can_be_reached_by_tab(opened):
    page = opened(scripts=False)
    assert page.locator(".tl-svg--wide .tl-mark[tabindex='-1']").count() == 0


def test_arrow_keys_go_from_mark_to_mark_and_between_lanes(opened):
    page = opened()
    marks = page.locator(".tl-svg--wide .tl-lane--operations .tl-mark")
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("Frame application")
    page.keyboard.press("End")
    assert focused(page).startswith("Free or local flap")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Bone specimen")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert focused(page).startswith("Excision of infected bone")
    page.keyboard.press("ArrowLeft")
    assert focused(page).startswith("Excision of infected bone")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_with_script_the_drawing_is_one_stop_for_tab(opened):
    page = opened()
    assert page.locator(".tl-svg--wide .tl-mark[tabindex='0']").count() == 1
    page.locator(".tl-svg--wide .tl-lane--imaging .tl-mark").last.focus()
    assert page.locator(".tl-svg--wide .tl-mark[tabindex='0']").count() == 1


def test_a_mark_tells_its_fact_on_hover_and_focus_and_escape_hides_it(opened):
    page = opened()
    tip = page.locator(".tl-tip")
    page.locator(".tl-svg--wide .tl-point").nth(3).hover()
    tip.wait_for(state="visible")
    assert "CRP 181 mg/L, Wed 2 Sep 2026, 09:12, laboratory" in tip.inner_text()
    assert "36.2 × upper limit" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    page.locator(".tl-svg--wide .tl-lane--meetings .tl-mark").first.focus()
    assert "Excision, five samples" in tip.inner_text()
    box, frame = tip.bounding_box(), page.locator(".tl__figure").bounding_box()
    assert box["x"] >= frame["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def place_of(page: Page, share: float) -> tuple[float, float]:
    """A point of the drawing: ``share`` of the time axis from its start, in the middle of the marker lane."""
    return tuple(
        page.locator(".tl-svg--wide").evaluate(
            """(svg, share) => {
              const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
              const left = Number(svg.dataset.left), right = Number(svg.dataset.right);
              return [box.left + (left + share * (right - left)) * scale, box.top + 90 * scale];
            }""",
            share,
        )
    )


def test_dragging_picks_a_period_and_lists_its_facts(opened):
    page = opened()
    start, end = place_of(page, 0.4), place_of(page, 0.497)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    assert page.locator(".tl-brush").count() == 1
    with page.expect_navigation():
        page.mouse.up()
    query = parse_qs(urlsplit(page.url).query)
    assert query == {"period_from": ["2026-09-02"], "period_to": ["2026-09-18"]}
    assert page.get_by_role("heading", name="Facts of 2 Sep to 18 Sep 2026").is_visible()


def test_a_drag_that_begins_on_a_link_does_not_follow_it(opened):
    page = opened(link_for=lambda event: "/elsewhere/")
    mark = page.locator(".tl-svg--wide .tl-lane--operations a").first.bounding_box()
    page.mouse.move(mark["x"] + 8, mark["y"] + 8)
    page.mouse.down()
    page.mouse.move(mark["x"] + 120, mark["y"] + 8, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    assert "period_from" in page.url


def test_a_click_is_no_drag_and_opens_the_fact(opened):
    page = opened(link_for=lambda event: f"/facts/{event.code.rpartition('//')[2]}/")
    page.locator(".tl-svg--wide .tl-lane--meetings a").first.click()
    page.wait_for_url("**/facts/decision/")


def test_control_and_wheel_zoom_about_the_pointer(opened):
    page = opened()
    page.mouse.move(*place_of(page, 0.4))
    page.keyboard.down("Control")
    with page.expect_navigation():
        page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    query = parse_qs(urlsplit(page.url).query)
    assert "2026-06-30" < query["from"][0] < "2026-09-02" < query["to"][0] < "2026-12-08"


def test_the_wheel_alone_scrolls_the_page(opened):
    page = opened()
    page.mouse.move(*place_of(page, 0.4))
    page.mouse.wheel(0, 300)
    for _moment in range(40):  # the page's own policy forbids wait_for_function to evaluate text
        if page.evaluate("scrollY") > 0:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("scrollY") > 0
    assert "from=" not in page.url


def test_plus_on_a_mark_zooms_in(opened):
    page = opened()
    page.locator(".tl-svg--wide .tl-mark").first.focus()
    with page.expect_navigation():
        page.keyboard.press("+")
    assert "from=" in page.url


def test_thousands_of_points_do_not_stop_the_page(opened):
    page = opened(crowded_story)
    page.locator(".tl-svg--wide .tl-point").first.focus()
    page.keyboard.press("End")
    assert focused(page).startswith("CRP ")


def test_on_paper_the_drawing_stays_and_the_controls_go(opened):
    page = opened(width=720)
    page.emulate_media(media="print")
    assert page.locator(".tl-svg:visible").count() == 1
    assert page.locator(".tl__nav, .tl__form, .tl__key").evaluate_all(
        "all => all.every((e) => !e.getClientRects().length)"
    )
