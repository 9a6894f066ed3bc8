"""Reads values out of parsed JSON without trusting its shape.

Two kinds of fault are told apart. Where an object or a list should be and is not (``WrongShape``), the
document is not FHIR and is refused whole. Where a single value is of the wrong kind or impossible
(``Refuse``), only its resource is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

Json = dict[str, Any]

_NAMES: Final = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


class WrongShape(Exception):
    """The document is not FHIR; ``str(error)`` says which element, and what it is instead."""

    def __init__(self, key: str, wanted: str, found: object) -> None:
        super().__init__(f"{key!r} should be {wanted} but is {_NAMES.get(type(found), type(found).__name__)}")


class Refuse(Exception):
    """This resource cannot be taken; ``str(error)`` is the reason a person reads."""


def obj(holder: Json, key: str) -> Json | None:
    """The object under ``key``, or ``None``."""
    found = holder.get(key)
    if found is None or type(found) is dict:
        return found
    raise WrongShape(key, "an object", found)


def objs(holder: Json, key: str) -> Sequence[Json]:
    """The objects of the list under ``key``; empty when there is none."""
    found = holder.get(key)
    if found is None:
        return ()
    if type(found) is not list:
        raise WrongShape(key, "a list", found)
    for item in found:
        if type(item) is not dict:
            raise WrongShape(key, "a list of objects", item)
    return found


def word(holder: Json, key: str) -> str:
    """The text under ``key``, without spaces around it; empty when there is none."""
    found = holder.get(key)
    if found is None:
        return ""
    if type(found) is not str:
        raise Refuse(f"{key!r} is not a text")
    return found.strip()


def words(holder: Json, key: str) -> list[str]:
    """The texts of the list under ``key``; nulls (a text given by an extension only) left out."""
    found = holder.get(key)
    if found is None:
        return []
    if type(found) is not list:
        raise WrongShape(key, "a list", found)
    return [item for item in found if type(item) is str]


def number(holder: Json, key: str) -> float | None:
    """The number under ``key``, or ``None``."""
    found = holder.get(key)
    if found is None:
        return None
    if type(found) is bool or not isinstance(found, int | float):
        raise Refuse(f"{key!r} is not a number")
    return float(found)
