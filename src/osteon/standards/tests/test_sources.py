"""Any path the readers know is opened by what is in it."""

import gzip
import json

import polars as pl
import pytest

from osteon.events.report import SourceRefused
from osteon.standards.fhir.tests.builders import bundle, observation, patient
from osteon.standards.sources import open_source

BUNDLE = json.dumps(bundle(patient(), observation())).encode()
LINES = b"\n".join(json.dumps(r).encode() for r in (patient(), observation()))


def parquet(path):
    pl.DataFrame(
        {"subject_id": [1], "time": [None], "code": ["GENDER//F"]},
        schema_overrides={"time": pl.Datetime("us")},
    ).write_parquet(path)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.json", BUNDLE, "FHIR R4 Bundle"),
        ("a.json.gz", gzip.compress(BUNDLE, mtime=0), "FHIR R4 Bundle"),
        ("a.json", gzip.compress(BUNDLE, mtime=0), "FHIR R4 Bundle"),
        ("export", BUNDLE, "FHIR R4 Bundle"),
        ("a.ndjson", LINES, "FHIR R4 NDJSON"),
        ("a.jsonl.gz", gzip.compress(LINES, mtime=0), "FHIR R4 NDJSON"),
        ("a.json", LINES, "FHIR R4 NDJSON"),
        ("a.json", json.dumps(bundle(patient()), indent=1).encode(), "FHIR R4 Bundle"),
    ],
)
def test_file_is_opened_by_its_content(tmp_path, name, data, kind):
    (tmp_path / name).write_bytes(data)
    source = open_source(tmp_path / name)
    assert (source.kind, source.name) == (kind, name)
    assert len(list(source.subjects())) == 1


@pytest.mark.parametrize("name", ["a.parquet", "a.bin"])
def test_parquet_is_opened_as_meds(tmp_path, name):
    parquet(tmp_path / name)
    assert open_source(str(tmp_path / name)).kind == "MEDS Parquet"


def test_folders_are_opened_by_what_they_hold(tmp_path):
    for folder in ("meds/data", "lines", "bundles"):
        (tmp_path / folder).mkdir(parents=True)
    parquet(tmp_path / "meds" / "data" / "0.parquet")
    (tmp_path / "lines" / "Patient.ndjson").write_bytes(LINES)
    (tmp_path / "bundles" / "a.json").write_bytes(BUNDLE)
    kinds = [open_source(tmp_path / name).kind for name in ("meds", "lines", "bundles")]
    assert kinds == ["MEDS Parquet", "FHIR R4 NDJSON", "folder of FHIR R4 Bundles"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xml", b"<Bundle/>", "a.xml: not a file that Osteon reads; it reads a FHIR R4 Bundle"),
        ("a.exe", b"MZ\x90\x00", "not a file that Osteon reads"),
        ("a", b"", "not a file that Osteon reads"),
        ("a.gz", gzip.compress(b"hello", mtime=0)[:-9], "cut short or damaged"),
        ("a.parquet", b"not parquet", "not a readable Parquet file"),
    ],
)
def test_foreign_file_is_refused_and_told_what_is_read(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceRefused, match=r"^a") as refused:
        open_source(tmp_path / name)
    assert said in str(refused.value)


def test_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SourceRefused, match="there is no such file"):
        open_source(tmp_path / "gone.json")


def test_folder_with_nothing_to_read_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(SourceRefused, match="the folder holds nothing that Osteon reads"):
        open_source(tmp_path)
