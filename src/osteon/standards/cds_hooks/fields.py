"""Reads the fields of a JSON object strictly; every fault names the field as ``context.patientId``.

The specification forbids null and empty values where it does not allow them in so many words (*Null and empty
JSON elements*), so they are faults here. It does not forbid fields of other names: a later version of a hook may
add some. Such a field is passed over, and ``unread`` says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

Json = dict[str, Any]
Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")

# The words of a fault are for a person and go into logs: values that are quoted in them are cut here.
_QUOTED: Final = 40
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FHIR_ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})")


class Malformed(ValueError):
    """A document that is not what the specification says. ``field`` is the path, ``problem`` is for a person."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}" if where else problem)
        self.field = where
        self.problem = problem


_NAMES: Final = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number"}


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return "a number" if isinstance(value, float) else _NAMES.get(type(value), type(value).__name__)


@dataclass(slots=True)
class Fields:
    """One JSON object at ``path``; it remembers which of its fields somebody asked for."""

    holder: Json
    path: str = ""
    unread: list[str] = field(default_factory=list)
    _asked: set[str] = field(default_factory=lambda: {"extension"})

    @classmethod
    def of(cls, value: object, path: str, unread: list[str] | None = None) -> Fields:
        """The fields of a value that should be an object."""
        if type(value) is not dict:
            raise Malformed(path, f"should be an object but is {_kind(value)}")
        return cls(value, path, [] if unread is None else unread)

    def where(self, name: str) -> str:
        """The path of one field."""
        return f"{self.path}.{name}" if self.path else name

    def fault(self, name: str, problem: str) -> Malformed:
        """A fault of one field, to be raised."""
        return Malformed(self.where(name), problem)

    def done(self) -> None:
        """Everything has been asked for: what is left goes to ``unread``; an extension must be an object."""
        self.unread += [self.where(name)[:100] for name in self.holder if name not in self._asked]
        if "extension" in self.holder and type(self.holder["extension"]) is not dict:
            raise self.fault("extension", "should be an object")

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        self._asked.add(name)
        return name in self.holder

    def _value(self, name: str, kind: type, wanted: str) -> Any:
        if not self.has(name):
            raise self.fault(name, "is missing")
        value = self.holder[name]
        if value is None:
            raise self.fault(name, "is null; leave out what has no value")
        if type(value) is not kind:
            raise self.fault(name, f"should be {wanted} but is {_kind(value)}")
        return value

    def text(self, name: str) -> str:
        """A text that is there and is not empty."""
        value: str = self._value(name, str, "a text")
        if not value.strip():
            raise self.fault(name, "is empty")
        return value

    def truth(self, name: str) -> bool:
        """True or false."""
        return bool(self._value(name, bool, "true or false"))

    def whole(self, name: str) -> int:
        """A whole number."""
        return int(self._value(name, int, "a whole number"))

    def object(self, name: str) -> Fields:
        """An object that is there; it must not be empty."""
        inner: Json = self._value(name, dict, "an object")
        if not inner:
            raise self.fault(name, "is empty")
        return Fields(inner, self.where(name), self.unread)

    def list(self, name: str, *, may_be_empty: bool = False) -> Sequence[Any]:
        """A list that is there."""
        found: Sequence[Any] = self._value(name, list, "a list")
        if not found and not may_be_empty:
            raise self.fault(name, "is empty")
        return found

    def each(self, name: str, *, may_be_empty: bool = False) -> Iterator[Fields]:
        """The objects of a list that is there."""
        for count, item in enumerate(self.list(name, may_be_empty=may_be_empty)):
            yield Fields.of(item, f"{self.where(name)}[{count}]", self.unread)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list that is there."""
        for count, item in enumerate(self.list(name)):
            if type(item) is not str or not item.strip():
                raise self.fault(
                    f"{name}[{count}]", f"should be a text but is {_kind(item) if item else 'empty'}"
                )
        return tuple(self.holder[name])

    def maybe(self, name: str, read: Callable[[str], Read]) -> Read | None:
        """What ``read`` gives when the field is there, else nothing: ``fields.maybe("url", fields.url)``."""
        return read(name) if self.has(name) else None

    # Texts of a certain form

    def word(self, name: str, words: type[Word]) -> Word:
        """One word of a value set."""
        said = self.text(name)
        try:
            return words(said)
        except ValueError as error:
            known = ", ".join(words)
            raise self.fault(name, f"is {said[:_QUOTED]!r}, which is none of {known}") from error

    def uuid(self, name: str) -> str:
        """A UUID in its usual form."""
        said = self.text(name)
        if not _UUID.fullmatch(said):
            raise self.fault(name, "is not a UUID")
        return said.lower()

    def fhir_id(self, name: str) -> str:
        """The id of a FHIR resource."""
        said = self.text(name)
        if not _FHIR_ID.fullmatch(said):
            raise self.fault(name, "is not the id of a FHIR resource")
        return said

    def reference(self, name: str, kinds: Sequence[str]) -> str:
        """``[ResourceType]/[id]`` of one of these types."""
        said = self.text(name)
        kind, _, identity = said.partition("/")
        if kind not in kinds or not _FHIR_ID.fullmatch(identity):
            raise self.fault(name, f"should be [type]/[id] with one of the types {', '.join(kinds)}")
        return said

    def url(self, name: str) -> str:
        """An absolute web address."""
        said = self.text(name)
        if not is_web_address(said):
            raise self.fault(name, "is not an absolute http or https address")
        return said

    def moment(self, name: str) -> datetime:
        """A moment of RFC 3339, section 5.6, in UTC."""
        said = self.text(name)
        try:
            if _MOMENT.fullmatch(said):
                return datetime.fromisoformat(said.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self.fault(name, "is not a date and time with its zone, such as 2026-11-24T08:12:00Z")


def is_web_address(said: str) -> bool:
    """Whether this is an absolute http or https address, without spaces and control characters.

    >>> is_web_address("https://unit.example/a?b=1"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    if not said.isprintable() or " " in said:
        return False
    try:
        parts = urlsplit(said)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def written(**values: object) -> Json:
    """A JSON object of what has a value; optional fields without one are left out, as the specification asks."""
    return {name: value for name, value in values.items() if not _is_nothing(value)}


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str | Sequence | Mapping) and not value)
