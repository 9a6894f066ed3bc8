"""What changes results, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from osteon.service.accounts.models import AuditEntry
from osteon.service.results import actions
from osteon.service.results.actions import AlreadyInError, Refused, StaleEdit
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Result, Susceptibility
from osteon.service.results.tests.conftest import EPIDERMIDIS, days_ago, on

pytestmark = pytest.mark.django_db


# Results


def test_a_result_is_stored_in_the_measures_own_unit_and_keeps_what_was_typed(laboratory):
    result = laboratory.result("creatinine", 1.2, "mg/dL", low=0.6, high=1.2)
    assert result.numeric_value == pytest.approx(106.1, abs=0.1)
    assert result.unit == "umol/L"
    assert result.reference_high == pytest.approx(result.numeric_value)
    assert result.original == "LOINC//14682-9 1.2 mg/dL"


def test_a_result_in_the_canonical_unit_keeps_no_original(laboratory):
    assert laboratory.result("crp", 24, "mg/L").original == ""


@pytest.mark.parametrize("unit", ["", "  ", "furlong", "mmol/L"])
def test_a_number_without_a_known_unit_is_refused_when_typed(laboratory, unit):
    with pytest.raises(Refused, match="mg/L"):
        laboratory.result("crp", 24, unit)
    assert not Result.objects.exists()


def test_a_ratio_has_no_unit(laboratory):
    assert laboratory.result("inr", 2.5, "").numeric_value == 2.5


@pytest.mark.parametrize(
    ("value", "more", "words"),
    [
        (-3, {}, "cannot be right"),
        (1e9, {}, "cannot be right"),
        (float("nan"), {}, "not a number"),
        (float("inf"), {}, "not a number"),
        (None, {}, "Give a value"),
        (None, {"comparator": "<"}, "Give a value"),
        (4, {"comparator": "~"}, "A limit such as"),
        (4, {"low": 9, "high": 3}, "above the upper limit"),
        (4, {"low": float("nan")}, "not a number"),
    ],
)
def test_an_impossible_value_is_refused_in_plain_words(laboratory, value, more, words):
    with pytest.raises(Refused, match=words):
        laboratory.result("crp", value, "mg/L", **more)


def test_a_result_in_the_future_is_refused(laboratory):
    with pytest.raises(Refused, match="in the future"):
        laboratory.result(taken_at=timezone.now() + timedelta(hours=1))


def test_a_laboratory_clock_may_run_a_little_ahead(laboratory):
    assert laboratory.result(taken_at=timezone.now() + timedelta(minutes=2)).pk


def test_a_result_before_birth_or_after_death_is_refused(laboratory, cast):
    with pytest.raises(Refused, match="before the patient was born"):
        laboratory.result(taken_at=on(1950, 1, 1))
    cast.ruth.died_on = days_ago(10).date()
    cast.ruth.save()
    with pytest.raises(Refused, match="after the patient died"):
        laboratory.result(taken_at=days_ago(3))


def test_a_result_of_1066_is_refused(laboratory, cast):
    with pytest.raises(Refused, match="1066"):
        laboratory.result(patient=cast.longname, taken_at=on(1066, 10, 14))


def test_a_test_that_no_vocabulary_knows_is_kept_by_its_name(laboratory):
    result = laboratory.result(
        "", None, "", name="Histology, left tibia", text="More than 5 neutrophils per field"
    )
    assert (result.code, result.name) == ("OSTEON//result//histology-left-tibia", "Histology, left tibia")
    assert result.numeric_value is None


def test_a_result_names_its_test(laboratory):
    with pytest.raises(Refused, match="which test"):
        laboratory.result("", 4, "mg/L")
    with pytest.raises(Refused, match="no measurement called"):
        laboratory.result("crpp", 4, "mg/L")


def test_recording_leaves_a_trail(laboratory, cast):
    result = laboratory.result()
    entry = AuditEntry.objects.get(verb="results.record_result")
    assert (entry.by, entry.patient_id, entry.object_id) == (
        cast.nurse,
        cast.ruth.public_id,
        str(result.public_id),
    )


# A feed


def receive(cast, **more):
    arguments = {
        "by": cast.lead,
        "patient": cast.ruth,
        "source": "fhir:Observation/1",
        "code": "LOINC//1988-5",
        "name": "CRP",
        "reported": Reported(24, "mg/L"),
        "taken_at": on(2026, 11, 1),
    }
    return actions.receive_result(**{**arguments, **more})


def test_a_feed_that_says_the_same_again_changes_nothing(cast):
    first, again = receive(cast), receive(cast)
    assert (first.pk, again.version) == (again.pk, 1)


def test_a_feed_that_corrects_a_value_corrects_it_and_asks_for_a_new_reading(cast):
    first = receive(cast, wants_interpretation=True)
    actions.review_result(by=cast.physician, fact=first, note="Falling.", seen_version=1)
    corrected = receive(cast, reported=Reported(240, "mg/L"))
    assert (corrected.pk, corrected.numeric_value, corrected.interpreted_at) == (first.pk, 240, None)
    assert [row.numeric_value for row in corrected.history.order_by("history_id")] == [24, 24, 240]


def test_a_feed_does_not_bring_back_what_was_entered_in_error(cast):
    actions.mark_in_error(by=cast.physician, fact=receive(cast), reason="Wrong patient")
    assert receive(cast, reported=Reported(50, "mg/L")).is_in_error


def test_an_unknown_unit_of_a_feed_is_kept_as_words_and_has_no_number(cast):
    result = receive(cast, reported=Reported(24, "furlong"))
    assert (result.numeric_value, result.unit, result.text_value) == (None, "", "24 furlong")


def test_a_test_that_no_vocabulary_knows_keeps_number_and_unit_as_they_came(cast):
    result = receive(cast, code="LOINC//19123-9", name="Magnesium", reported=Reported(1.9, "mg/dL", ">"))
    assert (result.numeric_value, result.comparator, result.unit) == (1.9, ">", "mg/dL")


def test_a_feed_says_where_a_result_comes_from(cast):
    with pytest.raises(Refused, match="source"):
        receive(cast, source="")


def test_an_impossible_value_of_a_feed_is_refused(cast):
    with pytest.raises(Refused, match="cannot be right"):
        receive(cast, reported=Reported(-1, "mg/L"))


# Editing


def edit(cast, result, seen_version=1, value=42.0, **more):
    arguments = {"taken_at": result.taken_at, "reported": Reported(value, "mg/L"), **more}
    return actions.edit_result(by=cast.physician, result=result, seen_version=seen_version, **arguments)


def test_the_second_editor_is_told_and_loses_nothing_typed(laboratory, cast):
    result = laboratory.result()
    edit(cast, result, value=30.0)
    with pytest.raises(StaleEdit) as told:
        edit(cast, result, value=42.0)
    assert told.value.current.numeric_value == 30.0
    assert told.value.attempted["numeric_value"] == 42.0


def test_an_edit_takes_back_the_interpretation(laboratory, cast):
    result = actions.review_result(
        by=cast.physician, fact=laboratory.result(), note="As expected.", seen_version=1
    )
    edited = edit(cast, result, seen_version=2)
    assert (edited.interpretation, edited.interpreted_by) == ("", None)


def test_what_is_in_error_is_not_edited(laboratory, cast):
    wrong = actions.mark_in_error(by=cast.nurse, fact=laboratory.result(), reason="Wrong patient")
    with pytest.raises(AlreadyInError):
        edit(cast, wrong, seen_version=wrong.version)


def test_an_edit_obeys_the_same_rules_as_a_new_result(laboratory, cast):
    result = laboratory.result()
    with pytest.raises(Refused, match="in the future"):
        edit(cast, result, taken_at=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused, match="cannot be right"):
        edit(cast, result, value=-1)


def test_an_unconvertible_result_can_be_given_its_unit(cast):
    result = receive(cast, reported=Reported(24, "furlong"))
    assert edit(cast, result).numeric_value == 42.0


# Interpreting


def test_an_interpretation_says_who_when_and_what(laboratory, cast):
    read = actions.review_result(
        by=cast.physician, fact=laboratory.result(), note=" Expected. ", seen_version=1
    )
    assert (read.interpreted_by, read.interpretation) == (cast.physician, "Expected.")
    assert read.interpreted_at is not None


def test_an_interpretation_of_something_that_changed_meanwhile_is_refused(laboratory, cast):
    specimen = laboratory.specimen()
    laboratory.isolate(specimen)
    with pytest.raises(StaleEdit):
        actions.review_result(by=cast.physician, fact=specimen, note="Contaminant", seen_version=1)


def test_an_interpretation_needs_words_and_something_to_interpret(laboratory, cast):
    with pytest.raises(Refused, match="what it means"):
        actions.review_result(by=cast.physician, fact=laboratory.result(), note="  ", seen_version=1)
    with pytest.raises(Refused, match="Nothing is reported"):
        actions.review_result(by=cast.physician, fact=laboratory.specimen(), note="Sterile", seen_version=1)


# Microbiology


def test_a_specimen_is_pending_until_something_is_reported(laboratory):
    specimen = laboratory.specimen()
    assert (specimen.state, specimen.known_growth) == ("pending", None)


def test_growth_makes_a_specimen_interim_and_counts_isolates(laboratory):
    specimen = laboratory.specimen()
    laboratory.isolate(specimen)
    laboratory.isolate(specimen, EPIDERMIDIS)
    specimen.refresh_from_db()
    assert (specimen.state, specimen.known_growth) == ("interim", 2)
    assert [isolate.number for isolate in specimen.isolates.order_by("number")] == [1, 2]


def test_an_interim_report_of_no_growth_is_not_yet_no_growth(laboratory, cast):
    specimen = laboratory.specimen()
    interim = actions.report_specimen(by=cast.nurse, specimen=specimen, seen_version=1, state="interim")
    assert (interim.isolate_count, interim.known_growth) == (0, None)
    final = laboratory.final(interim, days_incubated=14)
    assert (final.known_growth, final.days_incubated) == (0, 14)


def test_a_final_report_cannot_say_less_than_what_grew(laboratory):
    specimen = laboratory.specimen()
    laboratory.isolate(specimen)
    with pytest.raises(Refused, match="1 isolates are recorded"):
        laboratory.final(specimen, isolate_count=0)


def test_a_specimen_is_not_reported_before_it_was_taken(laboratory):
    with pytest.raises(Refused, match="before it was taken"):
        laboratory.final(laboratory.specimen(), reported_at=days_ago(50))


def test_a_specimen_from_the_future_is_refused(laboratory):
    with pytest.raises(Refused, match="in the future"):
        laboratory.specimen(taken_at=timezone.now() + timedelta(days=1))


def test_one_drug_is_reported_once_for_an_isolate(laboratory):
    isolate = laboratory.isolate(laboratory.specimen(), FLC="S")
    with pytest.raises(Refused, match="reported for this isolate"):
        laboratory.susceptibility(isolate, "FLC", "R")
    laboratory.susceptibility(isolate, "CLI", "R", mic=4.0, mic_comparator=">", guideline="EUCAST v15.0")
    assert Susceptibility.objects.count() == 2


def test_a_withdrawn_susceptibility_can_be_reported_anew(laboratory, cast):
    isolate = laboratory.isolate(laboratory.specimen(), FLC="S")
    actions.mark_in_error(by=cast.nurse, fact=isolate.susceptibilities.get(), reason="Misread")
    assert laboratory.susceptibility(isolate, "FLC", "R").category == "R"


def test_more_growth_takes_back_the_interpretation(laboratory, cast):
    specimen = laboratory.final(laboratory.specimen())
    actions.review_result(by=cast.physician, fact=specimen, note="Sterile", seen_version=specimen.version)
    laboratory.isolate(specimen)
    specimen.refresh_from_db()
    assert specimen.interpreted_at is None


def test_withdrawing_a_specimen_withdraws_what_grew_from_it(laboratory, cast):
    specimen = laboratory.specimen()
    isolate = laboratory.isolate(specimen, FLC="S")
    actions.mark_in_error(by=cast.nurse, fact=specimen, reason="Labels swapped")
    isolate.refresh_from_db()
    assert isolate.is_in_error
    assert Susceptibility.objects.get().is_in_error


def test_withdrawing_an_isolate_lowers_the_count_and_keeps_its_number_taken(laboratory, cast):
    specimen = laboratory.specimen()
    first = laboratory.isolate(specimen)
    actions.mark_in_error(by=cast.nurse, fact=first, reason="Wrong plate")
    specimen.refresh_from_db()
    assert specimen.isolate_count == 0
    assert laboratory.isolate(specimen).number == 2


def test_nothing_grows_from_a_withdrawn_specimen(laboratory, cast):
    specimen = laboratory.specimen()
    actions.mark_in_error(by=cast.nurse, fact=specimen, reason="Labels swapped")
    with pytest.raises(AlreadyInError):
        laboratory.isolate(specimen)
    with pytest.raises(AlreadyInError):
        actions.mark_in_error(by=cast.nurse, fact=specimen, reason="Again")


def test_a_specimen_can_be_corrected_and_the_second_editor_is_told(laboratory, cast):
    specimen = laboratory.specimen()

    def correct(seen_version, **said):
        known = {"kind": "bone", "label": "S2 tibia", "taken_at": specimen.taken_at, **said}
        return actions.edit_specimen(
            by=cast.nurse, specimen=specimen, seen_version=seen_version, sampling=actions.Sampling(**known)
        )

    assert correct(1, separate_instrument=True).kind == "bone"
    with pytest.raises(StaleEdit):
        correct(1, label="S3 tibia")
    with pytest.raises(Refused, match="in the future"):
        correct(2, taken_at=timezone.now() + timedelta(days=2))


# What the database itself refuses


@pytest.mark.parametrize(
    "wrong",
    [
        {"numeric_value": None, "text_value": ""},
        {"numeric_value": None, "text_value": "x", "comparator": "<"},
        {"numeric_value": float("inf")},
        {"code": ""},
        {"interpretation": "read by nobody"},
    ],
)
def test_a_nonsense_result_cannot_be_stored_by_any_route(cast, wrong):
    values = {"code": "LOINC//1988-5", "numeric_value": 1.0, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(patient=cast.ruth, recorded_by=cast.nurse, taken_at=timezone.now(), **values)


def test_one_source_is_stored_once_for_a_patient(cast):
    receive(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(
            patient=cast.ruth,
            recorded_by=cast.nurse,
            taken_at=timezone.now(),
            code="X//1",
            text_value="x",
            source="fhir:Observation/1",
        )
