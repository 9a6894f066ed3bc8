"""What pages ask the database about tasks. No answer takes more queries for more rows."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from osteon.service.accounts.models import Person, Team
from osteon.service.accounts.permissions import Permission
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.reach import reachable
from osteon.service.worklist.models import Alert, Task
from osteon.service.worklist.queries import SHOWN, Scope, alert_of, or_404, start_of_day, survivors_of

# On Today --------------------------------------------------------------------------------------------


def due_tasks(scope: Scope, limit: int) -> list[Task]:
    """The person's tasks and those of the role in the teams looked at, due today or late."""
    rows = open_tasks().filter(_mine(scope), due_on__lte=scope.today)
    return list(rows.order_by("due_on", "pk")[:limit])


def handed_over_tasks(scope: Scope, limit: int) -> list[Task]:
    """What the person asked others to do and is not done yet."""
    rows = open_tasks().filter(created_by=scope.person).exclude(_mine(scope))
    return list(_of_chosen_team(rows, scope).order_by("due_on", "pk")[:limit])


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


def tasks_done_today(scope: Scope) -> list[Task]:
    """Tasks of the teams looked at, or of the person, that were done today."""
    rows = Task.objects.filter(done_at__gte=start_of_day(scope.now))
    rows = rows.filter(Q(team__in=scope.team_ids) | Q(done_by=scope.person))
    return list(rows.select_related("patient__survivor", "done_by", "owner").order_by("-done_at")[:SHOWN])


# Lists and forms ------------------------------------------------------------------------------------------------


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
    return open_tasks().filter(patient_id__in=list(survivors_of([patient.pk]))).order_by("due_on", "pk")


def task_within_reach(person: Person, task_id: UUID) -> Task:
    """A task that the person owns, asked for, or whose team or patient is theirs; else 404."""
    patient = Exists(
        reachable(person).filter(Q(pk=OuterRef("patient_id")) | Q(pk=OuterRef("patient__survivor_id")))
    )
    theirs = Q(owner=person) | Q(created_by=person) | Q(team__in=person.teams_ids()) | Q(patient)
    rows = Task.objects.select_related("patient__survivor", "owner", "created_by", "done_by", "team")
    return or_404(rows.filter(theirs, public_id=task_id).first())


def patient_within_reach(person: Person, patient_id: str) -> Patient | None:
    """The patient a form names, or 404; ``None`` when it names none."""
    if not patient_id:
        return None
    try:
        public_id = UUID(patient_id)
    except ValueError:
        raise Http404 from None
    return or_404(reachable(person).filter(public_id=public_id).first())


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
        teams |= {episode.team_id for episode in _episodes_of(patient)}
    rows = Person.objects.filter(is_active=True, is_system=False, memberships__team__in=teams).distinct()
    others = [one for one in rows.order_by("full_name", "pk") if one.pk != person.pk]
    return [person, *(one for one in others if one.can(Permission.MANAGE_TASK))]


def _episodes_of(patient: Patient) -> QuerySet[Episode]:
    records = list(survivors_of([patient.pk]))
    return Episode.objects.standing().filter(patient_id__in=records).select_related("team")


def with_owner(people: list[Person], task: Task) -> list[Person]:
    """The same, with the task's owner even when they have left the team."""
    missing = task.owner is not None and task.owner not in people
    return [*people, task.owner] if missing and task.owner else people


def team_for(person: Person, patient: Patient | None, chosen: Team | None = None) -> Team | None:
    """The team a new task belongs to: the one looked at, the patient's, else the person's own first."""
    if chosen is not None:
        return chosen
    if patient is not None:
        rows = _episodes_of(patient)
        ranked = sorted(
            rows, key=lambda e: (e.team_id not in person.teams_ids(), e.closed_on is not None, -e.pk)
        )
        if ranked:
            return ranked[0].team
    return Team.objects.filter(pk__in=person.teams_ids()).order_by("name").first()
