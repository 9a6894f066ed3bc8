"""Reading people, teams and the trail. Each function asks the database a fixed number of times."""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from osteon.service.accounts.models import AuditEntry, BreakGlass, Person, ReadEntry, Team

PAGE = 50
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def people() -> QuerySet[Person]:
    """Everybody but the system, with teams and whether they have a second factor: 2 queries."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return (
        Person.objects.filter(is_system=False)
        .annotate(has_second_factor=Exists(factor))
        .prefetch_related("teams")
        .order_by("-is_active", "full_name", "pk")
    )


def person_by_public_id(public_id: uuid.UUID) -> Person:
    return get_object_or_404(people(), public_id=public_id)


def teams() -> list[Team]:
    return list(Team.objects.annotate(people_count=Count("memberships")))


def has_second_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def break_glasses() -> QuerySet[BreakGlass]:
    """Those that wait for a review first, then the newest."""
    return BreakGlass.objects.select_related("person", "reviewed_by").order_by(
        F("reviewed_at").desc(nulls_first=True), "-opened_at", "-pk"
    )


def unreviewed_count() -> int:
    return BreakGlass.objects.unreviewed().count()


def break_glass_by_public_id(public_id: uuid.UUID) -> BreakGlass:
    return get_object_or_404(BreakGlass.objects.select_related("person", "reviewed_by"), public_id=public_id)


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for. ``since`` and ``until`` are whole days in the site's time zone, both included."""

    who: str = ""
    patient_id: uuid.UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One line of the trail, a change or a reading."""

    at: datetime
    kind: str
    pk: int
    person: str
    did: str
    patient_id: uuid.UUID | None
    reason: str
    detail: str
    break_glass: bool = False

    @property
    def order(self) -> tuple[datetime, str, int]:
        return (self.at, self.kind, self.pk)


@dataclass(frozen=True, slots=True)
class TrailPage:
    rows: list[TrailRow]
    older: str  # the cursor of the next page; empty on the last


def trail(wanted: TrailFilter, cursor: str = "", size: int = PAGE) -> TrailPage:
    """One page of changes and readings, newest first: 2 queries, both along an index, however long the trail.

    ``cursor`` is the ``older`` of the page before. A cursor that makes no sense starts at the newest.
    """
    start = _parse(cursor)
    changes = _page(_matching(AuditEntry, "by", wanted), "change", start, size).select_related("by")
    readings = _page(_matching(ReadEntry, "person", wanted), "reading", start, size).select_related("person")
    rows = _newest_first(map(_change, changes), map(_reading, readings))[: size + 1]
    older = _cursor(rows[size - 1]) if len(rows) > size else ""
    return TrailPage(rows[:size], older)


def _matching(model: type[AuditEntry] | type[ReadEntry], person: str, wanted: TrailFilter) -> QuerySet[Any]:
    condition = Q()
    if wanted.who:
        name, email = f"{person}__full_name__icontains", f"{person}__email__iexact"
        condition &= Q(**{name: wanted.who}) | Q(**{email: wanted.who})
    if wanted.patient_id:
        condition &= Q(patient_id=wanted.patient_id)
    if wanted.since:
        condition &= Q(at__gte=_midnight(wanted.since))
    if wanted.until:
        condition &= Q(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return model.objects.filter(condition)


def _page(
    rows: QuerySet[Any], kind: str, start: tuple[datetime, str, int] | None, size: int
) -> QuerySet[Any]:
    """The ``size`` + 1 newest rows of one kind that come after ``start`` in the order (at, kind, pk), descending."""
    if start is not None:
        at, start_kind, pk = start
        same_moment = (
            Q(at=at, pk__lt=pk) if kind == start_kind else Q(at=at) if kind < start_kind else Q(pk=None)
        )
        rows = rows.filter(Q(at__lt=at) | same_moment)
    return rows.order_by("-at", "-pk")[: size + 1]


def _newest_first(*kinds: Iterable[TrailRow]) -> list[TrailRow]:
    return list(heapq.merge(*kinds, key=lambda row: row.order, reverse=True))


def _change(entry: AuditEntry) -> TrailRow:
    return TrailRow(
        entry.at,
        "change",
        entry.pk,
        entry.by.full_name,
        _spoken(entry.verb),
        entry.patient_id,
        entry.reason,
        entry.detail,
    )


def _reading(entry: ReadEntry) -> TrailRow:
    return TrailRow(
        entry.at,
        "reading",
        entry.pk,
        entry.person.full_name,
        entry.what,
        entry.patient_id,
        "",
        "",
        entry.break_glass,
    )


def _spoken(verb: str) -> str:
    """``patients.record_finding`` → ``record finding``."""
    return verb.rpartition(".")[2].replace("_", " ")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _cursor(row: TrailRow) -> str:
    return f"{row.at.isoformat()},{row.kind},{row.pk}"


def _parse(cursor: str) -> tuple[datetime, str, int] | None:
    try:
        at, kind, pk = cursor.split(",")
        return datetime.fromisoformat(at), kind, int(pk)
    except ValueError:
        return None
