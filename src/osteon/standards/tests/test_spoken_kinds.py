"""Words of procedures, studies, devices and specimens as our own codes."""

import csv
from importlib.resources import files

import pytest

from osteon.events.vocabulary import OWN_WORDS
from osteon.standards.spoken_kinds import BY_CODE, PATTERNS, own_code


def test_every_code_of_the_table_is_one_of_our_words():
    listed = {code for rows in PATTERNS.values() for _, code in rows} | set(BY_CODE.values())
    assert listed <= set(OWN_WORDS)


def test_every_pattern_gives_its_reason_and_the_code_of_its_kind():
    text = files("osteon.standards").joinpath("spoken_kinds.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        assert row["why"]
        assert row["code"].startswith(f"OSTEON//{row['kind']}//")


def test_sure_code_decides_before_the_words():
    assert own_code("imaging", "SNOMED//113091000", "CT scan") == "OSTEON//imaging//mri"


def test_code_of_another_kind_does_not_decide():
    assert own_code("specimen", "SNOMED//113091000", "") is None


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("imaging", "Documentation of current medications", None),  # "ct" inside a word
        ("imaging", "Musculoskeletal review", None),
        ("line", "PICC insertion, right basilic vein", "OSTEON//line//picc"),
        ("line", "Hickman line", "OSTEON//line//tunnelled"),
        ("line", "Urinary catheter", None),
        ("frame", "Taylor Spatial Frame", "OSTEON//frame//circular"),
        ("operation", "Cataract removal", None),
        ("operation", "Excision of skin lesion", None),
    ],
)
def test_words_decide_where_the_code_says_nothing(kind, words, code):
    assert own_code(kind, "", words) == code
