import json
from datetime import datetime, timedelta

import pytest

from osteon.events.parquet import write_file
from osteon.events.schema import Event, to_frame
from osteon.knowledge import all_definitions
from osteon.site.commands.dispatcher import main

NOW = datetime(2026, 3, 2, 9)
SINUS, EPISODE = "OSTEON//finding//sinus", "OSTEON//episode//prosthetic-joint"
CRP = "LOINC//1988-5"
TWO = "ebjis-2021,icm-2013"


@pytest.fixture
def cohort(tmp_path):
    """1: a sinus. 2: an infected joint of which only a CRP is known. 3: no joint at all."""
    before = NOW - timedelta(days=9)
    events = [
        Event(1, before, EPISODE),
        Event(1, before, SINUS, numeric_value=1.0),
        Event(2, before, EPISODE),
        Event(2, before, CRP, numeric_value=4.0, unit="mg/L"),
        Event(3, before, SINUS, numeric_value=1.0),
    ]
    path = tmp_path / "cohort.parquet"
    write_file([to_frame(events)], path)
    return path


def told(capsys, *words):
    assert main(["evaluate", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("engine", ["polars", "duckdb", "judge"])
def test_every_engine_answers_alike(engine, cohort, tmp_path, capsys):
    out = tmp_path / "answers.jsonl"
    day = ("--as-of", "2026-03-02", "--engine", engine, "--out", out)
    found = told(capsys, cohort, "--rules", TWO, *day)
    assert found["patients"] == 3
    assert {rule["rule"]: rule["answers"] for rule in found["rules"]} == {
        "ebjis-2021": {"confirmed": 1, "unlikely to confirmed": 1},
        "icm-2013": {"infected": 1, "criteria not met to infected": 1},
    }
    rows = lines(out)
    assert [(row["rule"], row["subject_id"]) for row in rows] == [
        ("ebjis-2021", 1),
        ("ebjis-2021", 2),
        ("icm-2013", 1),
        ("icm-2013", 2),
    ]
    assert (rows[1]["low"], rows[1]["high"], rows[1]["answer"]) == (
        "unlikely",
        "confirmed",
        "unlikely to confirmed",
    )
    assert rows[0]["axes"] == {"infection": {"low": "confirmed", "high": "confirmed"}}
    assert {"subject_id", "rule", "as_of", "answer", "low", "high", "axes", "score"} == set(rows[0])


def test_a_score_has_its_two_ends(cohort, tmp_path, capsys):
    out = tmp_path / "answers.jsonl"
    told(capsys, cohort, "--rules", "icm-2018-consensus", "--as-of", "2026-03-02", "--out", out)
    assert all(row["score"]["low"] <= row["score"]["high"] for row in lines(out))


def test_the_word_definitions_means_all_of_them(cohort, capsys):
    found = told(capsys, cohort, "--rules", "definitions", "--as-of", "last")
    assert {rule["rule"] for rule in found["rules"]} == {one.id for one in all_definitions()}


def test_the_table_is_for_reading(cohort, capsys):
    assert main(["evaluate", str(cohort), "--rules", TWO, "--as-of", "2026-03-02"]) == 0
    text = capsys.readouterr().out
    assert (
        "1 confirmed, 1 unlikely to confirmed" in text and "3 patients; 0 definitions concern nobody" in text
    )


def test_the_word_monitoring_means_the_rules_that_watch(cohort, capsys):
    assert "fired" in told(capsys, cohort, "--rules", "monitoring")


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        ("ebjis-2021,alt", "evaluated apart"),
        ("ebjis-20", "There is no rule"),
        ("nonsense", "There is no rule"),
    ],
)
def test_kinds_are_not_mixed_and_names_are_known(rules, complaint, cohort, capsys):
    assert main(["evaluate", str(cohort), "--rules", rules]) == 2
    assert complaint in capsys.readouterr().err
