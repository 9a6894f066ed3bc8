"""The texts that are in the repository: every one becomes a page, and every link between them leads somewhere."""

from __future__ import annotations

import pytest

from osteon.library.content import FOLDER, loader
from osteon.library.content.text_file import read
from osteon.library.pages.models import LibraryPage


@pytest.fixture
def loaded(db):
    return loader.load()


def test_every_text_becomes_a_page_and_every_link_leads_somewhere(loaded):
    assert loaded.refused == {}
    assert loaded.broken_links == {}
    assert len(loaded.made) == LibraryPage.objects.live().count() >= 60


def test_every_english_text_has_a_spanish_one_and_the_other_way_round():
    texts = [read(path, FOLDER) for path in loader.files()]
    english = {(text.kind, text.slug) for text in texts if text.language == "en"}
    spanish = {(text.kind, text.source_slug) for text in texts if text.language == "es"}
    assert english == spanish
