"""The component as a page shows it: complete without script, headings in order, everything escaped."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from osteon.service.patients.timeline.tests.outline import view_of
from osteon.service.patients.timeline.tests.stories import at, crp, limb_story, own

PAGE = '{% from "components/timeline.jinja" import timeline, timeline_assets %}{{ timeline_assets() }}{{ timeline(view) }}'


def page_environment() -> Environment:
    """The component alone, without the site's shell around it."""
    folder = settings.OSTEON_PACKAGE / "site" / "templates"
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals["static"] = lambda path: f"/static/{path}"
    return env


def rendered(events, **wishes) -> str:
    return page_environment().from_string(PAGE).render(view=view_of(events, **wishes))


class Reader(HTMLParser):
    """What a test asks of a page: elements with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_the_page_has_the_drawing_on_three_sheets_and_the_table():
    page = Reader(rendered(limb_story()))
    assert [svg["class"] for svg in page.all("svg")] == [
        "tl-svg tl-svg--wide", "tl-svg tl-svg--medium", "tl-svg tl-svg--narrow",
    ]  # fmt: skip
    assert len(page.all("table")) == 1


def test_every_way_to_move_is_a_link():
    links = [
        link["href"]
        for link in Reader(rendered(limb_story())).all("a")
        if "from=" in (link.get("href") or "")
    ]
    assert len(links) >= 9


def test_the_form_works_without_script():
    page = Reader(rendered(limb_story(), params={"known": "2026-10-01"}))
    [form] = page.all("form")
    assert (form["method"], form["action"]) == ("get", "/timeline/#timeline")
    assert {field["name"] for field in [*page.all("input"), *page.all("select")]} == {
        "from",
        "to",
        "marker",
        "overlay",
        "known",
    }


def test_every_field_has_its_label():
    page = Reader(rendered(limb_story()))
    labelled = {label["for"] for label in page.all("label")}
    fields = [
        field["id"] for field in [*page.all("input"), *page.all("select")] if field.get("type") != "hidden"
    ]
    assert set(fields) == labelled


def test_identifiers_are_unique_and_skip_link_leads_to_the_table():
    page = Reader(rendered(limb_story(), params={"period_from": "2026-09-01"}))
    identities = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    assert {"timeline", "timeline-table", "timeline-period"} <= set(identities)
    assert "#timeline-table" in [link["href"] for link in page.all("a")]


def test_every_sentence_below_the_drawing_is_there():
    assert "No outcomes recorded." in rendered(limb_story())


def test_a_picked_period_is_listed_with_its_heading():
    page = rendered(limb_story(), params={"period_from": "2026-09-01", "period_to": "2026-09-04"})
    assert "Facts of 1 Sep to 4 Sep 2026" in page
    assert "Zoom to this period" in page


def test_a_picked_period_without_facts_says_so():
    page = rendered([], params={"period_from": "2026-09-01"})
    assert page.count("Nothing recorded in this period.") >= 2


def test_a_period_that_cannot_be_is_explained():
    page = rendered([], params={"from": "<b>soon"})
    assert "“&lt;b&gt;soon” is not a date." in page
    assert "The usual period is shown." in page


def test_a_rewound_page_says_so_and_leads_back():
    page = rendered(limb_story(), known_at=at("2026-10-01"), params={"known": "2026-10-01"})
    assert "As known on 1 Oct 2026" in page
    assert "Show what is known today" in page


def test_hostile_text_is_escaped_in_the_table():
    page = rendered([own("meeting//decision", "2026-11-01", text_value="<script>alert(1)</script>")])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("word", [" style=", "onclick", "javascript:", "http://www.nhs"])
def test_the_page_needs_no_inline_style_or_script(word):
    assert word not in rendered(limb_story(), params={"period_from": "2026-09-01"})


def test_pages_of_a_long_table_are_links():
    page = rendered([crp(at("2026-09-01"), 1.0, source=f"n{n}") for n in range(501)])
    assert "501 facts of this period as a table" in page
    assert 'aria-current="page"' in page


def test_sorted_columns_say_so():
    page = Reader(rendered(limb_story(), params={"sort": "what"}))
    assert [heading.get("aria-sort") for heading in page.all("th") if "aria-sort" in heading] == [
        "none", "ascending", "none", "none",
    ]  # fmt: skip
