"""Finding a patient by what somebody types: a name, the beginning of one, a number, a date of birth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

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
MERGED_LOOKED_AT: Final = 200
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
    """Surviving patients who match, also by the name or number of a record merged into them.

    Numbers and merged records are looked up first: as subqueries beside an OR they make PostgreSQL read every
    patient and every episode.
    """
    if not wanted.is_anything:
        return Patient.objects.none()
    match = Q()
    if wanted.birth:
        match &= Q(birth_date=wanted.birth)
    if wanted.number:
        match &= Q(pk__in=_holders(wanted.number))
    if wanted.ways:
        match &= _named(wanted.ways)
    merged = Patient.objects.filter(match, survivor__isnull=False).values_list("survivor", flat=True)
    survivors = list(merged[:MERGED_LOOKED_AT])
    return Patient.objects.surviving().filter(match | Q(pk__in=survivors) if survivors else match)


def _holders(number: str) -> list[int]:
    rows = PatientIdentifier.objects.standing().filter(value_key=number)
    return list(rows.values_list("patient_id", flat=True))


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


class Reached(Sequence[int]):
    """The ids of the matching patients within reach, in the order of their names: asked for once, then paged."""

    def __init__(self, person: Person, wanted: Wanted) -> None:
        found = matching(wanted).filter(within_teams(person) | behind_broken_glass(person))
        self._ids = list(found.order_by("family_key", "given_key", "pk").values_list("pk", flat=True))

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, place: Any) -> Any:
        return self._ids[place]


def within_reach(person: Person, wanted: Wanted, page_number: object = 1) -> Page[Patient]:
    """One page of the matching patients whose record the person may open."""
    page = Paginator(Reached(person, wanted), PAGE_SIZE).get_page(page_number)
    rows = _dressed(Patient.objects.filter(pk__in=list(page.object_list)))
    page.object_list = sorted(rows, key=lambda row: (row.family_key, row.given_key, row.pk))
    return page


def count_outside(wanted: Wanted, reached: int) -> int:
    """How many more match, whose record is beyond reach."""
    return matching(wanted).count() - reached


def outside_reach(person: Person, wanted: Wanted) -> QuerySet[Patient]:
    """The matching patients whose record the person may open only by breaking the glass."""
    return matching(wanted).exclude(within_teams(person) | behind_broken_glass(person))


def named_outside(person: Person, wanted: Wanted) -> list[Patient]:
    """The first outside reach, by name and birth date only, so that one can be chosen; each naming is logged."""
    found = outside_reach(person, wanted).order_by("family_key", "given_key", "pk")
    shown = list(found[:OUTSIDE_SHOWN])
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


def _dressed(found: QuerySet[Patient]) -> QuerySet[Patient]:
    standing = Episode.objects.standing().select_related("team").order_by("-opened_on", "-pk")
    numbers = PatientIdentifier.objects.standing().order_by("system")
    return found.prefetch_related(Prefetch("episodes", standing), Prefetch("identifiers", numbers))
