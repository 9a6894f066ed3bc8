from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from osteon.service.accounts.models import AuditEntry
from osteon.service.patients import actions, identity_actions
from osteon.service.patients.models import NHS, Patient, PatientIdentifier, PossibleDuplicate
from osteon.service.patients.partial_dates import PartialDate, Precision


def number(patient):
    return [(row.system, row.value) for row in PatientIdentifier.objects.filter(patient=patient)]


def test_registered_patient_is_audited_with_who_did_it(cast):
    entry = AuditEntry.objects.get(verb="patients.register_patient", patient_id=cast.ruth.public_id)
    assert entry.by == cast.lead


def test_partial_birth_date_keeps_its_precision(cast):
    assert cast.sean.birth == PartialDate(date(1968, 1, 1), Precision.YEAR)
    assert str(cast.zofia.birth) == "about 1951"
    assert cast.longname.birth is None


@pytest.mark.parametrize(("died_on", "age"), [(None, 67), (date(2020, 3, 1), 61)])
def test_age_stops_at_death(cast, died_on, age):
    cast.ruth.died_on = died_on
    assert cast.ruth.age_on(date(2026, 11, 24)) == age


def test_age_of_unknown_birth_is_unknown(cast):
    assert cast.longname.age_on(date(2026, 11, 24)) is None


def test_identifier_is_kept_as_it_was_given(cast):
    assert number(cast.ruth) == [(NHS, "943 476 5919")]
    assert number(cast.sean) == [("hospital:St Elsewhere", "0042")]


def test_doubtful_nhs_number_is_taken_and_called_doubtful(cast):
    given = actions.add_identifier(by=cast.lead, patient=cast.zofia, system=NHS, value="943 476 5918")
    assert given.is_doubtful
    assert given.value == "943 476 5918"
    assert not PatientIdentifier.objects.get(patient=cast.ruth).is_doubtful


def test_hospital_number_is_never_doubtful(cast):
    assert not PatientIdentifier.objects.get(patient=cast.sean).is_doubtful


def test_same_number_again_changes_nothing(cast):
    actions.add_identifier(by=cast.lead, patient=cast.ruth, system=NHS, value="9434765919")
    assert number(cast.ruth) == [(NHS, "943 476 5919")]


def test_number_of_another_patient_is_a_conflict_and_joins_nobody(cast):
    with pytest.raises(actions.IdentityConflict) as conflict:
        actions.add_identifier(by=cast.lead, patient=cast.zofia, system=NHS, value="943-476-5919")
    assert conflict.value.holder == cast.ruth
    assert number(cast.zofia) == []


def test_conflict_names_the_number_and_not_the_other_patient(cast):
    with pytest.raises(actions.IdentityConflict) as conflict:
        actions.add_identifier(by=cast.lead, patient=cast.zofia, system=NHS, value="9434765919")
    assert "9434765919" in str(conflict.value)
    assert "Okafor" not in str(conflict.value)


def test_conflict_while_registering_registers_nobody(cast):
    with pytest.raises(actions.IdentityConflict):
        cast.patient("New", "Person", identifiers=[("hospital:A", "1"), (NHS, "9434765919")])
    assert not Patient.objects.filter(family_name="New").exists()
    assert not PatientIdentifier.objects.filter(value="1").exists()


def test_same_number_of_two_hospitals_is_two_numbers(cast):
    actions.add_identifier(by=cast.lead, patient=cast.ruth, system="hospital:Other", value="0042")
    assert ("hospital:Other", "0042") in number(cast.ruth)


def test_number_entered_in_error_is_free_for_its_owner(cast):
    wrong = PatientIdentifier.objects.get(patient=cast.ruth)
    actions.mark_entered_in_error(by=cast.lead, fact=wrong, reason="read off the wrong label")
    actions.add_identifier(by=cast.lead, patient=cast.zofia, system=NHS, value="9434765919")
    assert number(cast.zofia) == [(NHS, "9434765919")]


def test_number_that_somebody_gives_away_in_the_same_moment_is_a_conflict(cast, monkeypatch):
    found = identity_actions._held
    looks = iter([lambda *_: None, found])
    monkeypatch.setattr(identity_actions, "_held", lambda *number: next(looks)(*number))
    with pytest.raises(actions.IdentityConflict) as conflict:
        actions.add_identifier(by=cast.lead, patient=cast.zofia, system=NHS, value="9434765919")
    assert conflict.value.holder == cast.ruth


def test_database_refuses_one_number_for_two_patients(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        PatientIdentifier.objects.create(
            patient=cast.zofia, system=NHS, value="9434765919", recorded_by=cast.lead
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"family_name": ""},
        {"died_on": date(1950, 1, 1)},
    ],
)
def test_database_refuses_a_patient_that_cannot_be(cast, wrong):
    Patient.objects.filter(pk=cast.ruth.pk).update(birth_date=date(1959, 2, 14))
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=cast.ruth.pk).update(**wrong)


def test_edit_changes_name_and_its_search_key_and_keeps_the_old_one_in_history(cast):
    edited = actions.edit_patient(
        by=cast.lead,
        patient=cast.ruth,
        seen_version=1,
        family_name="Okafor-Bélanger",
        given_name="Ruth",
        birth=cast.ruth.birth,
        sex="female",
        died_on=None,
        telephone="",
        address="",
    )
    assert edited.family_key == "okaforbelanger"
    assert list(Patient.history.filter(id=edited.pk).values_list("family_name", flat=True)) == [
        "Okafor-Bélanger",
        "Okafor",
    ]


def test_stale_edit_of_a_patient_is_refused(cast):
    said = {
        "given_name": "Ruth",
        "birth": None,
        "sex": "female",
        "died_on": None,
        "telephone": "",
        "address": "",
    }
    actions.edit_patient(by=cast.lead, patient=cast.ruth, seen_version=1, family_name="A", **said)
    with pytest.raises(actions.StaleEdit) as stale:
        actions.edit_patient(by=cast.nurse, patient=cast.ruth, seen_version=1, family_name="B", **said)
    assert (stale.value.current.family_name, stale.value.attempted["family_name"]) == ("A", "B")


def test_possible_duplicate_is_listed_once_whichever_way_round(cast):
    for pair in ((cast.ruth, cast.zofia), (cast.zofia, cast.ruth)):
        actions.note_possible_duplicate(by=cast.lead, patient=pair[0], other=pair[1], why="one NHS number")
    assert PossibleDuplicate.objects.count() == 1


def test_patient_is_no_duplicate_of_themselves(cast):
    with pytest.raises(actions.Refused, match="one record"):
        actions.note_possible_duplicate(by=cast.lead, patient=cast.ruth, other=cast.ruth, why="?")


def test_settled_duplicate_says_how_and_by_whom(cast):
    pair = actions.note_possible_duplicate(
        by=cast.lead, patient=cast.ruth, other=cast.zofia, why="one NHS number"
    )
    settled = actions.settle_duplicate(by=cast.coordinator, duplicate=pair, how="Twins")
    assert (settled.settled_by, settled.settled_how) == (cast.coordinator, "Twins")
    with pytest.raises(actions.Refused, match="how you know"):
        actions.settle_duplicate(by=cast.coordinator, duplicate=pair, how=" ")
