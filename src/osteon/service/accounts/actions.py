"""Every change to people, teams and broken glass."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from osteon.service.accounts import notices
from osteon.service.accounts.audit import action, note
from osteon.service.accounts.models import BreakGlass, Membership, Person, Team
from osteon.service.accounts.permissions import ROLES, Permission

SHORTEST_REASON = 10


class RefusedChange(ValueError):
    """The change makes no sense or is not theirs to make. ``str(error)`` tells the person why."""


@action("accounts.create_person")
def create_person(
    *, by: Person, email: str, full_name: str, role: str, title: str = "", teams: Iterable[Team] = ()
) -> Person:
    """A new account without a password: the person sets one through the link that is sent to them.

    Raises:
        RefusedChange: when the address already has an account, or the role does not exist.
    """
    _check_may_manage(by)
    _check_role(role)
    try:
        with transaction.atomic():
            person: Person = Person.objects.create_user(
                email=email, full_name=full_name, role=role, title=title
            )
    except IntegrityError as error:
        raise RefusedChange(_("There is already an account with this email address.")) from error
    _put_in_teams(person, teams)
    return person


@action("accounts.change_person")
def change_person(
    *, by: Person, person: Person, full_name: str, title: str, role: str, teams: Iterable[Team]
) -> Person:
    """Name, role and teams at once; role and teams hold from the person's next click.

    Raises:
        RefusedChange: for one's own role: an administrator could lock the unit out by a slip.
    """
    _check_may_manage(by)
    _check_role(role)
    if person == by and role != person.role:
        raise RefusedChange(_("You cannot change your own role. Ask another administrator."))
    changes = [f"{person.role_data.name} to {ROLES[role].name}"] if role != person.role else []
    person.full_name, person.title, person.role = full_name, title, role
    person.save(update_fields=["full_name", "title", "role"])
    note("; ".join(changes + _set_teams(person, list(teams))))
    return person


@action("accounts.deactivate_person")
def deactivate_person(*, by: Person, person: Person, reason: str) -> Person:
    """Ends the person's sessions at their next click and closes sign-in; what they did stays theirs."""
    _check_may_manage(by)
    if person == by:
        raise RefusedChange(_("You cannot deactivate yourself. Ask another administrator."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    return person


@action("accounts.reactivate_person")
def reactivate_person(*, by: Person, person: Person, reason: str) -> Person:
    _check_may_manage(by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


@action("accounts.remove_second_factor")
def remove_second_factor(*, by: Person, person: Person, reason: str) -> Person:
    """For a lost telephone: at the next sign-in the person must set a second factor up again."""
    _check_may_manage(by)
    if person == by:
        raise RefusedChange(_("Another administrator has to do this for you."))
    Authenticator.objects.filter(user=person).delete()
    return person


@action("accounts.create_team")
def create_team(*, by: Person, name: str) -> Team:
    _check_may_manage(by)
    try:
        with transaction.atomic():
            return Team.objects.create(name=name, slug=slugify(name))
    except IntegrityError as error:
        raise RefusedChange(_("There is already a team with this name.")) from error


@action("accounts.open_break_glass")
def open_break_glass(*, by: Person, patient_id: uuid.UUID, reason: str) -> BreakGlass:
    """Opens one record outside ``by``'s teams for ``settings.OSTEON_BREAK_GLASS_HOURS`` and tells the privacy lead.

    Raises:
        PermissionDenied: when ``by``'s role may not break glass.
        RefusedChange: when the reason is too short to be reviewed.
    """
    if not by.can(Permission.BREAK_GLASS):
        raise PermissionDenied
    if len(reason.strip()) < SHORTEST_REASON:
        raise RefusedChange(_("Say why you need this record now, in a few words that can be reviewed."))
    now = timezone.now()
    glass = BreakGlass.objects.create(
        person=by,
        patient_id=patient_id,
        reason=reason.strip(),
        opened_at=now,
        expires_at=now + timedelta(hours=settings.OSTEON_BREAK_GLASS_HOURS),
    )
    transaction.on_commit(lambda: notices.tell_privacy_leads(glass), robust=True)
    return glass


@action("accounts.review_break_glass")
def review_break_glass(*, by: Person, break_glass: BreakGlass, verdict: str, review_note: str) -> BreakGlass:
    """The privacy lead's verdict, once. Raises ``RefusedChange`` for one's own, or one reviewed meanwhile."""
    if not by.can(Permission.VIEW_AUDIT):
        raise PermissionDenied
    if break_glass.person_id == by.pk:
        raise RefusedChange(_("You cannot review what you opened yourself."))
    reviewed = BreakGlass.objects.unreviewed().filter(pk=break_glass.pk)
    verdict = BreakGlass.Verdict(verdict)
    changes = {
        "reviewed_by": by,
        "reviewed_at": timezone.now(),
        "verdict": verdict,
        "review_note": review_note.strip(),
    }
    if not reviewed.update(**changes):
        raise RefusedChange(_("Somebody has reviewed this in the meantime."))
    break_glass.refresh_from_db()
    return break_glass


def _check_may_manage(by: Person) -> None:
    if not by.can(Permission.MANAGE_ACCOUNTS):
        raise PermissionDenied


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise RefusedChange(_("There is no such role."))


def _set_teams(person: Person, teams: list[Team]) -> list[str]:
    """Makes ``teams`` the person's teams; what changed, in words."""
    before = {team.slug for team in person.teams.all()}
    Membership.objects.filter(person=person).exclude(team__in=teams).delete()
    _put_in_teams(person, (team for team in teams if team.slug not in before))
    after = {team.slug for team in teams}
    joined = [f"joined {slug}" for slug in sorted(after - before)]
    return joined + [f"left {slug}" for slug in sorted(before - after)]


def _put_in_teams(person: Person, teams: Iterable[Team]) -> None:
    Membership.objects.bulk_create(Membership(person=person, team=team) for team in teams)
