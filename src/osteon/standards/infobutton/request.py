"""The request, as parameters of a URL (implementation guide, release 4; OpenInfobutton's names).

    https://library.example/infobutton?mainSearchCriteria.v.c=M86.6&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90

Parameters that carry who is asking or who the patient is (``holder.*``, ``patientPerson.*`` beyond sex) are
never written, and read past without being kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from osteon.standards.infobutton.systems import BY_ECHO, BY_OID, CodeSystem

MAX_VALUE = 300
MAX_TOPICS = 10
RECIPIENTS: Final = ("PAT", "PROV", "PAYOR")
JSON, XML, JSONP = "application/json", "text/xml", "application/javascript"

# Deprecated spelling on the left: read, never written (library_and_connect.md, 4.1).
_DEPRECATED = re.compile(r"^(mainSearchCriteria|subTopic)\.c\.(c|cs|dn|ot)(\d*)$")
_TOPIC = re.compile(r"^mainSearchCriteria\.v\.(c|cs|dn|ot)(\d*)$")
_SUBTOPIC = re.compile(r"^subTopic\.v\.(c|cs|dn|ot)(\d*)$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


class RequestRefused(ValueError):
    """The request cannot be understood. The text tells the asking program what to send instead."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One concept asked about: a code of a system (its OID), its display name, the words typed."""

    code: str = ""
    system: str = ""
    display: str = ""
    original: str = ""

    @property
    def code_system(self) -> CodeSystem | None:
        """The terminology, when we know it; some clients send its name in place of its OID."""
        return BY_OID.get(self.system) or BY_ECHO.get(self.system)

    def __bool__(self) -> bool:
        return bool(self.code or self.display or self.original)


@dataclass(frozen=True, slots=True)
class KnowledgeRequest:
    """What is asked, for whom, in which language. ``age`` and ``age_unit`` are UCUM ("a", "mo")."""

    topics: tuple[Coded, ...] = ()
    subtopics: tuple[Coded, ...] = ()
    recipient: str = "PAT"
    performer: str = ""
    language: str = "en"
    sex: str = ""
    age: str = ""
    age_unit: str = ""
    age_group: str = ""
    task: str = ""
    encounter: str = ""
    interpretation: str = ""
    effective_time: str = ""
    response_type: str = ""
    callback: str = ""
    language_was_given: bool = False

    @classmethod
    def parse(cls, parameters: Mapping[str, str] | Iterable[tuple[str, str]]) -> KnowledgeRequest:
        """Reads the parameters of a URL.

        Unknown parameters are ignored, as the guide asks.

        Raises:
            RequestRefused: without any topic, or with a value that cannot be one.
        """
        given = _tidied(parameters)
        topics = tuple(_concepts(given, _TOPIC))
        if not topics:
            raise RequestRefused("Send mainSearchCriteria.v.c with mainSearchCriteria.v.cs, or .v.dn.")
        recipient = given.get("informationRecipient", "PAT").upper()
        if recipient not in RECIPIENTS:
            raise RequestRefused(f"informationRecipient is one of {', '.join(RECIPIENTS)}.")
        language = given.get("informationRecipient.languageCode.c", "")
        if language and not _LANGUAGE.fullmatch(language):
            raise RequestRefused("informationRecipient.languageCode.c is a language code such as en or es.")
        return cls(
            topics=topics,
            subtopics=tuple(_concepts(given, _SUBTOPIC)),
            recipient=recipient,
            language=re.split("[-_]", language)[0].lower() or "en",
            language_was_given=bool(language),
            callback=given.get("callback", ""),
            **{name: given[parameter] for name, parameter in _PLAIN.items() if parameter in given},
        )

    def parameters(self) -> list[tuple[str, str]]:
        """The request as name and value, empty ones left out; nothing in it points to a person."""
        return [(name, value) for name, value in self._all_parameters() if value]

    def url(self, base: str) -> str:
        """The request to the service at ``base``."""
        return f"{base}{'&' if '?' in base else '?'}{urlencode(self.parameters())}"

    def _all_parameters(self) -> Iterator[tuple[str, str]]:
        for number, topic in enumerate(self.topics):
            yield from _written("mainSearchCriteria.v", number, topic)
        for number, topic in enumerate(self.subtopics):
            yield from _written("subTopic.v", number, topic)
        yield "informationRecipient", self.recipient
        yield "informationRecipient.languageCode.c", self.language
        for name, parameter in _PLAIN.items():
            yield parameter, getattr(self, name)


_PLAIN: Final = {
    "performer": "performer",
    "sex": "patientPerson.administrativeGenderCode.c",
    "age": "age.v.v",
    "age_unit": "age.v.u",
    "age_group": "ageGroup.v.c",
    "task": "taskContext.c.c",
    "encounter": "encounter.c.c",
    "interpretation": "severityObservation.interpretationCode.c",
    "effective_time": "knowledgeRequestNotification.effectiveTime.v",
    "response_type": "knowledgeResponseType",
}


def _tidied(parameters: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    pairs = parameters.items() if isinstance(parameters, Mapping) else parameters
    given: dict[str, str] = {}
    for name, value in pairs:
        value = value.strip()
        if len(value) > MAX_VALUE:
            raise RequestRefused(f"{name[:60]} is longer than {MAX_VALUE} characters.")
        if any(ord(letter) < 32 for letter in value):
            raise RequestRefused(f"{name[:60]} has control characters in it.")
        given.setdefault(_DEPRECATED.sub(r"\1.v.\2\3", name), value)
    return given


def _concepts(given: dict[str, str], form: re.Pattern[str]) -> Iterator[Coded]:
    """``.v.c``, then ``.v.c1``, ``.v.c2``, each with the parts of the same number."""
    parts: dict[str, dict[str, str]] = {}
    for name, value in given.items():
        if found := form.match(name):
            parts.setdefault(found[2], {})[found[1]] = value
    if len(parts) > MAX_TOPICS:
        raise RequestRefused(f"Ask about at most {MAX_TOPICS} concepts at once.")
    for number in sorted(parts, key=lambda text: int(text or 0)):
        part = parts[number]
        concept = Coded(part.get("c", ""), part.get("cs", ""), part.get("dn", ""), part.get("ot", ""))
        if concept:
            yield concept


def _written(prefix: str, number: int, concept: Coded) -> Iterator[tuple[str, str]]:
    suffix = str(number) if number else ""
    yield f"{prefix}.cs{suffix}", concept.system
    yield f"{prefix}.c{suffix}", concept.code
    yield f"{prefix}.dn{suffix}", concept.display
    yield f"{prefix}.ot{suffix}", concept.original
