"""Today: everything on the page, from the board to rows of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from osteon.service.accounts.permissions import Permission
from osteon.service.patients.models import Patient
from osteon.service.results.microbiology import TakingView
from osteon.service.results.models import Result
from osteon.service.results.queries import awaiting_interpretation
from osteon.service.worklist import queries, task_queries
from osteon.service.worklist.board import board_of
from osteon.service.worklist.models import Alert, AlertEvent, Task
from osteon.service.worklist.presenters import (
    Act,
    Person,
    alert_acts,
    alert_line,
    brief_line,
    person_of,
    task_line,
    tasks_page,
    whose,
)
from osteon.service.worklist.queries import Beside, Freshness, Scope
from osteon.service.worklist.states import SAME_DAY, State

CULTURES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Done:
    """One line of "Done today". ``back`` reopens it."""

    name: str
    href: str
    text: str
    words: str
    by: str
    at: datetime
    back: Act | None = None


@dataclass(frozen=True, slots=True)
class Culture:
    """A culture or result that nobody has interpreted."""

    name: str
    person_href: str
    text: str
    href: str
    at: datetime


@dataclass(frozen=True)
class Today:
    """The page. ``more`` and ``hidden`` say how many people are not on it, and which link shows them."""

    scope: Scope
    freshness: Freshness
    now: list[Person]
    due: list[Person]
    waiting: list[Person]
    waiting_count: int
    done: list[Done]
    quiet: int
    more_now: int
    more_due: int
    hidden: int
    cultures: list[Culture] = field(default_factory=list)
    patients: tuple[Patient, ...] = ()

    @property
    def done_is_cut(self) -> bool:
        """Whether more was done today than is listed."""
        return len(self.done) == queries.SHOWN

    @property
    def is_empty(self) -> bool:
        """Nobody needs anything."""
        return not self.now and not self.due


def today(scope: Scope, *, all_rows: bool = False) -> Today:
    """Everything on the page, in a number of queries that does not depend on how much there is."""
    limit = queries.SHOWN_AT_MOST if all_rows else queries.SHOWN
    board = board_of(scope)
    tasks, handed = task_queries.due_tasks(scope, limit), task_queries.handed_over_tasks(scope, limit)
    about = [patient for patient in map(whose, [*tasks, *handed]) if patient]
    order = [*board.now[:limit], *board.due[:limit]]
    listed = [pk for key in {*order, *(p.pk for p in about)} for pk in board.listed.get(key, [])]
    waiting, answered = board.waiting[:limit], board.answered[: queries.SHOWN]
    alerts = queries.alerts_by_pk([*listed, *waiting, *answered])
    everybody = {patient.pk: patient for patient in [*(alert.patient for alert in alerts.values()), *about]}
    beside = queries.beside(everybody.values())
    now, due = _sections(scope, [alerts[pk] for pk in listed], tasks, beside, order)
    waits = _waiting(scope, [alerts[pk] for pk in waiting], handed, beside)
    return Today(
        scope=scope,
        freshness=queries.freshness(scope.now),
        now=now[:limit],
        due=due[:limit],
        waiting=waits,
        waiting_count=max(len(waits), board.waiting_people),
        done=done_today(scope, [alerts[pk] for pk in answered]),
        quiet=queries.quiet_count(scope, board.alarmed),
        more_now=max(0, len(board.now) - limit),
        more_due=max(0, len(due) - limit, len(board.due) - limit),
        hidden=board.hidden,
        cultures=cultures(scope) if scope.role.cultures else [],
        patients=tuple(everybody.values()),
    )


def _sections(
    scope: Scope, alerts: Sequence[Alert], tasks: Sequence[Task], beside: Beside, order: Sequence[int]
) -> tuple[list[Person], list[Person]]:
    """Who needs somebody now, and who today. A person stands once, where their most urgent fact puts them."""
    people: dict[int | None, Person] = {}
    for alert in alerts:
        if alert.patient_id not in people:
            people[alert.patient_id] = person_of(alert.patient, beside, scope)
        people[alert.patient_id].lines.append(alert_line(alert, scope))
    for task in tasks:
        _add_task(people, task, beside, scope)
    for person in people.values():
        person.lines.sort(key=lambda line: -line.urgency)
    place = {patient_id: number for number, patient_id in enumerate(order)}
    keys = sorted(people, key=lambda key: place.get(key, len(place)))
    now = [people[key] for key in keys if people[key].lines[0].urgency >= SAME_DAY]
    due = [people[key] for key in keys if people[key].lines[0].urgency < SAME_DAY]
    # Somebody asked this very person: that comes before what rules say is due.
    return now, sorted(due, key=lambda person: not person.has_task)


def _add_task(people: dict[int | None, Person], task: Task, beside: Beside, scope: Scope) -> None:
    patient = whose(task)
    key = patient.pk if patient else None
    if key not in people:
        people[key] = (
            person_of(patient, beside, scope) if patient else Person(_("No one patient"), tasks_page())
        )
    people[key].lines.append(task_line(task, scope))


def _waiting(scope: Scope, alerts: Iterable[Alert], handed: Iterable[Task], beside: Beside) -> list[Person]:
    people: dict[int | None, Person] = {}
    for alert in alerts:
        if alert.patient_id not in people:
            people[alert.patient_id] = person_of(alert.patient, beside, scope)
        people[alert.patient_id].lines.append(brief_line(alert))
    for task in handed:
        _add_task(people, task, beside, scope)
    return list(people.values())


def cultures(scope: Scope) -> list[Culture]:
    """What awaits an interpretation, the longest waiting first; the page of results lists all of it."""
    awaiting = awaiting_interpretation(scope.person)
    rows = [_taking(TakingView(specimens, scope.now)) for specimens in awaiting.takings]
    rows += [_result(result) for result in awaiting.results]
    return sorted(rows, key=lambda row: row.at)[:CULTURES_SHOWN]


def _taking(view: TakingView) -> Culture:
    patient = view.first.patient.survivor or view.first.patient
    href = reverse("results:microbiology", kwargs={"patient_id": patient.public_id})
    words = f"{view.title}: {view.summary}"
    return Culture(str(patient), patient.get_absolute_url(), words, href, view.first.taken_at)


def _result(result: Result) -> Culture:
    patient = result.patient.survivor or result.patient
    href = result.get_absolute_url()
    return Culture(str(patient), patient.get_absolute_url(), str(result), href, result.taken_at)


# Done today -------------------------------------------------------------------------------------------


def done_today(scope: Scope, answered: Iterable[Alert]) -> list[Done]:
    """What was answered, closed or done since midnight, the latest first."""
    rows = [
        *(_answered(alert, scope) for alert in answered),
        *(_closed(event) for event in queries.closed_today(scope)),
        *(_done(task, scope) for task in task_queries.tasks_done_today(scope)),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[: queries.SHOWN]


def _answered(alert: Alert, scope: Scope) -> Done:
    snoozed = alert.state == State.SNOOZED
    words = _("Snoozed: %(words)s") % {"words": alert.answer} if snoozed else alert.answer
    back = next((act for act in alert_acts(alert, scope.person) if act.post), None)
    by = str(alert.answered_by)
    return Done(
        str(alert.patient), alert.get_absolute_url(), alert.sentence, words, by, alert.answered_at, back
    )


def _closed(event: AlertEvent) -> Done:
    alert = event.alert
    name, href = str(alert.patient), alert.get_absolute_url()
    return Done(name, href, event.sentence, event.reason, str(event.by), event.at)


def _done(task: Task, scope: Scope) -> Done:
    patient = whose(task)
    back = None
    if scope.person.can(Permission.MANAGE_TASK):
        back = Act(_("Not done"), reverse("worklist:reopen_task", args=[task.public_id]), post=True)
    name = str(patient) if patient else _("No one patient")
    words = task.done_note or _("Task done")
    return Done(name, task.get_absolute_url(), task.text, words, str(task.done_by), task.done_at, back)
