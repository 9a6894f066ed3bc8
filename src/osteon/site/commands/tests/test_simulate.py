import argparse
from datetime import datetime

import polars as pl
import pytest

from osteon.events.schema import COLUMNS
from osteon.site.commands import simulate
from osteon.site.commands.errors import Stop, WrongUse


def run(*arguments):
    parser = argparse.ArgumentParser()
    simulate.add_arguments(parser)
    return simulate.run(parser.parse_args(["--patients", "12", "--seed", "3", *arguments]))


def test_simulate_writes_one_file(tmp_path, capsys):
    assert run("--out", str(tmp_path / "cohort.parquet")) == 0
    frame = pl.read_parquet(tmp_path / "cohort.parquet")
    assert tuple(frame.columns) == COLUMNS
    assert frame["subject_id"].n_unique() == 12
    assert "12 invented patients" in capsys.readouterr().out


def test_simulate_writes_the_same_bytes_twice(tmp_path):
    for name in ("a", "b"):
        run("--out", str(tmp_path / f"{name}.parquet"))
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_simulate_writes_a_data_set(tmp_path):
    run("--out", str(tmp_path / "cohort"))
    assert pl.read_parquet(tmp_path / "cohort" / "data" / "0.parquet")["subject_id"].n_unique() == 12
    assert (tmp_path / "cohort" / "metadata" / "dataset.json").exists()


def test_simulate_without_out_only_counts(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run() == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_simulate_counts_what_it_tells(capsys):
    run("--detail", "full")
    out = capsys.readouterr().out
    for word in ("results", "courses", "specimen", "operation", "isolates"):
        assert word in out


def test_simulate_stops_at_a_day(tmp_path):
    run("--until", "2026-03-05", "--out", str(tmp_path / "a.parquet"))
    frame = pl.read_parquet(tmp_path / "a.parquet")
    assert frame["time"].max() <= datetime(2026, 3, 5)


def test_simulate_does_not_write_over_a_file(tmp_path):
    (tmp_path / "mine.parquet").write_text("mine")
    with pytest.raises(Stop, match="there already"):
        run("--out", str(tmp_path / "mine.parquet"))
    assert (tmp_path / "mine.parquet").read_text() == "mine"


def test_simulate_does_not_write_into_a_folder_that_is_there(tmp_path):
    with pytest.raises(Stop, match="there already"):
        run("--out", str(tmp_path))


def test_simulate_says_when_it_cannot_write(tmp_path):
    with pytest.raises(Stop, match="could not be written"):
        run("--out", str(tmp_path / "nowhere" / "a.parquet"))


def test_simulate_refuses_a_cohort_that_cannot_be():
    with pytest.raises(WrongUse, match="number of patients"):
        run("--patients", "-3")


def test_simulate_refuses_a_day_that_is_none(capsys):
    with pytest.raises(SystemExit):
        run("--until", "tomorrowish")
    assert "neither" in capsys.readouterr().err


def test_simulate_reads_now_days_and_zones():
    assert simulate.moment("2026-03-05") == datetime(2026, 3, 5)
    assert simulate.moment("2026-03-05T10:00+02:00") == datetime(2026, 3, 5, 8)
    assert simulate.moment("now").tzinfo is None
