"""Who may open a view. Every view carries one of these two marks; ``DenyByDefault`` refuses the rest.

    @requires(Permission.VIEW_WORKLIST)
    def today(request): ...

Not signed in: sent to the sign-in page and back. Signed in without the permission: the 403 page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from osteon.service.accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., HttpResponse])


def requires(permission: Permission) -> Callable[[View], View]:
    """The view is for signed-in people whose role holds ``permission``."""
    wanted = Permission(permission)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refused = _refusal(request, wanted)
            return refused if refused is not None else view(request, *args, **kwargs)

        guarded.osteon_permission = wanted  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def signed_in(view: View) -> View:
    """The view is for everybody who is signed in (their own account, the home page)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = _refusal(request, None)
        return refused if refused is not None else view(request, *args, **kwargs)

    guarded.osteon_permission = "signed in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def public(view: View) -> View:
    """The view is for everybody, also when not signed in. Say why at each use."""
    view.osteon_permission = "public"  # type: ignore[attr-defined]
    return view


def _refusal(request: HttpRequest, permission: Permission | None) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if permission is not None and not request.user.can(permission):
        raise PermissionDenied
    return None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """A fragment asked for by htmx must not become the sign-in form: the whole page goes there, and back to itself."""
    if "HX-Request" not in request.headers:
        return redirect_to_login(request.get_full_path())
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
    return HttpResponseClientRedirect(redirect_to_login(page).headers["Location"])
