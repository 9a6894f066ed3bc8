from __future__ import annotations

import pytest

from osteon.library.readability.text import sentences


def texts(source):
    return [sentence.text for sentence in sentences(source)]


def test_headings_tables_code_and_front_matter_are_not_read():
    page = '+++\ntitle = "Bone"\n+++\n## Start here\nIt hurts.\n\n| a | b |\n\n```\ncode here\n```\n<h3>What?</h3>'
    assert texts(page) == ["It hurts."]


def test_each_item_of_a_list_is_a_sentence():
    assert texts("Bring:\n\n- your letter\n- a list of your medicines\n1. shoes") == [
        "Bring:", "your letter", "a list of your medicines", "shoes",
    ]  # fmt: skip


def test_items_of_an_html_list_are_sentences():
    assert texts("<p>You may have:</p><ul><li>pain</li><li>fever &amp; chills</li></ul>")[:2] == [
        "You may have:",
        "pain",
    ]


def test_a_line_break_inside_a_paragraph_ends_nothing():
    assert texts("The bone\nis sore.") == ["The bone is sore."]


@pytest.mark.parametrize(
    "source",
    [
        "Ask Dr. Brown about it.",
        "Take it with food, e.g. Bread.",
        "Use 3.5 ml a day.",
        "Llame a la Dra. Ruiz hoy.",
    ],
)
def test_a_stop_that_ends_no_sentence_is_passed_over(source):
    assert texts(source) == [source]


@pytest.mark.parametrize(
    "source", ["Rest. Then walk.", "Does it hurt? Tell us.", "¿Le duele? ¡Llame ya!", "Go… Now."]
)
def test_a_mark_before_a_new_sentence_ends_the_old(source):
    assert len(texts(source)) == 2


def test_words_of_a_link_are_read_and_its_address_is_not():
    (only,) = sentences("See [your own team](https://example.org/long-address-here) **today**.")
    assert only.words == ("See", "your", "own", "team", "today")


def test_a_numeral_is_one_word():
    (only,) = sentences("About 1,321 of 2.5 in 24/7.")
    assert only.words == ("About", "1,321", "of", "2.5", "in", "24/7")


def test_a_text_without_words_has_no_sentences():
    assert sentences(" \n ** — ** \n## Only a heading") == ()
