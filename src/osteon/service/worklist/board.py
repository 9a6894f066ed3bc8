"""Every unclosed alert within a person's reach, in a few bytes each, sorted into the sections of Today.

The reach is asked once; sections, order and counts are then plain Python, which is both faster than asking the
database eight times and easier to read. Whole alerts are loaded only for the rows that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from osteon.service.patients.models import Episode, ImportedFact
from osteon.service.patients.road import Position
from osteon.service.worklist.models import Alert
from osteon.service.worklist.queries import FRAME, INPATIENT, Scope, start_of_day, within
from osteon.service.worklist.roles import EVERYTHING, INPATIENTS, NOBODY, TodayOf, rules_about
from osteon.service.worklist.states import SAME_DAY, State, urgency_of

RED = urgency_of("red", same_day=True)  # never kept from anybody who may acknowledge it


class Light(NamedTuple):
    """An unclosed alert, as far as sorting needs it."""

    pk: int
    patient_id: int
    rule_id: str
    urgency: int
    state: str
    first_raised_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class Board:
    """The sections. ``now`` and ``due``: patients in order; ``listed``: their alerts on the role's list.

    ``waiting`` and ``answered``: alerts that were answered before today, and today. ``hidden``: how many people
    with an open alert the role's list leaves out. ``alarmed``: everybody with an unclosed alert.
    """

    now: list[int]
    due: list[int]
    listed: dict[int, list[int]]
    waiting: list[int]
    waiting_people: int
    answered: list[int]
    hidden: int
    alarmed: set[int]


def board_of(scope: Scope) -> Board:
    """One query, and one more for roles whose list depends on more than alerts."""
    rows = list(_within_reach(scope))
    open_rows = [row for row in rows if row.state == State.OPEN]
    first, inpatients = _people_first(scope), _inpatients(scope)
    shown = [row for row in open_rows if _is_shown(row, scope, inpatients)]
    people = _by_patient(shown)
    ranked = sorted(people, key=lambda patient_id: _rank(people[patient_id], scope.role, first))
    waiting, answered = _answered(rows, scope)
    return Board(
        now=[patient_id for patient_id in ranked if _most(people[patient_id]) >= SAME_DAY],
        due=[patient_id for patient_id in ranked if _most(people[patient_id]) < SAME_DAY],
        listed={patient_id: [row.pk for row in found] for patient_id, found in people.items()},
        waiting=[row.pk for row in waiting],
        waiting_people=len({row.patient_id for row in waiting}),
        answered=[row.pk for row in answered],
        hidden=len({row.patient_id for row in open_rows} - set(people)),
        alarmed={row.patient_id for row in rows},
    )


def _within_reach(scope: Scope) -> Iterable[Light]:
    rows = Alert.objects.unclosed().filter(within(scope))
    return map(Light._make, rows.values_list(*Light._fields))


def _by_patient(rows: Iterable[Light]) -> dict[int, list[Light]]:
    found: dict[int, list[Light]] = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(row)
    return found


def _most(rows: list[Light]) -> int:
    return max(row.urgency for row in rows)


def _rank(rows: list[Light], role: TodayOf, first: set[int]) -> tuple:
    """Where a person stands. What cannot wait goes by urgency alone; only then does the role's order count."""
    topics = set(rules_about(role.first))
    precedence = not (rows[0].patient_id in first or any(row.rule_id in topics for row in rows))
    urgency, since = _most(rows), min(row.first_raised_at for row in rows)
    key = (-urgency, precedence) if urgency >= SAME_DAY else (precedence, -urgency)
    return (urgency < SAME_DAY, *key, since, rows[0].patient_id)


def _is_shown(row: Light, scope: Scope, inpatients: set[int]) -> bool:
    role = scope.role
    if scope.may_answer and row.urgency >= RED:
        return True
    if role.patients == NOBODY or (role.patients == INPATIENTS and row.patient_id not in inpatients):
        return False
    return role.topics == EVERYTHING or row.rule_id in rules_about(role.topics)


def _answered(rows: list[Light], scope: Scope) -> tuple[list[Light], list[Light]]:
    """Those answered before today, the most urgent first; those answered today, the latest first."""
    midnight = start_of_day(scope.now)
    answered = [row for row in rows if row.answered_at is not None]
    before = [row for row in answered if row.answered_at < midnight]
    today = [row for row in answered if row.answered_at >= midnight]
    before.sort(key=lambda row: (-row.urgency, row.answered_at, row.pk))
    return before, sorted(today, key=lambda row: row.answered_at, reverse=True)


# Who comes first, who is in hospital ------------------------------------------------------------------


def _people_first(scope: Scope) -> set[int]:
    role = scope.role
    if role.own_first:
        mine = Episode.objects.standing().filter(responsible=scope.person).exclude(status=Position.CLOSED)
        return _whose(mine)
    return _whose(_lasting(FRAME)) if role.frames_first else set()


def _inpatients(scope: Scope) -> set[int]:
    return _whose(_lasting(INPATIENT)) if scope.role.patients == INPATIENTS else set()


def _lasting(code: str) -> Iterable[ImportedFact]:
    return ImportedFact.objects.standing().filter(code=code, end__isnull=True)


def _whose(rows) -> set[int]:  # type: ignore[no-untyped-def]
    """The patients these rows are about: the survivor, where a record was merged."""
    pairs = rows.values_list("patient_id", "patient__survivor_id")
    return {survivor or patient_id for patient_id, survivor in pairs}
