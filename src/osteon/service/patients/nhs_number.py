"""The NHS number's check digit (Modulus 11, NHS Data Dictionary "NHS NUMBER").

It informs, it never corrects: a number that fails is kept as it was given and shown as doubtful.
"""

from __future__ import annotations

WEIGHTS = range(10, 1, -1)


def is_valid_nhs_number(value: str) -> bool:
    """Whether ten digits (spaces and hyphens ignored) carry the right check digit.

    >>> is_valid_nhs_number("943 476 5919")
    True
    """
    digits = value.replace(" ", "").replace("-", "")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:9], WEIGHTS, strict=True)) % 11
    check = (11 - remainder) % 11
    return check != 10 and check == int(digits[9])


def spaced(value: str) -> str:
    """Ten digits in the 3-3-4 groups people read them in; anything else as it was given."""
    if len(value) == 10 and value.isdigit():
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    return value
