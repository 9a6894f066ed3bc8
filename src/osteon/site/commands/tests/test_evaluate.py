import argparse
import json
from datetime import datetime, timedelta

import polars as pl
import pytest

from osteon.events.parquet import write_file
from osteon.events.schema import Event, to_frame
from osteon.rules.engines.evaluate import EngineMissing
from osteon.site.commands import evaluate, evaluate_record
from osteon.site.commands.dispatcher import main
from osteon.site.commands.errors import Stop

DAY_ZERO = datetime(2026, 3, 2, 9)
CK, DAPTOMYCIN = "LOINC//2157-6", "ATC//J01XX09"
RULES = "daptomycin-ck,daptomycin-bloods"


def on_day(number):
    return DAY_ZERO + timedelta(days=number)


def ck(subject, day, value):
    return Event(
        subject, on_day(day), CK, numeric_value=value, unit="U/L", reference_high=200.0, source=f"t:{subject}"
    )


@pytest.fixture
def cohort(tmp_path):
    """1: dangerous on day 6. 2: nothing measured, so late. 3: not on daptomycin, and the last to be heard of."""
    events = [
        Event(1, DAY_ZERO, DAPTOMYCIN),
        ck(1, 6, 2140.0),
        Event(2, DAY_ZERO, DAPTOMYCIN),
        ck(3, 30, 2140.0),
    ]
    path = tmp_path / "cohort.parquet"
    write_file([to_frame(events)], path)
    return path


def said(capsys, *words):
    assert main(["evaluate", *map(str, words)]) == 0
    return capsys.readouterr().out


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("engine", ["polars", "duckdb", "judge"])
def test_every_engine_says_the_same_of_the_same_patients(engine, cohort, tmp_path, capsys):
    out = tmp_path / "fired.jsonl"
    told = json.loads(
        said(
            capsys,
            cohort,
            "--as-of",
            "2026-03-08",
            "--rules",
            RULES,
            "--engine",
            engine,
            "--out",
            out,
            "--json",
        )
    )
    by_rule = {row["rule"]: row for row in told["rules"]}
    assert (told["patients"], told["fired"]) == (3, 4)
    assert by_rule["daptomycin-ck"]["red"] == 1 and by_rule["daptomycin-ck"]["overdue"] == 1
    assert by_rule["daptomycin-ck"]["does not apply"] == 1
    fired = [(line["subject_id"], line["rule"], line["state"]) for line in lines(out)]
    assert fired[:2] == [(1, "daptomycin-ck", "red"), (2, "daptomycin-ck", "overdue")]


def test_each_line_carries_patient_rule_state_moment_and_evidence(cohort, tmp_path, capsys):
    out = tmp_path / "fired.jsonl"
    said(capsys, cohort, "--as-of", "2026-03-08T12:00", "--rules", "daptomycin-ck", "--out", out)
    first = lines(out)[0]
    assert {"subject_id", "rule", "state", "as_of", "evidence"} <= set(first)
    assert first["as_of"] == "2026-03-08T12:00:00"
    assert {"code": CK, "value": 2140.0, "unit": "U/L"}.items() <= next(
        item for item in first["evidence"] if item["code"] == CK
    ).items()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".partial")] == []


@pytest.mark.parametrize("as_of", ["2026-03-08", "last"])
def test_every_engine_writes_the_very_same_lines(as_of, cohort, tmp_path, capsys):
    written = {}
    for engine in ("judge", "polars", "duckdb"):
        said(capsys, cohort, "--as-of", as_of, "--engine", engine, "--out", tmp_path / f"{engine}.jsonl")
        written[engine] = lines(tmp_path / f"{engine}.jsonl")
    assert written["judge"] == written["polars"] == written["duckdb"]
    assert {line["subject_id"] for line in written["judge"]} == {1, 2}
    keys = {"what", "code", "value", "value_at_most", "unit", "time", "threshold"}
    assert {frozenset(item) for line in written["judge"] for item in line["evidence"]} == {frozenset(keys)}


def test_last_asks_each_patient_at_their_own_last_event(cohort, capsys):
    told = json.loads(said(capsys, cohort, "--as-of", "last", "--rules", "daptomycin-ck", "--json"))
    (row,) = told["rules"]
    # 1 at day 6: dangerous. 2 on day 0, with daptomycin just begun: due. 3: not on daptomycin.
    assert (row["red"], row["due"], row["does not apply"]) == (1, 1, 1)


