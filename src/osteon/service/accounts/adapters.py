"""How django-allauth behaves in a hospital: nobody registers themselves, and axes counts the failures."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from osteon.service.accounts.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Not counted here: axes counts failed passwords, in the database, the same for every process.

        The second factor keeps allauth's own limit (ACCOUNT_RATE_LIMITS "login_failed").
        """

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was consumed; see ``pre_authenticate``."""

    def reauthenticate(self, user: Person, password: str) -> bool:
        """With the address of the account itself: nobody here has other, verified addresses."""
        person = self.authenticate(context.request, email=user.email, password=password)
        return person is not None and person.pk == user.pk


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_totp_label(self, user: Person) -> str:
        return user.email

    def _get_site_name(self) -> str:
        return "Osteon"


def send_password_link(request: HttpRequest, person: Person) -> None:
    """Emails ``person`` the link that sets a password, as if they had asked for it themselves."""
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
