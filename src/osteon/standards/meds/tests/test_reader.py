"""MEDS files in every dialect: what is mapped, what is kept, what is refused, and nothing twice."""

from datetime import date, datetime, timedelta

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osteon.events.parquet import write_dataset, write_file
from osteon.events.report import SourceRefused
from osteon.events.schema import SCHEMA, Event, to_frame
from osteon.events.subjects import Identifier
from osteon.standards.meds import reader
from osteon.standards.meds.reader import MedsSource
from osteon.standards.meds.tests.builders import DAY0, at, mimic, one, read, spans


def test_laboratory_item_becomes_its_measure_in_its_unit_and_keeps_the_original(tmp_path):
    row = one(read(mimic(tmp_path / "e.parquet", [(1, 0, "LAB//50912//mg/dL", 1.2)])), "LOINC//14682-9")
    assert (row["numeric_value"], row["unit"]) == (pytest.approx(106.08), "umol/L")
    assert row["original"] == "LAB//50912//mg/dL 1.2"
    assert row["source"] == "meds:e.parquet#0"


def test_known_item_in_an_unexpected_unit_is_not_guessed(tmp_path):
    source = mimic(
        tmp_path / "e.parquet", [(1, 0, "LAB//50912//mmol/L", 1.2), (1, 0, "LAB//50889//UNK", 9.0)]
    )
    frame = read(source)
    assert frame["code"].to_list() == ["LAB//50912//mmol/L", "LAB//50889//UNK"]
    assert frame["numeric_value"].to_list() == pytest.approx([1.2, 9.0])
    assert source.report.kept.total() == 2


def test_percentage_of_neutrophils_is_not_their_count(tmp_path):
    row = one(read(mimic(tmp_path / "e.parquet", [(1, 0, "LAB//51256//%", 64.0)])), "LOINC//770-8")
    assert (row["numeric_value"], row["unit"]) == (64.0, "%")


def test_unknown_code_is_kept_as_it_came(tmp_path):
    source = mimic(
        tmp_path / "e.parquet", [(1, 0, "LAB//220045//bpm", 90.0), (1, 0, "TRANSFER_TO//ED//x", None)]
    )
    frame = read(source)
    assert frame["code"].to_list() == ["LAB//220045//bpm", "TRANSFER_TO//ED//x"]
    assert frame["unit"].to_list() == ["bpm", None]
    assert source.report.kept == {"LAB//220045//bpm": 1, "TRANSFER_TO//ED//x": 1}


def test_diagnoses_get_their_dot(tmp_path):
    frame = read(
        mimic(
            tmp_path / "e.parquet",
            [(1, 0, "DIAGNOSIS//ICD//9//73027", None), (1, 0, "DIAGNOSIS//ICD//10//M86171", None)],
        )
    )
    assert frame["code"].to_list() == ["ICD9CM//730.27", "ICD10CM//M86.171"]
    assert frame["original"].to_list() == ["DIAGNOSIS//ICD//9//73027", "DIAGNOSIS//ICD//10//M86171"]


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("LAB//50912//mg/dL", None, "a result without a value"),
        ("LAB//50912//mg/dL", float("nan"), "the value is not a finite number"),
        ("LAB//50912//mg/dL", -1.0, "LOINC//14682-9: a value no living patient has"),
        ("LAB//223761//°F", 400.0, "LOINC//8310-5: a value no living patient has"),
        ("", 1.0, "no code"),
    ],
)
def test_impossible_row_is_refused_with_its_reason(tmp_path, code, value, reason):
    source = mimic(tmp_path / "e.parquet", [(1, 0, code, value), (1, 0, "LAB//50912//mg/dL", 1.0)])
    assert read(source)["code"].to_list() == ["LOINC//14682-9"]
    assert source.report.refused == {reason: 1}


def test_impossible_date_is_refused(tmp_path):
    source = mimic(tmp_path / "e.parquet", [(1, -200_000, "LAB//50912//mg/dL", 1.0), (None, 0, "X", 1.0)])
    assert read(source).is_empty()
    assert source.report.refused == {"the date is impossible": 1, "no patient": 1}


