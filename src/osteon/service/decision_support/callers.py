"""Which system calls: a signed token of a known system, for this address, not used before."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from osteon.service.accounts.models import Person
from osteon.service.decision_support.models import UsedToken
from osteon.standards.cds_hooks.tokens import (
    LEEWAY,
    BadClients,
    Claims,
    Client,
    TokenRefused,
    bearer,
    read_clients,
    verified,
)

NOBODY = "no system is registered with this service; the unit registers those that may call"


def base_url(request: HttpRequest) -> str:
    """The address of this server as other systems know it, without the last stroke."""
    return (settings.OSTEON_CDS_HOOKS_BASE_URL or request.build_absolute_uri("/")).rstrip("/")


def known_clients() -> dict[str, Client]:
    """The systems that may call, by issuer; none when the unit named none. Read again when the file changes.

    Raises:
        BadClients: when the file cannot be read.
    """
    if not settings.OSTEON_CDS_HOOKS_CLIENTS:
        return {}
    path = Path(settings.OSTEON_CDS_HOOKS_CLIENTS)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise BadClients(f"the list of systems {path.name} cannot be read: {error.strerror}") from error


@lru_cache(maxsize=4)
def _read(path: Path, changed_at: int) -> dict[str, Client]:
    return read_clients(path)


def caller(request: HttpRequest, *also: str) -> Claims:
    """The system that calls. Its token is used up by this.

    ``also``: further paths that its token may be for (feedback may be signed for the service).

    Raises:
        TokenRefused: with the reason.
    """
    clients = known_clients()
    if not clients:
        raise TokenRefused(NOBODY)
    base = base_url(request)
    claims = verified(
        bearer(request.headers.get("Authorization")), clients, [base + path for path in (request.path, *also)]
    )
    use_up(claims)
    return claims


def use_up(claims: Claims) -> None:
    """Remembers that the token was used, until it expires.

    Raises:
        TokenRefused: when it was used before.
    """
    try:
        with transaction.atomic():
            UsedToken.objects.create(fingerprint=claims.fingerprint, expires_at=claims.expires_at)
    except IntegrityError as error:
        raise TokenRefused("the token was used before; sign a new one for each call") from error
    if claims.fingerprint.startswith("00"):  # now and then, by chance
        UsedToken.objects.filter(expires_at__lt=timezone.now() - LEEWAY).delete()


def in_whose_name() -> Person:
    """Whom the audit names for what another system tells us: nobody of ours did it."""
    return Person.objects.system()
