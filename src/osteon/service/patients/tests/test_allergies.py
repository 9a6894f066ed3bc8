from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from osteon.service.patients import actions
from osteon.service.patients.models import Allergy


def test_allergy_reads_as_substance_and_reaction(cast):
    row = actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Penicillin", reaction="rash")
    assert str(row) == "Penicillin: rash"
    assert str(actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Latex")) == "Latex"


def test_no_known_allergies_is_a_statement_with_somebody_behind_it(cast):
    row = actions.record_no_known_allergies(by=cast.nurse, patient=cast.ruth)
    assert (str(row), row.recorded_by) == ("No known allergies", cast.nurse)


def test_no_known_allergies_is_refused_while_one_is_recorded(cast):
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Penicillin")
    with pytest.raises(actions.AllergiesStand, match="entered in error first"):
        actions.record_no_known_allergies(by=cast.nurse, patient=cast.ruth)


def test_no_known_allergies_is_refused_while_a_merged_record_holds_one(cast):
    twin = cast.patient("Okafor", "R")
    actions.record_allergy(by=cast.nurse, patient=twin, substance="Penicillin")
    actions.merge_patients(by=cast.lead, patient=twin, into=cast.ruth, reason="Same person")
    with pytest.raises(actions.AllergiesStand):
        actions.record_no_known_allergies(by=cast.nurse, patient=cast.ruth)


def test_no_known_allergies_can_follow_an_allergy_entered_in_error(cast):
    wrong = actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Penicillin")
    actions.mark_entered_in_error(by=cast.nurse, fact=wrong, reason="Intolerance of another patient")
    assert actions.record_no_known_allergies(by=cast.nurse, patient=cast.ruth).pk


def test_database_refuses_an_allergy_to_nothing(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Allergy.objects.create(patient=cast.ruth, kind="allergy", recorded_by=cast.nurse)


def test_record_allergy_is_not_the_way_to_say_there_is_none(cast):
    with pytest.raises(TypeError):
        actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="", kind="none-known")
