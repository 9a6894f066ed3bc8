"""Every text that we ship: complete, sourced, linked, in both languages, and no harder to read than we promise."""

from __future__ import annotations

import re
from datetime import date

import pytest

from osteon.library.content import FOLDER
from osteon.library.content.text_file import TextFile, read
from osteon.library.pages.sections import key_of
from osteon.library.readability import measure

WRITTEN = (
    "topics",
    "tests",
    "treatments",
    "services",
    "gps",
    "stories",
    "news",
)  # not who and where: those are data
FILES = sorted(path for path in FOLDER.glob("*/*/*.md") if path.parent.name in WRITTEN)
TEXTS = {str(path.relative_to(FOLDER)): read(path, FOLDER) for path in FILES}
SLUGS = {(text.language, text.slug) for text in TEXTS.values()}
FRONT = {
    "title", "slug", "summary", "also_called", "audience", "codes", "mesh", "related", "reviewed_on", "next_review",
    "reviewers", "sources",
}  # fmt: skip
CODE = re.compile(
    r"(?:ICD10//[A-Z]\d\d(?:\.\d)?|SNOMED//\d{6,18}|LOINC//\d{1,5}-\d|ATC//[A-Z]\d\d(?:[A-Z]{1,2}\d{0,2})?)"
)
DOI = re.compile(r"10\.\d{4,9}/\S+")
LINK = re.compile(r"\]\(([^)]*)\)")
# Years of age: NHS content style asks for 9 to 11; simpler than that is welcome on a page for the young or a story
YOUNGEST, OLDEST = 8.0, 11.9
THIRD_PARTY = re.compile(r"https?://|www\.|\b0\d{9,10}\b")
EVERY_TEXT = pytest.mark.parametrize("path", TEXTS)


def words_of(text: TextFile) -> str:
    return "\n\n".join(f"## {heading}\n{words}" for heading, words in text.sections)


def english() -> dict[str, TextFile]:
    return {text.slug: text for text in TEXTS.values() if text.language == "en"}


@EVERY_TEXT
def test_the_front_matter_is_complete(path):
    text = TEXTS[path]
    assert set(text.front) >= FRONT
    assert text.front["sources"] and all(source["text"] for source in text.front["sources"])
    assert all(DOI.fullmatch(source["doi"]) for source in text.front["sources"] if source.get("doi"))
    assert len(text.front["summary"]) <= 200
    assert set(text.front["audience"]) <= {"patients", "teenagers", "children", "gps"} != set()
    assert path.split("/")[-1] == f"{text.slug}.md"


@EVERY_TEXT
def test_codes_are_written_as_their_system_writes_them(path):
    assert [code for code in TEXTS[path].front["codes"] if not CODE.fullmatch(code)] == []
    assert [mesh for mesh in TEXTS[path].front["mesh"] if not re.fullmatch(r"D\d{6,9}", mesh)] == []


@EVERY_TEXT
def test_a_text_without_a_reviewer_has_no_date_of_review(path):
    """Nobody has reviewed the first texts; a page must not say otherwise."""
    text = TEXTS[path]
    assert bool(text.front["reviewers"]) == bool(text.day("reviewed_on"))
    assert text.day("next_review") > date(2026, 11, 23)


@EVERY_TEXT
def test_links_and_related_pages_exist_in_the_same_language(path):
    text = TEXTS[path]
    linked = [*LINK.findall(words_of(text)), *text.front["related"]]
    assert [slug for slug in linked if (text.language, slug) not in SLUGS] == []
    assert not THIRD_PARTY.search(words_of(text))


@EVERY_TEXT
def test_a_patient_reads_it_at_the_age_of_primary_school(path):
    text = TEXTS[path]
    if "gps" not in text.front["audience"]:
        age = measure(f"{text.front['summary']}\n\n{words_of(text)}", text.language).reading_age
        assert YOUNGEST <= age <= OLDEST


@EVERY_TEXT
def test_no_patient_sentence_is_longer_than_the_limit(path):
    text = TEXTS[path]
    if "gps" not in text.front["audience"]:
        hardest = measure(words_of(text), text.language).hardest
        assert [one.text for one in hardest if len(one.words) > 25] == []


def test_most_patient_pages_lie_between_nine_and_eleven():
    ages = [
        measure(words_of(text), text.language).reading_age
        for text in TEXTS.values()
        if "patients" in text.front["audience"]
    ]
    assert sum(9 <= age < 12 for age in ages) >= 0.5 * len(ages)


def test_every_spanish_text_has_its_english_one_and_the_other_way_round():
    spanish = {text.source_slug: text for text in TEXTS.values() if text.language == "es"}
    assert spanish.keys() == english().keys()
    assert [t.path for t in spanish.values() if "translation_of" not in t.front] == []


def test_a_translation_has_the_sections_sources_and_codes_of_its_source():
    for text in TEXTS.values():
        if text.language == "es":
            source = english()[text.source_slug]
            assert [key_of(h) for h, _ in text.sections] == [key_of(h) for h, _ in source.sections], text.path
            for name in ("sources", "codes", "mesh", "audience"):
                assert text.front[name] == source.front[name]
            assert len(text.front["related"]) == len(source.front["related"])
            assert text.front.get("done_as", {}).get("setting") == source.front.get("done_as", {}).get(
                "setting"
            )


@pytest.mark.parametrize("kind", ["tests", "treatments"])
def test_a_test_or_treatment_says_where_it_is_done_how_to_prepare_and_what_can_go_wrong(kind):
    for text in TEXTS.values():
        if text.kind == kind:
            assert {"what-it-is", "why", "prepare", "what-happens", "risks", "where", "questions"} <= {
                key_of(heading) for heading, _ in text.sections
            }, text.path
            assert text.front["done_as"]["setting"] and text.front["done_as"]["stay"]


def test_a_topic_begins_with_start_here_and_says_when_to_get_help_or_what_to_ask():
    for text in TEXTS.values():
        if text.kind == "topics":
            keys = [key_of(heading) for heading, _ in text.sections]
            assert keys[0] == "start-here" and {"symptoms", "tests", "treatments"} <= set(keys)
            assert {"when-to-get-help", "questions"} & set(keys)


def test_what_is_invented_says_so():
    assert all(t.front.get("invented") for t in TEXTS.values() if t.kind in ("stories", "news"))


def test_the_first_content_covers_what_was_asked_for():
    kinds = [text.kind for text in english().values()]
    assert (kinds.count("topics"), kinds.count("tests"), kinds.count("gps")) == (10, 6, 2)
    assert kinds.count("treatments") >= 8 and kinds.count("services") >= 5
