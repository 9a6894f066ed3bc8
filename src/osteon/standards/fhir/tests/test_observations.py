"""Laboratory results and vital signs."""

from datetime import datetime

import pytest

from osteon.standards.fhir.tests.builders import (
    LOINC,
    NOON,
    SNOMED,
    Read,
    concept,
    observation,
    quantity,
    without,
)

AT_NOON = datetime(2026, 3, 5, 12)


def test_result_in_its_own_unit_is_taken_unchanged(tmp_path):
    event = Read(tmp_path, observation(id="crp-1", issued="2026-03-05T15:30:00+01:00")).only
    assert (event.code, event.numeric_value, event.unit) == ("LOINC//1988-5", 24.5, "mg/L")
    assert (event.time, event.recorded_at) == (AT_NOON, datetime(2026, 3, 5, 14, 30))
    assert (event.source, event.original) == ("fhir:Observation/crp-1", None)


def test_result_in_another_unit_is_converted_and_keeps_the_original(tmp_path):
    event = Read(tmp_path, observation("2160-0", 1.2, "mg/dL")).only
    assert (event.code, event.unit) == ("LOINC//14682-9", "umol/L")
    assert event.numeric_value == pytest.approx(106.08)
    assert event.original == "LOINC//2160-0 1.2 mg/dL"


def test_reference_range_is_converted_with_the_value(tmp_path):
    limits = [{"low": quantity(12, "g/dL"), "high": quantity(16, "g/dL")}]
    event = Read(tmp_path, observation("718-7", 9.8, "g/dL", referenceRange=limits)).only
    assert (event.numeric_value, event.reference_low, event.reference_high) == (98.0, 120.0, 160.0)


def test_range_without_a_unit_is_in_the_values_unit(tmp_path):
    event = Read(tmp_path, observation("718-7", 9.8, "g/dL", referenceRange=[{"low": {"value": 12}}])).only
    assert (event.reference_low, event.reference_high) == (120.0, None)


def test_range_for_other_people_is_passed_over(tmp_path):
    limits = [
        {"type": {"coding": [{"code": "treatment"}], "text": "treatment"}, "high": {"value": 50}},
        {"type": {"coding": [{"code": "normal"}]}, "high": {"value": 5}},
    ]
    assert Read(tmp_path, observation(referenceRange=limits)).only.reference_high == 5


def test_limit_keeps_its_sign(tmp_path):
    event = Read(
        tmp_path, observation(value=0.3, unit="mg/dL", valueQuantity=quantity(0.3, "mg/dL", comparator="<"))
    ).only
    assert (event.comparator, event.numeric_value) == ("<", 3.0)
    assert event.original == "LOINC//1988-5 <0.3 mg/dL"


def test_unknown_unit_is_never_guessed(tmp_path):
    read = Read(tmp_path, observation("2160-0", 1.2, "mg/spoon"))
    assert (read.only.code, read.only.numeric_value, read.only.unit) == ("LOINC//2160-0", 1.2, "mg/spoon")
    assert read.report.kept == {"Observation LOINC//2160-0": 1}
    assert read.report.remarks == {"Observation: Creatinine: unit 'mg/spoon' not known, kept as it came": 1}


def test_missing_unit_is_never_guessed(tmp_path):
    read = Read(tmp_path, observation(valueQuantity={"value": 3}))
    assert (read.only.unit, read.only.numeric_value) == (None, 3.0)
    assert read.report.remarks == {"Observation: C-reactive protein: no unit, kept as it came": 1}


def test_code_we_have_no_measure_for_is_kept_with_its_name(tmp_path):
    read = Read(
        tmp_path, observation(value=190, unit="mg/dL", code=concept(LOINC, "2093-3", "Total Cholesterol"))
    )
    assert (read.only.code, read.only.numeric_value, read.only.unit) == ("LOINC//2093-3", 190, "mg/dL")
    assert read.names["LOINC//2093-3"] == "Total Cholesterol"
    assert read.report.kept == {"Observation LOINC//2093-3 Total Cholesterol": 1}


def test_measure_is_found_behind_a_local_code(tmp_path):
    both = {
        "coding": [{"system": "http://lab.example.org", "code": "CRP"}, {"system": LOINC, "code": "1988-5"}]
    }
    assert Read(tmp_path, observation(code=both)).only.code == "LOINC//1988-5"


def test_code_of_an_unknown_system_keeps_its_address(tmp_path):
    event = Read(tmp_path, observation(code=concept("http://lab.example.org", "CRPX"))).only
    assert event.code == "OTHER//http://lab.example.org|CRPX"


def test_test_named_in_words_only_is_kept_under_its_words(tmp_path):
    assert (
        Read(tmp_path, observation(code={"text": "C\u200b-reactive  protein"})).only.code
        == "TEXT//C-reactive protein"
    )


