"""The cast: a few invented people of the unit and their patients, made through actions. Loaded as a pytest plugin.

    def test_something(cast, client):
        client.force_login(cast.nurse)
        client.get(cast.ruth.get_absolute_url())

People (all can sign in; password ``cast.PASSWORD``)
    nurse        Nia Bell, OPAT nurse, limb team
    physician    Dr Amara Cole, infection physician, limb and spine teams
    surgeon      Mr Tom Vale, surgeon, spine team only (so: out of reach of the limb team's patients)
    coordinator  Jo Reed, meeting coordinator, limb team (identity and episodes, nothing clinical)
    lead         Prof Ines Duarte, unit lead, limb and spine teams
    privacy      Kit Moss, privacy lead, no team (may open no record)
Teams
    limb, spine
Patients, each with one open episode (``cast.ruth_episode`` and so on)
    ruth         Ruth Okafor, 67, left tibia, fracture-related infection; limb, OPAT, Dr Cole; NHS 943 476 5919
    sean         Seán O'Brien, born 1968 (year only), T7/8 spinal infection; spine, work-up; hospital number 0042
    zofia        Zofia Łukasz-Müller, about 1951, right knee prosthesis; limb, meeting; no number at all
    longname     a family name of 100 letters; limb, referred; nothing else is known
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from osteon.service.accounts.models import Membership, Person, Team
from osteon.service.patients import actions
from osteon.service.patients.models import NHS, Episode, Patient
from osteon.service.patients.partial_dates import PartialDate, Precision, parse_partial_date

PASSWORD = "correct horse battery"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff" * 2 + "Featherstonehaugh-Cholmondeley"


@dataclass
class Cast:
    """See the module's text. Everything is made when the fixture is asked for; nothing is shared."""

    limb: Team = field(init=False)
    spine: Team = field(init=False)
    nurse: Person = field(init=False)
    physician: Person = field(init=False)
    surgeon: Person = field(init=False)
    coordinator: Person = field(init=False)
    lead: Person = field(init=False)
    privacy: Person = field(init=False)
    ruth: Patient = field(init=False)
    sean: Patient = field(init=False)
    zofia: Patient = field(init=False)
    longname: Patient = field(init=False)
    ruth_episode: Episode = field(init=False)
    sean_episode: Episode = field(init=False)
    zofia_episode: Episode = field(init=False)
    longname_episode: Episode = field(init=False)

    PASSWORD = PASSWORD

    def __post_init__(self) -> None:
        self._hire()
        self._register()
        self._open_episodes()

    def person(self, email: str, full_name: str, role: str, *teams: Team) -> Person:
        """One more person, in these teams."""
        person = Person.objects.create_user(
            email=f"{email}@unit.example", password=PASSWORD, full_name=full_name, role=role
        )
        for team in teams:
            Membership.objects.create(person=person, team=team)
        return person

    def patient(self, family_name: str, given_name: str = "", **known: object) -> Patient:
        """One more patient, without an episode."""
        return actions.register_patient(by=self.lead, family_name=family_name, given_name=given_name, **known)

    def episode(self, patient: Patient, team: Team, **said: object) -> Episode:
        """One more episode; a left tibia unless ``said`` otherwise."""
        values = {
            "kind": "osteomyelitis",
            "site": "tibia",
            "side": "left",
            "opened": PartialDate(date(2026, 10, 1)),
        }
        return actions.open_episode(by=self.lead, patient=patient, team=team, **{**values, **said})

    def _hire(self) -> None:
        self.limb = Team.objects.create(name="Limb team", slug="limb")
        self.spine = Team.objects.create(name="Spine team", slug="spine")
        self.nurse = self.person("nurse", "Nia Bell", "opat_nurse", self.limb)
        self.physician = self.person(
            "physician", "Dr Amara Cole", "infection_physician", self.limb, self.spine
        )
        self.surgeon = self.person("surgeon", "Mr Tom Vale", "surgeon", self.spine)
        self.coordinator = self.person("coordinator", "Jo Reed", "coordinator", self.limb)
        self.lead = self.person("lead", "Prof Ines Duarte", "unit_lead", self.limb, self.spine)
        self.privacy = self.person("privacy", "Kit Moss", "privacy_lead")

    def _register(self) -> None:
        self.ruth = self.patient(
            "Okafor",
            "Ruth",
            sex="female",
            birth=parse_partial_date("14/02/1959"),
            telephone="020 7946 0018",
            identifiers=[(NHS, "943 476 5919")],
        )
        self.sean = self.patient(
            "O'Brien",
            "Seán",
            sex="male",
            birth=parse_partial_date("1968"),
            identifiers=[("hospital:St Elsewhere", "0042")],
        )
        self.zofia = self.patient(
            "Łukasz-Müller", "Zofia", sex="female", birth=parse_partial_date("about 1951")
        )
        self.longname = self.patient(LONG_NAME)

    def _open_episodes(self) -> None:
        self.ruth_episode = self.episode(
            self.ruth,
            self.limb,
            kind="fracture-related",
            diagnosis="Infected plate after open fracture",
            responsible=self.physician,
            status="opat",
            opened=PartialDate(date(2026, 9, 3)),
        )
        self.sean_episode = self.episode(
            self.sean, self.spine, kind="spinal", site="T7/8", side="none", status="work-up"
        )
        self.zofia_episode = self.episode(
            self.zofia,
            self.limb,
            kind="prosthetic-joint",
            site="knee",
            side="right",
            status="meeting",
            opened=PartialDate(date(2026, 8, 1), Precision.MONTH),
        )
        self.longname_episode = self.episode(self.longname, self.limb)


@pytest.fixture
def cast(db: None) -> Cast:
    """The invented unit, fresh in the test's database."""
    return Cast()
