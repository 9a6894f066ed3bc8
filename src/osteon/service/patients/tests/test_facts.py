from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from osteon.service.accounts.models import AuditEntry
from osteon.service.patients import actions
from osteon.service.patients.facts import AlreadyInError, Refused, StaleEdit, as_known
from osteon.service.patients.models import Finding, ImportedFact

FEVER = "OSTEON//finding//fever"
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def fever(cast):
    return actions.record_finding(
        by=cast.nurse, patient=cast.ruth, code=FEVER, present=True, time=MONDAY, recorded_at=MONDAY
    )


def edit(finding, by, *, version=None, **values):
    said = {"time": finding.time, "precision": finding.precision, "present": finding.present, **values}
    return actions.edit_finding(by=by, finding=finding, seen_version=version or finding.version, **said)


def test_fact_knows_who_recorded_it_and_its_name_in_the_stream(fever, cast):
    assert fever.recorded_by == cast.nurse
    assert fever.stream_source == f"record:patients.finding/{fever.public_id}"


def test_history_names_the_person_who_acted(fever, cast):
    edit(fever, cast.physician, present=False)
    rows = list(Finding.history.order_by("history_date"))
    assert [(row.present, row.history_user) for row in rows] == [(True, cast.nurse), (False, cast.physician)]


def test_edit_raises_the_version(fever, cast):
    assert edit(fever, cast.nurse, present=False).version == 2


def test_second_editor_is_told_and_sees_both_versions(fever, cast):
    edit(fever, cast.nurse, present=False)
    with pytest.raises(StaleEdit) as stale:
        edit(fever, cast.physician, version=1, text_value="39.1 in clinic")
    assert stale.value.current.present is False
    assert stale.value.attempted["text_value"] == "39.1 in clinic"
    assert Finding.objects.get().text_value == ""


def test_stale_edit_writes_neither_history_nor_audit(fever, cast):
    edit(fever, cast.nurse, present=False)
    before = (Finding.history.count(), AuditEntry.objects.count())
    with pytest.raises(StaleEdit):
        edit(fever, cast.physician, version=1)
    assert (Finding.history.count(), AuditEntry.objects.count()) == before


def test_entered_in_error_keeps_who_when_and_why(fever, cast):
    gone = actions.mark_entered_in_error(by=cast.physician, fact=fever, reason=" wrong patient ")
    assert gone.is_in_error
    assert (gone.entered_in_error_by, gone.entered_in_error_reason) == (cast.physician, "wrong patient")
    assert gone.entered_in_error_at <= timezone.now()


def test_fact_in_error_leaves_the_record_but_not_the_table(fever, cast):
    actions.mark_entered_in_error(by=cast.physician, fact=fever, reason="wrong patient")
    assert not Finding.objects.standing().exists()
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_error_needs_a_reason(fever, cast, reason):
    with pytest.raises(Refused, match="Say why"):
        actions.mark_entered_in_error(by=cast.nurse, fact=fever, reason=reason)


def test_error_cannot_be_marked_twice(fever, cast):
    actions.mark_entered_in_error(by=cast.nurse, fact=fever, reason="wrong patient")
    with pytest.raises(AlreadyInError):
        actions.mark_entered_in_error(by=cast.nurse, fact=fever, reason="wrong patient")


def test_fact_in_error_cannot_be_edited(fever, cast):
    gone = actions.mark_entered_in_error(by=cast.nurse, fact=fever, reason="wrong patient")
    with pytest.raises(AlreadyInError, match="record it anew"):
        edit(gone, cast.nurse)


def test_database_refuses_half_an_error(fever):
    fever.entered_in_error_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        fever.save()


def test_database_refuses_the_same_source_twice_for_a_patient(cast):
    row = {"code": FEVER, "present": True, "time": MONDAY, "source": "fhir:Observation/1"}
    actions.record_finding(by=cast.nurse, patient=cast.ruth, **row)
    actions.record_finding(by=cast.nurse, patient=cast.sean, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.record_finding(by=cast.nurse, patient=cast.ruth, **row)


def test_database_refuses_a_finding_that_says_nothing(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.record_finding(by=cast.nurse, patient=cast.ruth, code=FEVER, time=MONDAY)


def test_database_refuses_an_imported_fact_that_ends_before_it_starts(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedFact.objects.create(
            patient=cast.ruth,
            kind="line",
            code="OSTEON//line//picc",
            time=MONDAY,
            end=MONDAY - timedelta(days=1),
            source="sim:1/1",
            recorded_by=cast.nurse,
        )


# As known on ...


def known(moment):
    return [(f.present, f.is_in_error) for f in as_known(Finding.objects.all(), moment)]


def test_nothing_is_known_before_it_was_recorded(fever):
    assert known(MONDAY - timedelta(seconds=1)) == []
    assert known(MONDAY) == [(True, False)]


def test_fact_withdrawn_later_was_known_before(fever, cast):
    before = timezone.now()
    actions.mark_entered_in_error(by=cast.nurse, fact=fever, reason="wrong patient")
    assert known(before) == [(True, False)]
    assert known(timezone.now()) == []
    assert known(None) == []


def test_fact_edited_later_is_shown_as_it_was(fever, cast):
    before = timezone.now()
    fever = edit(fever, cast.nurse, present=False)
    between = timezone.now()
    edit(fever, cast.nurse, present=True)
    assert known(before) == [(True, False)]
    assert known(between) == [(False, False)]
    assert known(timezone.now()) == [(True, False)]


def test_fact_written_here_later_than_its_source_recorded_it_has_its_first_value(fever, cast):
    edit(fever, cast.nurse, present=False)
    assert known(MONDAY + timedelta(minutes=1)) == [(True, False)]


def test_as_known_asks_two_queries_however_many_facts(cast, django_assert_max_num_queries):
    for hour in range(6):
        moment = MONDAY + timedelta(hours=hour)
        finding = actions.record_finding(
            by=cast.nurse, patient=cast.ruth, code=FEVER, present=True, time=moment, recorded_at=moment
        )
        edit(finding, cast.nurse, present=False)
    with django_assert_max_num_queries(2):
        assert len(as_known(Finding.objects.all(), MONDAY + timedelta(days=1))) == 6
