"""What the pages of the worklist ask the database. No answer takes more queries for more rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.core.cache import cache
from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from osteon.service.accounts.models import Person, Team
from osteon.service.accounts.permissions import Permission
from osteon.service.courses.models import Course
from osteon.service.patients.models import Episode, ImportedFact, Patient
from osteon.service.patients.reach import reachable
from osteon.service.patients.road import Position
from osteon.service.worklist.models import (
    Alert,
    AlertEvent,
    EventKind,
    LastAnswer,
    PatientCheck,
    Task,
    WorkerBeat,
)
from osteon.service.worklist.roles import EVERYTHING, INPATIENTS, NOBODY, TodayOf, rules_about, today_of
from osteon.service.worklist.states import SAME_DAY, State

INPATIENT, FRAME = "OSTEON//admission//inpatient", "OSTEON//frame//circular"
SHOWN, SHOWN_AT_MOST = 60, 600  # people in one section; the rest is one link away
STALE_AFTER = timedelta(minutes=10)
CASELOAD_KEPT_SECONDS = 60
Row = TypeVar("Row")


def start_of_day(now: datetime) -> datetime:
    """Midnight where the unit is: "today" is London's day."""
    return timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time.min))


def local_day(now: datetime) -> date:
    """The unit's calendar day."""
    return timezone.localtime(now).date()


# Whose alerts and tasks -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scope:
    """Who looks, at which of their teams (``None``: all), and whether beyond the role's own list."""

    person: Person
    teams: tuple[Team, ...]
    team: Team | None
    everything: bool
    now: datetime

    @property
    def role(self) -> TodayOf:
        """What the role's list shows."""
        return TodayOf() if self.everything else today_of(self.person.role)

    @property
    def team_ids(self) -> tuple[int, ...]:
        """The teams looked at."""
        return (self.team.pk,) if self.team else self.person.teams_ids()

    @property
    def may_answer(self) -> bool:
        """Whether the person may acknowledge."""
        return self.person.can(Permission.ACKNOWLEDGE_ALERT)

    @property
    def today(self) -> date:
        """The unit's day."""
        return local_day(self.now)


def scope_of(person: Person, *, team_slug: str = "", everything: bool = False, now: datetime) -> Scope:
    """A team that is not the person's is nobody's: then all of theirs are shown."""
    teams = tuple(Team.objects.filter(pk__in=person.teams_ids()))
    team = next((team for team in teams if team.slug == team_slug), None)
    return Scope(person, teams, team, everything, now)


def within(scope: Scope, patient: str = "patient_id") -> Q:
    """Rows whose patient the person may open, and, when a team is chosen, who is that team's."""
    found = Q(Exists(reachable(scope.person).filter(pk=OuterRef(patient))))
    return found & _of_team(scope.team, patient) if scope.team else found


def _of_team(team: Team, patient: str) -> Q:
    episodes = Episode.objects.standing().filter(team=team)
    own, merged = (
        episodes.filter(patient=OuterRef(patient)),
        episodes.filter(patient__survivor=OuterRef(patient)),
    )
    return Q(Exists(own)) | Q(Exists(merged))


def alerts_in(scope: Scope) -> QuerySet[Alert]:
    """Unclosed alerts within reach, whatever the role."""
    return Alert.objects.unclosed().filter(within(scope))


def alerts_of_role(scope: Scope) -> QuerySet[Alert]:
    """Open alerts that the role's list shows, in its order."""
    role = scope.role
    rows = Alert.objects.open().filter(_shown_to(scope)).filter(within(scope))
    first = Case(
        *([When(_own(scope.person), then=0)] if role.own_first else []),
        *([When(_with(FRAME), then=0)] if role.frames_first else []),
        *([When(rule_id__in=rules_about(role.first), then=0)] if role.first else []),
        default=1,
        output_field=IntegerField(),
    )
    # What cannot wait until tomorrow goes by urgency alone; only then does the role's own order count.
    pressing = Case(When(urgency__gte=SAME_DAY, then=F("urgency")), default=0, output_field=IntegerField())
    rows = rows.annotate(pressing=pressing, precedence=first)
    return rows.order_by("-pressing", "precedence", "-urgency", "first_raised_at", "pk")


