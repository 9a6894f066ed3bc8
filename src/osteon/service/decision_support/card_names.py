"""Names of cards that say which rule they came from and nothing about the patient.

Feedback names a card by its UUID only, and we keep no list of the cards we gave. So the first 48 bits of the UUID
(version 8, RFC 9562 section 5.8) are a digest of what the card is about; the rest is chance.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

_VERSION_8, _VARIANT = 0x80, 0x80


def _digest(about: str) -> bytes:
    return blake2b(about.encode(), digest_size=6).digest()


def new_card_name(about: str) -> str:
    """A UUID for a card about this rule."""
    rest = bytearray(secrets.token_bytes(10))
    rest[0] = _VERSION_8 | rest[0] & 0x0F
    rest[2] = _VARIANT | rest[2] & 0x3F
    return str(UUID(bytes=_digest(about) + bytes(rest)))


def about_of(card: str, known: Iterable[str]) -> str:
    """Which of the ``known`` the card was about; empty when none."""
    digest = UUID(card).bytes[:6]
    return next((about for about in known if _digest(about) == digest), "")
