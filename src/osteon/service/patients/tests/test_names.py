from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from osteon.service.patients.names import identifier_key, name_key, ways_to_read


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("O Brien", "obrien"),
        ("Smith-Jones", "smithjones"),
        ("Müller", "muller"),
        ("Łukasz", "lukasz"),
        ("Ørsted", "orsted"),
        ("Straße", "strasse"),
        ("Þórðardóttir", "thordardottir"),
        ("İnönü", "inonu"),
        ("de la Cruz", "delacruz"),
        ("محمد", "محمد"),
        ("王", "王"),
        ("-", ""),
    ],
)
def test_name_is_compared_by_its_letters(name, key):
    assert name_key(name) == key


@given(st.text())
@example("𝑨")
def test_key_of_a_key_is_itself(name):
    assert name_key(name_key(name)) == name_key(name)


@given(st.text())
def test_key_holds_no_sign_that_a_search_would_have_to_escape(name):
    assert not set("%_\\ '\"") & set(name_key(name))


def test_one_word_can_begin_either_name():
    assert ways_to_read("obr") == [("obr", ""), ("", "obr")]


def test_words_are_read_in_both_orders_and_at_every_cut():
    assert ways_to_read("maria de la cruz") == [
        ("mariadelacruz", ""),
        ("", "mariadelacruz"),
        ("maria", "delacruz"),
        ("delacruz", "maria"),
        ("mariade", "lacruz"),
        ("lacruz", "mariade"),
        ("mariadela", "cruz"),
        ("cruz", "mariadela"),
    ]


def test_comma_says_which_name_is_which():
    assert ways_to_read("de la Cruz, María") == [("delacruz", "maria")]
    assert ways_to_read("Okafor,") == [("okafor", "")]


@pytest.mark.parametrize("nothing", ["", "   ", "'", ",,"])
def test_nothing_typed_is_read_as_nothing(nothing):
    assert ways_to_read(nothing) == []


def test_many_words_do_not_make_many_searches():
    assert len(ways_to_read(" ".join("abcdefghijklmnop"))) == 12


@pytest.mark.parametrize("value", ["943 476 5919", "943-476-5919", "9434765919"])
def test_number_is_the_same_however_it_is_grouped(value):
    assert identifier_key(value) == "9434765919"


def test_leading_zeros_belong_to_a_number():
    assert identifier_key("0042") != identifier_key("42")
