"""What the pages of the worklist ask the database. No answer takes more queries for more rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.core.cache import cache
from django.db.models import (
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
)
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
from osteon.service.worklist.roles import TodayOf, today_of
from osteon.service.worklist.states import State

INPATIENT, FRAME = "OSTEON//admission//inpatient", "OSTEON//frame//circular"
SHOWN, SHOWN_AT_MOST = 15, 500  # people in one section; the rest is counted and one link away
STALE_AFTER = timedelta(minutes=10)
CASELOAD_KEPT_SECONDS = 60
AT_ONCE = 10_000  # numbers in one question; SQLite takes 32,766
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
    return _has(Episode.objects.standing().filter(team=team), patient)


def _has(rows: QuerySet, patient: str) -> Q:
    """Patients with one of these rows, on their own record or on one merged into it; each way by an index."""
    merged = Patient.objects.filter(Exists(rows.filter(patient=OuterRef("pk"))), survivor__isnull=False)
    return Q(Exists(rows.filter(patient=OuterRef(patient)))) | Q(
        **{f"{patient}__in": merged.values("survivor")}
    )


@dataclass(frozen=True)
class Slice:
    """One page of a list that nobody counts to the end."""

    rows: list
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1


def slice_of(rows: QuerySet, number: str | None, size: int) -> Slice:
    """The page with that number; the first when it is no number."""
    page = int(number) if number and number.isascii() and number.isdigit() and len(number) < 7 else 1
    first = (max(page, 1) - 1) * size
    found = list(rows[first : first + size + 1])
    return Slice(found[:size], max(page, 1), len(found) > size)


# Sections of Today ------------------------------------------------------------------------------------


def alerts_by_pk(pks: Iterable[int]) -> dict[int, Alert]:
    """These alerts with the people their rows name."""
    rows = Alert.objects.filter(pk__in=list(pks)).select_related("patient", "answered_by")
    return {alert.pk: alert for alert in rows}


def closed_today(scope: Scope) -> list[AlertEvent]:
    """Alerts that closed today because they are no longer true."""
    rows = AlertEvent.objects.filter(kind=EventKind.CLOSED, at__gte=start_of_day(scope.now))
    rows = rows.filter(Exists(Alert.objects.filter(within(scope), pk=OuterRef("alert_id"))))
    return list(rows.select_related("alert__patient", "by").order_by("-at")[:SHOWN])


# Quiet ------------------------------------------------------------------------------------------------


def quiet_count(scope: Scope, alarmed: Iterable[int]) -> int:
    """People on the caseload of whom nothing is open; ``alarmed``: patients with an unclosed alert.

    The caseload is counted at most once a minute; those who are not quiet are few and counted each time.
    """
    tasks = Task.objects.filter(done_at=None, patient__isnull=False)
    asked = tasks.values_list(Coalesce("patient__survivor_id", "patient_id"), flat=True)
    return max(0, caseload_count(scope.team_ids) - len(_on_caseload_of({*alarmed, *asked}, scope.team_ids)))


def _on_caseload_of(patient_ids: Iterable[int], team_ids: Sequence[int]) -> set[int]:
    """Those of these patients who have an open episode of these teams."""
    whose = survivors_of(patient_ids)
    records, found = list(whose), set()
    for start in range(0, len(records), AT_ONCE):
        rows = _open_episodes(team_ids).filter(patient_id__in=records[start : start + AT_ONCE])
        found |= {whose[pk] for pk in rows.values_list("patient_id", flat=True)}
    return found


def _open_episodes(team_ids: Sequence[int]) -> QuerySet[Episode]:
    return Episode.objects.standing().exclude(status=Position.CLOSED).filter(team__in=team_ids)


def caseload_count(team_ids: Sequence[int]) -> int:
    """People with an open episode of these teams."""
    key = f"worklist.caseload.{'-'.join(map(str, sorted(team_ids)))}"
    return cache.get_or_set(key, lambda: _on_caseload(team_ids).count(), CASELOAD_KEPT_SECONDS)


def _on_caseload(team_ids: Sequence[int]) -> QuerySet[Episode]:
    """One row per person: the patient an open episode belongs to."""
    whose = Coalesce("patient__survivor_id", "patient_id")
    return _open_episodes(team_ids).annotate(whose=whose).order_by().values("whose").distinct()


def _has_open_episode(team_ids: Sequence[int]) -> Q:
    return _has(_open_episodes(team_ids), "pk")


def quiet_patients(scope: Scope) -> QuerySet[Patient]:
    """The quiet people themselves, by name; for a page at a time."""
    rows = Patient.objects.surviving().filter(_has_open_episode(scope.team_ids))
    rows = rows.exclude(Exists(Alert.objects.unclosed().filter(patient=OuterRef("pk"))))
    rows = rows.exclude(_has(Task.objects.filter(done_at=None), "pk"))
    return rows.order_by("family_key", "given_key", "pk")


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
    """Four queries for however many patients, each by its index: first the records that make them up."""
    whose = survivors_of(patient.pk for patient in patients)
    mine = Q(patient_id__in=list(whose))
    episodes = Episode.objects.standing().filter(mine).select_related("responsible")
    courses = Course.objects.standing().filter(mine, stopped_at=None)
    lasting = ImportedFact.objects.standing().filter(mine, code__in=[INPATIENT, FRAME], end__isnull=True)
    return Beside(
        _by_patient(episodes.order_by(F("closed_on").asc(nulls_first=True), "-opened_on", "-pk"), whose),
        _by_patient(courses.order_by("started_on", "pk"), whose),
        _by_patient(lasting.order_by("time"), whose),
    )


def survivors_of(patient_ids: Iterable[int]) -> dict[int, int]:
    """Every record of these patients (their own and those merged into them), with the patient it belongs to."""
    wanted = sorted(set(patient_ids))
    found = {pk: pk for pk in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Patient.objects.filter(survivor__in=wanted[start : start + AT_ONCE])
        found |= dict(rows.values_list("pk", "survivor_id"))
    return found


def _by_patient(rows: Iterable, whose: dict[int, int]) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(whose[row.patient_id], []).append(row)
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
    return or_404(alert.first())


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


def or_404(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
