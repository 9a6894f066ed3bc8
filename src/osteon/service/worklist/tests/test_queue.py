"""The durable queue: asked in the change's own transaction, claimed by one, freed when a lease runs out."""

from datetime import timedelta

import pytest
from django.db import transaction

from osteon.service.accounts.audit import action, touched
from osteon.service.patients.models import Patient
from osteon.service.worklist import queue
from osteon.service.worklist.actions import acknowledge_alert, create_task
from osteon.service.worklist.models import PatientCheck, RulesState

MINUTE = timedelta(minutes=1)


def check_of(patient) -> PatientCheck:
    return PatientCheck.objects.get(patient=patient)


def settle(unit):
    """Looks at everybody, so that the queue is empty."""
    for patient in Patient.objects.all():
        unit.look(patient)


@pytest.fixture
def patient(unit):
    patient = unit.patient()
    settle(unit)
    return patient


def test_every_action_on_a_patient_queues_the_patient(unit, patient):
    assert check_of(patient).queued_at is None
    unit.result(patient)
    assert check_of(patient).queued_at is not None


def test_a_change_that_is_rolled_back_queues_nobody(unit, patient):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        unit.result(patient)
        assert check_of(patient).queued_at is not None
        raise ZeroDivisionError
    assert check_of(patient).queued_at is None


def test_a_change_of_a_thousand_patients_queues_them_in_two_queries(unit, django_assert_num_queries):
    ids = [unit.patient(f"Patient {n}").pk for n in range(5)]
    with django_assert_num_queries(2):
        queue.enqueue([*ids, *ids], now=unit.now)


def test_what_the_worklist_writes_itself_queues_nobody(unit):
    patient = unit.on_daptomycin()
    settle(unit)
    alert = unit.ck_alert(patient)
    acknowledge_alert(by=unit.physician, alert=alert, seen=alert.fingerprint, act="stopped", now=unit.now)
    create_task(by=unit.physician, patient=patient, text="Repeat CK", owner=unit.nurse, due_on=unit.today)
    assert check_of(patient).queued_at is None


def test_asking_twice_keeps_the_first_moment_and_counts_both(unit, patient):
    before = check_of(patient).requests
    queue.enqueue([patient.pk], now=unit.now)
    queue.enqueue([patient.pk], now=unit.now + MINUTE)
    check = check_of(patient)
    assert (check.queued_at, check.requests) == (unit.now, before + 2)


def test_a_claimed_patient_is_nobody_elses_until_the_lease_runs_out(unit, patient):
    queue.enqueue([patient.pk], now=unit.now)
    assert queue.claim("one", now=unit.now, lease=MINUTE) == [patient.pk]
    assert queue.claim("two", now=unit.now) == []
    assert queue.claim("two", now=unit.now + MINUTE) == [patient.pk]


def test_a_worker_told_to_stop_gives_back_what_it_holds(unit, patient):
    queue.enqueue([patient.pk], now=unit.now)
    queue.claim("one", now=unit.now)
    queue.release("one")
    assert queue.claim("two", now=unit.now) == [patient.pk]


def test_changed_patients_come_before_those_whose_time_has_come(unit):
    by_time, changed = unit.patient("Time"), unit.patient("Changed")
    settle(unit)
    PatientCheck.objects.filter(patient=by_time).update(next_check_at=unit.now - 60 * MINUTE)
    queue.enqueue([changed.pk], now=unit.now)
    assert queue.claim("one", now=unit.now) == [changed.pk, by_time.pk]


def test_nobody_is_claimed_before_their_time(unit, patient):
    PatientCheck.objects.filter(patient=patient).update(next_check_at=unit.now + MINUTE)
    assert queue.claim("one", now=unit.now) == []
    assert queue.claim("one", now=unit.now + MINUTE) == [patient.pk]


def test_a_claim_is_no_larger_than_asked(unit):
    ids = [unit.patient(f"Patient {n}").pk for n in range(3)]
    settle(unit)
    queue.enqueue(ids, now=unit.now)
    assert len(queue.claim("one", now=unit.now, limit=2)) == 2
    assert len(queue.claim("two", now=unit.now, limit=2)) == 1


def test_recheck_all_asks_for_everybody_once(unit):
    settle(unit)
    everybody = set(Patient.objects.values_list("pk", flat=True))
    queue.recheck_all(now=unit.now + MINUTE)
    assert set(queue.claim("one", now=unit.now + MINUTE, limit=100)) == everybody
    queue.release("one")
    for patient in Patient.objects.all():
        unit.look(patient, later=2 * MINUTE)
    assert queue.claim("one", now=unit.now + 2 * MINUTE, limit=100) == []
    assert RulesState.objects.count() == 1


def test_sweep_queues_those_nobody_asked_about(unit, patient):
    PatientCheck.objects.filter(patient=patient).delete()
    assert queue.sweep(now=unit.now) == 1
    assert check_of(patient).queued_at == unit.now
    assert queue.sweep(now=unit.now) == 0


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 2), (3, 4), (7, 60), (50, 60)])
def test_a_patient_that_failed_waits_longer_each_time_up_to_an_hour(unit, patient, failures, minutes):
    PatientCheck.objects.filter(patient=patient).update(failures=failures - 1)
    queue.note_failure(patient.pk, "ValueError: no", now=unit.now)
    check = check_of(patient)
    assert (check.failures, check.last_error) == (failures, "ValueError: no")
    assert queue.claim("one", now=unit.now + (minutes - 1) * MINUTE) == []
    assert queue.claim("one", now=unit.now + minutes * MINUTE) == [patient.pk]


@action("elsewhere.import_many")
def import_many(*, by, patients):
    for patient in patients:
        touched(patient)


def test_an_import_queues_every_patient_it_touched(unit):
    patients = [unit.patient("One"), unit.patient("Two")]
    settle(unit)
    import_many(by=unit.physician, patients=patients)
    assert [check_of(patient).queued_at is not None for patient in patients] == [True, True]
