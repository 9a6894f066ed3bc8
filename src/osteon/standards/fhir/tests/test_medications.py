"""Prescriptions, statements and administrations as courses."""

from datetime import datetime

import pytest

from osteon.standards.fhir.tests.builders import (
    RXNORM,
    Read,
    administration,
    concept,
    request,
    resource,
    subject,
)

AT_NOON = datetime(2026, 3, 5, 12)


def dosage(**values):
    return [
        {
            "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "g"}}],
            "route": {"text": "intravenous"},
            **values,
        }
    ]


def repeated(**values):
    return dosage(timing={"repeat": {"frequency": 1, "period": 24, "periodUnit": "h", **values}})


def test_prescription_is_a_course_with_its_dose_and_plan(tmp_path):
    event = Read(
        tmp_path,
        request(
            "Ceftriaxone 2 g injection", dosageInstruction=repeated(boundsDuration={"value": 6, "code": "wk"})
        ),
    ).only
    assert (event.code, event.time, event.end) == ("ATC//J01DD04", AT_NOON, None)
    assert (event.numeric_value, event.unit) == (42.0, "d")
    assert event.text_value == "2 g intravenous every 24 hours"
    assert event.original == "TEXT//Ceftriaxone 2 g injection Ceftriaxone 2 g injection"


def test_period_of_the_dosage_is_start_and_plan(tmp_path):
    bounds = {"start": "2026-03-01", "end": "2026-03-15"}
    event = Read(tmp_path, request("Linezolid", dosageInstruction=repeated(boundsPeriod=bounds))).only
    assert (event.time, event.end, event.numeric_value) == (datetime(2026, 3, 1), None, 14.0)


def test_supply_without_repeats_is_the_plan(tmp_path):
    supply = {"expectedSupplyDuration": {"value": 10, "code": "d"}}
    assert Read(tmp_path, request("Linezolid", dispenseRequest=supply)).only.numeric_value == 10
    repeats = {**supply, "numberOfRepeatsAllowed": 2}
    assert Read(tmp_path, request("Linezolid", dispenseRequest=repeats)).only.numeric_value is None


def test_drug_is_found_by_its_display_or_its_atc_code(tmp_path):
    by_name = request(
        "", medicationCodeableConcept=concept(RXNORM, "1665021", "ceftriaxone 500 MG Injection")
    )
    by_code = request("", medicationCodeableConcept=concept("http://www.whocc.no/atc", "J01XX09"))
    assert [e.code for e in Read(tmp_path, by_name, by_code).events] == ["ATC//J01DD04", "ATC//J01XX09"]


def test_oral_route_makes_vancomycin_a_drug_of_the_gut(tmp_path):
    by_mouth = [{"route": {"coding": [{"system": "http://snomed.info/sct", "code": "26643006"}]}}]
    assert Read(tmp_path, request("Vancomycin", dosageInstruction=by_mouth)).only.code == "ATC//A07AA09"


def test_medication_by_reference_is_found_in_the_file_and_inside(tmp_path):
    drug = resource("Medication", id="m1", code={"text": "Daptomycin 350 mg"})
    there = request("", medicationReference={"reference": "Medication/m1"})
    inside = request(
        "",
        contained=[{"resourceType": "Medication", "id": "c", "code": {"text": "Rifampicin"}}],
        medicationReference={"reference": "#c"},
    )
    del there["medicationCodeableConcept"], inside["medicationCodeableConcept"]
    assert [e.code for e in Read(tmp_path, drug, there, inside).events] == ["ATC//J01XX09", "ATC//J04AB02"]


def test_medication_that_is_not_there_refuses_the_prescription(tmp_path):
    lost = request("", medicationReference={"reference": "Medication/gone"})
    del lost["medicationCodeableConcept"]
    assert Read(tmp_path, lost).refused == [
        "MedicationRequest: refers to a medication that is not in the file"
    ]


def test_other_medicine_is_kept_under_its_code(tmp_path):
    read = Read(
        tmp_path, request("", medicationCodeableConcept=concept(RXNORM, "316672", "Simvastatin 10 MG"))
    )
    assert (read.only.code, read.only.text_value, read.only.numeric_value) == (
        "RXNORM//316672",
        "Simvastatin 10 MG",
        None,
    )
    assert read.report.kept == {"MedicationRequest RXNORM//316672 Simvastatin 10 MG": 1}


def test_stopped_prescription_without_an_end_is_not_left_running(tmp_path):
    read = Read(tmp_path, request("Linezolid", status="stopped"))
    assert read.only.end == read.only.time == AT_NOON
    assert read.report.remarks == {"MedicationRequest: stopped, no end date: only its start is kept": 1}


