"""The people and teams of the demonstration unit: one sign-in for each role, printed for everybody to see."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from django.contrib.auth.hashers import make_password

from osteon.service.accounts.actions import create_person, create_team
from osteon.service.accounts.models import Person, Team
from osteon.service.accounts.permissions import ROLES

PASSWORD: Final = "living-bone-has-many-layers"  # noqa: S105 - printed on the screen; loopback only
TEAMS: Final = {"limb": "Limb", "joint": "Joint", "spine": "Spine"}


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of what ``./osteon demo`` prints. ``role`` is the role in words, ``key`` its key."""

    role: str
    name: str
    email: str
    password: str
    key: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody by email, the first of each role, and the teams by slug."""

    people: dict[str, Person]
    teams: dict[str, Team]

    def of_role(self, role: str) -> Person:
        """The one whose sign-in is printed."""
        return next(person for person in self.people.values() if person.role == role)

    def surgeon_of(self, team: str) -> Person:
        emails = {"limb": "surgeon", "joint": "arthroplasty", "spine": "spine"}
        return self.people[f"{emails[team]}@marlbury.example"]


def rows() -> Iterator[dict[str, str]]:
    """The lines of ``staff.csv``."""
    yield from csv.DictReader(
        files(__package__).joinpath("staff.csv").read_text(encoding="utf-8").splitlines()
    )


def sign_ins() -> list[SignIn]:
    """One for each role, as printed."""
    return [
        SignIn(str(ROLES[row["role"]].name), row["full_name"], row["email"], PASSWORD, row["role"])
        for row in rows()
        if row["printed"] == "yes"
    ]


def hire() -> Staff:
    """Teams and people, each created once."""
    by = Person.objects.system()
    teams = {slug: _team(by, slug, name) for slug, name in TEAMS.items()}
    hashed = make_password(PASSWORD)  # once: it is made to be slow
    people = {row["email"]: _person(by, row, teams, hashed) for row in rows()}
    return Staff(people, teams)


def _team(by: Person, slug: str, name: str) -> Team:
    return Team.objects.filter(slug=slug).first() or create_team(by=by, name=name)


def _person(by: Person, row: dict[str, str], teams: dict[str, Team], hashed: str) -> Person:
    known = Person.objects.filter(email=row["email"]).first()
    if known is not None:
        return known
    person = create_person(
        by=by,
        email=row["email"],
        full_name=row["full_name"],
        role=row["role"],
        title=row["title"],
        teams=[teams[slug] for slug in row["teams"].split("|") if slug],
    )
    # There is no action that sets somebody's password, and there should be none: people set their own.
    person.password = hashed
    person.save(update_fields=["password"])
    return person
