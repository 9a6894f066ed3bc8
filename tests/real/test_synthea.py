"""The twelve Synthea lives: read, counted, and brought into the record twice."""

import polars as pl
import pytest

from osteon.service.accounts.models import Person
from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import run_import
from osteon.service.patients.models import Allergy, Finding, ImportedFact, Patient
from osteon.service.patients.story import story
from osteon.service.results.models import Result
from osteon.standards.sources import open_source

pytestmark = pytest.mark.real

RESOURCES = {
    "Observation": 1918, "Claim": 448, "Encounter": 368, "ExplanationOfBenefit": 368, "Procedure": 255,
    "Immunization": 145, "DiagnosticReport": 130, "Condition": 97, "MedicationRequest": 80, "CarePlan": 26,
    "AllergyIntolerance": 22, "Organization": 18, "Practitioner": 18, "Patient": 12, "Goal": 5, "ImagingStudy": 1,
}  # fmt: skip
MAPPED = {
    "Observation": 635,
    "Encounter": 368,
    "DiagnosticReport": 130,
    "Condition": 97,
    "AllergyIntolerance": 22,
    "Patient": 12,
    "MedicationRequest": 9,
    "Procedure": 3,
    "ImagingStudy": 1,
}
REFUSED = {
    "Claim: billing, not a clinical fact": 448,
    "ExplanationOfBenefit: billing, not a clinical fact": 368,
    "Organization: not about a patient": 18,
    "Practitioner: not about a patient": 18,
}


@pytest.fixture(scope="module")
def read(synthea):
    source = open_source(synthea)
    return pl.concat(source.events()), source.report


def test_every_resource_is_mapped_kept_or_refused(read):
    _, report = read
    assert report.read == sum(RESOURCES.values())
    assert report.mapped == MAPPED
    assert report.refused == REFUSED
    assert report.kept.total() == report.read - sum(MAPPED.values()) - sum(REFUSED.values())


def test_what_a_person_should_know_is_remarked(read):
    _, report = read
    assert report.remarks == {
        "Observation: Estimated glomerular filtration rate: unit 'mL/min' not known, kept as it came": 15,
        "MedicationRequest: stopped, no end date: only its start is kept": 9,
    }


@pytest.mark.parametrize(
    ("code", "count", "unit"),
    [
        ("LOINC//14682-9", 41, "umol/L"),
        ("LOINC//718-7", 26, "g/L"),
        ("LOINC//777-3", 26, "10*9/L"),
        ("LOINC//6690-2", 26, "10*9/L"),
        ("LOINC//22664-7", 41, "mmol/L"),
        ("LOINC//2823-3", 41, "mmol/L"),
        ("LOINC//59261-8", 27, "mmol/mol"),
        ("LOINC//14631-6", 13, "umol/L"),
        ("LOINC//8310-5", 17, "Cel"),
        ("LOINC//29463-7", 117, "kg"),
        ("LOINC//98979-8", 50, "mL/min/{1.73_m2}"),
    ],
)
def test_measure_comes_in_its_own_unit_with_the_original_kept(read, code, count, unit):
    rows = read[0].filter(pl.col("code") == code)
    assert (rows.height, rows["unit"].unique().to_list()) == (count, [unit])
    changed = rows.filter(pl.col("original").is_not_null())
    assert changed["original"].str.starts_with("LOINC//").all()


def test_antibiotics_are_found_by_name_and_none_is_left_running(read):
    courses = read[0].filter(pl.col("code").str.starts_with("ATC//"))
    assert dict(courses.group_by("code").len().rows()) == {
        "ATC//J01CE02": 4,
        "ATC//J01CA04": 2,
        "ATC//J01CR02": 2,
        "ATC//J01DC04": 1,
    }
    assert courses["end"].null_count() == 0


@pytest.mark.django_db
def test_twelve_lives_come_into_the_record_once(synthea):
    by = Person.objects.system()
    for state in (ImportRun.State.TAKEN, ImportRun.State.UNCHANGED):
        runs = [run_import(by=by, path=path) for path in sorted(synthea.glob("*.json.gz"))]
        assert {run.state for run in runs} == {state}
        assert sum(run.report["read"] for run in runs) == sum(RESOURCES.values())
        assert not any(run.conflicts for run in runs)
        assert Patient.objects.count() == 12
        numbers = [model.objects.count() for model in (Result, Finding, Allergy, ImportedFact)]
        assert numbers == [1126, 251, 22, 1626]


@pytest.mark.django_db
def test_story_of_a_life_tells_what_the_file_told(synthea):
    path = next(iter(sorted(synthea.glob("Josue*"))))
    run_import(by=Person.objects.system(), path=path)
    source = open_source(path)
    (table,) = source.events()
    told = sorted(table["code"].to_list())
    assert sorted(event.code for event in story(Patient.objects.get())) == told
