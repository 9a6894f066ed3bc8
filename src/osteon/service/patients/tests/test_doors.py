"""Every view three times: not signed in, not allowed, allowed. And out of reach, for those about one patient."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import URLPattern, reverse

from osteon.service.accounts.models import ReadEntry
from osteon.service.patients import actions, urls
from osteon.service.patients.models import ImportedFact, PatientIdentifier

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

# name of the view: (who may, what its address takes)
UNIT = {"search": "nurse", "register": "coordinator", "possible_duplicates": "coordinator"}
PAIR = {"possible_duplicate": "coordinator", "merge": "coordinator", "settle_duplicate": "coordinator"}
PATIENT = {
    "patient": "nurse",
    "timeline": "nurse",
    "identity": "coordinator",
    "edit_patient": "coordinator",
    "add_identifier": "coordinator",
    "note_duplicate": "coordinator",
    "episodes": "nurse",
    "open_episode": "nurse",
    "findings": "nurse",
    "record_finding": "nurse",
    "allergies": "nurse",
    "record_allergy": "nurse",
    "record_no_known_allergies": "nurse",
    "history": "nurse",
    "unmerge": "coordinator",
}
FACT = {
    "episode": "nurse",
    "edit_episode": "nurse",
    "move_episode": "nurse",
    "close_episode": "nurse",
    "mark_episode_in_error": "nurse",
    "finding": "nurse",
    "edit_finding": "nurse",
    "mark_finding_in_error": "nurse",
    "allergy": "nurse",
    "mark_allergy_in_error": "nurse",
    "imported_fact": "nurse",
    "mark_imported_fact_in_error": "nurse",
    "mark_identifier_in_error": "coordinator",
}
GLASS = {"break_glass": "nurse"}
ALL = {**UNIT, **PAIR, **PATIENT, **FACT, **GLASS}
POST_ONLY = {"merge", "settle_duplicate", "note_duplicate"}


class World:
    """The cast with one of everything, for Ruth (limb) and for Seán (spine, out of the limb team's reach)."""

    def __init__(self, cast):
        self.cast = cast
        self.facts = {id(patient): self._facts(patient) for patient in (cast.ruth, cast.sean)}
        self.pair = actions.note_possible_duplicate(
            by=cast.lead, patient=cast.ruth, other=cast.sean, why="Both are said to have 1"
        )
        twin = cast.patient("Okafour", "Ruth")
        self.merged = actions.merge_patients(by=cast.lead, patient=twin, into=cast.ruth, reason="One person")

    def _facts(self, patient):
        by = self.cast.lead
        imported = ImportedFact(
            patient=patient,
            kind="line",
            code="OSTEON//line//picc",
            time=NOON,
            source="sim:1/1",
            recorded_by=by,
        )
        imported.save()
        return {
            "episode": patient.episodes.get(),
            "finding": actions.record_finding(
                by=by, patient=patient, code="OSTEON//finding//fever", present=True, time=NOON
            ),
            "allergy": actions.record_allergy(by=by, patient=patient, substance="Penicillin"),
            "imported_fact": imported,
            "identifier": PatientIdentifier.objects.filter(patient=patient).first(),
        }

    def address(self, name, patient=None):
        patient = patient or self.cast.ruth
        return reverse(f"patients:{name}", kwargs=self._kwargs(name, patient))

    def _kwargs(self, name, patient):
        if name in PAIR:
            return {"pair_id": self.pair.public_id}
        if name in FACT:
            kinds = [kind for kind in self.facts[id(patient)] if kind in name]
            return {"fact_id": self.facts[id(patient)][max(kinds, key=len)].public_id}
        if name == "unmerge":
            return {"patient_id": patient.public_id, "record_id": self.merged.public_id}
        return {} if name in UNIT else {"patient_id": patient.public_id}


@pytest.fixture
def world(cast):
    return World(cast)


def knock(client, name, address):
    return client.post(address) if name in POST_ONLY else client.get(address)


def test_every_view_is_tested_here():
    names = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert names == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_view_sends_strangers_to_the_sign_in_page(world, client, name):
    answer = knock(client, name, world.address(name))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


@pytest.mark.parametrize("name", ALL)
def test_view_refuses_a_role_that_may_not(world, client, name):
    client.force_login(world.cast.privacy)
    assert knock(client, name, world.address(name)).status_code == 403
    assert not ReadEntry.objects.filter(person=world.cast.privacy).exists()


@pytest.mark.parametrize("name", ALL)
def test_view_opens_for_those_who_may(world, client, name):
    client.force_login(getattr(world.cast, ALL[name]))
    answer = knock(client, name, world.address(name))
    # A pair that is posted without words comes back with what is missing; noting an unknown other is not found.
    assert answer.status_code == (404 if name == "note_duplicate" else 200)


@pytest.mark.parametrize("name", {**PATIENT, **FACT})
def test_view_of_a_patient_out_of_reach_asks_to_break_the_glass(world, client, name):
    client.force_login(getattr(world.cast, ALL[name]))
    answer = knock(client, name, world.address(name, world.cast.sean))
    assert answer.status_code == 403
    assert "outside your teams" in answer.content.decode()
    assert "Brien" not in answer.content.decode()


@pytest.mark.parametrize("name", {**PATIENT, **FACT})
def test_every_reading_is_logged_with_who_and_what(world, client, name):
    person = getattr(world.cast, ALL[name])
    client.force_login(person)
    knock(client, name, world.address(name))
    entry = ReadEntry.objects.filter(person=person).last()
    assert (entry.patient_id, entry.path_name, entry.break_glass) == (
        world.cast.ruth.public_id,
        f"patients:{name}",
        False,
    )


@pytest.mark.parametrize("name", {**PATIENT, **PAIR, **FACT, **GLASS})
def test_view_of_what_does_not_exist_is_not_found(world, client, name):
    address = world.address(name)
    for key in ("pair_id", "fact_id", "patient_id"):
        known = world._kwargs(name, world.cast.ruth).get(key)
        if known:
            address = address.replace(str(known), "00000000-0000-4000-8000-000000000000")
    client.force_login(getattr(world.cast, ALL[name]))
    assert knock(client, name, address).status_code == 404


def test_address_of_a_merged_record_leads_to_the_survivor(world, client):
    client.force_login(world.cast.nurse)
    answer = client.get(reverse("patients:findings", args=[world.merged.public_id]))
    assert answer.status_code == 302
    assert answer.url == reverse("patients:findings", args=[world.cast.ruth.public_id])
