"""The manual in the repository says what the rule files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from osteon.knowledge import all_rules
from osteon.knowledge.manual import pages
from osteon.rules import language

FOLDER = Path(__file__).parents[4] / "docs" / "manual"


def test_the_repository_holds_exactly_these_pages():
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")}
    assert there == set(pages()), "run ./osteon manual"


@pytest.mark.parametrize("path", sorted(pages()))
def test_each_page_is_up_to_date(path):
    assert (FOLDER / path).read_text("utf-8") == pages()[path], "run ./osteon manual"


def test_the_contents_list_every_rule_with_all_examples_passed():
    contents = pages()["README.md"]
    for rule in all_rules():
        (line,) = [line for line in contents.splitlines() if f"[{rule.id}]" in line]
        passed, of = line.split("|")[4].split()[:3:2]
        assert passed == of


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_page_shows_source_status_and_review(rule):
    page = pages()[f"monitoring/{rule.id}.md"]
    assert f"**{rule.status}**" in page
    assert rule.say in page
    assert f"next review by {rule.next_review:%d %B %Y}" in page
    for source in rule.sources:
        assert str(source) in page


def test_every_word_of_the_language_is_explained():
    page = pages()["language.md"]
    words = [
        name
        for name, thing in vars(language).items()
        if getattr(thing, "__module__", "") == language.__name__
    ]
    assert words
    assert all(f"## `{word}(" in page for word in words)
