"""The same seed is the same cohort, whoever asks, how and for how many; a cut-off tells less, never otherwise."""

import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from osteon.events.schema import COLUMNS, SCHEMA, to_frame
from osteon.events.simulator import simulate, simulate_frames, simulate_patient
from osteon.events.simulator.cohort import Calendar
from osteon.events.simulator.tests.cohorts import SEED, WHOLE, stories
from osteon.events.vocabulary import DRUG_BY_CODE, MEASURE_BY_CODE, ORGANISM_BY_CODE, OWN_WORDS

NOW = datetime(2026, 11, 24, 9, 0)
SOURCE_ROOT = Path(__file__).parents[4]
HASH_OF_A_COHORT = (
    "import hashlib, sys; from osteon.events.simulator import simulate_frames;"
    "out = hashlib.sha256();"
    "[out.update(frame.write_csv().encode()) for frame in simulate_frames(40, 3)];"
    "print(out.hexdigest())"
)


def hash_in_a_new_process(hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(SOURCE_ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", HASH_OF_A_COHORT],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout


def test_two_processes_with_other_hash_seeds_tell_the_same_bytes():
    assert hash_in_a_new_process("1") == hash_in_a_new_process("2")


def test_the_same_seed_is_the_same_cohort():
    assert list(simulate(20, 5)) == list(simulate(20, 5))


def test_another_seed_is_another_cohort():
    assert [events for _, events in simulate(5, 5)] != [events for _, events in simulate(5, 6)]


def test_a_patient_does_not_depend_on_how_many_are_asked_for():
    assert list(simulate(30, 5))[:10] == list(simulate(10, 5))


def test_tables_do_not_depend_on_how_the_work_is_cut():
    whole = pl.concat(simulate_frames(60, 5, per_frame=60))
    assert pl.concat(simulate_frames(60, 5, per_frame=7)).equals(whole)
    assert pl.concat(simulate_frames(60, 5, per_frame=20, workers=2)).equals(whole)


def test_tables_and_events_tell_the_same():
    table = pl.concat(simulate_frames(30, 5, detail="full"))
    events = [event for _, events in simulate(30, 5, detail="full") for event in events]
    assert table.equals(to_frame(events))


def test_tables_have_the_columns_of_the_schema():
    frame = next(simulate_frames(5, 1))
    assert tuple(frame.columns) == COLUMNS
    assert dict(frame.schema) == SCHEMA


def test_no_patients_is_an_empty_cohort():
    assert list(simulate(0, 1)) == []
    assert list(simulate_frames(0, 1)) == []


def test_subjects_are_different_people_across_seeds():
    ids = [subject.subject_id for seed in (0, 1, 2) for subject, _ in simulate(50, seed)]
    assert len(set(ids)) == len(ids)
    assert all(0 < subject_id < 2**63 for subject_id in ids)


def test_numbers_identify_one_person_of_a_cohort():
    numbers = [(i.system, i.value) for subject, _ in simulate(400, 1) for i in subject.identifiers]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("patients", "seed", "detail", "said"),
    [(-1, 1, "core", "patients"), (1, -1, "core", "seed"), (1, 1, "everything", "detail")],
)
def test_what_cannot_be_simulated_is_refused_in_words(patients, seed, detail, said):
    with pytest.raises(ValueError, match=said):
        list(simulate(patients, seed, detail=detail))


# Detail


def test_core_is_a_part_of_full():
    for core, full in zip(stories(100, "core"), stories(100, "full"), strict=True):
        assert set(core) <= set(full)


def test_core_holds_about_fifty_events_a_patient():
    frame = pl.concat(simulate_frames(2000, 1))
    assert 45 <= frame.height / 2000 <= 60


def test_full_holds_whole_panels():
    mean = sum(map(len, stories())) / len(stories())
    assert 200 <= mean <= 400


# What is told


def test_every_row_says_that_it_is_invented():
    assert all(event.source.startswith("sim:") for story in stories() for event in story)


def test_a_source_identifies_one_row():
    sources = [event.source for story in stories() for event in story]
    assert len(set(sources)) == len(sources)


def test_every_code_is_known_to_the_vocabulary():
    known = {*MEASURE_BY_CODE, *DRUG_BY_CODE, *ORGANISM_BY_CODE, *OWN_WORDS, "MEDS_BIRTH", "MEDS_DEATH"}
    others = ("ICD10//", "GENDER//", "SUSCEPTIBILITY//", "OSTEON//allergy//")
    unknown = {
        event.code
        for story in stories()
        for event in story
        if event.code not in known and not event.code.startswith(others)
    }
    assert unknown == set()


def test_every_story_begins_with_sex_and_birth():
    for story in stories():
        assert story[0].code.startswith("GENDER//")
        assert story[1].code == "MEDS_BIRTH"


def test_stories_are_in_order_of_time():
    for story in stories():
        times = [event.time for event in story[1:]]
        assert times == sorted(times)


def test_nothing_happens_after_death():
    deaths = 0
    for patient in (simulate_patient(SEED, index, WHOLE, "full") for index in range(400)):
        events = patient.events()
        died = next((event.time for event in events if event.code == "MEDS_DEATH"), None)
        if died is not None:
            deaths += 1
            assert max(event.time for event in events if event.time) == died
            assert all(event.end is None or event.end <= died for event in events)
    assert deaths


def test_nobody_is_treated_before_birth_or_as_a_child():
    for story in stories():
        birth, first = story[1].time, story[2].time
        assert first.year - birth.year >= 18


# The cut-off


def test_nothing_is_told_that_is_not_known_by_the_cut_off():
    for _, events in simulate(150, 4, NOW, detail="full"):
        for event in events:
            assert event.time is None or event.time <= NOW
            assert event.recorded_at is None or event.recorded_at <= NOW
            assert event.end is None or event.end <= NOW


def test_a_cut_off_leaves_out_but_changes_nothing():
    """The same weeks, told to the end: what was told before is all there, with what has ended since."""
    calendar = Calendar.ending(NOW)
    later = replace(calendar, until=None)
    for index in range(60):
        early = {e.source: e for e in simulate_patient(4, index, calendar, "full").events()}
        whole = {e.source: e for e in simulate_patient(4, index, later, "full").events()}
        for source, event in early.items():
            told = whole[source]
            if event.code.startswith("OSTEON//specimen//") and event.numeric_value is None:
                assert told.recorded_at > NOW
            else:
                assert replace(told, end=event.end) == event
                assert event.end == told.end or told.end > NOW


def test_specimens_without_a_report_are_pending():
    pending = [
        event
        for _, events in simulate(400, 4, NOW)
        for event in events
        if event.code.startswith("OSTEON//specimen//") and event.numeric_value is None
    ]
    assert pending
    assert all(event.time > NOW - timedelta(days=16) for event in pending)


def test_referrals_reach_up_to_the_cut_off():
    referred = [simulate_patient(4, index, Calendar.ending(NOW)).referred for index in range(300)]
    assert NOW.date() - max(referred) < timedelta(days=21)
    assert NOW.date() - min(referred) > timedelta(days=700)


def test_the_calendar_moves_by_whole_weeks():
    """So that clinics stay on their weekdays whatever the day of the cut-off."""
    days = [Calendar.ending(NOW + timedelta(days=n)).day_zero for n in range(14)]
    assert {day.weekday() for day in days} == {0}
    assert max(days) <= (NOW + timedelta(days=13)).date()


def test_the_same_patient_is_moved_not_changed():
    early, late = (
        simulate_patient(4, 7, Calendar(date(2024, 1, 1), None)).events(),
        simulate_patient(4, 7, Calendar(date(2025, 1, 6), None)).events(),
    )
    assert [e.numeric_value for e in early] == [e.numeric_value for e in late]
    assert late[5].time - early[5].time == timedelta(days=371)


def test_memory_does_not_grow_with_the_cohort():
    peaks = []
    for patients in (400, 1600):
        tracemalloc.start()
        for frame in simulate_frames(patients, 1, per_frame=100):
            assert frame.height
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.3
