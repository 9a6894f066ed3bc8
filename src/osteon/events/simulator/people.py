"""Invented people: names from our own list, numbers from ranges that belong to nobody."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from osteon.events.simulator.figures import NAMES
from osteon.events.simulator.host import Host
from osteon.events.subjects import Identifier, Subject

HOSPITAL: Final = "hospital:Marlbury"  # no such hospital
_WEIGHTS: Final = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_MIDDLES: Final = 100_000
_STRIDE: Final = 61_803  # coprime to 100,000: neighbours do not get neighbouring numbers
_STREETS: Final = ("Orchard Lane", "Quarry Rise", "Mill Close", "Station Row", "Priory Walk", "Weir View")


def nhs_number(index: int) -> str | None:
    """The index-th valid NHS number of the 999 test range (900,000 of them), None beyond it."""
    turn, middle = divmod(index, _MIDDLES)
    if turn > 8:
        return None
    start = f"999{middle * _STRIDE % _MIDDLES:05d}"
    valid = [number for digit in "0123456789" if (number := _with_check(f"{start}{digit}")) is not None]
    return valid[turn]


def _with_check(nine: str) -> str | None:
    """Modulus 11; numbers whose check digit would be 10 are not issued."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, _WEIGHTS, strict=True)) % 11
    if check == 10:
        return None
    return f"{nine}{check % 11}"


def invent(subject_id: int, index: int, random: Random, host: Host, referred: date) -> Subject:
    """A person for the host; the same for the same generator."""
    given = random.choice(NAMES["given-male" if host.sex else "given-female"])
    family = random.choice(NAMES["family"])
    nhs = nhs_number(index)
    identifiers = [Identifier(HOSPITAL, f"M{subject_id % 1_000_000_000:07d}")]
    if nhs is not None:
        identifiers.insert(0, Identifier("nhs", nhs))
    return Subject(
        subject_id=subject_id,
        identifiers=tuple(identifiers),
        family_name=family,
        given_name=given,
        birth_date=referred - timedelta(days=host.age_days),
        sex="male" if host.sex else "female",
        address_lines=(f"{random.randint(1, 90)} {random.choice(_STREETS)}", "Marlbury"),
        telephone=f"020 7946 0{random.randint(0, 999):03d}",  # Ofcom's range for drama
    )