def test_components_are_events_of_their_own(tmp_path):
    parts = [
        {"code": concept(LOINC, "8480-6", "Systolic"), "valueQuantity": quantity(131, "mm[Hg]")},
        {"code": concept(LOINC, "8462-4", "Diastolic"), "valueQuantity": quantity(74, "mm[Hg]")},
    ]
    panel = without(observation(id="bp", code=concept(LOINC, "55284-4"), component=parts), "valueQuantity")
    read = Read(tmp_path, panel)
    assert [(e.code, e.numeric_value, e.source) for e in read.events] == [
        ("LOINC//8480-6", 131, "fhir:Observation/bp/component/1"),
        ("LOINC//8462-4", 74, "fhir:Observation/bp/component/2"),
    ]


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [
        ({"valueString": " haemolysed "}, None, "haemolysed"),
        ({"valueInteger": 7}, 7.0, None),
        ({"valueBoolean": True}, None, "yes"),
        ({"valueBoolean": False}, None, "no"),
        ({"valueCodeableConcept": concept(SNOMED, "371244009", "Yellow")}, None, "Yellow"),
        (
            {"valueCodeableConcept": {"coding": [{"system": SNOMED, "code": "371244009"}]}},
            None,
            "SNOMED//371244009",
        ),
        ({"valueDateTime": "2026-03-05"}, None, "2026-03-05"),
        ({"valueTime": "08:30:00"}, None, "08:30:00"),
        (
            {"valueRange": {"low": {"value": 1, "unit": "mg/L"}, "high": {"value": 5, "unit": "mg/L"}}},
            None,
            "1 mg/L-5 mg/L",
        ),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 40}}}, None, "1/40"),
        ({"valuePeriod": {"start": "2026", "end": "2027"}}, None, "2026 to 2027"),
    ],
)
def test_every_kind_of_value_is_read(tmp_path, value, number, text):
    event = Read(tmp_path, without(observation(code=concept(LOINC, "9999-9")), "valueQuantity") | value).only
    assert (event.numeric_value, event.text_value) == (number, text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "entered-in-error"}, "Observation: is marked entered-in-error"),
        ({"status": "cancelled"}, "Observation: is marked cancelled"),
        ({"effectiveDateTime": "2026-02-31"}, "Observation: the date '2026-02-31' is impossible"),
        ({"effectiveDateTime": "yesterday"}, "Observation: the date 'yesterday' is impossible"),
        ({"effectiveDateTime": "1066-10-14"}, "Observation: the date 14 October 1066 is impossible"),
        (
            {"valueQuantity": quantity(-3, "mg/L")},
            "Observation: C-reactive protein: a value no living patient has",
        ),
        ({"valueQuantity": quantity("12", "mg/L")}, "Observation: 'value' is not a number"),
        ({"valueQuantity": quantity(True, "mg/L")}, "Observation: 'value' is not a number"),
        ({"valueQuantity": {"unit": "mg/L"}}, "Observation: has a quantity without a value"),
        ({"valueQuantity": quantity(3, "mg/L", comparator="~")}, "Observation: has a comparator '~'"),
        ({"code": {}}, "Observation: has no code"),
        ({"status": 7}, "Observation: 'status' is not a text"),
    ],
)
def test_impossible_result_is_refused_alone(tmp_path, change, reason):
    read = Read(tmp_path, observation(**change), observation(value=5))
    assert [e.numeric_value for e in read.events] == [5.0]
    assert read.refused == [reason]


def test_result_that_is_absent_says_why(tmp_path):
    absent = without(observation(dataAbsentReason={"coding": [{"code": "not-performed"}]}), "valueQuantity")
    assert Read(tmp_path, absent).refused == ["Observation: has no value (not-performed)"]


def test_sampled_data_is_refused_not_dropped(tmp_path):
    wave = without(observation(), "valueQuantity") | {"valueSampledData": {"data": "1 2 3"}}
    assert Read(tmp_path, wave).refused == [
        "Observation: has a value of a kind that is not read (sampled data or an attachment)"
    ]


def test_heading_over_other_results_adds_no_event(tmp_path):
    panel = without(observation(hasMember=[{"reference": "Observation/x"}]), "valueQuantity")
    read = Read(tmp_path, panel)
    assert read.events == []
    assert read.report.mapped["Observation"] == 1


def test_time_of_the_report_stands_in_for_the_sampling(tmp_path):
    read = Read(tmp_path, without(observation(issued=NOON), "effectiveDateTime"))
    assert read.only.time == AT_NOON
    assert read.report.remarks == {"Observation: no sampling time, the time of the report is used": 1}


def test_result_without_any_date_is_refused(tmp_path):
    assert Read(tmp_path, without(observation(), "effectiveDateTime")).refused == ["Observation: has no date"]


def test_period_gives_its_start(tmp_path):
    lasting = without(observation(effectivePeriod={"start": NOON, "end": "2026-03-06"}), "effectiveDateTime")
    assert Read(tmp_path, lasting).only.time == AT_NOON


def test_result_without_an_id_is_known_by_its_content(tmp_path):
    one, other = (Read(tmp_path, without(observation(value=v), "id")).only.source for v in (1, 2))
    again = Read(tmp_path, without(observation(value=1), "id")).only.source
    assert one == again != other
    assert one.startswith("fhir:Observation/~")
