"""What people type about results and microbiology, and what becomes of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from osteon.service.results import actions
from osteon.service.results.models import Isolate, Result, Specimen, Susceptibility
from osteon.service.results.tests.conftest import days_ago, words

pytestmark = pytest.mark.django_db


def moment(when, name="taken_at"):
    local = timezone.localtime(when)
    return {
        f"{name}_day": local.day,
        f"{name}_month": local.month,
        f"{name}_year": local.year,
        f"{name}_time": f"{local:%H:%M}",
    }


def test_a_typed_result_is_recorded_and_shown(post, client, cast):
    data = {"measure": "crp", "value": "24", "unit": "mg/L", "high": "5", **moment(days_ago(1))}
    response = post(cast.nurse, "record_result", cast.ruth.public_id, **data)
    assert response.status_code == 302
    assert (Result.objects.get().numeric_value, Result.objects.get().reference_high) == (24, 5)
    assert "Saved." in words(client.get(response.url))


def test_a_result_of_another_test_is_recorded_by_its_name(post, cast):
    data = {"measure": "other", "name": "Histology", "text": "Neutrophils", **moment(days_ago(1))}
    post(cast.nurse, "record_result", cast.ruth.public_id, **data, wants_interpretation="on")
    result = Result.objects.get()
    assert (result.name, result.text_value, result.wants_interpretation) == ("Histology", "Neutrophils", True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": ""}, "No unit is given"),
        ({"unit": "furlong"}, "“furlong” is not a unit"),
        ({"value": "-3"}, "cannot be right"),
        ({"value": "a lot"}, "Enter a number"),
        ({"value": "inf"}, "Enter a number"),
        ({"measure": ""}, "Which test?"),
        ({"measure": "other"}, "Write the name of the test"),
        ({"taken_at_day": "31", "taken_at_month": "2"}, "There is no such date"),
        (moment(timezone.now() + timedelta(days=2)), "in the future"),
    ],
)
def test_a_wrong_result_is_refused_and_keeps_what_was_typed(post, cast, wrong, told):
    data = {"measure": "crp", "value": "24", "unit": "mg/L", "text": "kept", **moment(days_ago(1)), **wrong}
    response = post(cast.nurse, "record_result", cast.ruth.public_id, **data)
    assert response.status_code == 200
    assert told in words(response)
    assert "kept" in words(response)
    assert not Result.objects.exists()


def test_the_second_editor_sees_both_versions_and_can_save_again(post, laboratory, cast):
    result = laboratory.result()
    actions.edit_result(
        by=cast.physician,
        result=result,
        seen_version=1,
        reported=actions.Reported(30, "mg/L"),
        taken_at=result.taken_at,
    )
    data = {
        "value": "42",
        "unit": "mg/L",
        "reason": "Typing error",
        "version": "1",
        **moment(result.taken_at),
    }
    response = post(cast.nurse, "edit_result", result.public_id, **data)
    said = words(response)
    assert "Somebody else changed this meanwhile" in said
    assert "Dr Amara Cole" in said
    assert "30.0" in said
    assert 'value="42"' in response.content.decode()
    again = post(cast.nurse, "edit_result", result.public_id, **{**data, "version": "2"})
    assert again.status_code == 302
    assert Result.objects.get().numeric_value == 42


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5"])
def test_a_damaged_version_is_refused(post, laboratory, cast, version):
    result = laboratory.result()
    data = {"note": "Expected", "version": version}
    assert post(cast.nurse, "interpret_result", result.public_id, **data).status_code == 200
    assert Result.objects.get().interpreted_at is None


def test_an_interpretation_is_recorded(post, laboratory, cast):
    result = laboratory.result()
    post(cast.physician, "interpret_result", result.public_id, note="Expected", version="1")
    assert Result.objects.get().interpretation == "Expected"


def test_a_specimen_is_recorded_with_its_siblings_particulars(page, post, laboratory, cast):
    sibling = laboratory.specimen("S1", taking="Debridement 1", antibiotic_free_days=20)
    shown = page(cast.nurse, "record_specimen", cast.ruth.public_id, like=sibling.public_id)
    assert 'value="Debridement 1"' in shown.content.decode()
    data = {"kind": "bone", "label": "S2", "separate_instrument": "yes", **moment(days_ago(1))}
    response = post(cast.nurse, "record_specimen", cast.ruth.public_id, **data)
    assert response.status_code == 302
    assert Specimen.objects.get(label="S2").separate_instrument is True


@pytest.mark.parametrize("like", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_sibling_that_is_not_there_is_no_error(page, cast, like):
    assert page(cast.nurse, "record_specimen", cast.ruth.public_id, like=like).status_code == 200


def test_another_patients_specimen_lends_nothing(page, laboratory, cast):
    other = laboratory.specimen("S1", taking="Hip of another", patient=cast.zofia)
    shown = page(cast.nurse, "record_specimen", cast.ruth.public_id, like=other.public_id)
    assert "Hip of another" not in shown.content.decode()


def test_a_report_closes_a_specimen(post, laboratory, cast):
    specimen = laboratory.specimen()
    data = {"state": "final", "isolate_count": "0", "days_incubated": "14", "version": "1"}
    post(cast.nurse, "report_specimen", specimen.public_id, **data)
    specimen.refresh_from_db()
    assert (specimen.state, specimen.known_growth, specimen.days_incubated) == ("final", 0, 14)


def test_an_isolate_from_the_list_or_by_name_is_recorded(post, laboratory, cast):
    specimen = laboratory.specimen()
    post(cast.nurse, "record_isolate", specimen.public_id, organism="SNOMED//3092008", quantity="scanty")
    post(cast.nurse, "record_isolate", specimen.public_id, organism="other", other_name="Granulicatella")
    found = Isolate.objects.order_by("number").values_list("organism_code", "organism_name")
    assert list(found) == [
        ("SNOMED//3092008", "Staphylococcus aureus"),
        ("OSTEON//isolate//granulicatella", "Granulicatella"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Which organism: Choose one"),
        ({"organism": "other"}, "Write the name of the organism"),
        ({"organism": "SNOMED//3092008", "other_name": "Granulicatella"}, "Leave this empty"),
        ({"organism": "SNOMED//1"}, "Select a valid choice"),
    ],
)
def test_an_isolate_is_one_organism(post, laboratory, cast, data, told):
    specimen = laboratory.specimen()
    assert told in words(post(cast.nurse, "record_isolate", specimen.public_id, **data))
    assert not Isolate.objects.exists()


def test_an_antibiogram_is_recorded_whole_with_its_breakpoints(post, page, laboratory, cast):
    isolate = laboratory.isolate(laboratory.specimen())
    data = {"FLC": "S", "CLI": "R", "guideline": "EUCAST v15.0"}
    other = {"other_drug": "Mupirocin", "other_category": "S"}
    post(cast.nurse, "record_antibiogram", isolate.public_id, **data, **other)
    found = set(Susceptibility.objects.values_list("agent", "category", "guideline"))
    assert found == {
        ("FLC", "S", "EUCAST v15.0"),
        ("CLI", "R", "EUCAST v15.0"),
        ("MUPIROCIN", "S", "EUCAST v15.0"),
    }
    assert 'name="FLC"' not in page(cast.nurse, "record_antibiogram", isolate.public_id).content.decode()


@pytest.mark.parametrize("data", [{}, {"other_drug": "Mupirocin"}, {"other_category": "S"}])
def test_an_antibiogram_says_something(post, laboratory, cast, data):
    isolate = laboratory.isolate(laboratory.specimen())
    assert post(cast.nurse, "record_antibiogram", isolate.public_id, **data).status_code == 200
    assert not Susceptibility.objects.exists()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("mark_result_in_error", "result"),
        ("mark_specimen_in_error", "specimen"),
        ("mark_isolate_in_error", "isolate"),
        ("mark_susceptibility_in_error", "susceptibility"),
    ],
)
def test_anything_can_be_withdrawn_with_a_reason(post, cast, facts, name, key):
    assert post(cast.nurse, name, facts[key]).status_code == 200
    assert post(cast.nurse, name, facts[key], reason="Wrong patient").status_code == 302
    again = post(cast.nurse, name, facts[key], reason="Wrong patient")
    assert "already" in words(again)


# What awaits an interpretation


def test_the_list_needs_a_person_who_may_record(client, page, cast):
    assert client.get(reverse("results:uninterpreted")).status_code == 302
    assert page(cast.coordinator, "uninterpreted").status_code == 403


def test_what_awaits_a_reading_is_listed_for_the_team_alone(page, laboratory, cast):
    laboratory.isolate(laboratory.specimen("S1 tibia"))
    laboratory.specimen("S2 pending")
    laboratory.result("", None, "", name="Histology", text="Neutrophils", wants_interpretation=True)
    laboratory.isolate(laboratory.specimen("Spine 1", patient=cast.sean))
    said = words(page(cast.nurse, "uninterpreted"))
    assert "Okafor, Ruth S. aureus 1 of 2 (2 pending) Too few S. aureus: one specimen alone, so far" in said
    assert "1 of 2 Interpret" in said
    assert "Histology Neutrophils" in said
    assert "O'Brien" not in said


def test_what_was_read_leaves_the_list(page, laboratory, cast):
    specimen = laboratory.final(laboratory.specimen())
    actions.review_result(by=cast.physician, fact=specimen, note="Sterile", seen_version=specimen.version)
    assert "Nothing awaits an interpretation" in words(page(cast.nurse, "uninterpreted"))


def test_old_cultures_are_shown_when_asked(page, laboratory, cast):
    laboratory.final(laboratory.specimen("S1", taken_at=days_ago(200), taking="Old biopsy"))
    said = words(page(cast.nurse, "uninterpreted"))
    assert "Nothing awaits an interpretation" in said
    assert "Show cultures taken more than 90 days ago, too" in said
    assert "Old biopsy" in words(page(cast.nurse, "uninterpreted", older="1"))


def test_one_reading_is_given_for_all_that_was_taken_together(page, post, laboratory, cast):
    first, second = (laboratory.final(laboratory.specimen(f"S{n}")) for n in (1, 2))
    laboratory.specimen("S3 pending")
    laboratory.final(laboratory.specimen("Elsewhere", taken_at=days_ago(30)))
    shown = page(cast.physician, "interpret_specimen", first.public_id)
    assert "The same for what was taken with it: S2" in words(shown)
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', shown.content.decode())[1]
    data = {"note": "Sterile", "version": str(first.version), "seen": seen}
    post(cast.physician, "interpret_specimen", first.public_id, **data, together="on")
    read = Specimen.objects.exclude(interpreted_at=None).order_by("label")
    assert [(s.label, s.interpretation) for s in read] == [("S1", "Sterile"), ("S2", "Sterile")]
    assert second.pk in {s.pk for s in read}


def test_what_is_interpreted_stands_above_the_question(page, laboratory, cast):
    for number in (1, 2):
        laboratory.isolate(laboratory.specimen(f"S{number}", separate_instrument=True), FLC="S", CLI="R")
    said = words(page(cast.physician, "interpret_specimen", Specimen.objects.get(label="S2").public_id))
    assert "S. aureus 2 of 2 Agree" in said
    assert "Clindamycin" not in said.split("What does it mean")[1]
    histology = laboratory.result("", None, "", name="Histology", text="Neutrophils")
    assert "Neutrophils" in words(page(cast.physician, "interpret_result", histology.public_id))


def test_a_specimen_can_be_read_alone(post, laboratory, cast):
    first, second = (laboratory.final(laboratory.specimen(f"S{n}")) for n in (1, 2))
    data = {"note": "Sterile", "version": str(first.version), "seen": f"{second.public_id}:{second.version}"}
    post(cast.physician, "interpret_specimen", first.public_id, **data)
    assert Specimen.objects.exclude(interpreted_at=None).get() == first


def test_a_reading_of_several_is_refused_whole_when_one_has_changed(post, laboratory, cast):
    first, second = (laboratory.final(laboratory.specimen(f"S{n}")) for n in (1, 2))
    data = {"note": "Sterile", "version": str(first.version), "together": "on"}
    stale = post(cast.physician, "interpret_specimen", first.public_id, **data, seen=f"{second.public_id}:1")
    assert "Somebody else changed this meanwhile" in words(stale)
    assert f'value="{second.public_id}:{second.version}"' in stale.content.decode()
    assert f'name="version" id="id_version" value="{first.version}"' in stale.content.decode()
    damaged = post(cast.physician, "interpret_specimen", first.public_id, **data, seen="x:y")
    assert damaged.status_code == 200
    assert not Specimen.objects.exclude(interpreted_at=None).exists()