def _shown_to(scope: Scope) -> Q:
    role, same_day = scope.role, Q(urgency__gte=SAME_DAY)
    never_filtered = same_day if scope.may_answer else Q(pk__in=[])
    if role.patients == NOBODY:
        return never_filtered
    shown = Q() if role.topics == EVERYTHING else Q(rule_id__in=rules_about(role.topics))
    if role.patients == INPATIENTS:
        shown &= _with(INPATIENT)
    return shown | never_filtered if shown else Q()


def _own(person: Person) -> Q:
    mine = Episode.objects.standing().filter(responsible=person).exclude(status=Position.CLOSED)
    return Q(Exists(mine.filter(patient=OuterRef("patient_id"))))


def _with(code: str) -> Q:
    """Patients with an imported fact of this code that has no end."""
    return Q(Exists(_lasting(code).filter(patient=OuterRef("patient_id"))))


def _lasting(code: str) -> QuerySet[ImportedFact]:
    return ImportedFact.objects.standing().filter(code=code, end__isnull=True)


@dataclass(frozen=True)
class Counts:
    """People, not alerts. ``hidden``: those whom the role's list leaves out."""

    now: int
    due: int
    hidden: int


def counts(scope: Scope) -> Counts:
    """How many people each section holds. One query."""
    rows = Alert.objects.open().filter(within(scope)).annotate(on_list=_flag(_shown_to(scope)))
    row = rows.aggregate(
        people_now=Count("patient", distinct=True, filter=Q(on_list=1, urgency__gte=SAME_DAY)),
        people_listed=Count("patient", distinct=True, filter=Q(on_list=1)),
        people=Count("patient", distinct=True),
    )
    now, listed = row["people_now"], row["people_listed"]
    return Counts(now, listed - now, row["people"] - listed)


def _flag(condition: Q) -> Case | Value:
    if not condition:
        return Value(1)
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


# Sections of Today ------------------------------------------------------------------------------------

_PEOPLE = ("patient", "answered_by")


def open_alerts(scope: Scope, limit: int) -> list[Alert]:
    """The role's open alerts in order."""
    return list(alerts_of_role(scope).select_related("patient")[:limit])


def waiting_alerts(scope: Scope) -> list[Alert]:
    """Acknowledged or snoozed before today and still true: somebody else's move, or time's."""
    rows = alerts_in(scope).filter(
        state__in=[State.ACKNOWLEDGED, State.SNOOZED], answered_at__lt=start_of_day(scope.now)
    )
    return list(rows.select_related(*_PEOPLE).order_by("-urgency", "answered_at")[:SHOWN_AT_MOST])


def due_tasks(scope: Scope) -> list[Task]:
    """The person's tasks and those of the role in the teams looked at, due today or late."""
    rows = open_tasks().filter(_mine(scope), due_on__lte=scope.today)
    return list(rows.order_by("due_on", "pk")[:SHOWN_AT_MOST])


def handed_over_tasks(scope: Scope) -> list[Task]:
    """What the person asked others to do and is not done yet."""
    rows = open_tasks().filter(created_by=scope.person).exclude(_mine(scope))
    return list(_of_chosen_team(rows, scope).order_by("due_on", "pk")[:SHOWN_AT_MOST])


def open_tasks() -> QuerySet[Task]:
    """Tasks that are not done, with the people their rows name."""
    return Task.objects.filter(done_at=None).select_related(
        "patient__survivor", "owner", "created_by", "team"
    )


def _mine(scope: Scope) -> Q:
    role = Q(owner_role=scope.person.role, team__in=scope.team_ids) if scope.person.role else Q(pk__in=[])
    own = Q(owner=scope.person) & (Q(team=scope.team) if scope.team else Q())
    return own | role


