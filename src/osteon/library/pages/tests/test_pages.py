"""What readers get: every kind of page, in its language, with who stands behind it and until when."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from osteon.library.pages.models import LibraryPage

OUTSIDE = re.compile(
    r"""(?:src|action|data)=["'](?:https?:)?//|url\((?:https?:)?//|<(?:link(?! rel="canonical")|script|img|iframe)[^>]*(?:href|src)=["']https?://"""
)


@pytest.fixture
def read(client, library):
    def get(path, **options):
        answer = client.get(path, **options)
        assert answer.status_code == 200, path
        return answer.content.decode()

    return get


def test_a_topic_says_what_it_is_and_who_reviewed_it(read):
    body = read("/topics/bone-infection/")
    assert "<h1" in body and body.count("<h1") == 1
    for words in (
        "Germs have got into a bone",
        "Osteomyelitis",
        "Dr Amara Cole, infection physician",
        "Reading age",
    ):
        assert words in body
    assert "5 January 2026" in body and "5 January 2036" in body
    assert body.count("Last reviewed") == 2  # beside the title, and close to the end of the text
    assert 'href="https://doi.org/10.1000/abc.12"' in body


def test_a_topic_leads_to_its_sections_its_translation_and_its_related_pages(read):
    body = read("/topics/bone-infection/")
    for anchor in ("start-here", "tests", "living-with"):
        assert f'href="#{anchor}"' in body and f'id="{anchor}"' in body
    assert re.search(r'<a href="/es/temas/infeccion-del-hueso/" lang="es" hreflang="es">Español</a>', body)
    assert '<a href="/treatments/frame/">Frame around the leg</a>' in body


def test_a_spanish_page_is_spanish_throughout(read):
    body = read("/es/temas/infeccion-del-hueso/")
    assert '<html lang="es">' in body and ">Temas de salud</a>" in body
    assert '<a href="/topics/bone-infection/" lang="en" hreflang="en">English</a>' in body
    assert "Tratamientos" in body and ">Treatments<" not in body


@pytest.mark.parametrize("language", ["es", "fr", "en-GB"])
def test_the_address_decides_the_language_and_not_the_browser(read, language):
    assert '<html lang="en">' in read("/topics/bone-infection/", headers={"accept-language": language})


def test_a_treatment_says_where_it_is_done(read):
    body = read("/treatments/frame/")
    assert re.search(r"Done as</span> <strong>in hospital", body)
    assert "A few days." in body and "<li>teaching</li>" in body


def test_a_page_for_gps_shows_danger_first_then_the_questions_then_the_way_to_refer(read):
    body = read("/gps/back-pain-and-infection/")
    order = [
        body.index(words)
        for words in ('id="red-flags"', 'id="calculator"', 'id="risk-factors"', 'id="refer-heading"')
    ]
    assert order == sorted(order)
    assert 'href="/calculators/spine-triage/"' in body and "Ring the coordinator." in body


def test_a_site_can_be_rung_found_and_referred_to(read):
    body = read("/sites/marlbury/")
    assert 'href="tel:02079460000"' in body and 'href="geo:51.5,-0.12"' in body
    assert "Ring the coordinator." in body and "1 Hill Road, Marlbury" in body


def test_an_expert_is_asked_about_something_somewhere(read):
    body = read("/team/amara-cole/")
    assert "Infection physician" in body and "Bone infection, Spine" in body
    assert '<a href="/sites/marlbury/">Marlbury clinic</a>' in body


@pytest.mark.parametrize(
    ("query", "found"), [("", True), ("?about=Spine", True), ("?about=Feet", True), ("?about=<script>", True)]
)
def test_the_directory_narrows_to_what_somebody_knows_and_ignores_what_nobody_does(read, query, found):
    body = read(f"/team/{query}")
    assert ("Dr Amara Cole" in body) is found
    assert "<script>" not in body and ("<option selected>Spine</option>" in body) is (query == "?about=Spine")


def test_an_index_without_pages_says_so(read):
    assert "Nothing here yet." in read("/stories/")


def test_news_show_their_date_and_their_feeds(read):
    body = read("/news/")
    assert "1 November 2026" in body and "/news.en.atom" in body and "/news.en.rss" in body


def test_an_invented_page_says_so(read, page):
    topic = page("frame")
    topic.invented = True
    topic.save_revision().publish()
    assert "This page is invented." in read("/treatments/frame/")


def test_a_page_that_nobody_reviewed_says_so(read):
    assert "Not yet reviewed by a second clinician" in read("/treatments/frame/")


EVERY = [
    "/",
    "/es/",
    "/topics/",
    "/topics/bone-infection/",
    "/treatments/frame/",
    "/gps/back-pain-and-infection/",
    "/sites/marlbury/",
    "/team/amara-cole/",
    "/news/the-garden-is-open/",
    "/news-by-email/",
    "/calculators/spine-triage/",
    "/es/temas/infeccion-del-hueso/",
]


@pytest.mark.parametrize("path", EVERY)
def test_no_page_loads_anything_from_outside_or_runs_anything_inline(read, path):
    body = read(path)
    assert not OUTSIDE.search(body)
    assert "<style" not in body and " style=" not in body and " onclick" not in body
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json))", body)


@pytest.mark.parametrize("path", EVERY)
def test_the_browser_is_told_to_load_nothing_else(client, library, path):
    headers = client.get(path).headers
    assert "default-src 'self'; script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/nothing/", "/topics/none/", "/es/nada/", "/calculators/none/", "/pages/1/"]
)
def test_what_is_not_there_is_said_in_words(client, library, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert ("Page not found" in answer.content.decode()) or path.startswith("/es/")


def test_a_page_asks_the_same_questions_however_many_pages_there_are(client, library):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/topics/bone-infection/?again")
        return len(queries)

    client.get("/topics/bone-infection/?again")
    before = count()
    LibraryPage.objects.filter(slug="bone-infection").update(
        related="frame\nback-pain-and-infection\nmarlbury"
    )
    assert count() <= before + 2


def test_the_audience_has_to_be_one_we_know(page):
    topic = page("bone-infection")
    topic.audience = "patients\nmartians"
    with pytest.raises(ValidationError, match="Use one of"):
        topic.full_clean()


def test_the_next_review_comes_after_the_last(page):
    topic = page("bone-infection")
    topic.next_review = topic.reviewed_on
    with pytest.raises(ValidationError, match="comes after"):
        topic.full_clean()


def test_two_sections_cannot_share_a_heading(page):
    topic = page("bone-infection")
    block = topic._meta.get_field("sections").stream_block
    value = block.to_python(
        [
            {"type": "section", "value": {"heading": heading, "text": "<p>x</p>"}}
            for heading in ("Start here", "start  HERE")
        ]
    )
    with pytest.raises(ValidationError, match="same heading"):
        block.clean(value)


def test_the_reading_age_is_measured_when_a_page_is_checked(page):
    topic = page("bone-infection")
    assert topic.reading_age and topic.reading_age < 12
    topic.sections = [
        (
            "section",
            {
                "heading": "One",
                "text": "<p>" + "Pathophysiological considerations notwithstanding, " * 9 + "</p>",
            },
        )
    ]
    topic.full_clean()
    assert topic.reading_age > 15
