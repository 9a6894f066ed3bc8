from __future__ import annotations

import pytest
from django.contrib.messages import get_messages

from osteon.service.accounts.models import ReadEntry
from osteon.service.patients import actions
from osteon.service.patients.models import NHS, Patient, PatientIdentifier, PossibleDuplicate
from osteon.service.patients.reach import reachable
from osteon.service.patients.story import record_ids
from osteon.service.patients.tests.pages import path, posted_ok, words

TYPED = {
    "family_name": "N'Diaye-Søren",
    "given_name": "Amélie",
    "birth": "about 1950",
    "sex": "female",
    "nhs_number": "401 023 2137",
    "hospital": "St Elsewhere",
    "hospital_number": "00017",
}


@pytest.fixture
def clerk(cast, client):
    client.force_login(cast.coordinator)
    return client


def test_registered_patient_keeps_what_was_typed(clerk):
    answer = clerk.post(path("register"), TYPED)
    patient = Patient.objects.get(family_name="N'Diaye-Søren")
    posted_ok(answer, path("open_episode", patient))
    assert str(patient.birth) == "about 1950"
    assert {(n.system, n.value) for n in patient.identifiers.all()} == {
        (NHS, "401 023 2137"),
        ("hospital:St Elsewhere", "00017"),
    }


def test_registered_patient_waits_for_a_team_and_says_so(clerk):
    clerk.post(path("register"), TYPED)
    patient = Patient.objects.get(family_name="N'Diaye-Søren")
    assert "No team yet: open an episode" in words(clerk.get(patient.get_absolute_url()))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"family_name": ""}, "Family name: This is missing"),
        ({"family_name": "--"}, "at least one letter"),
        ({"sex": ""}, "Sex: Choose one"),
        ({"birth": "31/02/1950"}, "There is no 31 February 1950"),
        ({"birth": "24/11/2199"}, "This lies in the future"),
        ({"birth": "50"}, "four digits"),
        ({"hospital": ""}, "A hospital and its number go together"),
        ({"nhs_number": "---"}, "neither a digit nor a letter"),
    ],
)
def test_what_cannot_be_registered_is_said_and_nothing_typed_is_lost(clerk, wrong, said):
    before = Patient.objects.count()
    answer = clerk.post(path("register"), {**TYPED, **wrong})
    assert said in words(answer)
    assert "Amélie" in answer.content.decode()
    assert Patient.objects.count() == before


def test_somebody_alike_is_shown_before_anybody_is_registered(clerk, cast):
    typed = {"family_name": "okafor", "given_name": "RUTH", "birth": "1959", "sex": "female"}
    page = words(clerk.post(path("register"), typed))
    assert "Somebody like this is in the record already" in page
    assert "Okafor, Ruth , born 14 Feb 1959" in page
    assert not Patient.objects.filter(family_name="okafor").exists()
    assert ReadEntry.objects.get(patient_id=cast.ruth.public_id).person == cast.coordinator


def test_somebody_alike_can_be_registered_after_looking(clerk):
    typed = {
        "family_name": "Okafor",
        "given_name": "Ruth",
        "birth": "1959",
        "sex": "female",
        "is_new": "on",
    }
    clerk.post(path("register"), typed)
    assert Patient.objects.filter(family_name="Okafor").count() == 2


def test_same_name_of_another_year_is_nobody_alike(clerk):
    clerk.post(
        path("register"),
        {"family_name": "Okafor", "given_name": "Ruth", "birth": "3/5/1988", "sex": "female"},
    )
    assert Patient.objects.filter(family_name="Okafor").count() == 2


def test_registering_with_a_number_that_is_taken_is_refused(clerk):
    answer = clerk.post(path("register"), {**TYPED, "nhs_number": "9434765919"})
    assert "9434765919 is already the number of another patient" in words(answer)
    assert not Patient.objects.filter(family_name="N'Diaye-Søren").exists()


def test_identity_page_shows_numbers_with_what_is_doubtful(clerk, cast):
    actions.add_identifier(by=cast.lead, patient=cast.zofia, system=NHS, value="943 476 5918")
    page = words(clerk.get(path("identity", cast.zofia)))
    assert "NHS number 943 476 5918 the check digit is wrong" in page
    assert "The NHS number fails its check digit" in page


