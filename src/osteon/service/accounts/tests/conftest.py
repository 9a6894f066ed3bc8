"""A small staff for the tests of accounts. Tests of other concepts use the cast in tests/cast.py."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from osteon.service.accounts.models import Membership, Person, Team

PASSWORD = "correct horse battery"


@dataclass
class Staff:
    """Who works here: ``admin`` manages accounts, ``privacy`` reviews, ``nurse`` and ``surgeon`` treat patients."""

    limb: Team
    spine: Team
    admin: Person
    privacy: Person
    nurse: Person
    surgeon: Person

    password = PASSWORD

    @staticmethod
    def hire(name: str, role: str, *teams: Team) -> Person:
        person = Person.objects.create_user(
            email=f"{name}@unit.example", password=PASSWORD, full_name=f"{name.title()} Example", role=role
        )
        for team in teams:
            Membership.objects.create(person=person, team=team)
        return person


@pytest.fixture
def staff(db: None) -> Staff:
    limb = Team.objects.create(name="Limb team", slug="limb")
    spine = Team.objects.create(name="Spine team", slug="spine")
    return Staff(
        limb=limb,
        spine=spine,
        admin=Staff.hire("ada", "administrator"),
        privacy=Staff.hire("kit", "privacy_lead"),
        nurse=Staff.hire("nia", "opat_nurse", limb),
        surgeon=Staff.hire("tom", "surgeon", limb, spine),
    )


@pytest.fixture
def signed_in(client: Client):
    """``signed_in(person)``: a browser in which ``person`` has signed in."""

    def sign_in(person: Person) -> Client:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def nothing_inherited():
    """Rate limits live in the cache, the language of the last request in the thread: neither is for the next test."""
    cache.clear()
    yield
    translation.deactivate()