def test_static_fact_without_a_time_is_read(tmp_path):
    row = one(read(mimic(tmp_path / "e.parquet", [(1, None, "GENDER//F", None)])), "GENDER//F")
    assert row["time"] is None


# Courses


def test_start_and_stop_make_a_course(tmp_path):
    frame = read(
        mimic(
            tmp_path / "e.parquet",
            [(1, 0, "MEDICATION//START//CefTRIAXone", None), (1, 7, "MEDICATION//STOP//CeftriaXONE", None)],
        )
    )
    row = one(frame, "ATC//J01DD04")
    assert (row["time"], row["end"]) == (at(0), at(7))
    assert row["original"] == "MEDICATION//START//CefTRIAXone"
    assert frame.height == 1


def test_neighbouring_orders_and_doses_are_one_course(tmp_path):
    frame = read(
        mimic(
            tmp_path / "e.parquet",
            [
                (1, 0, "MEDICATION//START//Vancomycin", None),
                (1, 2, "MEDICATION//STOP//Vancomycin", None),
                (1, 2.5, "MEDICATION//Vancomycin//Administered", None),
                (1, 3.4, "MEDICATION//vancomycin//Administered", None),
                (1, 30, "MEDICATION//Vancomycin//Administered", None),
            ],
        )
    )
    assert spans(frame, "ATC//J01XA01") == [(at(0), at(3.4)), (at(30), at(30))]


def test_vancomycin_for_the_gut_is_not_systemic(tmp_path):
    frame = read(
        mimic(tmp_path / "e.parquet", [(1, 0, "MEDICATION//Vancomycin Oral Liquid//Administered", None)])
    )
    assert frame["code"].to_list() == ["ATC//A07AA09"]


def test_dose_not_given_is_kept_and_makes_no_course(tmp_path):
    source = mimic(tmp_path / "e.parquet", [(1, 0, "MEDICATION//Vancomycin//Not Given", None)])
    assert read(source)["code"].to_list() == ["MEDICATION//Vancomycin//Not Given"]
    assert source.report.kept.total() == 1


def test_start_without_a_stop_ends_at_the_discharge_and_is_reported(tmp_path):
    source = mimic(
        tmp_path / "e.parquet",
        [
            (1, 0, "HOSPITAL_ADMISSION//URGENT//CLINIC", None),
            (1, 1, "MEDICATION//START//Daptomycin", None),
            (1, 9, "HOSPITAL_DISCHARGE//HOME", None),
        ],
    )
    frame = read(source)
    assert spans(frame, "ATC//J01XX09") == [(at(1), at(9))]
    assert source.report.remarks == {
        "start of a drug without a stop: ended at the next stop, discharge or death": 1
    }


def test_start_without_a_stop_stays_open_when_nothing_contradicts(tmp_path):
    source = mimic(
        tmp_path / "e.parquet", [(1, 1, "MEDICATION//START//Daptomycin", None), (1, 40, "X", None)]
    )
    assert spans(read(source), "ATC//J01XX09") == [(at(1), None)]
    assert source.report.remarks == {"start of a drug without a stop: left running": 1}


def test_order_beginning_after_the_discharge_without_a_stop_is_only_a_moment(tmp_path):
    source = mimic(
        tmp_path / "e.parquet",
        [
            (1, 0, "HOSPITAL_ADMISSION//URGENT//CLINIC", None),
            (1, 2, "HOSPITAL_DISCHARGE//HOME", None),
            (1, 5, "MEDICATION//START//Daptomycin", None),
        ],
    )
    assert spans(read(source), "ATC//J01XX09") == [(at(5), at(5))]


