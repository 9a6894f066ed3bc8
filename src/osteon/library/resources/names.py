"""Names as they are compared."""

from __future__ import annotations

LONGEST = 200


def folded(name: str) -> str:
    """Lower case, letters and digits only, single blanks: ``MRSA (infection)`` and ``mrsa infection`` are one."""
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())[:LONGEST]


def mesh_name(number: str) -> str:
    """The entry of a MeSH number among the names."""
    return f"mesh:{number.upper()}"[:LONGEST]
