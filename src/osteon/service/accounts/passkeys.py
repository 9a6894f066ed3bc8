"""django-allauth's passkey forms, proof against nonsense.

The sign-in with a passkey takes a JSON document from whoever posts it. allauth (65.21) lets a document that
lacks a part escape as ``KeyError`` or ``AttributeError``, a broken page for a stranger to cause at will; here
it is what it means: not a valid passkey.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth_forms


class _ProofAgainstNonsense:
    def _clean_fields(self) -> None:
        try:
            super()._clean_fields()  # type: ignore[misc]
        except (KeyError, AttributeError, TypeError, ValueError):
            self._refuse()

    def _clean_form(self) -> None:
        try:
            super()._clean_form()  # type: ignore[misc]
        except (KeyError, AttributeError, TypeError, ValueError):
            self._refuse()

    def _refuse(self: Any) -> None:
        self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AuthenticateForm(_ProofAgainstNonsense, allauth_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step."""


class LoginForm(_ProofAgainstNonsense, allauth_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """The passkey instead of a password."""


class ReauthenticateForm(_ProofAgainstNonsense, allauth_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey before something delicate."""


class AddForm(_ProofAgainstNonsense, allauth_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""