def _of_chosen_team(rows: QuerySet[Task], scope: Scope) -> QuerySet[Task]:
    return rows.filter(team=scope.team) if scope.team else rows


def answered_today(scope: Scope) -> list[Alert]:
    """Alerts acknowledged or snoozed today, by anybody, the latest first."""
    rows = alerts_in(scope).filter(
        state__in=[State.ACKNOWLEDGED, State.SNOOZED], answered_at__gte=start_of_day(scope.now)
    )
    return list(rows.select_related(*_PEOPLE).order_by("-answered_at")[:SHOWN])


def closed_today(scope: Scope) -> list[AlertEvent]:
    """Alerts that closed today because they are no longer true."""
    rows = AlertEvent.objects.filter(kind=EventKind.CLOSED, at__gte=start_of_day(scope.now))
    rows = rows.filter(Exists(Alert.objects.filter(within(scope), pk=OuterRef("alert_id"))))
    return list(rows.select_related("alert__patient", "by").order_by("-at")[:SHOWN])


def tasks_done_today(scope: Scope) -> list[Task]:
    """Tasks of the teams looked at, or of the person, that were done today."""
    rows = Task.objects.filter(done_at__gte=start_of_day(scope.now))
    rows = rows.filter(Q(team__in=scope.team_ids) | Q(done_by=scope.person))
    return list(rows.select_related("patient__survivor", "done_by", "owner").order_by("-done_at")[:SHOWN])


# Quiet ------------------------------------------------------------------------------------------------


def quiet_count(scope: Scope) -> int:
    """People on the caseload of whom nothing is open.

    The caseload is counted at most once a minute; those who are not quiet are few and counted each time.
    """
    return max(0, caseload_count(scope.team_ids) - _restless(scope).count())


def caseload_count(team_ids: Sequence[int]) -> int:
    """People with an open episode of these teams."""
    key = f"worklist.caseload.{'-'.join(map(str, sorted(team_ids)))}"
    return cache.get_or_set(key, lambda: _on_caseload(team_ids).count(), CASELOAD_KEPT_SECONDS)


def _on_caseload(team_ids: Sequence[int]) -> QuerySet[Episode]:
    """One row per person: the patient an open episode belongs to."""
    episodes = Episode.objects.standing().exclude(status=Position.CLOSED).filter(team__in=team_ids)
    whose = Coalesce("patient__survivor_id", "patient_id")
    return episodes.annotate(whose=whose).order_by().values("whose").distinct()


def _restless(scope: Scope) -> QuerySet[Patient]:
    alerts = Alert.objects.unclosed().values("patient")
    tasks = Task.objects.filter(done_at=None, patient__isnull=False)
    whose = tasks.annotate(whose=Coalesce("patient__survivor_id", "patient_id")).values("whose")
    rows = Patient.objects.filter(Q(pk__in=alerts) | Q(pk__in=whose))
    return rows.filter(_has_open_episode(scope.team_ids))


def _has_open_episode(team_ids: Sequence[int]) -> Q:
    episodes = Episode.objects.standing().exclude(status=Position.CLOSED).filter(team__in=team_ids)
    own, merged = episodes.filter(patient=OuterRef("pk")), episodes.filter(patient__survivor=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(merged))


def quiet_patients(scope: Scope) -> QuerySet[Patient]:
    """The quiet people themselves, by name; for a page at a time."""
    tasks = Task.objects.filter(done_at=None)
    rows = Patient.objects.surviving().filter(_has_open_episode(scope.team_ids))
    rows = rows.exclude(Exists(Alert.objects.unclosed().filter(patient=OuterRef("pk"))))
    rows = rows.exclude(Exists(tasks.filter(patient=OuterRef("pk"))))
    rows = rows.exclude(Exists(tasks.filter(patient__survivor=OuterRef("pk"))))
    return rows.select_related("check_row").order_by("family_key", "given_key", "pk")