def identity_of(patient, **changes):
    typed = {"family_name": patient.family_name, "given_name": patient.given_name, "sex": patient.sex}
    return {**typed, "birth": patient.birth.as_typed(), "version": patient.version, **changes}


def test_identity_is_corrected(clerk, cast):
    answer = clerk.post(
        path("edit_patient", cast.ruth), identity_of(cast.ruth, family_name="Okafor-Lê", died_on="1/11/2026")
    )
    posted_ok(answer, path("identity", cast.ruth))
    patient = Patient.objects.get(pk=cast.ruth.pk)
    assert (patient.family_name, patient.died_on.isoformat()) == ("Okafor-Lê", "2026-11-01")
    assert "Died 1 Nov 2026" in words(clerk.get(patient.get_absolute_url()))


def test_identity_form_shows_what_is_stored(clerk, cast):
    page = clerk.get(path("edit_patient", cast.zofia)).content.decode()
    assert 'value="about 1951"' in page
    assert 'value="Łukasz-Müller"' in page


def test_death_before_birth_is_refused(clerk, cast):
    answer = clerk.post(path("edit_patient", cast.ruth), identity_of(cast.ruth, died_on="1/11/1940"))
    assert "before the date of birth" in words(answer)


def test_second_editor_of_an_identity_sees_both_versions_and_can_save_again(clerk, cast):
    seen = identity_of(cast.ruth)
    clerk.post(path("edit_patient", cast.ruth), {**seen, "telephone": "111"})
    stale = clerk.post(path("edit_patient", cast.ruth), {**seen, "telephone": "222"})
    page = words(stale)
    assert "Somebody else changed this meanwhile" in page
    assert "Jo Reed saved a newer version" in page
    assert "Telephone 111 (different)" in page
    assert "Telephone 222 (different)" in page
    assert 'value="222"' in stale.content.decode()
    again = clerk.post(path("edit_patient", cast.ruth), {**seen, "telephone": "222", "version": "2"})
    posted_ok(again, path("identity", cast.ruth))
    assert Patient.objects.get(pk=cast.ruth.pk).telephone == "222"


@pytest.mark.parametrize("version", ["", "x", "-1", "٢"])
def test_tampered_version_never_overwrites(clerk, cast, version):
    answer = clerk.post(
        path("edit_patient", cast.ruth), {**identity_of(cast.ruth), "telephone": "1", "version": version}
    )
    assert answer.status_code == 200
    assert Patient.objects.get(pk=cast.ruth.pk).telephone == "020 7946 0018"


def test_number_is_added(clerk, cast):
    answer = clerk.post(path("add_identifier", cast.ruth), {"hospital": "A", "hospital_number": "x-1"})
    posted_ok(answer, path("identity", cast.ruth))
    assert PatientIdentifier.objects.filter(patient=cast.ruth, system="hospital:A", value="x-1").exists()


def test_no_number_is_asked_for(clerk, cast):
    assert "Give an NHS number, or a hospital" in words(clerk.post(path("add_identifier", cast.ruth), {}))


def test_number_of_another_patient_lists_the_pair(clerk, cast):
    answer = clerk.post(path("add_identifier", cast.zofia), {"nhs_number": "943 476 5919"})
    assert "is already the number of another patient" in words(answer)
    pair = PossibleDuplicate.objects.get()
    assert {pair.patient, pair.other} == {cast.zofia, cast.ruth}
    listed = words(clerk.get(path("possible_duplicates")))
    assert "Both are said to have NHS number 943 476 5919" in listed


def test_number_entered_in_error_leaves_the_header(clerk, cast):
    number = cast.ruth.identifiers.get()
    answer = clerk.post(path("mark_identifier_in_error", number), {"reason": "Read off the wrong label"})
    posted_ok(answer, path("identity", cast.ruth))
    assert "943 476 5919" not in words(clerk.get(path("identity", cast.ruth)))


