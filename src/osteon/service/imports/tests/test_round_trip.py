"""A simulated cohort into a file, into the record, and out again as the record's own stream: nothing is lost."""

from collections import Counter

import polars as pl
import pytest

from osteon.events.parquet import write_file
from osteon.events.schema import Event
from osteon.events.simulator import simulate_frames
from osteon.service.imports.running import run_import
from osteon.service.patients.models import PatientIdentifier
from osteon.service.patients.story import story

SAME = ("code", "time", "end", "numeric_value", "comparator", "unit", "reference_low", "reference_high")


@pytest.fixture(scope="module")
def cohort():
    return pl.concat(simulate_frames(6, seed=11, detail="full"))


def facts(events: list[Event]) -> Counter:
    return Counter(tuple(getattr(event, name) for name in SAME) for event in events)


def test_record_tells_the_story_that_was_brought_in(cast, cohort, tmp_path):
    write_file([cohort], tmp_path / "cohort.parquet")
    run = run_import(by=cast.lead, path=tmp_path / "cohort.parquet")
    assert (run.report["refused"], run.report["kept_unmapped"]) == ({}, {})
    for subject_id, rows in cohort.group_by("subject_id"):
        patient = PatientIdentifier.objects.get(value=str(subject_id[0])).patient
        told = [Event(**row) for row in rows.iter_rows(named=True)]
        assert facts(story(patient)) == facts(told)


def test_every_kind_of_fact_was_in_the_cohort(cohort):
    """Else the test above would prove less than it says."""
    kinds = set(cohort["code"].str.extract(r"^((?:OSTEON//)?[A-Z0-9_a-z-]+)").to_list())
    assert kinds >= {
        "LOINC", "ATC", "SNOMED", "SUSCEPTIBILITY", "GENDER", "MEDS_BIRTH", "OSTEON//specimen", "OSTEON//finding",
        "OSTEON//operation", "OSTEON//allergy", "OSTEON//line", "OSTEON//imaging", "OSTEON//meeting", "OSTEON//outcome",
    }  # fmt: skip
