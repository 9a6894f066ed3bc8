from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.standards.infobutton.feed import (
    AnswerRefused,
    Entry,
    Feed,
    read,
    write_atom,
    write_json,
    write_jsonp,
)
from osteon.standards.tests.recorded import recorded

FEED = Feed(
    title="Osteon library",
    subtitle="results for ICD-10 M86.6",
    base="https://library.example/",
    language="es",
    updated="2026-11-23T04:00:00Z",
    author="Bone infection unit",
    author_uri="https://unit.example/",
    id="tag:library.example,2026:M86.6",
    categories=(("mainSearchCriteria.v.c", "M86.6"), ("informationRecipient", "PAT")),
    entries=(
        Entry(
            "Infección del hueso",
            "https://library.example/es/topics/bone-infection/",
            id="tag:1",
            summary="<p>Una infección & más</p>",
            updated="2026-11-01T00:00:00Z",
            language="es",
            categories=(("kind", "topic"),),
        ),
        Entry("Treatment", "https://library.example/x/#treatment", id="tag:2", parent="tag:1"),
    ),
)


@pytest.mark.parametrize("write", [write_json, write_atom])
def test_what_is_written_is_read_back_the_same(write):
    assert read(write(FEED)) == FEED


@pytest.mark.parametrize("write", [write_json, write_atom])
def test_an_answer_with_no_entries_is_a_feed(write):
    empty = Feed(title="Osteon library")
    assert read(write(empty)).entries == ()


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("connect_snomed_problem.json", ["Myalgic Encephalomyelitis/Chronic Fatigue Syndrome"]),
        ("connect_loinc_two_entries.json", ["Electrolyte Panel", "Sodium Blood Test"]),
        ("connect_icd10cm_no_match.json", []),
    ],
)
def test_recorded_answers_are_read_whole_and_written_the_same(name, titles):
    body = recorded(name).read_bytes()
    feed = read(body, "application/json")
    assert [entry.title for entry in feed.entries] == titles
    assert feed.title == "MedlinePlus Connect" and dict(feed.categories)["informationRecipient"] == "PAT"
    assert without_edges(json.loads(write_json(feed))) == without_edges(json.loads(body))
    assert read(write_atom(feed)) == feed


def without_edges(thing):
    """White space at the edges of texts left out."""
    if isinstance(thing, dict):
        return {name: without_edges(value) for name, value in thing.items()}
    if isinstance(thing, list):
        return [without_edges(value) for value in thing]
    return thing.strip() if isinstance(thing, str) else thing


def test_habits_of_other_writers_are_understood():
    body = {"feed": {"title": "Plain", "entry": {"title": "A", "link": {"href": "https://a.example/"}}}}
    assert read(json.dumps(body).encode()).entries == (Entry("A", "https://a.example/"),)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "/relative", "", None, 5, ["x"], "https://[broken"])
def test_an_entry_without_a_web_address_is_left_out(href):
    body = {"feed": {"entry": [{"title": "A", "link": [{"href": href}]}]}}
    assert read(json.dumps(body).encode()).entries == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Service unavailable",
        b"<html><body>An error</body></html>",
        b"<html>",
        b"[1, 2]",
        b'{"feed": [1]}',
        b'{"feed": null}',
        b'{"other": {}}',
        b'{"feed": {"title"',
        b'{"feed": ' + b'{"a":' * 50_000,
        b"\xff\xfe\x00",
        b'<!DOCTYPE feed [<!ENTITY a "x">]><feed xmlns="http://www.w3.org/2005/Atom"/>',
        b"<feed/>",
        b'{"feed": {"title": "' + b"x" * 2_100_000 + b'"}}',
    ],
)
def test_what_is_no_feed_is_refused(body):
    with pytest.raises(AnswerRefused):
        read(body)


def test_a_page_of_html_is_refused_by_its_kind():
    with pytest.raises(AnswerRefused):
        read(write_atom(FEED), "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "nonsense",
    [
        {"title": 5, "entry": "x"},
        {"title": {"_value": ["x"]}, "entry": [1, None, "x", {}]},
        {"author": "me", "category": "x", "entry": {"link": "x"}},
        {"entry": [{"title": {"_value": "A"}, "link": [{"href": {"_value": 3}}], "source": 4}]},
    ],
)
def test_fields_of_a_wrong_kind_are_passed_over(nonsense):
    assert read(json.dumps({"feed": nonsense}).encode()).entries == ()


def test_jsonp_wraps_the_json_and_takes_plain_names_only():
    body = write_jsonp(FEED, "app.show")
    assert body.startswith(b"/**/app.show({") and body.endswith(b");")
    for bad in ("", "alert(1)//", "a b", "x;y", "a[0]", "<script>"):
        with pytest.raises(ValueError, match="callback"):
            write_jsonp(FEED, bad)


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@given(title=texts, summary=texts)
def test_any_text_can_be_written_as_well_formed_atom(title, summary):
    feed = Feed(title=title, entries=(Entry("A", "https://a.example/", summary=summary),))
    assert read(write_atom(feed)).entries[0].href == "https://a.example/"
