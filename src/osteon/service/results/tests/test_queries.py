"""What the pages ask: the latest of each test, takings, and what awaits a reading."""

import pytest

from osteon.service.patients.actions import merge_patients
from osteon.service.results import actions, queries
from osteon.service.results.models import Result
from osteon.service.results.tests.conftest import days_ago

pytestmark = pytest.mark.django_db


def test_the_latest_is_the_last_taken_with_the_one_before(laboratory, cast):
    for days, value in ((3, 30), (1, 10), (2, 20)):
        laboratory.result("crp", value, taken_at=days_ago(days))
    known, _others = queries.latest_results(cast.ruth)
    assert (known["crp"].now.numeric_value, known["crp"].before.numeric_value) == (10, 20)


def test_codes_that_mean_one_measure_are_one_measure(cast):
    for number, code in enumerate(("LOINC//14682-9", "LOINC//2160-0")):
        Result.objects.create(
            patient=cast.ruth, recorded_by=cast.lead, code=code, numeric_value=80 + number, unit="umol/L",
            taken_at=days_ago(2 - number), source=f"x:{number}",
        )  # fmt: skip
    known, others = queries.latest_results(cast.ruth)
    assert (known["creatinine"].now.numeric_value, known["creatinine"].before.numeric_value) == (81, 80)
    assert others == []


def test_of_two_at_one_moment_the_one_recorded_last_is_the_latest(laboratory, cast):
    taken = days_ago(1)
    laboratory.result("crp", 10, taken_at=taken)
    laboratory.result("crp", 20, taken_at=taken)
    assert queries.latest_results(cast.ruth)[0]["crp"].now.numeric_value == 20


def test_withdrawn_results_are_not_the_latest(laboratory, cast):
    laboratory.result("crp", 10, taken_at=days_ago(2))
    wrong = laboratory.result("crp", 999)
    actions.mark_in_error(by=cast.nurse, fact=wrong, reason="Wrong patient")
    assert queries.latest_results(cast.ruth)[0]["crp"].now.numeric_value == 10


def test_results_of_a_merged_record_count(laboratory, cast):
    laboratory.result("crp", 10, patient=cast.zofia)
    merge_patients(by=cast.lead, patient=cast.zofia, into=cast.ruth, reason="Same person")
    assert queries.latest_results(cast.ruth)[0]["crp"].now.numeric_value == 10


def test_thousands_of_results_are_not_loaded_for_the_latest(cast, django_assert_num_queries):
    Result.objects.bulk_create(
        Result(
            patient=cast.ruth, recorded_by=cast.lead, code="LOINC//1988-5", numeric_value=n, unit="mg/L",
            taken_at=days_ago(n), source=f"x:{n}",
        )
        for n in range(500)
    )  # fmt: skip
    with django_assert_num_queries(2):
        known, _others = queries.latest_results(cast.ruth)
    assert known["crp"].now.numeric_value == 0


def test_specimens_taken_together_are_found_by_day_or_by_name(laboratory):
    first = laboratory.specimen("S1", taken_at=days_ago(5))
    second = laboratory.final(laboratory.specimen("S2", taken_at=days_ago(5)))
    laboratory.final(laboratory.specimen("S3", taken_at=days_ago(9)))
    named = laboratory.specimen("S4", taken_at=days_ago(5), taking="Debridement")
    later = laboratory.final(laboratory.specimen("S5", taken_at=days_ago(3), taking="Debridement"))
    assert queries.taken_with(first) == [second]
    assert queries.taken_with(named) == [later]
    assert [s.label for s in queries.whole_taking(named)] == ["S4", "S5"]


def test_a_taking_that_waits_comes_whole_with_what_was_read(laboratory, cast):
    read = laboratory.final(laboratory.specimen("S1"))
    actions.review_result(by=cast.nurse, fact=read, note="Sterile", seen_version=read.version)
    laboratory.isolate(laboratory.specimen("S2"))
    awaiting = queries.awaiting_interpretation(cast.nurse)
    assert [[s.label for s in taking] for taking in awaiting.takings] == [["S1", "S2"]]


def test_the_list_of_what_waits_takes_the_same_queries_however_long(
    laboratory, cast, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(12) as captured:
            queries.awaiting_interpretation(cast.nurse)
        return len(captured)

    cast.nurse.teams_ids()
    laboratory.isolate(laboratory.specimen("S0"), FLC="S")
    before = count()
    for number in range(1, 6):
        laboratory.isolate(laboratory.specimen(f"S{number}", taken_at=days_ago(number * 3)), FLC="S")
        laboratory.isolate(laboratory.specimen(f"Z{number}", patient=cast.zofia), FLC="S")
    assert count() == before


@pytest.mark.parametrize("few", [0, 2000])
def test_a_team_sees_its_own_patients_and_those_merged_with_them(laboratory, cast, monkeypatch, few):
    monkeypatch.setattr(queries, "FEW_PATIENTS", few)
    other = cast.patient("Without", "Episode")
    for label, patient in (("Own", cast.ruth), ("Merged", other), ("Spine", cast.sean)):
        laboratory.final(laboratory.specimen(label, patient=patient, taken_at=days_ago(5)))
    merge_patients(by=cast.lead, patient=other, into=cast.ruth, reason="Same person")

    def listed(person):
        takings = queries.awaiting_interpretation(person).takings
        return {specimen.label for taking in takings for specimen in taking}

    assert listed(cast.nurse) == {"Own", "Merged"}
    assert listed(cast.surgeon) == {"Spine"}
    assert listed(cast.privacy) == set()


@pytest.mark.parametrize("few", [0, 2000])
def test_an_episode_on_the_merged_record_is_enough(laboratory, cast, monkeypatch, few):
    monkeypatch.setattr(queries, "FEW_PATIENTS", few)
    survivor, sibling = cast.patient("Survivor"), cast.patient("Sibling")
    for label, patient in (("Kept", survivor), ("Sibling's", sibling), ("Gone", cast.zofia)):
        laboratory.final(laboratory.specimen(label, patient=patient, taken_at=days_ago(5)))
    for patient in (cast.zofia, sibling):
        merge_patients(by=cast.lead, patient=patient, into=survivor, reason="Same person")
    takings = queries.awaiting_interpretation(cast.nurse).takings
    assert {s.label for taking in takings for s in taking} == {"Kept", "Sibling's", "Gone"}


def test_only_so_many_are_listed_at_once(laboratory, cast, monkeypatch):
    monkeypatch.setattr(queries, "LIST_LENGTH", 2)
    for number in range(3):
        laboratory.final(laboratory.specimen(f"S{number}", taken_at=days_ago(number + 1)))
    awaiting = queries.awaiting_interpretation(cast.nurse)
    assert (len(awaiting.takings), awaiting.is_cut) == (2, True)
