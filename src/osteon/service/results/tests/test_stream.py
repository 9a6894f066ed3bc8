"""What the laboratory's rows look like in the stream."""

from datetime import timedelta

import pytest
from django.utils import timezone

from osteon.service.patients.actions import merge_patients
from osteon.service.patients.story import story
from osteon.service.results import actions
from osteon.service.results.models import Result, Specimen
from osteon.service.results.stream import events
from osteon.service.results.tests.conftest import EPIDERMIDIS, days_ago

pytestmark = pytest.mark.django_db


def of(patient, **arguments):
    return sorted(events([patient.pk], **arguments), key=lambda event: (event.code, event.source))


def codes(found):
    return [event.code for event in found]


def test_a_result_is_one_event_in_the_measures_unit(laboratory, cast):
    result = laboratory.result("creatine-kinase", 2140, "U/L", high=200, comparator=">")
    [event] = of(cast.ruth)
    assert (event.subject_id, event.code, event.numeric_value, event.unit) == (
        cast.ruth.pk,
        "LOINC//2157-6",
        2140,
        "U/L",
    )
    assert (event.comparator, event.reference_low, event.reference_high) == (">", None, 200)
    assert event.source == f"record:results.result/{result.public_id}"
    assert event.time.tzinfo is None


def test_a_result_in_words_has_no_number(laboratory, cast):
    laboratory.result("crp", None, "", text="haemolysed")
    [event] = of(cast.ruth)
    assert (event.numeric_value, event.unit, event.text_value) == (None, None, "haemolysed")


def test_a_pending_specimen_has_no_count_and_a_sterile_one_has_none_grown(laboratory, cast):
    laboratory.final(laboratory.specimen("S1 tibia"))
    laboratory.specimen("S2 tibia", kind="bone")
    bone, tissue = of(cast.ruth)
    assert (bone.code, bone.numeric_value, bone.text_value) == ("OSTEON//specimen//bone", None, "S2 tibia")
    assert (tissue.code, tissue.numeric_value) == ("OSTEON//specimen//tissue", 0)


def test_isolates_and_susceptibilities_lead_back_to_their_specimen(laboratory, cast):
    specimen = laboratory.specimen()
    laboratory.isolate(specimen, FLC="S")
    laboratory.isolate(specimen, EPIDERMIDIS)
    grown, aureus, epidermidis, flucloxacillin = of(cast.ruth)
    source = f"record:results.specimen/{specimen.public_id}"
    assert (grown.source, grown.numeric_value) == (source, 2)
    assert (aureus.code, aureus.source) == ("SNOMED//3092008", f"{source}/isolate/1")
    assert (epidermidis.code, epidermidis.source) == ("SNOMED//60875001", f"{source}/isolate/2")
    assert (flucloxacillin.code, flucloxacillin.text_value) == ("SUSCEPTIBILITY//3092008//FLC", "S")
    assert flucloxacillin.source == f"{source}/isolate/1/FLC"
    assert {event.time for event in of(cast.ruth)} == {grown.time}


def test_an_organism_outside_the_vocabulary_is_named_by_its_text(laboratory, cast):
    laboratory.isolate(laboratory.specimen("S1 tibia"), ("OSTEON//isolate//granulicatella", "Granulicatella"))
    laboratory.isolate(laboratory.specimen("S2 tibia"))
    isolates = [event for event in of(cast.ruth) if "/isolate/" in event.source]
    assert sorted(event.text_value for event in isolates) == ["Granulicatella", "S2 tibia"]


def test_what_is_in_error_is_not_yielded(laboratory, cast):
    specimen = laboratory.specimen()
    isolate = laboratory.isolate(specimen, FLC="S")
    wrong = laboratory.result()
    actions.mark_in_error(by=cast.nurse, fact=wrong, reason="Wrong patient")
    actions.mark_in_error(by=cast.nurse, fact=isolate, reason="Wrong plate")
    assert codes(of(cast.ruth)) == ["OSTEON//specimen//tissue"]
    actions.mark_in_error(by=cast.nurse, fact=specimen, reason="Labels swapped")
    assert of(cast.ruth) == []


def test_an_isolate_of_a_withdrawn_specimen_is_never_yielded_alone(laboratory, cast):
    specimen = laboratory.specimen()
    laboratory.isolate(specimen, FLC="S")
    Specimen.objects.filter(pk=specimen.pk).update(
        entered_in_error_at=timezone.now(), entered_in_error_by=cast.nurse, entered_in_error_reason="x"
    )
    assert of(cast.ruth) == []


def test_rewinding_shows_what_was_known_then(laboratory, cast):
    result = laboratory.result(value=24.0)
    before = timezone.now()
    actions.edit_result(
        by=cast.nurse,
        result=result,
        seen_version=1,
        reported=actions.Reported(240, "mg/L"),
        taken_at=result.taken_at,
    )
    assert of(cast.ruth)[0].numeric_value == 240
    assert of(cast.ruth, known_at=before)[0].numeric_value == 24
    assert of(cast.ruth, known_at=before - timedelta(days=2)) == []


def test_a_specimen_reported_later_was_pending_before(cast):
    taken, reported = days_ago(20), days_ago(6)
    Specimen.objects.create(
        patient=cast.ruth,
        recorded_by=cast.lead,
        recorded_at=taken,
        kind="tissue",
        label="S1",
        taken_at=taken,
        state="final",
        reported_at=reported,
        isolate_count=0,
        source="fhir:Specimen/1",
    )
    assert of(cast.ruth)[0].numeric_value == 0
    assert of(cast.ruth, known_at=reported - timedelta(days=1))[0].numeric_value is None


def test_the_number_of_queries_does_not_grow(
    laboratory, cast, django_assert_num_queries, django_assert_max_num_queries
):
    for number in range(3):
        laboratory.isolate(laboratory.specimen(f"S{number}"), FLC="S", CLI="R")
        laboratory.result()
    with django_assert_num_queries(4):
        assert len(of(cast.ruth)) == 15
    with django_assert_max_num_queries(8):
        of(cast.ruth, known_at=timezone.now())
    with django_assert_num_queries(4):
        list(events([cast.ruth.pk, cast.sean.pk, cast.zofia.pk]))


def test_a_merged_patients_results_belong_to_the_survivor(laboratory, cast):
    laboratory.result(patient=cast.zofia)
    merge_patients(by=cast.lead, patient=cast.zofia, into=cast.ruth, reason="Same person")
    told = [event for event in story(cast.ruth) if event.code == "LOINC//1988-5"]
    assert [event.subject_id for event in told] == [cast.ruth.pk]


def test_a_row_from_an_import_is_yielded_like_any_other(cast):
    Result.objects.create(
        patient=cast.ruth,
        recorded_by=cast.lead,
        code="LOCAL//XYZ",
        name="Xyz",
        text_value="positive",
        taken_at=days_ago(400),
        source="meds:events#7",
    )
    [event] = of(cast.ruth)
    assert (event.code, event.text_value) == ("LOCAL//XYZ", "positive")
    assert event.source.startswith("record:results.result/")
