"""*Trusting CDS Clients*: the signed token that comes with each call, and the systems that may sign one.

A token is never written anywhere. Keys come from files or from addresses that the unit configured for a system;
the address a token itself names (``jku``) is never followed. Whether a token was used before is the caller's to
remember: ``Claims.fingerprint`` and ``Claims.expires_at`` are made for that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Protocol

import jwt

from osteon.standards.cds_hooks.fields import Fields
from osteon.standards.cds_hooks.values import ALGORITHMS

# Clocks of two hospitals differ.
LEEWAY: Final = timedelta(seconds=60)
# Best practices: what was used before is remembered for the longest life of a token, "no more than an hour".
LONGEST_LIFE: Final = timedelta(hours=1)
KEPT: Final = timedelta(minutes=5)  # how long keys from an address are good without asking again
PAUSE: Final = timedelta(seconds=30)  # and how soon an unknown key's name makes us ask
_NEEDED: Final = ("iss", "aud", "exp", "iat", "jti")
_LONGEST_TOKEN: Final = 8192
_LONGEST_JTI: Final = 256


class TokenRefused(Exception):
    """The call is not from a system that may call; ``str(error)`` is the reason a person reads."""


class BadClients(ValueError):
    """The file of known systems cannot be right. The text says what to mend."""


class Keys(Protocol):
    """Where a system's public keys are."""

    def key(self, kid: str) -> jwt.PyJWK | None:
        """The key of that name; ``None`` when there is none."""
        ...


class KeyFile:
    """A JWK set in a file, read again when the file changes: a key can be renewed without a restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_at: int | None = None
        self._keys: dict[str, jwt.PyJWK] = {}

    def key(self, kid: str) -> jwt.PyJWK | None:
        """See ``Keys``."""
        try:
            changed_at = self.path.stat().st_mtime_ns
            if changed_at != self._read_at:
                self._keys = keys_of(json.loads(self.path.read_bytes()))
                self._read_at = changed_at
        except (OSError, ValueError, jwt.PyJWTError) as error:
            raise BadClients(f"the key file {self.path.name} cannot be read: {error}") from error
        return self._keys.get(kid)


class KeyAddress:
    """A JWK set at a web address; kept for some minutes, asked again when a token names a key we do not have."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._fetch = jwt.PyJWKClient(url, cache_jwk_set=False, timeout=5).fetch_data
        self._fetched_at: datetime | None = None
        self._keys: dict[str, jwt.PyJWK] = {}

    def key(self, kid: str) -> jwt.PyJWK | None:
        """See ``Keys``."""
        now = datetime.now(UTC)
        age = now - self._fetched_at if self._fetched_at else timedelta.max
        if age > KEPT or (kid not in self._keys and age > PAUSE):
            try:
                self._keys, self._fetched_at = keys_of(self._fetch()), now
            except (jwt.PyJWTError, ValueError) as error:
                raise BadClients(f"the keys at {self.url} cannot be fetched: {error}") from error
        return self._keys.get(kid)


def keys_of(document: Any) -> dict[str, jwt.PyJWK]:
    """The public keys of a JWK set by name; what is for other algorithms or other uses is left out."""
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise ValueError("it is not a JWK set: it has no list of keys")
    found = [key for one in listed if isinstance(one, dict) and (key := _usable(one))]
    return {key.key_id: key for key in found if key.key_id}


def _usable(one: dict[str, Any]) -> jwt.PyJWK | None:
    if "d" in one or one.get("use", "sig") != "sig":
        return None
    try:
        key = jwt.PyJWK(one, "RS384" if one.get("kty") == "RSA" and "alg" not in one else None)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None  # an exotic key must not shut out the good ones beside it
    return key if key.algorithm_name in ALGORITHMS else None


@dataclass(frozen=True, slots=True)
class Client:
    """A system that may call: its name for people, the issuer its tokens name, and its keys."""

    name: str
    issuer: str
    keys: Keys
    jku: str = ""


def read_clients(path: Path) -> dict[str, Client]:
    """The systems of a JSON file, by issuer: ``[{"name": …, "iss": …, "jwks_file": …}]`` or ``"jwks_url"``.

    A key file's path is taken from the folder of this one.

    Raises:
        BadClients: when the file is not as it should be.
    """
    try:
        document = json.loads(path.read_bytes())
        found = [_client(Fields.of(one, f"[{i}]"), path.parent) for i, one in enumerate(document)]
    except (OSError, ValueError, TypeError) as error:
        raise BadClients(f"the list of systems {path.name} cannot be read: {error}") from error
    by_issuer = {client.issuer: client for client in found}
    if len(by_issuer) != len(found):
        raise BadClients(f"the list of systems {path.name} names one issuer twice")
    return by_issuer