def next_due(patients: Iterable[Patient], now: datetime) -> dict[int, datetime]:
    """By patient, when the next test of any rule is due."""
    rows = LastAnswer.objects.filter(patient__in=[p.pk for p in patients], due_at__gt=now)
    return dict(rows.order_by().values_list("patient").annotate(due=Min("due_at")))


# What stands beside a name ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """For each patient: open episodes, running courses, and imported facts that last (frame, admission)."""

    episodes: dict[int, list[Episode]]
    courses: dict[int, list[Course]]
    lasting: dict[int, list[ImportedFact]]


def beside(patients: Iterable[Patient]) -> Beside:
    """Three queries for however many patients."""
    ids = sorted({patient.pk for patient in patients})
    mine = Q(patient__in=ids) | Q(patient__survivor__in=ids)
    episodes = Episode.objects.standing().filter(mine).select_related("patient", "responsible")
    courses = Course.objects.standing().filter(mine, stopped_at=None).select_related("patient")
    lasting = ImportedFact.objects.standing().filter(mine, code__in=[INPATIENT, FRAME], end__isnull=True)
    return Beside(
        _by_patient(episodes.order_by(F("closed_on").asc(nulls_first=True), "-opened_on", "-pk")),
        _by_patient(courses.order_by("started_on", "pk")),
        _by_patient(lasting.select_related("patient").order_by("time")),
    )


def _by_patient(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.patient.survivor_id or row.patient_id, []).append(row)
    return found


# Whether the rules are running ------------------------------------------------------------------------


@dataclass(frozen=True)
class Freshness:
    """When a worker last gave a sign of life, since when the longest-waiting patient waits, whom it cannot do."""

    beat_at: datetime | None
    waiting_since: datetime | None
    failing: int
    now: datetime

    @property
    def is_silent(self) -> bool:
        """No worker has been heard for ten minutes."""
        return self.beat_at is None or self.now - self.beat_at > STALE_AFTER

    @property
    def is_stale(self) -> bool:
        """Silent, or somebody has waited for longer than that."""
        waits = self.waiting_since is not None and self.now - self.waiting_since > STALE_AFTER
        return self.is_silent or waits


def freshness(now: datetime) -> Freshness:
    """Three queries on small indexes."""
    beat = WorkerBeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    checks = PatientCheck.objects.filter(failures=0)
    queued = (
        checks.filter(queued_at__isnull=False)
        .order_by("queued_at")
        .values_list("queued_at", flat=True)
        .first()
    )
    timed = checks.filter(next_check_at__lt=now).order_by("next_check_at")
    overdue = timed.values_list("next_check_at", flat=True).first()
    failing = PatientCheck.objects.filter(failures__gt=0).count()
    waiting = min((at for at in (queued, overdue) if at), default=None)
    return Freshness(beat, waiting, failing, now)


def failing_checks(scope: Scope) -> list[PatientCheck]:
    """Patients within reach for whom the rules, or some of them, could not be run."""
    rows = PatientCheck.objects.filter(failures__gt=0).filter(within(scope))
    return list(rows.select_related("patient").order_by("-failures", "patient_id")[:SHOWN])


# One alert, one task ----------------------------------------------------------------------------------


def alert_of(patient: Patient, alert_id: UUID) -> Alert:
    """The patient's alert with that id, or 404."""
    alert = Alert.objects.select_related("patient", "answered_by").filter(patient=patient, public_id=alert_id)
    return _or_404(alert.first())


def history_of(alert: Alert) -> list[AlertEvent]:
    """Everything that happened to it, oldest first."""
    return list(alert.events.select_related("by"))


def alerts_of_patient(patient: Patient) -> list[Alert]:
    """Unclosed alerts, most urgent first."""
    rows = Alert.objects.unclosed().filter(patient=patient).select_related("patient", "answered_by")
    return list(rows.order_by("-urgency", "first_raised_at"))


