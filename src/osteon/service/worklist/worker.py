"""The loop that runs the rules: claims patients, looks at each, rests. Any number of workers may run.

It can be killed at any moment: what it held is free again when its leases run out, and looking at a patient
twice changes nothing.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from osteon.knowledge import all_rules
from osteon.service.accounts.models import Person
from osteon.service.worklist import queue
from osteon.service.worklist.evaluation import reevaluate, rules_of_the_unit
from osteon.service.worklist.judgement import Ruleset, edition
from osteon.service.worklist.models import RulesState, WorkerBeat
from osteon.service.worklist.signals import looked_at

log = logging.getLogger(__name__)

BEAT_EVERY, SWEEP_EVERY = timedelta(seconds=10), timedelta(minutes=10)
FORGET_BEATS_AFTER = timedelta(days=1)


class Worker:
    """One worker. ``run`` returns after ``stop``, when the patient in hand is finished."""

    def __init__(
        self,
        *,
        idle_seconds: float = 2.0,
        lease: timedelta = queue.LEASE,
        clock: Callable[[], datetime] = timezone.now,
        before_each_round: Callable[[], None] = close_old_connections,
    ) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        self.idle_seconds, self.lease, self.clock = idle_seconds, lease, clock
        self.before_each_round = before_each_round
        self.evaluated = 0
        self._stopping = threading.Event()
        self._beaten_at: datetime | None = None
        self._swept_at: datetime | None = None

    def stop(self) -> None:
        """Asks ``run`` to come to an end; safe to call from a signal handler."""
        self._stopping.set()

    def run(self, *, until_idle: bool = False) -> int:
        """Works until stopped, or until nothing is left to do. How many patients were looked at."""
        self._start()
        try:
            while not self._stopping.is_set():
                worked = self.one_round()
                if not worked and until_idle:
                    break
                if not worked:
                    self._stopping.wait(self.idle_seconds)
        finally:
            self._finish()
        return self.evaluated

    def one_round(self) -> int:
        """Claims a handful of patients and looks at each. How many there were."""
        self.before_each_round()
        self._beat()
        self._sweep()
        claimed = queue.claim(self.name, now=self.clock(), lease=self.lease)
        if claimed:
            ruleset, by = rules_of_the_unit(), Person.objects.system()
            for patient_id in claimed:
                if self._stopping.is_set():
                    break
                self._look_at(patient_id, ruleset, by)
                self._beat()
        return len(claimed)

    def _look_at(self, patient_id: int, ruleset: Ruleset, by: Person) -> None:
        try:
            reevaluate(patient_id, now=self.clock(), by=by, ruleset=ruleset)
            looked_at.send(sender=Worker, patient_id=patient_id, now=self.clock())
        except Exception as error:
            # One patient must not stop the others. Kept with the patient, tried again later, said on Today.
            log.exception("The rules could not be run for patient %s", patient_id)
            queue.note_failure(patient_id, f"{type(error).__name__}: {error}", now=self.clock())
        self.evaluated += 1

    def _start(self) -> None:
        now = self.clock()
        WorkerBeat.objects.filter(beat_at__lt=now - FORGET_BEATS_AFTER).delete()
        WorkerBeat.objects.create(name=self.name, started_at=now, beat_at=now)
        note_edition(now=now)
        log.info("Worker %s started", self.name)

    def _finish(self) -> None:
        queue.release(self.name)
        now = self.clock()
        WorkerBeat.objects.filter(name=self.name).update(
            beat_at=now, stopped_at=now, evaluated=self.evaluated
        )
        log.info("Worker %s stopped after %s patients", self.name, self.evaluated)

    def _beat(self) -> None:
        now = self.clock()
        if self._beaten_at is None or now - self._beaten_at >= BEAT_EVERY:
            WorkerBeat.objects.filter(name=self.name).update(beat_at=now, evaluated=self.evaluated)
            self._beaten_at = now

    def _sweep(self) -> None:
        now = self.clock()
        rested = self._swept_at is None or now - self._swept_at >= SWEEP_EVERY
        if rested and not queue.sweep(now=now):
            self._swept_at = now


def note_edition(*, now: datetime) -> bool:
    """When the rules are not those the answers rest on, asks for every patient to be looked at again."""
    current = edition(all_rules())
    state, _ = RulesState.objects.get_or_create(pk=queue.ONE)
    changed = RulesState.objects.filter(pk=state.pk).exclude(edition=current)
    return bool(changed.update(edition=current, recheck_before=now))
