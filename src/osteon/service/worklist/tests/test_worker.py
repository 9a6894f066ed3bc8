"""The worker's loop: what it does with a patient that cannot be evaluated, when it stops, its sign of life."""

from datetime import timedelta

import pytest

from osteon.service.patients.models import Patient
from osteon.service.worklist import worker as module
from osteon.service.worklist.evaluation import reevaluate
from osteon.service.worklist.models import Alert, PatientCheck, RulesState, WorkerBeat
from osteon.service.worklist.worker import Worker, note_edition


def a_worker() -> Worker:
    """In a test the connection holds the test's own transaction, so it is not closed between rounds."""
    return Worker(idle_seconds=0.01, before_each_round=lambda: None)


@pytest.fixture
def worker():
    return a_worker()


def test_a_worker_raises_what_the_rules_say_and_then_rests(unit, worker):
    patient = unit.on_daptomycin()
    assert worker.run(until_idle=True) == Patient.objects.count()
    assert unit.ck_alert(patient).level == "red"
    assert not PatientCheck.objects.exclude(queued_at=None).exists()


def test_a_second_worker_finds_nothing_left(unit, worker):
    unit.on_daptomycin()
    worker.run(until_idle=True)
    before = Alert.objects.count()
    assert a_worker().run(until_idle=True) == 0
    assert Alert.objects.count() == before


def test_one_patient_that_fails_does_not_stop_the_others(unit, worker, monkeypatch, caplog):
    failing, other = unit.on_daptomycin("Failing"), unit.on_daptomycin("Other")

    def reevaluate_or_fail(patient_id, **more):
        if patient_id == failing.pk:
            raise ZeroDivisionError("in the story")
        return reevaluate(patient_id, **more)

    monkeypatch.setattr(module, "reevaluate", reevaluate_or_fail)
    worker.run(until_idle=True)
    assert unit.ck_alert(other).level == "red"
    check = PatientCheck.objects.get(patient=failing)
    assert (check.failures, check.last_error) == (1, "ZeroDivisionError: in the story")
    assert check.queued_at is not None, "it is tried again"
    assert "could not be run" in caplog.text


def test_a_worker_that_is_stopped_finishes_the_patient_in_hand_and_gives_back_the_rest(unit, monkeypatch):
    for n in range(3):
        unit.on_daptomycin(f"Patient {n}")
    worker = a_worker()

    def reevaluate_then_stop(patient_id, **more):
        worker.stop()
        return reevaluate(patient_id, **more)

    monkeypatch.setattr(module, "reevaluate", reevaluate_then_stop)
    assert worker.run() == 1
    assert not PatientCheck.objects.exclude(leased_by="").exists()
    assert PatientCheck.objects.exclude(queued_at=None).count() == Patient.objects.count() - 1


def test_a_worker_leaves_its_beat_and_says_that_it_stopped(unit, worker):
    unit.on_daptomycin()
    worker.run(until_idle=True)
    beat = WorkerBeat.objects.get(name=worker.name)
    assert beat.evaluated == Patient.objects.count()
    assert beat.stopped_at is not None


def test_beats_of_workers_long_gone_are_forgotten(unit, worker):
    old = unit.ago(days=3)
    WorkerBeat.objects.create(name="old", started_at=old, beat_at=old)
    worker.run(until_idle=True)
    assert list(WorkerBeat.objects.values_list("name", flat=True)) == [worker.name]


def test_patients_that_were_loaded_past_the_actions_are_found(unit, worker):
    patient = unit.on_daptomycin()
    PatientCheck.objects.all().delete()
    worker.run(until_idle=True)
    assert unit.ck_alert(patient).level == "red"


def test_new_rules_make_the_worker_look_at_everybody_again(unit, worker, monkeypatch):
    patient = unit.on_daptomycin()
    worker.run(until_idle=True)
    RulesState.objects.update(edition="an earlier one")
    assert a_worker().run(until_idle=True) >= Patient.objects.count()
    assert Alert.objects.filter(patient=patient, rule_id="daptomycin-ck").count() == 1


def test_the_edition_is_noted_once(unit):
    assert note_edition(now=unit.now) is True
    assert note_edition(now=unit.now + timedelta(minutes=1)) is False
    assert RulesState.objects.get().recheck_before == unit.now