def test_the_summary_is_a_table_of_the_rules_that_concern_somebody(cohort, capsys):
    text = said(capsys, cohort, "--as-of", "2026-03-08")
    assert "cohort.parquet: 4 rows read, 4 mapped, 0 kept as they were, 0 refused" in text
    assert "\ndaptomycin-ck " in text and "\nwarfarin-inr " not in text
    assert "3 patients; " in text and "s on polars." in text


def test_two_files_of_one_patient_are_one_story(tmp_path, capsys):
    for name, event in (("course", Event(1, DAY_ZERO, DAPTOMYCIN)), ("result", ck(1, 6, 2140.0))):
        write_file([to_frame([event])], tmp_path / f"{name}.parquet")
    files = (tmp_path / "course.parquet", tmp_path / "result.parquet")
    for engine in ("polars", "judge"):
        told = json.loads(
            said(
                capsys,
                *files,
                "--as-of",
                "2026-03-08",
                "--rules",
                "daptomycin-ck",
                "--engine",
                engine,
                "--json",
            )
        )
        assert (told["patients"], told["rules"][0]["red"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last", None),
        ("2026-03-05", datetime(2026, 3, 5, 23, 59, 59, 999999)),
        ("2026-03-05T14:00", datetime(2026, 3, 5, 14)),
        ("2026-03-05T14:00+02:00", datetime(2026, 3, 5, 12)),
    ],
)
def test_a_day_means_its_end_and_a_zone_is_turned_into_utc(text, expected):
    assert evaluate.moment(text) == expected


def test_a_moment_that_is_none_is_wrong_use(cohort, capsys):
    with pytest.raises(argparse.ArgumentTypeError):
        evaluate.moment("yesterday")
    with pytest.raises(SystemExit) as end:
        main(["evaluate", str(cohort), "--as-of", "yesterday"])
    assert end.value.code == 2
    assert "neither" in capsys.readouterr().err


def test_a_source_that_is_not_there_is_wrong_use(capsys):
    assert main(["evaluate", "/no/such/file.parquet"]) == 2
    assert "no file or folder /no/such/file.parquet" in capsys.readouterr().err


def test_a_source_that_no_reader_knows_is_refused_in_words(tmp_path, capsys):
    (tmp_path / "letter.json").write_text("[1, 2, 3]")
    assert main(["evaluate", str(tmp_path / "letter.json")]) == 1
    assert "letter.json" in capsys.readouterr().err


def test_parquet_that_is_not_ours_goes_through_its_reader(tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "other.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    assert not evaluate._is_event_file(tmp_path / "other.parquet")
    assert not evaluate._is_event_file(tmp_path / "broken.parquet")


def test_our_own_event_file_is_read_where_it_lies(cohort, tmp_path):
    paths, (report,) = evaluate.gather([str(cohort)], tmp_path)
    assert paths == [str(cohort)]
    assert report.read == 4


def test_an_engine_that_is_not_installed_says_how_to_add_it(cohort, monkeypatch):
    def missing(engine, paths):
        raise EngineMissing("no duckdb")

    monkeypatch.setattr(evaluate, "open_engine", missing)
    with pytest.raises(Stop, match="not installed") as stop:
        evaluate.ask("duckdb", (), [str(cohort)], None)
    assert "./osteon add analytics" in str(stop.value)


def test_an_output_that_cannot_be_finished_leaves_nothing(tmp_path):
    def breaks():
        yield {"subject_id": 1}
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        evaluate.write_lines(tmp_path / "fired.jsonl", breaks())
    assert list(tmp_path.iterdir()) == []


def test_a_patient_of_whom_nothing_is_dated_is_asked_all_the_same(tmp_path, capsys):
    write_file([to_frame([Event(1, None, "GENDER//F")])], tmp_path / "one.parquet")
    told = json.loads(
        said(capsys, tmp_path / "one.parquet", "--as-of", "last", "--engine", "judge", "--json")
    )
    assert (told["patients"], told["fired"]) == (1, 0)


@pytest.mark.django_db
def test_the_record_can_be_evaluated_like_a_file(cast, tmp_path):
    frames = list(evaluate_record.batches())
    assert write_file(frames, tmp_path / "record.parquet") == sum(frame.height for frame in frames)
    told = {subject for frame in frames for subject in frame["subject_id"].to_list()}
    assert {cast.ruth.pk, cast.sean.pk} <= told
