"""Guards around every request: its size, the content security policy, the second factor, deny by default."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse

GetResponse = Callable[[HttpRequest], HttpResponse]

# Views of libraries that guard themselves, by URL name. Everything else carries a mark of ``guards``.
EXEMPT_NAMES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_login_webauthn",
    }
)

OPEN_BEFORE_SECOND_FACTOR = frozenset({"accounts:second_factor_needed", "set_language"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


class RequestSizeLimit:
    """Refuses a body larger than ``settings.OSTEON_MAX_REQUEST_BYTES`` before a byte of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= settings.OSTEON_MAX_REQUEST_BYTES:
            return self.get_response(request)
        limit_megabytes = settings.OSTEON_MAX_REQUEST_BYTES // 1_000_000
        return HttpResponse(
            render_to_string("errors/413.jinja", {"limit_megabytes": limit_megabytes}), status=413
        )


class PageHeaders:
    """What a browser may do with a page of ours.

    It loads nothing from outside and runs nothing inline but what carries this response's nonce
    (``request.csp_nonce``). It asks again before showing a page a second time, and forgets all of them when
    somebody signs out, so that the next person at a ward machine cannot go back to them. Not ``no-store``:
    that would throw away what was typed when a nurse goes back to a form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY.format(nonce=request.csp_nonce))  # type: ignore[attr-defined]
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        headers.setdefault("Cache-Control", "private, no-cache")
        match = request.resolver_match
        if request.method == "POST" and match and match.url_name == "account_logout":
            headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SecondFactorRequired:
    """Signed in without a second factor: nothing opens but the pages that set one up, and signing out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.OSTEON_REQUIRE_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match and match.view_name in EXEMPT_NAMES | OPEN_BEFORE_SECOND_FACTOR:
            return None
        if is_mfa_enabled(request.user, FACTORS):
            return None
        return HttpResponseRedirect(reverse("accounts:second_factor_needed"))


class DenyByDefault:
    """A view that names no permission is refused, so that a forgotten guard fails closed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if getattr(view, "osteon_permission", None) or (match and match.view_name in EXEMPT_NAMES):
            return None
        raise PermissionDenied
