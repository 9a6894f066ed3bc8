"""How django-allauth behaves in a hospital: nobody registers themselves, and axes counts the failures."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils.translation import gettext as _

from osteon.service.accounts.models import Person
from osteon.service.accounts.sealing import seal, unseal

SETTING_UP_SECONDS = 300
SETTING_UP = "osteon_setting_up_second_factor"


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

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not in the first minutes after signing in, while the first second factor is being set up.

        Whoever was just asked for the password should not be asked again by the page it led to.
        """
        required = super().is_reauthentication_required(app=app)
        return bool(required) and not _is_setting_up(context.request)


def _is_setting_up(request: HttpRequest) -> bool:
    """Signed in minutes ago and without a second factor then; true until its recovery codes were seen."""
    records = get_authentication_records(request, request.user)
    if not records or time.time() - records[-1]["at"] > SETTING_UP_SECONDS:
        return False
    if not is_mfa_enabled(request.user):
        request.session[SETTING_UP] = True
    return SETTING_UP in request.session


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_totp_label(self, user: Person) -> str:
        return user.email

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Passkey %(number)s") % {"number": count + 1}) if count else str(_("Passkey"))

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return "Osteon"


def send_password_link(request: HttpRequest, person: Person) -> None:
    """Emails ``person`` the link that sets a password, as if they had asked for it themselves."""
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
