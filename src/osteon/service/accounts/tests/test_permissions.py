import pytest
from django.db import IntegrityError

from osteon.service.accounts.models import Membership, Person
from osteon.service.accounts.permissions import PERMISSION_WORDS, ROLES, Permission

P = Permission


def test_every_permission_has_words_for_humans():
    assert set(PERMISSION_WORDS) == set(Permission)
    assert all(len(str(permission.words)) > 10 for permission in Permission)


def test_every_permission_is_held_by_somebody():
    held = frozenset().union(*(role.permissions for role in ROLES.values()))
    assert held == frozenset(Permission)


def test_every_role_says_what_it_is_for():
    assert all(len(str(role.paragraph)) > 60 for role in ROLES.values())
    assert all(key == role.key for key, role in ROLES.items())


@pytest.mark.parametrize("key", ["privacy_lead", "administrator"])
def test_roles_that_guard_the_record_cannot_open_it(key):
    assert P.VIEW_PATIENT not in ROLES[key].permissions
    assert P.BREAK_GLASS not in ROLES[key].permissions


def test_nobody_both_gives_permissions_and_audits_them():
    both = {P.MANAGE_ACCOUNTS, P.VIEW_AUDIT}
    assert [key for key, role in ROLES.items() if both <= role.permissions] == []


def test_who_prescribes_also_sees_the_patient():
    assert all(
        P.VIEW_PATIENT in role.permissions
        for role in ROLES.values()
        if P.PRESCRIBE_COURSE in role.permissions
    )


def test_only_the_unit_lead_switches_provisional_rules():
    assert [key for key, role in ROLES.items() if P.SWITCH_RULE in role.permissions] == ["unit_lead"]


def test_person_can_what_the_role_holds(staff):
    assert staff.nurse.can(P.RECORD_FINDING)
    assert not staff.nurse.can(P.PRESCRIBE_COURSE)
    assert staff.nurse.can("record_finding")


def test_person_asked_for_a_misspelt_permission_is_an_error(staff):
    with pytest.raises(ValueError, match="record_findings"):
        staff.nurse.can("record_findings")


def test_deactivated_person_can_nothing(staff):
    staff.nurse.is_active = False
    assert not staff.nurse.can(P.VIEW_PATIENT)


def test_system_person_can_everything_and_is_made_once(db):
    system = Person.objects.system()
    assert all(system.can(permission) for permission in Permission)
    assert Person.objects.system() == system
    assert not system.has_usable_password()


def test_unknown_role_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError):
        Person.objects.create_user(email="x@unit.example", full_name="X", role="wizard")


def test_email_is_one_account_whatever_its_capitals(staff):
    with pytest.raises(IntegrityError):
        Person.objects.create(email="NIA@unit.example", full_name="N", role="opat_nurse")


def test_email_is_found_whatever_its_capitals(staff):
    assert Person.objects.get_by_natural_key("Nia@Unit.example") == staff.nurse


def test_teams_ids_are_read_once(staff, django_assert_num_queries):
    person = Person.objects.get(pk=staff.surgeon.pk)
    with django_assert_num_queries(1):
        assert set(person.teams_ids()) == {staff.limb.pk, staff.spine.pk}
        person.teams_ids()


def test_membership_is_once_per_team(staff):
    with pytest.raises(IntegrityError):
        Membership.objects.create(person=staff.nurse, team=staff.limb)
