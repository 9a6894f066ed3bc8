"""The Spanish of articles, trials and external topics is whole and compiled."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[2]
SAID = re.compile(r'_\(("(?:[^"\\]|\\.)*")')
FROM_DJANGO = {"English", "Spanish", "MeSH"}


def said(folder: Path) -> set[str]:
    """What the templates and modules of a folder give to gettext by name."""
    files = [*folder.rglob("*.jinja"), *folder.glob("*.py")]
    return {
        ast.literal_eval(text) for path in files for text in SAID.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("concept", ["evidence", "resources"])
def test_every_word_has_its_spanish_which_fills_in_the_same_things(concept):
    with (LIBRARY / concept / "locale" / "es" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    words = said(LIBRARY / concept) - FROM_DJANGO
    assert len(words) > 30
    assert sorted(words - set(known)) == []
    places = re.compile(r"%\(\w+\)s")
    assert [word for word in words if set(places.findall(word)) != set(places.findall(known[word]))] == []