def test_no_pair_says_so(clerk):
    assert "No pair waits to be compared" in words(clerk.get(path("possible_duplicates")))


def test_other_record_is_looked_for_and_the_pair_compared(clerk, cast):
    page = words(clerk.get(path("identity", cast.ruth), {"other": "sean"}))
    assert "O'Brien, Seán, born 1968" in page
    answer = clerk.post(path("note_duplicate", cast.ruth), {"other": str(cast.sean.public_id)})
    pair = PossibleDuplicate.objects.get()
    posted_ok(answer, path("possible_duplicate", pair))
    compared = words(clerk.get(answer.url))
    for shown in ("Okafor, Ruth", "O'Brien, Seán", "T7/8: spinal infection", "St Elsewhere 0042"):
        assert shown in compared
    assert "Speaks against one person: different dates of birth; different sex." in compared


def test_other_record_that_matches_nobody_says_so(clerk, cast):
    assert "No other record matches “xyz”" in words(clerk.get(path("identity", cast.ruth), {"other": "xyz"}))


@pytest.mark.parametrize("other", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_pair_with_nobody_is_not_found(clerk, cast, other):
    assert clerk.post(path("note_duplicate", cast.ruth), {"other": other}).status_code == 404


@pytest.fixture
def pair(cast):
    twin = cast.patient("Okafour", "Ruth")
    return actions.note_possible_duplicate(by=cast.lead, patient=cast.ruth, other=twin, why="Same name")


def test_pair_is_merged_into_the_one_that_is_kept(clerk, cast, pair):
    answer = clerk.post(
        path("merge", pair), {"keep": str(cast.ruth.public_id), "reason": "Same address and telephone"}
    )
    posted_ok(answer, cast.ruth.get_absolute_url())
    assert set(record_ids(cast.ruth)) == {cast.ruth.pk, pair.other_id}
    assert "Two records are read as one here" in words(clerk.get(answer.url))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "Same address"}, "Which record do you keep open: Choose one"),
        ({"keep": "x", "reason": "Same address"}, "Select a valid choice"),
        ({"reason": "yes"}, "Say it in a few words"),
    ],
)
def test_merge_needs_a_choice_and_a_reason(clerk, cast, pair, typed, said):
    assert said in words(clerk.post(path("merge", pair), typed))
    assert record_ids(cast.ruth) == [cast.ruth.pk]


def test_pair_of_two_people_leaves_the_list(clerk, pair):
    answer = clerk.post(path("settle_duplicate", pair), {"reason": "Twins, both were here"})
    posted_ok(answer, path("possible_duplicates"))
    assert "No pair waits" in words(clerk.get(answer.url))
    assert clerk.get(path("possible_duplicate", pair)).status_code == 404


def test_settling_needs_words(clerk, pair):
    assert "Say it in a few words" in words(clerk.post(path("settle_duplicate", pair), {"reason": "no"}))


@pytest.fixture
def merged(cast, pair):
    return actions.merge_patients(by=cast.lead, patient=pair.other, into=cast.ruth, reason="Same address")


def test_merged_record_is_listed_and_taken_out_again(clerk, cast, merged):
    assert "Okafour, Ruth" in words(clerk.get(path("identity", cast.ruth)))
    answer = clerk.post(path("unmerge", cast.ruth, merged), {"reason": "Different birth dates on paper"})
    posted_ok(answer, path("identity", cast.ruth))
    assert [str(m) for m in get_messages(answer.wsgi_request)] == ["Saved."]
    assert record_ids(cast.ruth) == [cast.ruth.pk]


def test_unmerge_page_lists_what_was_recorded_since(clerk, cast, merged):
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Latex")
    page = words(clerk.get(path("unmerge", cast.ruth, merged)))
    assert "What was recorded here since the merge stays with Okafor, Ruth" in page
    assert "Recorded: Allergy: Latex" in page


def test_record_that_is_not_merged_here_cannot_be_taken_out(clerk, cast):
    assert clerk.get(path("unmerge", cast.ruth, cast.zofia)).status_code == 404


def test_merging_does_not_widen_who_sees_what(cast, merged):
    assert cast.ruth not in reachable(cast.surgeon)
