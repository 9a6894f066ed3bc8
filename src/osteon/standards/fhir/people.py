"""FHIR Patients as subjects, and the references by which other resources name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from osteon.events.report import ReadReport
from osteon.events.schema import Event
from osteon.events.subjects import Identifier, Subject, subject_id_for
from osteon.standards.fhir.codings import has_code
from osteon.standards.fhir.shapes import Json, Refuse, obj, objs, word, words
from osteon.standards.fhir.times import birth_of, time_of

_NHS_SYSTEMS: Final = frozenset({"https://fhir.nhs.uk/Id/nhs-number", "http://fhir.nhs.net/Id/nhs-number"})
# Numbers of a person that a hospital does not need to find a patient by: not taken into the record.
_NOT_TAKEN: Final = ("SS", "DL", "PPN", "TAX", "NI", "NIIP", "SB")
_SEX: Final = {"female": "F", "male": "M", "other": "O"}


@dataclass(slots=True)
class People:
    """The patients of one source. References lead to ``subject_id``; no two patients share one."""

    by_reference: dict[str, int] = field(default_factory=dict)
    by_identifier: dict[Identifier, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def read(self, resource: Json, references: list[str]) -> Subject:
        """A Patient as a subject, who is not yet one of these people.

        Raises:
            Refuse: for an impossible birth date, or a second copy of one Patient.
        """
        identifiers = tuple(_identifiers(resource))
        return _subject(resource, self._number_for(identifiers, references), identifiers)

    def admit(self, subject: Subject, references: list[str]) -> None:
        """From now on the references and numbers lead to this subject."""
        self.taken.add(subject.subject_id)
        for reference in references:
            self.by_reference.setdefault(reference, subject.subject_id)
        for identifier in subject.identifiers:
            self.by_identifier.setdefault(identifier, subject.subject_id)

    def _number_for(self, identifiers: tuple[Identifier, ...], references: list[str]) -> int:
        """Stable from file to file for one identifier; but two Patients of one file are never one subject."""
        named = [(i.system, i.value) for i in sorted(identifiers, key=lambda i: i.system != "nhs")]
        for system, value in (*named, *(("fhir:Patient", reference) for reference in references)):
            number = subject_id_for(system, value)
            if number not in self.taken:
                return number
        raise Refuse("stands in the file twice")

    def find(self, reference: Json | None) -> int:
        """The patient a Reference means.

        Raises:
            Refuse: when it names nobody, or nobody of this source.
        """
        if reference is None:
            raise Refuse("does not say which patient")
        target = word(reference, "reference")
        found = self.by_reference.get(target) if target else self._by_logical(reference)
        if found is None and target:
            found = self._by_other_form(target)
        if found is None:
            raise Refuse("refers to a patient who is not in the file")
        return found

    def _by_logical(self, reference: Json) -> int | None:
        identifier = obj(reference, "identifier")
        return self.by_identifier.get(_identifier(identifier)) if identifier else None

    def _by_other_form(self, target: str) -> int | None:
        if target.startswith("Patient?identifier="):
            system, _, value = target.removeprefix("Patient?identifier=").partition("|")
            return self.by_identifier.get(Identifier(_system_name(system), value))
        return self.by_reference.get(local_reference(target))


def local_reference(target: str) -> str:
    """``Type/id`` of an absolute or versioned reference.

    >>> local_reference("https://server/fhir/Patient/7/_history/2")
    'Patient/7'
    """
    parts = target.partition("/_history/")[0].rsplit("/", 2)
    return "/".join(parts[-2:])


def _identifiers(resource: Json) -> Iterator[Identifier]:
    for item in objs(resource, "identifier"):
        if word(item, "value") and not has_code(obj(item, "type"), *_NOT_TAKEN):
            yield _identifier(item)


def _identifier(item: Json) -> Identifier:
    return Identifier(_system_name(word(item, "system")), word(item, "value"))


def _system_name(system: str) -> str:
    return "nhs" if system in _NHS_SYSTEMS else system


def _subject(resource: Json, subject_id: int, identifiers: tuple[Identifier, ...]) -> Subject:
    name = _name(resource)
    born, precision = birth_of(word(resource, "birthDate"))
    return Subject(
        subject_id,
        identifiers,
        family_name=word(name, "family") or word(name, "text"),
        given_name=" ".join(words(name, "given")),
        birth_date=born,
        birth_precision=precision,
        sex=word(resource, "gender"),
        address_lines=tuple(_address(resource)),
        telephone=_telephone(resource),
    )


def _name(resource: Json) -> Json:
    names = objs(resource, "name")
    rank = {"official": 0, "usual": 1, "": 2}
    return min(names, key=lambda name: rank.get(word(name, "use"), 3), default={})


def _address(resource: Json) -> Iterator[str]:
    for address in objs(resource, "address")[:1]:
        yield from words(address, "line")
        yield from (
            part for key in ("city", "district", "state", "postalCode") if (part := word(address, key))
        )


def _telephone(resource: Json) -> str:
    contacts = objs(resource, "telecom")
    return next((word(contact, "value") for contact in contacts if word(contact, "system") == "phone"), "")


def life_events(resource: Json, subject: Subject, source: str, report: ReadReport) -> list[Event]:
    """Birth, death and sex of a Patient."""
    events: list[Event] = []
    born = time_of(resource, "birthDate")
    if born:
        events.append(
            Event(subject.subject_id, born.time, "MEDS_BIRTH", source=source, original=born.said or None)
        )
    if sex := _SEX.get(subject.sex):
        events.append(Event(subject.subject_id, None, f"GENDER//{sex}", source=f"{source}/gender"))
    died = time_of(resource, "deceasedDateTime")
    if died:
        events.append(
            Event(
                subject.subject_id,
                died.time,
                "MEDS_DEATH",
                source=f"{source}/death",
                original=died.said or None,
            )
        )
    elif resource.get("deceasedBoolean") is True:
        report.remarks["Patient: dead, but the file does not say since when"] += 1
    return events
