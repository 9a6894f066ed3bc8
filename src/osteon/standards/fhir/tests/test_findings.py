"""Findings that come under our own words."""

import pytest

from osteon.standards.fhir.codings import OWN_SYSTEM
from osteon.standards.fhir.tests.builders import NOON, Read, concept, quantity, resource, subject


def finding(name="fever", **values):
    return resource(
        "Observation",
        status="final",
        subject=subject(),
        code=concept(OWN_SYSTEM, f"finding//{name}"),
        effectiveDateTime=NOON,
        **values,
    )


@pytest.mark.parametrize(("said", "number"), [(True, 1.0), (False, 0.0)])
def test_yes_and_no_become_one_and_nought(tmp_path, said, number):
    event = Read(tmp_path, finding(valueBoolean=said)).only
    assert (event.code, event.numeric_value) == ("OSTEON//finding//fever", number)
    assert event.text_value is None


def test_a_graded_finding_keeps_its_number(tmp_path):
    event = Read(tmp_path, finding("pain", valueInteger=7)).only
    assert (event.code, event.numeric_value, event.unit) == ("OSTEON//finding//pain", 7.0, None)


def test_a_number_keeps_its_unit(tmp_path):
    assert Read(tmp_path, finding("pain", valueQuantity=quantity(3, "d"))).only.unit == "d"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"valueString": "perhaps"}, "neither yes nor no"),
        ({}, "neither yes nor no"),
        ({"valueQuantity": quantity(3, "d", comparator="<")}, "one number"),
        ({"valueBoolean": True, "status": "entered-in-error"}, "entered-in-error"),
    ],
)
def test_an_answer_that_is_not_understood_is_refused(tmp_path, values, reason):
    read = Read(tmp_path, finding() | values)
    assert any(reason in why for why in read.report.refused)


def test_a_choice_is_said_by_its_word_or_its_number(tmp_path):
    said = Read(tmp_path, finding("motor-deficit", valueString="new")).only
    coded = Read(tmp_path, finding("motor-deficit", valueCodeableConcept={"text": "new"})).only
    numbered = Read(tmp_path, finding("motor-deficit", valueInteger=2)).only
    assert said.numeric_value == coded.numeric_value == numbered.numeric_value == 2


def test_a_question_of_a_definition_is_one_of_our_findings(tmp_path):
    event = Read(tmp_path, finding("pain-days", valueQuantity=quantity(21, "d"))).only
    assert (event.code, event.numeric_value, event.unit) == ("OSTEON//finding//pain-days", 21, "d")


@pytest.mark.parametrize(
    ("word", "values", "reason"),
    [
        ("motor-deficit", {"valueString": "slight"}, "none of none, stable_old, new, progressive"),
        ("news2", {"valueInteger": 40}, "40, which cannot be"),
        ("pain-days", {"valueQuantity": quantity(-1, "d")}, "-1, which cannot be"),
    ],
)
def test_an_answer_a_question_does_not_know_is_refused(tmp_path, word, values, reason):
    read = Read(tmp_path, finding(word, **values))
    assert any(reason in why for why in read.report.refused)


def test_a_word_that_is_none_of_ours_is_refused(tmp_path):
    read = Read(tmp_path, finding("fevre", valueBoolean=True))
    assert any("'fevre' is not one of our findings" in why for why in read.report.refused)
