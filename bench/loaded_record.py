"""A record with many simulated patients, and somebody to look at it.

The first thousand have their whole stories (about a tenth are under treatment): the unit's present. The others
are its past: the first dozen facts of each, with no course running. So the unit's day is the same at every
size and what is measured is what a large record costs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import django

django.setup()

import polars as pl  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from simple_history.utils import bulk_create_with_history  # noqa: E402

from osteon.events.report import ReadReport  # noqa: E402
from osteon.events.simulator.cohort import Calendar, simulate_patient, to_table  # noqa: E402
from osteon.events.simulator.cohort import Patient as SimulatedPatient  # noqa: E402
from osteon.events.subjects import Subject  # noqa: E402
from osteon.service.accounts.actions import create_team  # noqa: E402
from osteon.service.accounts.models import Membership, Person, Team  # noqa: E402
from osteon.service.courses.models import Course  # noqa: E402
from osteon.service.imports.actions import import_events  # noqa: E402
from osteon.service.patients.models import Episode, ImportedFact, Patient  # noqa: E402
from osteon.service.results.models import Result  # noqa: E402
from osteon.service.worklist.evaluation import reevaluate, rules_of_the_unit  # noqa: E402
from osteon.service.worklist.models import Alert, PatientCheck  # noqa: E402

PRESENT = 1_000  # patients with their whole stories
FACTS_OF_THE_PAST = 12


@dataclass
class Slice:
    """Some of the simulated patients as a source for the import."""

    seed: int
    first: int
    count: int
    until: datetime
    name: str = "simulated"
    kind: str = "Simulated patients"
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.report = ReadReport(self.name)

    def _patients(self) -> Iterator[SimulatedPatient]:
        calendar = Calendar.ending(self.until)
        for number in range(self.first, self.first + self.count):
            yield simulate_patient(self.seed, number, calendar)

    def subjects(self) -> Iterator[Subject]:
        yield from (patient.subject for patient in self._patients())

    def events(self) -> Iterator[pl.DataFrame]:
        table = to_table(self._patients())
        yield table if self.first < PRESENT else _past(table)


def _past(table: pl.DataFrame) -> pl.DataFrame:
    running = pl.col("code").str.starts_with("ATC//") & pl.col("end").is_null()
    return table.filter(~running).group_by("subject_id", maintain_order=True).head(FACTS_OF_THE_PAST)


@dataclass
class Record:
    """The loaded record, and a nurse who looks at it."""

    client: Client
    patients: list[Patient]
    alerts: int
    facts: int

    def today(self) -> str:
        return reverse("worklist:today")

    def patient_pages(self, count: int) -> list[str]:
        step = max(1, len(self.patients) // count)
        chosen = self.patients[::step][:count]
        return [reverse("patients:patient", args=[patient.public_id]) for patient in chosen]

    def visit(self, addresses: list[str]) -> dict[str, list[Any]]:
        """Seconds of each visit, and the number of queries of some of them."""
        for address in addresses[:5]:
            answer = self.client.get(address)
            assert answer.status_code == 200, (address, answer.status_code, answer.headers)
        seconds = [self._timed(address) for address in addresses]
        return {"seconds": seconds, "queries": [self._queries(address) for address in addresses[:20]]}

    def _timed(self, address: str) -> float:
        start = time.perf_counter()
        self.client.get(address)
        return time.perf_counter() - start

    def _queries(self, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            self.client.get(address)
        return len(queries)


def load(patients: int, seed: int, now: datetime, together: int) -> Record:
    """Brings the patients in, opens an episode for each, and asks the rules about those under treatment."""
    call_command("migrate", verbosity=0)
    by = Person.objects.system()
    team = create_team(by=by, name="Limb")
    nurse = Person.objects.create_user(email="nurse@example.org", full_name="A Nurse", role="opat_nurse")
    Membership.objects.create(person=nurse, team=team)
    until = now.replace(tzinfo=None)
    for first in range(0, patients, together):
        import_events(by=by, source=Slice(seed, first, min(together, patients - first), until), team=team)
    _open_episodes(team, now, by)
    _ask_the_rules(now)
    client = Client(SERVER_NAME="localhost")
    client.force_login(nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    chosen = list(Patient.objects.filter(pk__in=_under_treatment()).order_by("pk")[:500])
    return Record(client, chosen, Alert.objects.exclude(state="closed").count(), _facts())


def _open_episodes(team: Team, now: datetime, by: Person) -> None:
    def batches() -> Iterator[list[Episode]]:
        keys = list(Patient.objects.values_list("pk", flat=True))
        for first in range(0, len(keys), 5_000):
            yield [
                Episode(
                    patient_id=key,
                    team=team,
                    kind="osteomyelitis",
                    site="tibia",
                    opened_on=now.date(),
                    recorded_by=by,
                )
                for key in keys[first : first + 5_000]
            ]

    for batch in batches():
        bulk_create_with_history(batch, Episode, batch_size=1_000)


def _under_treatment() -> list[int]:
    running = Course.objects.filter(stopped_at__isnull=True)
    return list(running.values_list("patient_id", flat=True).distinct())


def _ask_the_rules(now: datetime) -> None:
    by, ruleset = Person.objects.system(), rules_of_the_unit()
    for patient_id in _under_treatment():
        reevaluate(patient_id, now=now, by=by, ruleset=ruleset)
    PatientCheck.objects.update(queued_at=None)


def _facts() -> int:
    return sum(model.objects.count() for model in (Course, ImportedFact, Result))
