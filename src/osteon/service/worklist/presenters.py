"""From rows to what pages print: one person a row, the facts that put them there, the next act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osteon.service.accounts.permissions import ROLES, Permission
from osteon.service.courses.arithmetic import day_in_words
from osteon.service.courses.models import Course
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.presenters import age_words
from osteon.service.worklist import queries
from osteon.service.worklist.actions import in_words
from osteon.service.worklist.models import Alert, AlertEvent, Task
from osteon.service.worklist.queries import FRAME, Beside, Scope
from osteon.service.worklist.states import State, urgency_of
from osteon.service.worklist.why import Why, why


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a row. ``post`` buttons do it at once; the others open a form."""

    text: str
    href: str
    post: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One fact about a person: an alert or a task. ``when`` is the fact's moment with what it was."""

    level: str
    text: str
    when: datetime | None
    when_words: str
    key: str
    note: str = ""
    provisional: bool = False
    why: Why | None = None
    acts: tuple[Act, ...] = ()
    urgency: int = 0
    due_on: date | None = None
    owner: str = ""
    href: str = ""

    def without_acts(self) -> Line:
        """The same fact on a page that is itself one of its acts."""
        return replace(self, acts=())


@dataclass
class Person:
    """One row: who, which infection, where on the road, and the facts that put them here."""

    name: str
    href: str
    age: str = ""
    places: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The level of the first line, which is the most urgent."""
        return self.lines[0].level

    @property
    def has_task(self) -> bool:
        """Whether one of the facts is a task."""
        return any(line.why is None for line in self.lines)

    @property
    def shown(self) -> list[Line]:
        """What is read at a glance: the first fact, every red one, and tasks."""
        glance = [
            line for line in self.lines if line.level == "red" or line.why is None or line is self.lines[0]
        ]
        return glance if len(self.lines) - len(glance) > 1 else self.lines

    @property
    def folded(self) -> list[Line]:
        """The others, one press away; never a single one."""
        return [line for line in self.lines if line not in self.shown]


# People -----------------------------------------------------------------------------------------------


def whose(task: Task) -> Patient | None:
    """The patient a task is about: the survivor, when the record was merged."""
    return task.patient and (task.patient.survivor or task.patient)


def person_of(patient: Patient, beside: Beside, scope: Scope) -> Person:
    """The row of a patient, without its facts."""
    return Person(
        name=str(patient),
        href=patient.get_absolute_url(),
        age=age_words(patient, scope.today),
        places=tuple(places(patient, beside, scope.today)),
    )


def places(patient: Patient, beside: Beside, today: date) -> Iterable[str]:
    """Which infection and where on the road: ``Left tibia, OPAT``; ``Daptomycin day 11 of 42``; ``Inpatient``."""
    episodes = beside.episodes.get(patient.pk, [])
    open_episodes = [episode for episode in episodes if episode.closed_on is None] or episodes[:1]
    for episode in open_episodes:
        yield place_of(episode)
    for fact in beside.lasting.get(patient.pk, []):
        day = (today - timezone.localtime(fact.time).date()).days + 1 if fact.time else None
        yield _lasting_words(fact.code == FRAME, day)
    courses = beside.courses.get(patient.pk, [])
    if courses:
        yield course_words(courses, today)


def place_of(episode: Episode) -> str:
    """``Left tibia: osteomyelitis, OPAT``."""
    return f"{episode}, {episode.position.words}"


def course_words(courses: Sequence[Course], today: date) -> str:
    """The course that runs longest, with its day; the others are counted."""
    first = courses[0]
    words = f"{first.drug_name} {day_in_words(first.span, today)}"
    return f"{words} + {len(courses) - 1}" if len(courses) > 1 else words


def _lasting_words(is_frame: bool, day: int | None) -> str:
    words = _("Frame") if is_frame else _("Inpatient")
    return words if day is None else _("%(what)s day %(day)s") % {"what": words, "day": day}


# Lines ------------------------------------------------------------------------------------------------


def alert_line(alert: Alert, scope: Scope) -> Line:
    """An alert as one fact with its age, why it stands, and the acts the person may do."""
    when, words = _age_of(alert)
    return Line(
        level=alert.level,
        text=alert.sentence,
        when=when,
        when_words=words,
        key=f"alert-{alert.public_id}",
        note=note_of(alert),
        provisional=alert.provisional,
        why=why(alert.evidence, alert.patient.public_id),
        acts=tuple(alert_acts(alert, scope.person)),
        urgency=alert.urgency,
        href=alert.get_absolute_url(),
    )


def brief_line(alert: Alert) -> Line:
    """An alert of which somebody else makes the next move: what, and what was said to it."""
    return Line(
        level=alert.level,
        text=alert.sentence,
        when=alert.answered_at,
        when_words="",
        key=f"alert-{alert.public_id}",
        note=note_of(alert),
        urgency=alert.urgency,
        href=alert.get_absolute_url(),
    )


def _age_of(alert: Alert) -> tuple[datetime | None, str]:
    if alert.level in ("due", "overdue"):
        return alert.due_at, _("due since")
    return (alert.fact_at, _("taken")) if alert.fact_at else (alert.first_raised_at, _("raised"))


def note_of(alert: Alert) -> str:
    """What happened to it: reopened because ..., acknowledged by ..., snoozed until ..."""
    if alert.state == State.OPEN:
        return _("Reopened: %(why)s") % {"why": _(alert.reopened_because)} if alert.reopened_because else ""
    said = {"who": alert.answered_by, "words": alert.answer}
    if alert.state == State.SNOOZED:
        until = timezone.localtime(alert.snoozed_until)
        said["until"] = date_format(until, "D j M")
        return _("Snoozed until %(until)s by %(who)s: %(words)s") % said
    return _("%(who)s: %(words)s") % said


def alert_acts(alert: Alert, person: Any) -> Iterable[Act]:
    """What the person may do about it, the next act first."""
    if alert.is_closed:
        return
    page = (
        alert.get_absolute_url()
    )  # its own pages lie below: asking for each by name costs more than the row
    may_answer = person.can(Permission.ACKNOWLEDGE_ALERT)
    late = alert.level in ("due", "overdue", "unknown")
    if person.can(Permission.MANAGE_TASK) and late and alert.is_open:
        yield Act(_("Make a task…"), new_task(alert), main=True)
    if may_answer and alert.is_open:
        yield Act(_("Acknowledge…"), f"{page}acknowledge/", main=not late)
        yield Act(_("Snooze…"), f"{page}snooze/")
    if person.can(Permission.MANAGE_TASK) and not late and alert.is_open:
        yield Act(_("Make a task…"), new_task(alert), main=not may_answer)
    if may_answer and not alert.is_open:
        yield Act(_("Reopen"), f"{page}reopen/", post=True)


def new_task(alert: Alert) -> str:
    """The form for a task that comes from an alert."""
    return f"{reverse('worklist:create_task')}?alert={alert.public_id}&patient={alert.patient.public_id}"


def task_line(task: Task, scope: Scope) -> Line:
    """A task as one fact: late ones are overdue, those of today due."""
    acts = []
    if scope.person.can(Permission.MANAGE_TASK):
        done = reverse("worklist:finish_task", args=[task.public_id])
        acts = [Act(_("Done"), done, post=True, main=True), Act(_("Change…"), task.get_absolute_url())]
    level = "overdue" if task.due_on < scope.today else "due"
    return Line(
        level=level,
        text=_("Task: %(text)s") % {"text": task.text},
        when=None,
        when_words=_("for %(owner)s, due") % {"owner": owner_words(task)},
        key=f"task-{task.public_id}",
        acts=tuple(acts),
        urgency=urgency_of(level, same_day=False),
        due_on=task.due_on,
        owner=owner_words(task),
    )


def owner_words(task: Task) -> str:
    """Whose task it is: a name, or a role."""
    return str(task.owner) if task.owner else str(ROLES[task.owner_role].name)


def tasks_page() -> str:
    """The list of tasks."""
    return reverse("worklist:tasks")


def new_task_values(person: Any, alert: Alert | None) -> dict[str, Any]:
    """What the form for a new task starts with: due today, for the person, worded from the alert."""
    values = {"owner": f"person:{person.public_id}", "due_on": timezone.localdate()}
    if alert is not None:
        values["text"] = (alert.evidence.get("say") or alert.sentence)[:500]
    return values


# Pages of one patient, lists --------------------------------------------------------------------------


def alert_lines(alerts: Iterable[Alert], scope: Scope) -> list[Line]:
    """Alerts of one patient, in the order given."""
    return [alert_line(alert, scope) for alert in alerts]


def task_lines(tasks: Iterable[Task], scope: Scope) -> list[Line]:
    """Tasks about one patient, in the order given."""
    return [task_line(task, scope) for task in tasks]


def task_rows(tasks: Iterable[Task], scope: Scope) -> list[tuple[Task, Patient | None, Line]]:
    """Each task of a list with its patient and its line."""
    return [(task, whose(task), task_line(task, scope)) for task in tasks]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an alert's history."""

    event: AlertEvent
    words: str
    why: Why


def history(events: Iterable[AlertEvent], patient: Patient) -> list[Happened]:
    """The history of an alert in words, oldest first, each with the evidence as it was then."""
    return [Happened(event, event_words(event), why(event.evidence, patient.public_id)) for event in events]


def event_words(event: AlertEvent) -> str:
    """``Acknowledged: Stopped or changed the drug: switched``; ``Snoozed until ...``; ``Closed: No longer true.``"""
    words = str(event.get_kind_display())
    if event.act:
        return f"{words}: {in_words(event.act, event.reason)}"
    if event.snoozed_until:
        until = timezone.localtime(event.snoozed_until)
        words = _("Snoozed until %(until)s") % {"until": date_format(until, "D j M Y")}
    return f"{words}: {event.reason}" if event.reason else words


def quiet(patients: Iterable[Patient], scope: Scope) -> list[tuple[Person, datetime | None]]:
    """Quiet people, each with when the next test of a rule is due."""
    rows = list(patients)
    around, due = queries.beside(rows), queries.next_due(rows, scope.now)
    return [(person_of(patient, around, scope), due.get(patient.pk)) for patient in rows]
