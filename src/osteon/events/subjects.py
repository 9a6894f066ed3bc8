"""Who a stream is about. Kept apart from the events, which never carry an identifier."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Identifier:
    """One number a patient is known by, exactly as it was given; never rewritten."""

    system: str
    value: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A patient as a source describes them. Everything but ``subject_id`` may be unknown."""

    subject_id: int
    identifiers: tuple[Identifier, ...] = ()
    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    birth_precision: str = "day"  # day, month or year
    sex: str = ""  # female, male, other, unknown
    address_lines: tuple[str, ...] = field(default=())
    telephone: str = ""


def subject_id_for(system: str, value: str) -> int:
    """A stable positive 63-bit number for a patient whom a source knows by ``system`` and ``value``."""
    digest = blake2b(f"{system}|{value}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
