import uuid
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from osteon.service.accounts import actions
from osteon.service.accounts.actions import RefusedChange
from osteon.service.accounts.models import AuditEntry, BreakGlass, Membership, Person

REASON = "on call, patient in the emergency department"


def create(staff, **changed):
    values = {"email": "New@Unit.example", "full_name": "New Person", "role": "resident"} | changed
    return actions.create_person(by=staff.admin, **values)


def change(staff, person, by=None, **changed):
    values = {"full_name": person.full_name, "title": "", "role": person.role, "teams": person.teams.all()}
    return actions.change_person(by=by or staff.admin, person=person, **(values | changed))


def open_glass(staff, by=None, **changed):
    values = {"patient_id": uuid.uuid4(), "reason": REASON} | changed
    return actions.open_break_glass(by=by or staff.surgeon, **values)


def test_create_person_makes_an_account_without_a_password(staff):
    person = create(staff, teams=[staff.limb], title="Dr")
    assert person.email == "new@unit.example"
    assert not person.has_usable_password()
    assert list(person.teams.all()) == [staff.limb]
    assert AuditEntry.objects.get().verb == "accounts.create_person"


def test_create_person_with_a_taken_address_is_refused_and_changes_nothing(staff):
    with pytest.raises(RefusedChange, match="already"):
        create(staff, email="NIA@unit.example")
    assert not AuditEntry.objects.exists()
    assert Person.objects.filter(full_name="New Person").count() == 0


def test_create_person_with_an_unknown_role_is_refused(staff):
    with pytest.raises(RefusedChange, match="role"):
        create(staff, role="wizard")


def test_change_person_sets_name_role_and_teams_and_says_so(staff):
    change(staff, staff.nurse, full_name="Nia Bell", role="unit_lead", teams=[staff.spine])
    nurse = Person.objects.get(pk=staff.nurse.pk)
    assert (nurse.full_name, nurse.role) == ("Nia Bell", "unit_lead")
    assert list(nurse.teams.all()) == [staff.spine]
    assert AuditEntry.objects.get().detail == "OPAT nurse to Unit lead; joined spine; left limb"


def test_change_person_keeps_teams_that_stay(staff):
    before = Membership.objects.get(person=staff.nurse, team=staff.limb).pk
    change(staff, staff.nurse, teams=[staff.limb, staff.spine])
    assert Membership.objects.get(person=staff.nurse, team=staff.limb).pk == before
    assert AuditEntry.objects.get().detail == "joined spine"


def test_administrators_cannot_change_their_own_role(staff):
    with pytest.raises(RefusedChange, match="own role"):
        change(staff, staff.admin, role="surgeon")
    assert Person.objects.get(pk=staff.admin.pk).role == "administrator"


def test_administrators_can_correct_their_own_name(staff):
    assert change(staff, staff.admin, full_name="Ada Lovelace").full_name == "Ada Lovelace"


def test_deactivate_and_reactivate(staff):
    actions.deactivate_person(by=staff.admin, person=staff.nurse, reason="left the trust")
    assert not Person.objects.get(pk=staff.nurse.pk).is_active
    actions.reactivate_person(by=staff.admin, person=staff.nurse, reason="came back")
    assert Person.objects.get(pk=staff.nurse.pk).is_active
    assert list(AuditEntry.objects.order_by("pk").values_list("reason", flat=True)) == [
        "left the trust",
        "came back",
    ]


def test_nobody_deactivates_themselves(staff):
    with pytest.raises(RefusedChange):
        actions.deactivate_person(by=staff.admin, person=staff.admin, reason="oops")


def test_remove_second_factor_removes_all_of_it(staff):
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=staff.nurse, type=kind, data={})
    actions.remove_second_factor(by=staff.admin, person=staff.nurse, reason="lost telephone")
    assert not Authenticator.objects.exists()


def test_nobody_removes_their_own_second_factor_this_way(staff):
    with pytest.raises(RefusedChange):
        actions.remove_second_factor(by=staff.admin, person=staff.admin, reason="lost telephone")


