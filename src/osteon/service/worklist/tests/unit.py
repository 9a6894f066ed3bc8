"""What the tests of the worklist add to the cast (``tests/cast.py``): facts counted back from ``now``.

patient = unit.on_daptomycin()      # ten days into daptomycin, CK 2,140 U/L two hours ago
unit.look(patient)                  # runs the rules, as the worker would
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from tests.cast import Cast

from osteon.events.vocabulary import DRUGS
from osteon.service.accounts.models import Person, Team
from osteon.service.courses.models import Course
from osteon.service.patients.actions import open_episode, record_finding, register_patient
from osteon.service.patients.facts import save_new
from osteon.service.patients.models import Episode, ImportedFact, Patient
from osteon.service.patients.partial_dates import PartialDate
from osteon.service.patients.road import Position
from osteon.service.results.actions import record_result
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Result
from osteon.service.worklist.actions import create_task
from osteon.service.worklist.evaluation import Evaluated, reevaluate
from osteon.service.worklist.models import Alert, Task

OTHER_BLOODS = [
    ("crp", 4, "mg/L"),
    ("white-cells", 6, "10*9/L"),
    ("neutrophils", 4, "10*9/L"),
    ("platelets", 250, "10*9/L"),
    ("haemoglobin", 130, "g/L"),
    ("creatinine", 80, "umol/L"),
    ("eosinophils", 0.1, "10*9/L"),
    ("alt", 20, "U/L"),
    ("urea", 5, "mmol/L"),
    ("potassium", 4.2, "mmol/L"),
    ("sodium", 140, "mmol/L"),
]


class Unit:
    """The cast, and the patients and facts a test asks for. ``now`` is the moment everything counts from."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.now = timezone.now().replace(microsecond=0)
        self.limb, self.spine = cast.limb, cast.spine
        self.physician, self.nurse, self.lead = cast.physician, cast.nurse, cast.lead

    def ago(self, *, days: float = 0, hours: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)

    @property
    def today(self) -> date:
        return timezone.localtime(self.now).date()

    def person(self, role: str, name: str = "", *, teams: tuple[Team, ...] | None = None) -> Person:
        """Somebody of this role, in the limb team unless said otherwise."""
        full_name = name or role.replace("_", " ").title()
        email = "test." + full_name.lower().replace(" ", ".")
        return self.cast.person(email, full_name, role, *((self.limb,) if teams is None else teams))

    def patient(
        self,
        family: str = "Okafor",
        given: str = "Ada",
        *,
        team: Team | None = None,
        site: str = "tibia",
        side: str = Episode.Side.LEFT,
        status: Position = Position.OPAT,
        responsible: Person | None = None,
        born: date = date(1959, 3, 12),
    ) -> Patient:
        patient = register_patient(
            by=self.physician, family_name=family, given_name=given, birth=PartialDate(born)
        )
        open_episode(
            by=self.physician,
            patient=patient,
            kind=Episode.Kind.OSTEOMYELITIS,
            site=site,
            side=side,
            opened=PartialDate(self.ago(days=60).date()),
            team=team or self.limb,
            responsible=responsible,
            status=status,
        )
        return patient

    def course(
        self,
        patient: Patient,
        drug: str = "daptomycin",
        *,
        days_ago: float = 10,
        planned_days: int | None = 42,
    ) -> Course:
        started = self.ago(days=days_ago)
        planned = started.date() + timedelta(days=planned_days - 1) if planned_days else None
        return save_new(
            Course(
                patient=patient,
                drug=drug,
                code=DRUGS[drug].code,
                drug_name=DRUGS[drug].name,
                dose_text="",
                route="intravenous",
                started_on=started.date(),
                started_at=started,
                planned_stop_on=planned,
                recorded_by=self.physician,
            )
        )

    def result(
        self,
        patient: Patient,
        measure: str = "creatine-kinase",
        value: float = 80,
        *,
        unit: str = "U/L",
        high: float | None = 200,
        days_ago: float = 1,
    ) -> Result:
        return record_result(
            by=self.physician,
            patient=patient,
            measure=measure,
            reported=Reported(value=value, unit=unit, high=high),
            taken_at=self.ago(days=days_ago),
        )

    def finding(self, patient: Patient, what: str, present: bool = True, *, days_ago: float = 1) -> None:
        record_finding(
            by=self.physician,
            patient=patient,
            code=f"OSTEON//finding//{what}",
            time=self.ago(days=days_ago),
            present=present,
        )

    def admission(self, patient: Patient, *, days_ago: float = 3, ended: bool = False) -> ImportedFact:
        return save_new(
            ImportedFact(
                patient=patient,
                kind="admission",
                code="OSTEON//admission//inpatient",
                time=self.ago(days=days_ago),
                end=self.ago(days=1) if ended else None,
                source=f"fhir:Encounter/{patient.pk}-{days_ago}",
                recorded_by=self.physician,
            )
        )

    def on_daptomycin(
        self, family: str = "Okafor", given: str = "Ada", *, ck: float = 2140, **more
    ) -> Patient:
        """A patient ten days into daptomycin whose last CK, two hours ago, was ``ck``."""
        patient = self.patient(family, given, **more)
        self.course(patient)
        self.result(patient, value=ck, days_ago=2 / 24)
        return patient

    def in_order(self, patient: Patient) -> None:
        """Every other blood test a rule asks for, done yesterday and normal."""
        for measure, value, words in OTHER_BLOODS:
            self.result(patient, measure, value, unit=words, days_ago=0.5)

    def red(self, family: str = "Red", **more) -> Patient:
        """A patient with a red CK, and everything else in order."""
        patient = self.on_daptomycin(family, "Pat", **more)
        self.in_order(patient)
        self.look(patient)
        return patient

    def late(self, family: str = "Late", **more) -> Patient:
        """A patient whose CK test is due, and nothing worse."""
        patient = self.patient(family, "Pat", **more)
        self.course(patient, days_ago=8)
        self.result(patient, value=80, days_ago=7.5)
        self.in_order(patient)
        self.look(patient)
        return patient

    def give(self, text: str, due: int = 0, **more) -> Task:
        """A task from the physician to the nurse, due in so many days."""
        values = {"owner": self.nurse, "team": self.limb, "by": self.physician} | more
        return create_task(text=text, due_on=self.today + timedelta(days=due), **values)

    def look(self, patient: Patient, *, later: timedelta = timedelta()) -> Evaluated:
        return reevaluate(patient.pk, now=self.now + later)

    def ck_alert(self, patient: Patient) -> Alert:
        """The newest alert of the rule daptomycin-ck."""
        return Alert.objects.filter(patient=patient, rule_id="daptomycin-ck").latest("pk")