def test_completed_prescription_ends_by_its_plan(tmp_path):
    read = Read(
        tmp_path,
        request(
            "Linezolid",
            status="completed",
            dosageInstruction=repeated(boundsDuration={"value": 10, "code": "d"}),
        ),
    )
    assert read.only.end == datetime(2026, 3, 15, 12)
    assert read.report.remarks == {
        "MedicationRequest: completed, no end date: ended by its planned length": 1
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "entered-in-error"}, "is marked entered-in-error"),
        ({"status": "cancelled"}, "is marked cancelled"),
        ({"intent": "proposal"}, "is a proposal, not an order"),
        ({"doNotPerform": True}, "says not to give the medicine"),
        ({"medicationCodeableConcept": {}}, "does not say which medicine"),
        ({"authoredOn": None}, "has no date"),
    ],
)
def test_what_is_no_order_is_refused(tmp_path, change, reason):
    assert Read(tmp_path, request("Linezolid", **change)).refused == [f"MedicationRequest: {reason}"]


def test_statement_of_a_finished_course_has_its_end(tmp_path):
    said = resource(
        "MedicationStatement",
        status="completed",
        medicationCodeableConcept={"text": "Flucloxacillin 1 g"},
        subject=subject(),
        effectivePeriod={"start": "2026-01-01", "end": "2026-01-15"},
        dosage=[{"text": "1 g four times a day by mouth"}],
    )
    event = Read(tmp_path, said).only
    assert (event.code, event.time, event.end) == (
        "ATC//J01CF05",
        datetime(2026, 1, 1),
        datetime(2026, 1, 15),
    )
    assert event.text_value == "1 g four times a day by mouth"


def test_medicine_that_was_not_taken_is_refused(tmp_path):
    said = resource(
        "MedicationStatement",
        status="not-taken",
        medicationCodeableConcept={"text": "Linezolid"},
        subject=subject(),
        effectiveDateTime="2026",
    )
    assert Read(tmp_path, said).refused == ["MedicationStatement: is marked not-taken"]


# Administrations


def day(number: int, hour: int = 9) -> str:
    return f"2026-03-{number:02d}T{hour:02d}:00:00Z"


def test_daily_doses_are_one_course(tmp_path):
    read = Read(tmp_path, *(administration("Daptomycin", day(n, 9 + n % 3)) for n in (3, 1, 2)))
    assert (read.only.code, read.only.time, read.only.end) == (
        "ATC//J01XX09",
        datetime(2026, 3, 1, 10),
        datetime(2026, 3, 3, 9),
    )
    assert read.report.mapped["MedicationAdministration"] == 3


def test_doses_a_week_apart_are_two_courses(tmp_path):
    read = Read(tmp_path, administration("Dalbavancin", day(1)), administration("Dalbavancin", day(8)))
    assert [e.time for e in read.events] == [datetime(2026, 3, 1, 9), datetime(2026, 3, 8, 9)]


def test_doses_of_a_prescription_are_part_of_it(tmp_path):
    order = request("Daptomycin", authoredOn=day(1, 8))
    read = Read(tmp_path, order, administration("Daptomycin", day(1)), administration("Daptomycin", day(2)))
    assert (read.only.time, read.only.end) == (datetime(2026, 3, 1, 8), None)


def test_last_dose_ends_a_prescription_whose_end_nobody_wrote(tmp_path):
    order = request("Daptomycin", authoredOn=day(1, 8), status="stopped")
    doses = [administration("Daptomycin", day(n)) for n in range(1, 6)]
    event = Read(tmp_path, order, *doses).only
    assert (event.time, event.end) == (datetime(2026, 3, 1, 8), datetime(2026, 3, 5, 9))


def test_doses_of_another_drug_stay_apart(tmp_path):
    read = Read(tmp_path, request("Daptomycin"), administration("Linezolid", day(5, 13)))
    assert sorted(e.code for e in read.events) == ["ATC//J01XX08", "ATC//J01XX09"]


def test_dose_that_was_not_given_is_refused(tmp_path):
    assert Read(tmp_path, administration("Daptomycin", day(1), status="not-done")).refused == [
        "MedicationAdministration: is marked not-done"
    ]


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        ({"code": {"text": "three times a day"}}, "2 g intravenous three times a day"),
        ({"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "2 g intravenous 2 times a day"),
        ({"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}, "2 g intravenous every week"),
        ({"repeat": {"frequency": 3, "period": 2, "periodUnit": "wk"}}, "2 g intravenous 3 times in 2 weeks"),
        ({}, "2 g intravenous"),
    ],
)
def test_dose_is_put_into_words(tmp_path, timing, words):
    assert (
        Read(tmp_path, request("Ceftriaxone", dosageInstruction=dosage(timing=timing))).only.text_value
        == words
    )
