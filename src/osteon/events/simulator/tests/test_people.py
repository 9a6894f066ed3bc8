from datetime import date
from random import Random

import pytest

from osteon.events.simulator.chance import generator
from osteon.events.simulator.figures import NAMES
from osteon.events.simulator.host import draw_host
from osteon.events.simulator.people import invent, nhs_number

WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)


def is_valid(number: str) -> bool:
    """Modulus 11, written again from the rule: the check digit makes the weighted sum divisible by 11."""
    check = 11 - sum(int(d) * w for d, w in zip(number[:9], WEIGHTS, strict=True)) % 11
    return check != 10 and int(number[9]) == check % 11


@pytest.fixture
def host():
    return draw_host(Random(1), "age", False)


def test_nhs_numbers_lie_in_the_test_range_and_are_valid():
    numbers = [nhs_number(index) for index in range(0, 900_000, 4_999)]
    assert all(number.startswith("999") and len(number) == 10 and is_valid(number) for number in numbers)


def test_nhs_numbers_are_given_once():
    numbers = [nhs_number(index) for index in range(99_000, 130_000)]
    assert len(set(numbers)) == len(numbers)


def test_beyond_the_test_range_there_is_no_nhs_number():
    assert nhs_number(899_999) is not None
    assert nhs_number(900_000) is None


def test_a_person_has_names_of_our_list_that_fit_the_sex(host):
    person = invent(1, 0, Random(2), host, date(2026, 3, 2))
    assert person.family_name in NAMES["family"]
    assert person.given_name in NAMES[f"given-{person.sex}"]


def test_a_person_is_as_old_as_the_host(host):
    referred = date(2026, 3, 2)
    person = invent(1, 0, Random(2), host, referred)
    assert (referred - person.birth_date).days == host.age_days


def test_a_person_has_a_telephone_that_rings_nowhere(host):
    assert invent(1, 0, Random(2), host, date(2026, 3, 2)).telephone.startswith("020 7946 0")


def test_a_person_without_nhs_number_keeps_the_hospital_number(host):
    person = invent(1, 900_001, Random(2), host, date(2026, 3, 2))
    assert [identifier.system for identifier in person.identifiers] == ["hospital:Marlbury"]


def test_the_same_generator_invents_the_same_person(host):
    a, b = (invent(1, 0, generator(1, 0, "person"), host, date(2026, 3, 2)) for _ in range(2))
    assert a == b


def test_names_are_many_and_none_is_listed_twice():
    assert len(NAMES["family"]) > 150
    for names in NAMES.values():
        assert len(set(names)) == len(names)