def _client(fields: Fields, folder: Path) -> Client:
    name, issuer = fields.text("name"), fields.text("iss")
    if fields.has("jwks_url") == fields.has("jwks_file"):
        raise fields.fault("jwks_file", "or jwks_url: one of the two is needed")
    if fields.has("jwks_url"):
        url = fields.url("jwks_url")
        if not url.startswith("https://"):
            raise fields.fault("jwks_url", "should be an https address")
        return Client(name, issuer, KeyAddress(url), jku=url)
    return Client(name, issuer, KeyFile(folder / fields.text("jwks_file")))


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token says. ``expires_at`` is in UTC with its zone; ``client`` is the system's name."""

    client: str
    issuer: str
    jti: str
    expires_at: datetime
    tenant: str = ""

    @property
    def fingerprint(self) -> str:
        """What to remember of a token that was used: one for each issuer and ``jti``."""
        return blake2b(f"{self.issuer}\n{self.jti}".encode(), digest_size=16).hexdigest()


def bearer(header: str | None) -> str:
    """The token of an ``Authorization`` header.

    Raises:
        TokenRefused: without one.
    """
    scheme, _, token = (header or "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        raise TokenRefused("the call carries no token (Authorization: Bearer ...)")
    if len(token) > _LONGEST_TOKEN:
        raise TokenRefused("the token is too long")
    return token.strip()


def verified(token: str, clients: Mapping[str, Client], audiences: Sequence[str]) -> Claims:
    """What the token says, when a known system signed it for one of these addresses and it is still good.

    Raises:
        TokenRefused: with the reason.
        BadClients: when the keys of a system cannot be read.
    """
    client = _client_of(token, clients)
    key = _key_of(token, client)
    said = _decoded(token, key, client, audiences)
    if said["exp"] - datetime.now(UTC).timestamp() > (LONGEST_LIFE + LEEWAY).total_seconds():
        raise TokenRefused("the token is good for more than an hour; sign a new one for each call")
    expires = datetime.fromtimestamp(said["exp"], UTC)
    return Claims(client.name, client.issuer, _jti(said), expires, str(said.get("tenant", ""))[:100])


def _client_of(token: str, clients: Mapping[str, Client]) -> Client:
    """The system a token says it is from: read before the signature is checked, only to find the key."""
    try:
        said = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise TokenRefused("the token is not a signed JSON web token") from error
    issuer = said.get("iss")
    client = clients.get(issuer) if isinstance(issuer, str) else None
    if client is None:
        raise TokenRefused("the token's issuer (iss) is not one of the systems that may call")
    return client


def _key_of(token: str, client: Client) -> jwt.PyJWK:
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused(f"the token's algorithm is not one of {' and '.join(ALGORITHMS)}")
    if str(header.get("typ", "")).upper() != "JWT":
        raise TokenRefused("the token's typ is not JWT")
    if "jku" in header and client.jku and header["jku"] != client.jku:
        raise TokenRefused("the token's key address (jku) is not the one agreed with this system")
    kid = header.get("kid")
    key = client.keys.key(kid) if isinstance(kid, str) and kid else None
    if key is None:
        raise TokenRefused("the token's key (kid) is not one of this system's keys")
    if key.algorithm_name != header["alg"]:
        raise TokenRefused("the token's algorithm is not the one of its key")
    return key


# What is wrong with a token, for the first that fits
_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (jwt.ExpiredSignatureError, "the token has expired"),
    (jwt.ImmatureSignatureError, "the token is from the future; compare the clocks"),
    (jwt.InvalidAudienceError, "the token is for another address (aud)"),
    (jwt.MissingRequiredClaimError, "the token lacks one of iss, aud, exp, iat, jti"),
    (jwt.InvalidSignatureError, "the token's signature is not right"),
    (Exception, "the token is not a good JSON web token"),
)


def _decoded(token: str, key: jwt.PyJWK, client: Client, audiences: Sequence[str]) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=list(audiences),
            issuer=client.issuer,
            leeway=LEEWAY,
            options={"require": list(_NEEDED), "enforce_minimum_key_length": True},
        )
    except (jwt.PyJWTError, OverflowError) as error:
        raise TokenRefused(_reason(error)) from error


def _reason(error: Exception) -> str:
    return next(words for kind, words in _REASONS if isinstance(error, kind))


def _jti(said: Mapping[str, Any]) -> str:
    jti = said["jti"]
    if not isinstance(jti, str) or not 0 < len(jti) <= _LONGEST_JTI:
        raise TokenRefused("the token's jti is not a text that can tell it from another")
    return jti


def signed(key: jwt.PyJWK, *, issuer: str, audience: str, jti: str, seconds: int = 300) -> str:
    """A token as a system makes one for one call. ``key`` is private and has a name (``kid``)."""
    now = datetime.now(UTC)
    claims = {
        "iss": issuer,
        "aud": audience,
        "iat": now,
        "exp": now + timedelta(seconds=seconds),
        "jti": jti,
    }
    return jwt.encode(claims, key.key, key.algorithm_name, headers={"kid": key.key_id})
