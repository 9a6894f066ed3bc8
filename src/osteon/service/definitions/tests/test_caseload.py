import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from osteon.knowledge import definition
from osteon.service.accounts.models import AuditEntry, ReadEntry
from osteon.service.definitions import caseload
from osteon.service.definitions.models import EpisodeAnswer
from osteon.service.patients import actions
from osteon.service.worklist.models import RulesState
from osteon.service.worklist.worker import Worker

SINUS = "OSTEON//finding//sinus"
UNIT, AGREEMENT = "/definitions/", "/definitions/agreement/"
PAIR = {"left": "ebjis-2021", "right": "icm-2013"}


@pytest.fixture(autouse=True)
def no_counts_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def asked(cast):
    """Zofia's knee has a sinus; what the definitions say of everybody is kept."""
    actions.record_finding(
        by=cast.physician,
        patient=cast.zofia,
        code=SINUS,
        time=timezone.now() - timedelta(hours=1),
        present=True,
    )
    for patient in (cast.zofia, cast.sean, cast.ruth):
        caseload.keep(patient.pk, now=timezone.now())
    return cast


def kept(episode, rule_id):
    return EpisodeAnswer.objects.get(episode=episode, rule_id=rule_id)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# Keeping


def test_the_answers_of_an_episode_are_kept(asked):
    row = kept(asked.zofia_episode, "ebjis-2021")
    assert (row.answer, row.low, row.high) == ("confirmed", "confirmed", "confirmed")
    assert kept(asked.ruth_episode, "fri-2020").answer == caseload.NOTHING_KNOWN
    assert not EpisodeAnswer.objects.filter(episode=asked.zofia_episode, rule_id="fri-2020").exists()


def test_keeping_twice_changes_nothing_but_the_time(asked):
    before = EpisodeAnswer.objects.count()
    later = timezone.now() + timedelta(minutes=5)
    caseload.keep(asked.zofia.pk, now=later)
    assert EpisodeAnswer.objects.count() == before
    assert kept(asked.zofia_episode, "ebjis-2021").answered_at == later


def test_an_answer_follows_the_facts(asked):
    asked.zofia.findings.get()
    actions.mark_entered_in_error(by=asked.lead, fact=asked.zofia.findings.get(), reason="Wrong patient")
    caseload.keep(asked.zofia.pk, now=timezone.now())
    assert kept(asked.zofia_episode, "ebjis-2021").answer == caseload.NOTHING_KNOWN


def test_a_definition_that_no_longer_concerns_the_episode_is_dropped(asked):
    EpisodeAnswer.objects.create(
        episode=asked.zofia_episode, rule_id="gone", answer="yes", answered_at=timezone.now()
    )
    caseload.keep(asked.zofia.pk, now=timezone.now())
    assert not EpisodeAnswer.objects.filter(rule_id="gone").exists()


def test_the_worker_keeps_them_when_it_looks_at_a_patient(cast):
    Worker(idle_seconds=0, before_each_round=lambda: None).run(until_idle=True)
    found = set(EpisodeAnswer.objects.values_list("episode", flat=True))
    assert {cast.zofia_episode.pk, cast.sean_episode.pk, cast.ruth_episode.pk} <= found


# Doors


@pytest.mark.parametrize("address", [UNIT, f"{AGREEMENT}?left=ebjis-2021&right=icm-2013"])
def test_only_those_who_answer_for_the_unit_see_the_counts(address, asked, client):
    assert client.get(address).status_code == 302
    client.force_login(asked.physician)
    assert client.get(address).status_code == 403
    client.force_login(asked.lead)
    assert client.get(address).status_code == 200


# Counting


def test_the_page_counts_the_answers_and_says_how_old_they_are(asked, signed_in):
    text = text_of(signed_in(asked.lead).get(UNIT))
    assert "Prosthetic joint infection, EBJIS 2021" in text and "1 confirmed" in text
    assert "1 nothing known" in text and "Answers were given between" in text


def test_only_episodes_within_reach_are_counted(asked):
    auditor = asked.person("audit", "Ann Audit", "audit_lead", asked.spine)
    subjects = {subject for subject, _ in caseload.counted(auditor).subjects}
    assert "Spinal infection" in subjects and "Prosthetic joint infection" not in subjects


def test_a_count_is_shown_again_until_it_is_asked_anew(asked, signed_in):
    first = caseload.counted(asked.lead)
    EpisodeAnswer.objects.filter(rule_id="ebjis-2021").delete()
    assert caseload.counted(asked.lead) == first
    response = signed_in(asked.lead).post(UNIT)
    assert response.status_code == 302 and RulesState.objects.get().recheck_before
    assert AuditEntry.objects.filter(verb="definitions.count_again", by=asked.lead).exists()
    assert caseload.counted(asked.lead) != first


def test_a_unit_without_answers_says_so(cast, signed_in):
    assert "No answers yet" in text_of(signed_in(cast.lead).get(UNIT))


def test_counting_takes_as_many_queries_however_many_episodes(asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        caseload.counted(asked.lead)


# Agreement


def test_the_matrix_counts_each_pair_of_answers(asked):
    matrix = caseload.agreement(asked.lead, definition("ebjis-2021"), definition("icm-2013"))
    assert matrix.cells == {("confirmed", "infected"): 1} and matrix.episodes == 1


def test_a_cell_leads_to_its_patients_and_that_is_a_reading(asked, signed_in):
    query = PAIR | {"answer": "confirmed", "other": "infected"}
    response = signed_in(asked.lead).get(AGREEMENT, query)
    page = reverse("definitions:of_episode", args=[asked.zofia.public_id, asked.zofia_episode.public_id])
    assert page in response.content.decode() and "Łukasz-Müller" in text_of(response)
    assert ReadEntry.objects.filter(person=asked.lead, patient_id=asked.zofia.public_id).exists()


def test_a_matrix_alone_reads_nobody(asked, signed_in):
    signed_in(asked.lead).get(AGREEMENT, PAIR)
    assert not ReadEntry.objects.filter(person=asked.lead).exists()


@pytest.mark.parametrize(
    "query",
    [{}, {"left": "ebjis-2021", "right": "ebjis-2021"}, {"left": "ebjis-2021", "right": "spine-triage"}],
)
def test_definitions_of_two_subjects_are_not_compared(query, asked, signed_in):
    assert signed_in(asked.lead).get(AGREEMENT, query).status_code == 404


def test_a_cell_that_does_not_exist_shows_nobody(asked, signed_in):
    response = signed_in(asked.lead).get(AGREEMENT, PAIR | {"answer": "x", "other": "<b>"})
    assert response.status_code == 200 and b"<b>" not in response.content
