"""Markdown becomes the rich text an editor can go on with."""

from __future__ import annotations

import pytest

from osteon.library.content.markdown import rich_text

PAGES = {"frame": 7}


def made(text):
    return rich_text(text, PAGES.get)


def test_emphasis_and_lists_are_what_the_editor_knows():
    html, broken = made("**Ring** *us*\n\n- one\n- two")
    assert html == "<p><b>Ring</b> <i>us</i></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    assert broken == []


@pytest.mark.parametrize(
    "target",
    ["frame", "treatments/frame", "../treatments/frame.md", "/treatments/frame/", "en/treatments/frame"],
)
def test_a_link_to_a_page_of_ours_is_kept_by_number(target):
    html, broken = made(f"See [the frame]({target}).")
    assert html == '<p>See <a linktype="page" id="7">the frame</a>.</p>'
    assert broken == []


def test_a_link_that_leads_nowhere_keeps_its_words_and_is_reported():
    html, broken = made("See [**nothing** here](topics/none) and [us](https://example.org/a).")
    assert html == '<p>See <b>nothing</b> here and <a href="https://example.org/a">us</a>.</p>'
    assert broken == ["topics/none"]


def test_raw_html_and_script_links_come_out_as_words():
    html, _ = made("<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick=x>y</b>")
    assert "<script" not in html and "<b onclick" not in html
    assert 'href="javascript' not in html


def test_headings_stand_below_the_section():
    assert made("# One\n\n### Two\n\n#### Three")[0] == "<h3>One</h3>\n<h3>Two</h3>\n<h4>Three</h4>"


def test_a_table_is_a_table():
    assert "<th>Test</th>" in made("| Test | Shows |\n|---|---|\n| CRP | swelling |")[0]
