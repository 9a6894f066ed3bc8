"""What "Why" shows: numbers as numbers, courses and findings in words, each fact with its page."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from osteon.service.worklist.why import why

PATIENT = UUID("6a929f87-c32b-47d1-9620-70ab44d4761d")


def fact(
    code="LOINC//2157-6", value=2140.0, unit="U/L", source="record:results.result/" + str(uuid4()), **more
):
    return {
        "what": "CK",
        "code": code,
        "value": value,
        "unit": unit,
        "time": "2026-11-24T06:10:00",
        "threshold": "CK above 2,000 U/L",
        "source": source,
    } | more


def piece(**more):
    [found] = why({"facts": [fact(**more)]}, PATIENT).pieces
    return found


def test_a_result_is_a_number_with_unit_and_moment():
    found = piece()
    assert (found.value, found.unit, found.text) == (2140.0, "U/L", "")
    assert found.time == datetime(2026, 11, 24, 6, 10)
    assert found.threshold == "CK above 2,000 U/L"


@pytest.mark.parametrize(
    ("value", "text"),
    [(42.0, "planned for 42 days"), (1.0, "planned for 1 day"), (None, "since then, no planned stop")],
)
def test_a_course_is_said_in_words(value, text):
    found = piece(code="ATC//J01XX09", value=value, unit="d")
    assert (found.text, found.value) == (text, None)


@pytest.mark.parametrize(("value", "text"), [(1.0, "present"), (0.0, "absent")])
def test_a_finding_is_present_or_absent(value, text):
    assert piece(code="OSTEON//finding//rash", value=value, unit="").text == text


def test_a_score_is_no_presence():
    found = piece(code="OSTEON//finding//pain", value=1.0, unit="{score}")
    assert (found.text, found.value) == ("", 1.0)


def test_a_fact_without_a_value_stays_unknown():
    found = piece(value=None)
    assert (found.value, found.text) == (None, "")


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("record:results.result/{0}", "/results/{0}/"),
        ("record:courses.course/{0}", "/courses/{0}/"),
        ("fhir:Observation/77", f"/patients/{PATIENT}/"),
        ("record:elsewhere.thing/{0}", f"/patients/{PATIENT}/"),
    ],
)
def test_each_fact_leads_to_its_page_or_to_the_patient(source, page):
    key = uuid4()
    source = source.format(key)
    assert why({"facts": [fact(source=source)]}, PATIENT).links == {source: page.format(key)}


def test_a_fact_without_a_source_leads_nowhere():
    found = why({"facts": [fact(source=None)]}, PATIENT)
    assert (found.links, found.pieces[0].source) == ({}, "")


def test_the_rules_words_sources_and_what_is_missing_are_kept():
    found = why(
        {
            "say": "Stop.",
            "because": [
                {"level": "red", "words": "too high", "status": "verified", "sources": ["IDSA 2018"]}
            ],
            "missing": ["upper limit of CK"],
            "could_be": "red",
            "facts": [],
        },
        PATIENT,
    )
    assert (found.say, found.missing, found.could_be) == ("Stop.", ("upper limit of CK",), "red")
    assert (found.because[0].words, found.because[0].sources) == ("too high", ("IDSA 2018",))


def test_evidence_kept_by_an_earlier_version_still_opens():
    found = why({}, PATIENT)
    assert (found.say, found.because, found.pieces, found.could_be) == ("", (), (), "")