def test_admission_and_discharge_make_a_stay(tmp_path):
    frame = read(
        mimic(
            tmp_path / "e.parquet",
            [
                (1, 0, "HOSPITAL_ADMISSION//URGENT//TRANSFER FROM HOSPITAL", None),
                (1, 9, "HOSPITAL_DISCHARGE//HOME", None),
                (1, 40, "HOSPITAL_ADMISSION//ELECTIVE//CLINIC", None),
                (1, 41, "MEDS_DEATH", None),
            ],
        )
    )
    stays = frame.filter(pl.col("code") == "OSTEON//admission//inpatient").sort("time")
    assert stays.select("time", "end").rows() == [(at(0), at(9)), (at(40), at(41))]
    assert stays["text_value"][0] == "Urgent, transfer from hospital; discharged: Home"


def test_courses_of_two_patients_are_not_mixed(tmp_path):
    frame = read(
        mimic(
            tmp_path / "e.parquet",
            [(1, 0, "MEDICATION//START//Linezolid", None), (2, 3, "MEDICATION//STOP//Linezolid", None)],
        )
    )
    assert frame.select("subject_id", "end").rows() == [(1, None)]


# Whole patients, however the rows lie


def stream(order):
    rows = {
        1: [(1, 0, "MEDICATION//START//Linezolid", None), (1, 5, "MEDICATION//STOP//Linezolid", None)],
        2: [(2, 0, "LAB//50912//mg/dL", 1.0), (2, 1, "LAB//50912//mg/dL", 2.0)],
        3: [(3, 2, "MEDICATION//START//Linezolid", None), (3, 4, "MEDICATION//STOP//Linezolid", None)],
    }
    taken = {subject: iter(story) for subject, story in rows.items()}
    return [next(taken[subject]) for subject in order]


COLUMNS_THAT_MATTER = ["subject_id", "time", "end", "code", "numeric_value"]


