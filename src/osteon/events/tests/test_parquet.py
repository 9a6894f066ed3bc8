"""Event streams written as Parquet: MEDS for others, every column back for us, never half a file."""

import json
from datetime import datetime

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osteon.events.parquet import SubjectsScattered, write_dataset, write_file
from osteon.events.schema import EARLIEST, LATEST, SCHEMA, Event, conform, to_frame

NOON = datetime(2026, 3, 5, 12)

moments = st.datetimes(EARLIEST, LATEST)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
words = st.none() | st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


@st.composite
def events(draw):
    time = draw(st.none() | moments)
    end = None if time is None else draw(st.none() | st.datetimes(time, LATEST))
    return Event(
        draw(st.integers(1, 3)),
        time,
        draw(st.sampled_from(["LOINC//1988-5", "ATC//J01XA01", "GENDER//F", "Blood Pressure"])),
        end=end,
        numeric_value=draw(numbers),
        comparator=draw(st.sampled_from([None, "<", ">="])),
        unit=draw(words),
        text_value=draw(words),
        reference_low=draw(numbers),
        reference_high=draw(numbers),
        recorded_at=draw(st.none() | moments),
        source=draw(words),
        original=draw(words),
    )


def one(subject: int, value: float = 1.0) -> pl.DataFrame:
    return to_frame(
        [Event(subject, NOON, "LOINC//1988-5", numeric_value=value, unit="mg/L", source=f"s{subject}")]
    )


@given(st.lists(events(), max_size=20))
@settings(deadline=None)
def test_what_is_written_reads_back_the_same(tmp_path_factory, story):
    path = tmp_path_factory.mktemp("p") / "events.parquet"
    frame = to_frame(story)
    assert write_file([frame], path) == len(story)
    back = conform(pl.read_parquet(path))
    assert back.equals(frame.sort("subject_id", "time", nulls_last=False, maintain_order=True))


def test_dataset_has_the_columns_and_types_of_meds(tmp_path):
    write_dataset([one(2), one(1)], tmp_path / "set", name="unit")
    schema = pq.read_schema(tmp_path / "set" / "data" / "0.parquet")
    assert [
        str(schema.field(n).type) for n in ("subject_id", "time", "code", "numeric_value", "text_value")
    ] == [
        "int64",
        "timestamp[us]",
        "string",
        "double",
        "string",
    ]
    about = json.loads((tmp_path / "set" / "metadata" / "dataset.json").read_text())
    assert about["dataset_name"] == "unit"
    assert about["meds_version"] == "0.4.0"
    codes = pl.read_parquet(tmp_path / "set" / "metadata" / "codes.parquet")
    assert codes.rows() == [("LOINC//1988-5", "C-reactive protein", [])]


def test_every_column_of_ours_is_written(tmp_path):
    write_file([one(1)], tmp_path / "e.parquet")
    assert pl.read_parquet(tmp_path / "e.parquet").columns == list(SCHEMA)


def test_same_stream_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_dataset([one(1), one(2)], tmp_path / name, name="unit")
    for part in ("data/0.parquet", "metadata/dataset.json", "metadata/codes.parquet"):
        assert (tmp_path / "a" / part).read_bytes() == (tmp_path / "b" / part).read_bytes()


def test_patient_in_two_batches_is_refused_and_leaves_no_file(tmp_path):
    with pytest.raises(SubjectsScattered, match="patient 1"):
        write_file([one(1), one(2), one(1)], tmp_path / "e.parquet")
    assert list(tmp_path.iterdir()) == []


def test_broken_stream_leaves_no_dataset(tmp_path):
    def stream():
        yield one(1)
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        write_dataset(stream(), tmp_path / "set", name="unit")
    assert list(tmp_path.iterdir()) == []


def test_existing_dataset_is_not_overwritten(tmp_path):
    (tmp_path / "set").mkdir()
    with pytest.raises(FileExistsError):
        write_dataset([one(1)], tmp_path / "set", name="unit")
    assert list((tmp_path / "set").iterdir()) == []


def test_frame_without_a_code_is_refused(tmp_path):
    with pytest.raises(ValueError, match="'code'"):
        write_file([one(1).drop("code")], tmp_path / "e.parquet")