def test_create_team_once(staff):
    assert actions.create_team(by=staff.admin, name="Upper limb").slug == "upper-limb"
    with pytest.raises(RefusedChange):
        actions.create_team(by=staff.admin, name="Upper Limb")


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        (actions.create_person, {"email": "x@y.example", "full_name": "X", "role": "resident"}),
        (actions.change_person, {"full_name": "X", "title": "", "role": "resident", "teams": []}),
        (actions.deactivate_person, {"reason": "x"}),
        (actions.reactivate_person, {"reason": "x"}),
        (actions.remove_second_factor, {"reason": "x"}),
        (actions.create_team, {"name": "X"}),
    ],
)
def test_accounts_are_changed_only_by_who_manages_them(staff, act, arguments):
    about_somebody = act not in (actions.create_person, actions.create_team)
    someone = {"person": staff.surgeon} if about_somebody else {}
    with pytest.raises(PermissionDenied):
        act(by=staff.nurse, **someone, **arguments)
    assert not AuditEntry.objects.exists()


def test_break_glass_opens_one_record_for_some_hours(staff, settings):
    settings.OSTEON_BREAK_GLASS_HOURS = 3
    glass = open_glass(staff)
    assert glass.expires_at - glass.opened_at == timedelta(hours=3)
    assert list(BreakGlass.objects.open_for(staff.surgeon)) == [glass]
    assert not BreakGlass.objects.open_for(staff.nurse).exists()


def test_break_glass_expires(staff):
    glass = open_glass(staff)
    assert glass.is_open
    later = glass.expires_at + timedelta(seconds=1)
    assert not BreakGlass.objects.open_for(staff.surgeon, at=later).exists()


def test_break_glass_is_audited_with_record_and_reason(staff):
    patient_id = uuid.uuid4()
    open_glass(staff, patient_id=patient_id)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.patient_id, entry.reason) == ("accounts.open_break_glass", patient_id, REASON)


def test_break_glass_tells_the_privacy_lead_without_naming_the_patient(
    staff, django_capture_on_commit_callbacks
):
    patient_id = uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        open_glass(staff, patient_id=patient_id)
    (message,) = mail.outbox
    assert message.to == [staff.privacy.email]
    assert str(patient_id) not in message.body
    assert REASON not in message.body
    assert "Tom Example" in message.body


def test_break_glass_stands_when_the_email_cannot_be_sent(
    staff, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(*args, **kwargs):
        raise OSError("no mail server")

    monkeypatch.setattr("osteon.service.accounts.notices.send_mail", broken)
    with django_capture_on_commit_callbacks(execute=True):
        open_glass(staff)
    assert BreakGlass.objects.count() == 1


def test_break_glass_needs_a_reason_that_can_be_reviewed(staff):
    with pytest.raises(RefusedChange, match="why"):
        open_glass(staff, reason="   x   ")
    assert not BreakGlass.objects.exists()


def test_break_glass_is_not_for_roles_that_open_no_records(staff):
    with pytest.raises(PermissionDenied):
        open_glass(staff, by=staff.privacy)


def test_review_of_a_broken_glass_is_kept_whole(staff):
    glass = actions.review_break_glass(
        by=staff.privacy, break_glass=open_glass(staff), verdict="justified", review_note="Rang the ward."
    )
    assert (glass.reviewed_by, glass.verdict, glass.review_note) == (
        staff.privacy,
        "justified",
        "Rang the ward.",
    )
    assert glass.reviewed_at <= timezone.now()
    assert AuditEntry.objects.get(verb="accounts.review_break_glass").patient_id == glass.patient_id
    assert not BreakGlass.objects.unreviewed().exists()


def test_review_happens_once(staff):
    glass = open_glass(staff)
    words = {"break_glass": glass, "verdict": "justified", "review_note": "Rang the ward."}
    actions.review_break_glass(by=staff.privacy, **words)
    with pytest.raises(RefusedChange, match="meantime"):
        actions.review_break_glass(by=staff.privacy, **words)


def test_nobody_reviews_what_they_opened_themselves(staff):
    glass = open_glass(staff)
    BreakGlass.objects.filter(pk=glass.pk).update(person=staff.privacy)
    glass.refresh_from_db()
    with pytest.raises(RefusedChange, match="yourself"):
        actions.review_break_glass(
            by=staff.privacy, break_glass=glass, verdict="justified", review_note="fine"
        )


def test_review_is_only_for_who_audits(staff):
    with pytest.raises(PermissionDenied):
        actions.review_break_glass(
            by=staff.surgeon, break_glass=open_glass(staff), verdict="justified", review_note="fine"
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"reason": ""},
        {"reviewed_at": timezone.now()},
        {"verdict": "justified"},
        {"expires_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_half_a_break_glass_is_refused_by_the_database(staff, broken):
    glass = open_glass(staff)
    with pytest.raises(IntegrityError):
        BreakGlass.objects.filter(pk=glass.pk).update(**broken)