@given(st.permutations([1, 1, 2, 2, 3, 3]), st.integers(1, 4), st.integers(1, 4))
@settings(deadline=None, max_examples=40)
def test_scattered_rows_and_small_batches_change_nothing(tmp_path_factory, order, batch, group):
    folder = tmp_path_factory.mktemp("m")
    expected = read(mimic(folder / "a.parquet", stream([1, 1, 2, 2, 3, 3]))).select(COLUMNS_THAT_MATTER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osteon.standards.meds.files.BATCH_ROWS", batch)
        patch.setattr(reader, "GROUP_ROWS", group)
        found = read(mimic(folder / "b.parquet", stream(order))).select(COLUMNS_THAT_MATTER)
    by = ["subject_id", "time", "code"]
    assert found.sort(by).equals(expected.sort(by))


def test_no_patient_is_in_two_tables(tmp_path, monkeypatch):
    monkeypatch.setattr("osteon.standards.meds.files.BATCH_ROWS", 1)
    source = mimic(tmp_path / "e.parquet", stream([1, 1, 2, 2, 3, 3]))
    tables = [set(frame["subject_id"].to_list()) for frame in source.events()]
    assert [table for table in tables if table] == [{1}, {2}, {3}]


def test_memory_holds_one_batch_and_not_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr("osteon.standards.meds.files.BATCH_ROWS", 50)
    rows = [(subject, day, "LAB//50912//mg/dL", 1.0) for subject in range(1, 101) for day in range(10)]
    heights = [frame.height for frame in mimic(tmp_path / "e.parquet", rows).events()]
    assert sum(heights) == 1000
    assert max(heights) <= 60


def test_second_walk_gives_the_same(tmp_path):
    source = mimic(tmp_path / "e.parquet", stream([1, 1, 2, 2, 3, 3]))
    first, told = read(source), source.report.as_dict()
    assert read(source).equals(first)
    assert source.report.as_dict() == told


# Subjects


def test_subjects_are_known_by_the_data_sets_own_number(tmp_path):
    source = mimic(
        tmp_path / "e.parquet",
        [(7, -20_000, "MEDS_BIRTH", None), (7, None, "GENDER//F", None), (8, 0, "X", None)],
    )
    first, second = source.subjects()
    assert first.identifiers == (Identifier(f"meds:{tmp_path.name}/e", "7"),)
    assert (first.birth_date, first.birth_precision, first.sex) == (at(-20_000).date(), "day", "female")
    assert (second.subject_id, second.birth_date) == (8, None)


def test_births_all_on_new_years_day_are_years_only(tmp_path):
    pl.DataFrame(
        {
            "subject_id": [1, 2],
            "time": [datetime(2100, 1, 1), datetime(2101, 1, 1)],
            "code": ["MEDS_BIRTH"] * 2,
        }
    ).write_parquet(tmp_path / "e.parquet")
    assert {(s.birth_date, s.birth_precision) for s in MedsSource(tmp_path / "e.parquet").subjects()} == {
        (date(2100, 1, 1), "year"),
        (date(2101, 1, 1), "year"),
    }


# Plain MEDS and our own

STORY = [
    Event(1, None, "GENDER//F", source="a"),
    Event(
        1,
        at(0),
        "LOINC//1988-5",
        numeric_value=24.5,
        unit="mg/L",
        reference_high=5.0,
        source="b",
        recorded_at=at(0.2),
    ),
    Event(
        1, at(1), "ATC//J01XX09", end=at(9), numeric_value=42, unit="d", text_value="500 mg IV", source="c"
    ),
    Event(2, at(1), "SUSCEPTIBILITY//3092008//OXA", text_value="S", source="d", original="S3 tibia"),
    Event(2, at(2), "LOINC//1988-5", numeric_value=4.0, comparator="<", unit="mg/L", source="e"),
]


def test_our_own_file_reads_back_the_same(tmp_path):
    write_file([to_frame(STORY)], tmp_path / "ours.parquet")
    source = MedsSource(tmp_path / "ours.parquet")
    assert read(source).equals(to_frame(STORY))
    assert source.report.kept.total() == 0


def test_dataset_folder_is_read_and_named_by_its_metadata(tmp_path):
    write_dataset([to_frame(STORY)], tmp_path / "set", name="unit-2026")
    source = MedsSource(tmp_path / "set")
    assert read(source).equals(to_frame(STORY))
    assert next(source.subjects()).identifiers == (Identifier("meds:unit-2026", "1"),)


def test_shards_are_read_in_order_and_told_apart(tmp_path):
    (tmp_path / "data" / "train").mkdir(parents=True)
    for shard, subject in (("0", 1), ("1", 2)):
        pl.DataFrame(
            {
                "subject_id": [subject],
                "time": [at(0)],
                "code": ["LOINC//1988-5//mg/L"],
                "numeric_value": [7.0],
            }
        ).write_parquet(tmp_path / "data" / "train" / f"{shard}.parquet")
    frame = read(MedsSource(tmp_path))
    assert frame["source"].to_list() == ["meds:data/train/0.parquet#0", "meds:data/train/1.parquet#0"]
    assert frame["unit"].to_list() == ["mg/L", "mg/L"]


def test_plain_meds_measure_without_a_unit_keeps_its_value_and_is_remarked(tmp_path):
    pl.DataFrame(
        {"subject_id": [1], "time": [at(0)], "code": ["LOINC//1988-5"], "numeric_value": [7.0]}
    ).write_parquet(tmp_path / "e.parquet")
    source = MedsSource(tmp_path / "e.parquet")
    row = one(read(source), "LOINC//1988-5")
    assert (row["numeric_value"], row["unit"]) == (7.0, None)
    assert source.report.remarks == {"C-reactive protein: no unit, kept as it came": 1}


def test_result_below_a_limit_given_as_text_keeps_its_sign(tmp_path):
    pl.DataFrame(
        {
            "subject_id": [1, 1],
            "time": [at(0), at(1)],
            "code": ["LOINC//1988-5//mg/dL"] * 2,
            "numeric_value": [None, None],
            "text_value": ["<0.3", "haemolysed"],
        },
        schema_overrides={"numeric_value": pl.Float64},
    ).write_parquet(tmp_path / "e.parquet")
    frame = read(MedsSource(tmp_path / "e.parquet"))
    assert frame.select("comparator", "numeric_value", "text_value").rows() == [
        ("<", pytest.approx(3.0), "<0.3"),
        (None, None, "haemolysed"),
    ]


def test_reference_range_is_converted_with_the_value(tmp_path):
    pl.DataFrame(
        {
            "subject_id": [1],
            "time": [at(0)],
            "code": ["LOINC//718-7"],
            "numeric_value": [9.8],
            "unit": ["g/dL"],
            "reference_low": [12.0],
            "reference_high": [16.0],
        }
    ).write_parquet(tmp_path / "e.parquet")
    row = one(read(MedsSource(tmp_path / "e.parquet")), "LOINC//718-7")
    assert (row["numeric_value"], row["reference_low"], row["reference_high"]) == (98.0, 120.0, 160.0)


def test_times_in_another_zone_come_as_utc(tmp_path):
    frame = pl.DataFrame({"subject_id": [1], "time": [DAY0], "code": ["X"]}).with_columns(
        pl.col("time").dt.replace_time_zone("America/New_York")
    )
    frame.write_parquet(tmp_path / "e.parquet")
    assert read(MedsSource(tmp_path / "e.parquet"))["time"].to_list() == [DAY0 + timedelta(hours=5)]


# Damaged and foreign files


def test_truncated_file_is_refused(tmp_path):
    write_file([to_frame(STORY)], tmp_path / "e.parquet")
    whole = (tmp_path / "e.parquet").read_bytes()
    (tmp_path / "e.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceRefused, match=r"e\.parquet: not a readable Parquet file"):
        MedsSource(tmp_path / "e.parquet")


def test_file_damaged_inside_is_refused(tmp_path):
    rows = [
        Event(1, at(day), "LOINC//1988-5", numeric_value=day * 1.1, unit="mg/L", source=f"s{day}")
        for day in range(999)
    ]
    write_file([to_frame(rows)], tmp_path / "e.parquet")
    data = bytearray((tmp_path / "e.parquet").read_bytes())
    data[100:2000] = b"\x00" * 1900
    (tmp_path / "e.parquet").write_bytes(data)
    with pytest.raises(SourceRefused, match="damaged inside"):
        list(MedsSource(tmp_path / "e.parquet").events())


def test_foreign_table_is_refused_and_told_what_is_missing(tmp_path):
    pl.DataFrame({"name": ["x"], "price": [1]}).write_parquet(tmp_path / "e.parquet")
    with pytest.raises(SourceRefused, match=r"no column 'subject_id' \(it has name, price\)"):
        MedsSource(tmp_path / "e.parquet")


@pytest.mark.parametrize(
    "columns",
    [
        {"subject_id": ["one"], "time": [DAY0], "code": ["X"]},
        {"subject_id": [1], "time": ["2026-03-02"], "code": ["X"]},
        {"subject_id": [1], "time": [DAY0], "code": [3]},
        {"subject_id": [1], "time": [DAY0], "code": ["X"], "numeric_value": ["12"]},
    ],
)
def test_column_of_the_wrong_type_is_refused(tmp_path, columns):
    pl.DataFrame(columns).write_parquet(tmp_path / "e.parquet")
    with pytest.raises(SourceRefused, match="has the wrong type"):
        MedsSource(tmp_path / "e.parquet")


def test_folder_without_parquet_is_refused(tmp_path):
    with pytest.raises(SourceRefused, match=r"no \.parquet file"):
        MedsSource(tmp_path)


def test_empty_file_gives_an_empty_stream(tmp_path):
    pq.write_table(
        pa.table(
            {
                "subject_id": pa.array([], pa.int64()),
                "time": pa.array([], pa.timestamp("us")),
                "code": pa.array([], pa.string()),
            }
        ),
        tmp_path / "e.parquet",
    )
    source = MedsSource(tmp_path / "e.parquet")
    assert read(source).is_empty()
    assert read(source).columns == list(SCHEMA)
    assert source.report.read == 0
