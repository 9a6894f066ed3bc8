"""Finding a patient by what somebody types: a name, the beginning of one, a number, a date of birth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from osteon.service.accounts.audit import log_read
from osteon.service.accounts.models import Person, ReadEntry
from osteon.service.patients.models import Episode, Patient, PatientIdentifier
from osteon.service.patients.names import identifier_key, ways_to_read
from osteon.service.patients.partial_dates import NotADate, Precision, parse_partial_date
from osteon.service.patients.reach import behind_broken_glass, reachable, within_teams

PAGE_SIZE: Final = 20
OUTSIDE_SHOWN: Final = 20
LOOKED_BACK: Final = 200  # readings among which the last patients are sought
_DATE: Final = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, understood: a number, or ways to read a name, and perhaps a birth date."""

    words: str
    number: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    birth: date | None = None

    @property
    def is_anything(self) -> bool:
        """Whether there is something to look for."""
        return bool(self.number or self.ways or self.birth)


def understand(typed: str) -> Wanted:
    """Takes a date out of what was typed; the rest is a number if it has a digit, else a name.

    >>> understand("okafor 14/02/1959").birth
    datetime.date(1959, 2, 14)
    >>> understand("943 476 5919").number
    '9434765919'
    """
    words = typed.strip()
    birth = _birth(words)
    rest = _DATE.sub(" ", words) if birth else words
    if any(character.isdigit() for character in rest):
        return Wanted(words, number=identifier_key(rest), birth=birth)
    return Wanted(words, ways=tuple(ways_to_read(rest)), birth=birth)


def _birth(words: str) -> date | None:
    found = _DATE.search(words)
    try:
        said = parse_partial_date(found[0]) if found else None
    except NotADate:
        return None
    return said.date if said and said.precision is Precision.DAY else None


def matching(wanted: Wanted) -> QuerySet[Patient]:
    """Surviving patients who match, also by the name or number of a record merged into them."""
    if not wanted.is_anything:
        return Patient.objects.none()
    match = Q()
    if wanted.birth:
        match &= Q(birth_date=wanted.birth)
    if wanted.number:
        match &= Q(pk__in=_holders(wanted.number))
    if wanted.ways:
        match &= _named(wanted.ways)
    merged = Patient.objects.filter(match, survivor__isnull=False).values("survivor_id")
    return Patient.objects.surviving().filter(match | Q(pk__in=merged))


def _holders(number: str) -> QuerySet[PatientIdentifier]:
    return PatientIdentifier.objects.standing().filter(value_key=number).values("patient_id")


def _named(ways: tuple[tuple[str, str], ...]) -> Q:
    either = Q()
    for family, given in ways:
        either |= _begins("family_key", family, given) & _begins("given_key", given, family)
    return either


def _begins(column: str, key: str, other: str) -> Q:
    if not key:
        return Q()
    # One letter alone would begin thousands of names: it is taken for a whole one (there are people called O).
    return Q(**{column if len(key) == 1 and not other else f"{column}__prefix": key})


def within_reach(person: Person, wanted: Wanted, page_number: object = 1) -> Page[Patient]:
    """One page of the matching patients whose record the person may open."""
    found = reachable(person).filter(pk__in=matching(wanted).values("pk"))
    return Paginator(_in_order(found), PAGE_SIZE).get_page(page_number)


def outside_reach(person: Person, wanted: Wanted) -> QuerySet[Patient]:
    """The matching patients whose record the person may open only by breaking the glass."""
    return matching(wanted).exclude(within_teams(person) | behind_broken_glass(person))


def named_outside(person: Person, found: QuerySet[Patient]) -> list[Patient]:
    """The first of them, by name and birth date only, so that one can be chosen; each naming is logged."""
    shown = list(found.order_by("family_key", "given_key", "pk")[:OUTSIDE_SHOWN])
    for patient in shown:
        log_read(
            person=person,
            patient_id=patient.public_id,
            what="name and birth date, in a search outside their teams",
            path_name="patients:search",
        )
    return shown


def recently_opened(person: Person, limit: int = 10) -> list[Patient]:
    """The patients within reach whose record the person opened last, the latest first."""
    read = ReadEntry.objects.filter(person=person).order_by("-at").values_list("patient_id", flat=True)
    last = list(dict.fromkeys(read[:LOOKED_BACK]))[:limit]
    place = {public_id: index for index, public_id in enumerate(last)}
    rows = _dressed(reachable(person).filter(public_id__in=last))
    return sorted(rows, key=lambda patient: place[patient.public_id])


def _in_order(found: QuerySet[Patient]) -> QuerySet[Patient]:
    return _dressed(found.order_by("family_key", "given_key", "pk"))


def _dressed(found: QuerySet[Patient]) -> QuerySet[Patient]:
    standing = Episode.objects.standing().select_related("team").order_by("-opened_on", "-pk")
    numbers = PatientIdentifier.objects.standing().order_by("system")
    return found.prefetch_related(Prefetch("episodes", standing), Prefetch("identifiers", numbers))
