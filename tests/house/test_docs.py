"""What the documents promise is there."""

from __future__ import annotations

import re

from tests.house.source import ROOT, committed, short

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
# Texts of the library link to each other by slug; its loader says which of those lead nowhere
CONTENT = ROOT / "src" / "osteon" / "library" / "content"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for path in committed():
        if path.suffix == ".md" and not path.is_relative_to(CONTENT):
            links = [link for link in LINK.findall(path.read_text()) if "://" not in link]
            broken += [f"{short(path)}: {link}" for link in links if not (path.parent / link).exists()]
    assert broken == []


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_decision_says_why_what_follows_and_how_it_is_enforced():
    for path in DECISIONS:
        text = path.read_text()
        for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Enforced by**"):
            assert part in text, f"{path.name} has no {part}"
        assert len(text.split()) < 450, f"{path.name} is longer than a page"


def test_files_that_a_decision_names_exist():
    for path in DECISIONS:
        for name in re.findall(r"`([a-z_/]+\.(?:py|toml|scss))`", path.read_text()):
            places = (ROOT, ROOT / "src" / "osteon", ROOT / "src" / "osteon" / "service" / "worklist")
            assert any((place / name).exists() for place in places), f"{path.name} names {name}"
