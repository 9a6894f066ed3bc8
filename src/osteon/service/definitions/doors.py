"""Who may open a calculator: everybody where the unit says so, otherwise whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from osteon.service.accounts.guards import public, signed_in

View = Callable[..., HttpResponse]


def open_where_allowed(view: View) -> View:
    """The view holds no patient and stores nothing; ``OSTEON_PUBLIC_CALCULATORS`` opens it to everybody."""
    guarded = signed_in(view)

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        door = view if settings.OSTEON_PUBLIC_CALCULATORS else guarded
        return door(request, *args, **kwargs)

    return public(opened)
