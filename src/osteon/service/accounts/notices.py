"""Emails of the service. They carry no patient identifier: they say that something waits, and where."""

from __future__ import annotations

from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from osteon.service.accounts.models import BreakGlass, Person
from osteon.service.accounts.permissions import ROLES, Permission

AUDIT_ROLES = [key for key, role in ROLES.items() if Permission.VIEW_AUDIT in role.permissions]


def tell_privacy_leads(glass: BreakGlass) -> None:
    """One email to everybody who reviews; their page lists it whether or not the email arrives."""
    leads = Person.objects.filter(role__in=AUDIT_ROLES, is_active=True).values_list("email", flat=True)
    if not leads:
        return
    text = _(
        "%(person)s opened a record outside their teams and gave a reason.\n\n"
        "Sign in to Osteon and review it under Break glass: %(path)s"
    ) % {"person": glass.person.full_name, "path": reverse("accounts:break_glasses")}
    send_mail(_("A record was opened by breaking the glass"), text, None, list(leads))
