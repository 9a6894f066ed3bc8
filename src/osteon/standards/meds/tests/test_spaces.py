"""MIMIC leaves spaces around some codes and inside some others: the first go, the second stay."""

from osteon.standards.meds.tests.builders import at, mimic, read, spans


def test_spaces_around_a_code_and_its_parts_are_left_out_and_counted(tmp_path):
    rows = [
        (1, None, " GENDER//F", None),
        (1, 0, "LAB//50912//mg/dL ", 1.2),
        (1, 0, "LOINC//1988-5 // mg/L", 40.0),
        (1, 0, "LAB//51498// ", 9.0),
        (1, 0, "LAB//51498//", 9.0),
        (1, 0, "DIAGNOSIS//ICD//10//M86171\t", None),
        (1, 0, "   ", 1.0),
    ]
    source = mimic(tmp_path / "e.parquet", rows)
    codes = read(source)["code"].to_list()
    assert codes == [
        "GENDER//F",
        "LOINC//14682-9",
        "LOINC//1988-5",
        *["LAB//51498//"] * 2,
        "ICD10CM//M86.171",
    ]
    assert (source.report.kept, source.report.refused) == ({"LAB//51498//": 2}, {"no code": 1})
    assert source.report.remarks == {"spaces around a code: left out": 5}
    assert [subject.sex for subject in source.subjects()] == ["female"]


def test_spaces_inside_the_words_of_a_code_stay(tmp_path):
    source = mimic(tmp_path / "e.parquet", [(1, 0, "MEDICATION//Sodium Chloride 0.9%  Flush//Flushed", None)])
    assert read(source)["code"].to_list() == ["MEDICATION//Sodium Chloride 0.9%  Flush//Flushed"]
    assert source.report.remarks == {}


def test_an_order_with_a_space_behind_it_ends_with_the_one_without(tmp_path):
    rows = [(1, 0, "MEDICATION//START//CefePIME ", None), (1, 5, "MEDICATION//STOP//CefePIME", None)]
    assert spans(read(mimic(tmp_path / "e.parquet", rows)), "ATC//J01DE01") == [(at(0), at(5))]