def closed_alerts_of(patient: Patient) -> QuerySet[Alert]:
    """Alerts that are history, the latest first."""
    return Alert.objects.filter(patient=patient, state=State.CLOSED).order_by("-closed_at")


# Tasks ------------------------------------------------------------------------------------------------


def tasks_of_person(scope: Scope) -> QuerySet[Task]:
    """Open tasks of the person, and of their role in the teams looked at."""
    return open_tasks().filter(_mine(scope)).order_by("due_on", "pk")


def tasks_of_teams(scope: Scope) -> QuerySet[Task]:
    """Every open task of the teams looked at."""
    return open_tasks().filter(team__in=scope.team_ids).order_by("due_on", "pk")


def tasks_asked(scope: Scope) -> QuerySet[Task]:
    """Open tasks the person asked others to do."""
    return open_tasks().filter(created_by=scope.person).exclude(_mine(scope)).order_by("due_on", "pk")


def tasks_of_patient(patient: Patient) -> QuerySet[Task]:
    """Open tasks about a patient, also those noted on a record merged into it."""
    rows = open_tasks().filter(Q(patient=patient) | Q(patient__survivor=patient))
    return rows.order_by("due_on", "pk")


def task_within_reach(person: Person, task_id: UUID) -> Task:
    """A task that the person owns, asked for, or whose team or patient is theirs; else 404."""
    patient = Exists(
        reachable(person).filter(Q(pk=OuterRef("patient_id")) | Q(pk=OuterRef("patient__survivor_id")))
    )
    theirs = Q(owner=person) | Q(created_by=person) | Q(team__in=person.teams_ids()) | Q(patient)
    rows = Task.objects.select_related("patient__survivor", "owner", "created_by", "done_by", "team")
    return _or_404(rows.filter(theirs, public_id=task_id).first())


def patient_within_reach(person: Person, patient_id: str) -> Patient | None:
    """The patient a form names, or 404; ``None`` when it names none."""
    if not patient_id:
        return None
    try:
        public_id = UUID(patient_id)
    except ValueError:
        raise Http404 from None
    return _or_404(reachable(person).filter(public_id=public_id).first())


def alert_within(patient: Patient | None, alert_id: str) -> Alert | None:
    """The patient's alert that a form names; ``None`` when there is none."""
    if not patient or not alert_id:
        return None
    try:
        return alert_of(patient, UUID(alert_id))
    except ValueError:
        raise Http404 from None


def colleagues(person: Person, patient: Patient | None) -> list[Person]:
    """Who can be given a task: people of the person's teams and of the patient's, the person first."""
    teams = set(person.teams_ids())
    if patient is not None:
        mine = Q(patient=patient) | Q(patient__survivor=patient)
        teams |= set(Episode.objects.standing().filter(mine).values_list("team_id", flat=True))
    rows = Person.objects.filter(is_active=True, is_system=False, memberships__team__in=teams).distinct()
    others = [one for one in rows.order_by("full_name", "pk") if one.pk != person.pk]
    return [person, *(one for one in others if one.can(Permission.MANAGE_TASK))]


def with_owner(people: list[Person], task: Task) -> list[Person]:
    """The same, with the task's owner even when they have left the team."""
    missing = task.owner is not None and task.owner not in people
    return [*people, task.owner] if missing and task.owner else people


def team_for(person: Person, patient: Patient | None, chosen: Team | None = None) -> Team | None:
    """The team a new task belongs to: the one looked at, the patient's, else the person's own first."""
    if chosen is not None:
        return chosen
    if patient is not None:
        mine = Q(patient=patient) | Q(patient__survivor=patient)
        rows = Episode.objects.standing().filter(mine).select_related("team")
        ranked = sorted(
            rows, key=lambda e: (e.team_id not in person.teams_ids(), e.closed_on is not None, -e.pk)
        )
        if ranked:
            return ranked[0].team
    return Team.objects.filter(pk__in=person.teams_ids()).order_by("name").first()


def _or_404(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
