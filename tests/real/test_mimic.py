"""The MIMIC demo: a hundred real hospital patients, 916,166 rows."""

from datetime import timedelta

import polars as pl
import pytest

from osteon.standards.sources import open_source

pytestmark = pytest.mark.real

# (code, unit, rows, patients), to be compared with the table of ../shared/data/README.md: rows without a value left out
MEASURED = [
    ("LOINC//14682-9", "umol/L", 3004, 100),
    ("LOINC//777-3", "10*9/L", 2820, 100),
    ("LOINC//6690-2", "10*9/L", 2775, 100),
    ("LOINC//1742-6", "U/L", 1159, 82),
    ("LOINC//770-8", "%", 943, 91),
    ("LOINC//2157-6", "U/L", 200, 59),
    ("LOINC//20578-1", "mg/L", 152, 33),
    ("LOINC//1988-5", "mg/L", 42, 19),
    ("LOINC//4537-7", "mm/h", 19, 8),
]


@pytest.fixture(scope="module")
def source(mimic):
    return open_source(mimic)


@pytest.fixture(scope="module")
def events(source):
    return pl.concat(source.events())


def of(events, code):
    return events.filter(pl.col("code") == code)


def test_every_row_is_mapped_kept_or_refused(source, events):
    report = source.report
    assert (report.read, report.mapped.total(), report.kept.total()) == (916_166, 57_332, 858_767)
    assert report.refused == {
        "a result without a value": 64,
        "LOINC//8310-5: a value no living patient has": 3,
    }
    assert events.height == 912_370


@pytest.mark.parametrize(("code", "unit", "rows", "patients"), MEASURED)
def test_item_of_the_laboratory_becomes_its_measure(events, code, unit, rows, patients):
    found = of(events, code)
    assert (found.height, found["subject_id"].n_unique()) == (rows, patients)
    assert found["unit"].unique().to_list() == [unit]


def test_creatinine_is_converted_row_by_row(mimic, events):
    printed = pl.read_parquet(mimic).filter(pl.col("code") == "LAB//50912//mg/dL")["value"].sort()
    found = of(events, "LOINC//14682-9").filter(pl.col("original").str.starts_with("LAB//50912//mg/dL"))
    assert found.height == len(printed) == 2999
    worst = (found["numeric_value"].sort() - printed.cast(pl.Float64) * 88.4).abs().max()
    assert worst < 1e-3


def test_courses_are_of_a_length_a_hospital_gives(source, events):
    courses = events.filter(pl.col("code").str.contains(r"^ATC//[JPA]"))
    assert (courses.height, courses["subject_id"].n_unique()) == (539, 80)
    lengths = courses["end"] - courses["time"]
    assert lengths.null_count() == 0
    assert lengths.min() >= timedelta(0)
    assert lengths.max() < timedelta(days=22)
    assert source.report.remarks == {
        "order stopped before it began: never given": 52,
        "start of a drug without a stop: ended at the next stop, discharge or death": 8,
        "stop of a drug without a start: ends nothing": 6,
        "start of a drug outside every stay, without a stop: only its start is kept": 1,
        "spaces around a code: left out": 887,
    }


def test_vancomycin_for_the_gut_is_apart(events):
    assert (of(events, "ATC//J01XA01").height, of(events, "ATC//A07AA09").height) == (103, 13)


def test_every_admission_has_its_discharge(events):
    stays = of(events, "OSTEON//admission//inpatient")
    assert (stays.height, stays["end"].null_count()) == (275, 0)


def test_osteomyelitis_is_found_in_its_two_patients(events):
    codes = pl.col("code").str.contains(r"^(ICD9CM//730|ICD10CM//M86)")
    assert set(events.filter(codes)["subject_id"].to_list()) == {10_015_860, 10_020_944}


def test_static_facts_are_read_without_a_time(events):
    assert events.filter(pl.col("time").is_null())["code"].unique().sort().to_list() == [
        "GENDER//F",
        "GENDER//M",
    ]


def test_a_hundred_subjects_are_known_by_their_own_numbers(source):
    subjects = list(source.subjects())
    assert len(subjects) == 100
    assert {s.identifiers[0].system for s in subjects} == {"meds:mimic_iv_demo_meds/events"}
    assert {s.birth_precision for s in subjects} == {"year"}
    assert {s.sex for s in subjects} == {"female", "male"}


def test_second_walk_gives_the_same(source, events):
    again = pl.concat(source.events())
    assert again.equals(events)
