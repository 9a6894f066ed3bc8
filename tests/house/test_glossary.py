"""The glossary owns the words, and the pages, addresses and abbreviations keep to it."""

from __future__ import annotations

import re

from django.apps import apps

from osteon.service.patients.facts import Versioned
from tests.house.source import ROOT, short, templates
from tests.house.test_permissions import ADDRESSES, is_ours

GLOSSARY = (ROOT / "GLOSSARY.md").read_text()
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|(?: ?([^|]*) \|)?$", re.MULTILINE)
ROWS = [
    row for row in ROW.findall(GLOSSARY) if row[0] not in ("word", "short") and not row[0].startswith("---")
]
WORDS = {word.strip().lower() for row in ROWS for word in row[0].split(",")}
INSTEAD = {bad.strip().lower(): row[0] for row in ROWS for bad in row[2].split(",") if bad.strip()}
# Words of the site rather than of medicine
FRAME = {"language", "sign-in", "gallery", "people", "second-factor", "welcome", "search"}
ABBREVIATION = re.compile(r"\b[A-Z]{2,5}\b")


def visible(template: str) -> str:
    """What a reader sees of a template: no comments, tags, expressions or attributes."""
    text = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    spoken = re.findall(r"""_\(\s*"([^"]*)\"""", text)
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text, flags=re.DOTALL)
    return " ".join([*spoken, bare])


def test_the_glossary_can_be_read_as_a_table():
    assert {"patient", "episode", "finding", "result", "course", "alert", "task"} <= WORDS
    assert INSTEAD["client"] == "patient"


def test_every_word_is_explained_once():
    words = [row[0] for row in ROWS]
    assert len(words) == len(set(words))
    assert all(len(row[1].strip()) > 3 for row in ROWS)


def test_no_page_uses_a_word_that_the_glossary_replaces():
    found = {
        (short(path), bad)
        for path in templates()
        for bad in INSTEAD
        if re.search(rf"\b{re.escape(bad)}s?\b", visible(path.read_text()).lower())
    }
    assert found == set()


def test_the_first_word_of_every_address_is_in_the_glossary():
    firsts = {path.split("/")[0] for _, path, pattern in ADDRESSES if is_ours(pattern) and path}
    unknown = {word for word in firsts - FRAME if not is_known(word.replace("-", " "))}
    assert unknown == set()


def test_every_clinical_table_bears_a_word_of_the_glossary():
    for model in apps.get_models():
        if issubclass(model, Versioned):
            name = str(model._meta.verbose_name).lower()
            assert any(word in WORDS for word in (name, *name.split())), name


def is_known(word: str) -> bool:
    singular = re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s")
    return word in WORDS or singular in WORDS or word.removesuffix("es") in WORDS


def test_every_abbreviation_on_a_page_is_explained():
    known = {word for row in ROWS for word in row[0].replace(",", " ").split() if word.isupper()}
    found = {
        (short(path), word)
        for path in templates()
        if path.name != "gallery.jinja"
        for word in ABBREVIATION.findall(visible(path.read_text()))
        if word not in known
    }
    assert found == set()
