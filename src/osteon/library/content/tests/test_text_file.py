"""A text file becomes parts, or is refused with words that say what to mend."""

from __future__ import annotations

from datetime import date

import pytest

from osteon.library.content.text_file import TextRefused, read, sections, split

GOOD = '+++\ntitle = "A"\nslug = "a"\nsummary = "B"\n{more}\n+++\n{body}'


def write(tmp_path, text, name="en/topics/a.md"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_knows_its_language_kind_and_sections(tmp_path):
    body = "## Start here\n\nOne.\n\n## Living with it ##\n\nTwo.\n### Deeper\nThree."
    text = read(write(tmp_path, GOOD.format(more="", body=body)), tmp_path)
    assert (text.language, text.kind, text.slug) == ("en", "topics", "a")
    assert text.sections == (("Start here", "One."), ("Living with it", "Two.\n### Deeper\nThree."))


def test_a_translation_names_its_source(tmp_path):
    text = read(
        write(tmp_path, GOOD.format(more='translation_of = "x"', body=""), "es/topics/a.md"), tmp_path
    )
    assert text.source_slug == "x"


@pytest.mark.parametrize("written", ["2026-11-24", '"2026-11-24"'])
def test_a_date_may_stand_in_quotes(tmp_path, written):
    text = read(write(tmp_path, GOOD.format(more=f"reviewed_on = {written}", body="")), tmp_path)
    assert text.day("reviewed_on") == date(2026, 11, 24)
    assert text.day("next_review") is None


def test_one_word_is_a_list_of_one(tmp_path):
    text = read(write(tmp_path, GOOD.format(more='audience = "gps"', body="")), tmp_path)
    assert text.listed("audience") == ["gps"]
    assert text.listed("codes") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff\xfe", "not UTF-8"),
        ("no front matter", "front matter between two lines"),
        ("+++\ntitle = \n+++\n", "is not TOML"),
        ('+++\ntitle = "A"\nslug = "a"\n+++\n', "lacks summary"),
        ('+++\ntitle = "A"\nslug = "../a"\nsummary = "B"\n+++\n', "is no slug"),
        ('+++\ntitle = "A"\nslug = "a"\nsummary = "B"\n+++\nLost words\n## One\n', "before the first"),
    ],
)
def test_what_cannot_be_a_page_is_refused_in_words(tmp_path, text, words):
    with pytest.raises(TextRefused, match=words):
        read(write(tmp_path, text), tmp_path)


def test_a_wrong_date_names_the_file_and_the_entry(tmp_path):
    text = read(write(tmp_path, GOOD.format(more='reviewed_on = "soon"', body="")), tmp_path)
    with pytest.raises(TextRefused, match="reviewed_on should be a date"):
        text.day("reviewed_on")


def test_line_ends_of_windows_and_a_byte_order_mark_are_read(tmp_path):
    text = "\ufeff" + GOOD.format(more="", body="## One\n\nTwo.").replace("\n", "\r\n")
    assert read(write(tmp_path, text), tmp_path).sections == (("One", "Two."),)


def test_an_empty_body_has_no_sections():
    assert sections("\n\n") == []
    front, body = split('+++\ntitle="A"\nslug="a"\nsummary="B"\n+++', "x")
    assert front["title"] == "A" and body == ""
