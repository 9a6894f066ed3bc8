from datetime import timedelta
from statistics import fmean

import pytest

from osteon.events.simulator import simulate_patient
from osteon.events.simulator.figures import ANALYTE, ANALYTES
from osteon.events.simulator.host import egfr
from osteon.events.simulator.tests.cohorts import SEED, WHOLE, stories
from osteon.events.vocabulary import MEASURES

CODES = {analyte.code: analyte for analyte in ANALYTES}
CREATININE, EGFR = MEASURES["creatinine"].code, MEASURES["egfr"].code
CRP, POTASSIUM = MEASURES["crp"].code, MEASURES["potassium"].code


def results(code=None):
    return [
        event
        for story in stories()
        for event in story
        if (event.code == code if code else event.code in CODES)
    ]


def test_every_result_is_in_the_unit_of_the_vocabulary():
    assert {(event.code, event.unit) for event in results()} == {(a.code, a.unit) for a in ANALYTES}


def test_every_result_carries_the_range_of_its_laboratory():
    for event in results():
        assert event.reference_low is not None or event.reference_high is not None


def test_results_are_printed_as_an_analyser_prints():
    for event in results():
        analyte = CODES[event.code]
        assert analyte.lowest <= event.numeric_value <= analyte.highest
        assert round(event.numeric_value, analyte.decimals) == event.numeric_value


def test_a_low_crp_is_reported_as_below_4():
    low = [event for event in results(CRP) if event.comparator]
    assert low
    assert {(event.comparator, event.numeric_value) for event in low} == {("<", 4.0)}
    assert all(event.numeric_value >= 4 for event in results(CRP) if not event.comparator)


def test_egfr_is_computed_from_the_creatinine_beside_it():
    for index in range(40):
        patient = simulate_patient(SEED, index, WHOLE, "full")
        by_time = {}
        for event in patient.events():
            if event.code in (CREATININE, EGFR):
                by_time.setdefault(event.time, {})[event.code] = event.numeric_value
        for pair in by_time.values():
            expected = egfr(pair[CREATININE], patient.host.age, patient.host.sex)
            assert pair[EGFR] == pytest.approx(expected, abs=0.51)


def test_results_are_reported_hours_later_and_a_few_days_later():
    delays = [event.recorded_at - event.time for event in results()]
    assert min(delays) >= timedelta(hours=4)
    late = [delay for delay in delays if delay > timedelta(days=3)]
    assert 0 < len(late) < 0.05 * len(delays)


def test_some_results_come_from_a_laboratory_with_other_upper_limits():
    limits = {event.reference_high for event in results(MEASURES["alt"].code)}
    assert limits == {40.0, 50.0, 34.0, 42.0}


def test_a_haemolysed_specimen_says_so_and_reads_high():
    marked = [event.numeric_value for event in results(POTASSIUM) if event.text_value]
    plain = [event.numeric_value for event in results(POTASSIUM) if not event.text_value]
    assert marked
    assert fmean(marked) > fmean(plain) + 0.7


def test_most_safety_tests_are_within_their_range():
    for key in ("sodium", "platelets", "neutrophils", "alt"):
        events = results(ANALYTE[key].code)
        inside = [e for e in events if e.reference_low <= e.numeric_value <= e.reference_high]
        assert len(inside) / len(events) > 0.75, key


def test_daptomycin_brings_ck_and_other_drugs_do_not():
    ck = MEASURES["creatine-kinase"].code
    for story in stories():
        if any(event.code == ck for event in story):
            assert any(event.code == "ATC//J01XX09" for event in story)


@pytest.mark.parametrize(
    ("level", "drug"), [("teicoplanin-level", "ATC//J01XA02"), ("vancomycin-level", "ATC//J01XA01")]
)
def test_a_level_is_taken_only_on_its_drug(level, drug):
    code = MEASURES[level].code
    seen = 0
    for story in stories():
        courses = [event for event in story if event.code == drug]
        for event in story:
            if event.code == code:
                seen += 1
                assert any(c.time < event.time and (c.end is None or event.time <= c.end) for c in courses)
    assert seen


def test_haemoglobin_is_lower_on_the_day_after_a_large_operation():
    hb = MEASURES["haemoglobin"].code
    before, after = [], []
    for story in stories():
        operations = [
            e.time for e in story if e.code in ("OSTEON//operation//excision", "OSTEON//operation//explant")
        ]
        if operations:
            values = [(e.time, e.numeric_value) for e in story if e.code == hb]
            before += [value for time, value in values if time < operations[0]][-1:]
            after += [value for time, value in values if time > operations[0]][:1]
    assert fmean(after) < fmean(before) - 10
