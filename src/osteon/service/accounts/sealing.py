"""Secrets of the second factor, sealed in the database: a stolen copy of it alone signs nobody in.

The key is made from the site's secret key, which does not lie in the database. A new secret key with the old
one among SECRET_KEY_FALLBACKS keeps everything readable; what is used meanwhile is sealed anew. What was
stored before sealing existed has no prefix, is read as it is, and is sealed at its next use.
"""

from __future__ import annotations

import base64
import logging
import secrets
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PREFIX = "sealed:"
logger = logging.getLogger("osteon.accounts")


def seal(text: str) -> str:
    return PREFIX + _keys()[0].encrypt(text.encode()).decode("ascii")


def unseal(stored: str) -> str:
    """The secret; where no key of ours opens it, a new random one that no code will ever fit.

    Not an error page: the person can still use a recovery code or passkey, and an administrator can reset
    the second factor. Not an empty text either: the codes of an empty secret can be computed by anybody.
    """
    if not stored.startswith(PREFIX):
        return stored
    try:
        return MultiFernet(_keys()).decrypt(stored.removeprefix(PREFIX)).decode()
    except InvalidToken:
        logger.error("A second factor cannot be read: was OSTEON_SECRET_KEY changed without a fallback?")
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def is_stale(stored: str | None) -> bool:
    """There, and either not sealed at all or with a key that is only a fallback by now."""
    if not stored:
        return False
    if not stored.startswith(PREFIX):
        return True
    token = stored.removeprefix(PREFIX).encode()
    return not _opens(_keys()[0], token) and any(_opens(key, token) for key in _keys()[1:])


def _opens(key: Fernet, token: bytes) -> bool:
    try:
        key.decrypt(token)
    except InvalidToken:
        return False
    return True


def _keys() -> Sequence[Fernet]:
    return [_key(text) for text in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@lru_cache(maxsize=8)
def _key(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"osteon second factor").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
