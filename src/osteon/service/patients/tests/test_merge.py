from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from osteon.service.patients import actions
from osteon.service.patients.models import (
    Allergy,
    Episode,
    Finding,
    Patient,
    PatientIdentifier,
    PossibleDuplicate,
)
from osteon.service.patients.reach import reachable
from osteon.service.patients.signals import facts_changed
from osteon.service.patients.story import record_ids, stories, story, survivor_ids

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def twin(cast):
    """A second record of Ruth, with facts of its own."""
    patient = cast.patient("Okafour", "Ruth", identifiers=[("hospital:A", "77")])
    cast.episode(patient, cast.limb, site="femur")
    actions.record_finding(
        by=cast.nurse, patient=patient, code="OSTEON//finding//fever", present=True, time=NOON
    )
    actions.record_allergy(by=cast.nurse, patient=patient, substance="Penicillin", reaction="rash", time=NOON)
    return patient


def merge(cast, patient, into):
    return actions.merge_patients(by=cast.coordinator, patient=patient, into=into, reason="Same NHS number")


def everything():
    """Every row of the record as data, without what a version counts."""
    rows = [
        *Patient.objects.order_by("pk"),
        *(
            row
            for model in (PatientIdentifier, Episode, Finding, Allergy)
            for row in model.objects.order_by("pk")
        ),
    ]
    data = serializers.serialize("python", rows)
    for row in data:
        row["fields"].pop("version", None)
    return data


def test_merge_and_unmerge_restores_every_row_exactly(cast, twin):
    before, told = everything(), [story(cast.ruth), story(twin)]
    merged = merge(cast, twin, cast.ruth)
    assert everything() != before
    actions.unmerge_patients(by=cast.coordinator, patient=merged, reason="Two people")
    assert everything() == before
    assert [story(cast.ruth), story(Patient.objects.get(pk=twin.pk))] == told


def test_merge_moves_no_fact(cast, twin):
    facts = list(Finding.objects.values_list("pk", "patient_id"))
    merge(cast, twin, cast.ruth)
    assert list(Finding.objects.values_list("pk", "patient_id")) == facts


def test_survivor_tells_both_stories_under_one_id(cast, twin):
    apart = len(story(cast.ruth)) + len(story(twin))
    merge(cast, twin, cast.ruth)
    together = story(cast.ruth)
    assert {event.subject_id for event in together} == {cast.ruth.pk}
    # The merged record's own sex and birth were not known, so nothing is said twice.
    assert len(together) == apart


def test_merged_record_repeats_neither_birth_nor_death(cast):
    twin = cast.patient("Okafor", "Ruth", birth=cast.ruth.birth)
    merge(cast, twin, cast.ruth)
    assert [event.code for event in story(cast.ruth)].count("MEDS_BIRTH") == 1


def test_merged_record_cannot_be_reached_and_its_survivor_can(cast, twin):
    merge(cast, twin, cast.ruth)
    assert twin not in reachable(cast.nurse)
    assert cast.ruth in reachable(cast.nurse)


def test_team_of_the_merged_record_reaches_the_survivor(cast, twin):
    merge(cast, cast.sean, cast.ruth)
    assert cast.ruth in reachable(cast.surgeon)


def test_chain_of_merges_is_read_from_its_end(cast, twin):
    merge(cast, twin, cast.ruth)
    merge(cast, Patient.objects.get(pk=cast.ruth.pk), cast.zofia)
    assert set(record_ids(cast.zofia)) == {cast.zofia.pk, cast.ruth.pk, twin.pk}
    assert survivor_ids([twin.pk, cast.ruth.pk]) == {cast.zofia.pk}


def test_unmerging_the_middle_of_a_chain_takes_its_followers_along(cast, twin):
    merge(cast, twin, cast.ruth)
    middle = merge(cast, Patient.objects.get(pk=cast.ruth.pk), cast.zofia)
    actions.unmerge_patients(by=cast.coordinator, patient=middle, reason="Two people")
    assert set(record_ids(cast.ruth)) == {cast.ruth.pk, twin.pk}
    assert record_ids(cast.zofia) == [cast.zofia.pk]
    assert Patient.objects.get(pk=twin.pk).survivor == cast.ruth


def test_unmerging_leaves_other_merged_records_where_they_are(cast, twin):
    merge(cast, twin, cast.ruth)
    second = merge(cast, cast.longname, cast.ruth)
    actions.unmerge_patients(by=cast.coordinator, patient=second, reason="Two people")
    assert set(record_ids(cast.ruth)) == {cast.ruth.pk, twin.pk}


def test_stories_of_many_are_told_in_the_queries_of_one(cast, twin, django_assert_num_queries):
    everybody = [cast.ruth.pk, cast.sean.pk, cast.zofia.pk, cast.longname.pk, twin.pk]
    stories(everybody[:1])  # imports the streams
    with django_assert_num_queries(_queries_of([cast.ruth.pk])):
        told = stories(everybody)
    assert all(told[patient] for patient in everybody)


def _queries_of(patient_ids):
    with CaptureQueriesContext(connection) as asked:
        stories(patient_ids)
    return len(asked)


def test_number_on_a_merged_record_is_the_survivors(cast, twin):
    merge(cast, twin, cast.ruth)
    same = actions.add_identifier(by=cast.lead, patient=cast.ruth, system="hospital:A", value="77")
    assert same.patient == twin


def test_merging_settles_the_possible_duplicate(cast, twin):
    pair = actions.note_possible_duplicate(by=cast.lead, patient=twin, other=cast.ruth, why="Same name")
    merge(cast, twin, cast.ruth)
    pair = PossibleDuplicate.objects.get(pk=pair.pk)
    assert (pair.settled_how, pair.settled_by) == ("Merged", cast.coordinator)


def test_listeners_hear_of_both_patients(cast, twin, django_capture_on_commit_callbacks):
    heard = []

    def listen(patient_id, **_):
        heard.append(patient_id)

    facts_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            merge(cast, twin, cast.ruth)
    finally:
        facts_changed.disconnect(listen)
    assert {twin.pk, cast.ruth.pk} <= set(heard)


def test_patient_cannot_be_merged_into_themselves(cast):
    with pytest.raises(actions.CannotMerge, match="into itself"):
        merge(cast, cast.ruth, cast.ruth)


def test_merged_record_cannot_be_merged_again(cast, twin):
    merged = merge(cast, twin, cast.ruth)
    with pytest.raises(actions.CannotMerge, match="another record already"):
        merge(cast, merged, cast.zofia)
    with pytest.raises(actions.CannotMerge, match="another record already"):
        merge(cast, cast.zofia, merged)


def test_merge_and_unmerge_need_a_reason(cast, twin):
    with pytest.raises(actions.CannotMerge, match="how you know"):
        actions.merge_patients(by=cast.coordinator, patient=twin, into=cast.ruth, reason=" ")
    merged = merge(cast, twin, cast.ruth)
    with pytest.raises(actions.CannotMerge, match="Say why"):
        actions.unmerge_patients(by=cast.coordinator, patient=merged, reason="")


def test_record_that_is_not_merged_cannot_be_unmerged(cast):
    with pytest.raises(actions.CannotMerge, match="not merged"):
        actions.unmerge_patients(by=cast.coordinator, patient=cast.ruth, reason="?")


def test_database_refuses_half_a_merge(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=cast.ruth.pk).update(merged_into=cast.sean)
