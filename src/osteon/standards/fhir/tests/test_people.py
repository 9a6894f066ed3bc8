"""Patients, and the references that lead to them."""

from datetime import date, datetime

import pytest

from osteon.events.subjects import Identifier
from osteon.standards.fhir.reader import FhirBundle
from osteon.standards.fhir.tests.builders import Read, bundle, observation, patient, subject, without, write


def subjects(folder, *resources):
    return list(FhirBundle(write(folder, bundle(*resources))).subjects())


def test_patient_is_read_as_a_subject(tmp_path):
    (ruth,) = subjects(
        tmp_path,
        patient(
            name=[
                {"use": "nickname", "family": "Ruthie"},
                {"use": "official", "family": "Okafor", "given": ["Ruth", "Ada"]},
            ],
            telecom=[
                {"system": "email", "value": "r@example.org"},
                {"system": "phone", "value": "020 7946 0018"},
            ],
            address=[{"line": ["1 High Street"], "city": "London", "postalCode": "N1 1AA"}],
        ),
    )
    assert (ruth.family_name, ruth.given_name, ruth.sex) == ("Okafor", "Ruth Ada", "female")
    assert (ruth.birth_date, ruth.birth_precision) == (date(1959, 2, 14), "day")
    assert (ruth.telephone, ruth.address_lines) == ("020 7946 0018", ("1 High Street", "London", "N1 1AA"))
    assert ruth.identifiers == (Identifier("http://hospital.example.org", "N-p1"),)


def test_nhs_number_is_recognised_and_decides_the_subject(tmp_path):
    nhs = {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}
    local = {"system": "http://hospital.example.org", "value": "7"}
    (one,) = subjects(tmp_path, patient(identifier=[local, nhs]))
    (other,) = subjects(tmp_path, patient(identifier=[nhs], name=[{"family": "Else"}]))
    assert Identifier("nhs", "9434765919") in one.identifiers
    assert one.subject_id == other.subject_id


def test_passport_and_insurance_numbers_are_not_taken(tmp_path):
    passport = {"type": {"coding": [{"code": "PPN"}]}, "system": "http://p", "value": "X1"}
    (ruth,) = subjects(tmp_path, patient(identifier=[passport, {"system": "http://h", "value": "1"}]))
    assert ruth.identifiers == (Identifier("http://h", "1"),)


def test_two_patients_with_one_identifier_stay_two_subjects(tmp_path):
    same = [{"system": "http://h", "value": "1"}]
    one, other = subjects(tmp_path, patient("a", identifier=same), patient("b", identifier=same))
    assert one.subject_id != other.subject_id
    assert one.identifiers == other.identifiers


def test_birth_death_and_sex_are_events(tmp_path):
    read = Read(tmp_path, patient("p2", birthDate="1931", deceasedDateTime="2025-12", gender="male"))
    second = [(e.code, e.time, e.original) for e in read.all][-3:]
    assert second == [
        ("MEDS_BIRTH", datetime(1931, 1, 1), "1931"),
        ("GENDER//M", None, None),
        ("MEDS_DEATH", datetime(2025, 12, 1), "2025-12"),
    ]


def test_death_without_a_date_is_remarked(tmp_path):
    read = Read(tmp_path, patient("p2", deceasedBoolean=True))
    assert read.report.remarks == {"Patient: dead, but the file does not say since when": 1}


def test_patient_born_on_an_impossible_day_is_refused_with_their_facts(tmp_path):
    read = Read(tmp_path, patient("p2", birthDate="1959-02-31"), observation(subject=subject("Patient/p2")))
    assert read.refused == [
        "Observation: refers to a patient who is not in the file",
        "Patient: the date '1959-02-31' is impossible",
    ]


@pytest.mark.parametrize(
    "reference",
    [
        {"reference": "Patient/p1"},
        {"reference": "urn:uuid:p1"},
        {"reference": "https://server.example.org/fhir/Patient/p1"},
        {"reference": "https://server.example.org/fhir/Patient/p1/_history/3"},
        {"reference": "Patient?identifier=http://hospital.example.org|N-p1"},
        {"identifier": {"system": "http://hospital.example.org", "value": "N-p1"}},
    ],
)
def test_reference_of_every_form_leads_to_the_patient(tmp_path, reference):
    assert Read(tmp_path, observation(subject=reference)).only.numeric_value == 24.5


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ({"reference": "urn:uuid:nobody"}, "Observation: refers to a patient who is not in the file"),
        ({"reference": "Practitioner/p1"}, "Observation: refers to a patient who is not in the file"),
        (
            {"identifier": {"system": "http://h", "value": "?"}},
            "Observation: refers to a patient who is not in the file",
        ),
        ({"display": "Ruth"}, "Observation: refers to a patient who is not in the file"),
    ],
)
def test_broken_reference_refuses_its_resource_only(tmp_path, reference, reason):
    read = Read(tmp_path, observation(subject=reference), observation())
    assert len(read.events) == 1
    assert read.refused == [reason]


def test_resource_without_a_patient_is_refused(tmp_path):
    assert Read(tmp_path, without(observation(), "subject")).refused == [
        "Observation: does not say which patient"
    ]


@pytest.mark.parametrize("twice", [patient("p2", identifier=[]), observation()])
def test_second_copy_of_a_resource_is_refused(tmp_path, twice):
    read = Read(tmp_path, twice, twice)
    assert read.refused == [f"{twice['resourceType']}: stands in the file twice"]
