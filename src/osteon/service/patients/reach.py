"""Whose record a person may open: their teams' patients, or any for a while after breaking the glass.

    @for_patient(Permission.VIEW_PATIENT)
    def results(request, patient): ...          # URL: patients/<uuid:patient_id>/results/

A patient without any episode is nobody's yet: people who keep identities in order can open them, so that a
newly registered or imported patient finds a team.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from osteon.service.accounts.actions import RefusedChange, open_break_glass
from osteon.service.accounts.audit import log_read
from osteon.service.accounts.guards import requires
from osteon.service.accounts.models import BreakGlass, Person
from osteon.service.accounts.permissions import Permission
from osteon.service.patients.facts import ClinicalFact, Refused
from osteon.service.patients.fields import BreakGlassForm
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.story import remember

View = Callable[..., HttpResponse]


def reachable(person: Person) -> QuerySet[Patient]:
    """The patients whose record this person may open now; those merged away are not among them."""
    return Patient.objects.surviving().filter(within_teams(person) | behind_broken_glass(person))


def within_teams(person: Person) -> Q:
    """Patients with an episode of one of the person's teams, on their own or on a merged record."""
    return _has(Episode.objects.standing().filter(team__in=person.teams_ids())) | _waiting_for_a_team(person)


def behind_broken_glass(person: Person) -> Q:
    """Patients for whom this person's break-glass is still open."""
    return Q(public_id__in=BreakGlass.objects.open_for(person).values("patient_id"))


def _has(episodes: QuerySet[Episode]) -> Q:
    # Without a join and with the rare merged records apart, no database can choose a slow way.
    own = Exists(episodes.filter(patient=OuterRef("pk")))
    merged = Patient.objects.filter(own, survivor__isnull=False)
    return Q(own) | Q(pk__in=merged.values("survivor"))


def _waiting_for_a_team(person: Person) -> Q:
    if not person.can(Permission.MANAGE_IDENTITY):
        return Q(pk__in=[])
    # Asked for one patient at a time: as EXISTS beside an OR, PostgreSQL would read every episode each time.
    standing = Episode.objects.standing()
    own = IsNull(Subquery(standing.filter(patient=OuterRef("pk")).values("pk")[:1]), True)
    merged = Patient.objects.filter(Exists(standing.filter(patient=OuterRef("pk"))), survivor__isnull=False)
    return Q(own) & ~Q(pk__in=merged.values("survivor"))


def for_patient(permission: Permission) -> Callable[[View], View]:
    """The view gets ``patient`` instead of ``patient_id``, within reach of the signed-in person.

    Unknown: 404. Out of reach: the break-glass page (403). Merged away: sent to the survivor. The reading is
    logged, with the view's name.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def with_patient(request: HttpRequest, *, patient_id: UUID, **kwargs: Any) -> HttpResponse:
            patient = reachable(request.user).filter(public_id=patient_id).first()
            if patient is None:
                return _not_reached(request, patient_id, kwargs)
            _log(request, patient, view.__name__)
            if request.method in ("GET", "HEAD"):
                remember(patient)
            return view(request, patient=patient, **kwargs)

        return requires(permission)(with_patient)

    return decorate


def for_fact(model: type[ClinicalFact], permission: Permission) -> Callable[[View], View]:
    """The view gets ``fact``, a row of ``model``, instead of ``fact_id``, and the ``patient`` it belongs to.

    For addresses that name the fact alone (``results/<uuid:fact_id>/``), so that evidence can be opened. Out of
    reach, unknown and logged as with ``for_patient``.
    """

    def decorate(view: View) -> View:
        within_reach = for_patient(permission)(view)

        @wraps(view)
        def with_fact(request: HttpRequest, *, fact_id: UUID, **kwargs: Any) -> HttpResponse:
            fact = get_object_or_404(model.objects.select_related("patient__survivor"), public_id=fact_id)
            owner = fact.patient.survivor or fact.patient
            return within_reach(request, patient_id=owner.public_id, fact=fact, **kwargs)

        return requires(permission)(with_fact)

    return decorate


def _log(request: HttpRequest, patient: Patient, what: str) -> None:
    log_read(
        person=request.user,
        patient_id=patient.public_id,
        what=what.replace("_", " "),
        path_name=request.resolver_match.view_name,
        break_glass=not Patient.objects.filter(within_teams(request.user), pk=patient.pk).exists(),
    )


def _not_reached(request: HttpRequest, patient_id: UUID, kwargs: dict[str, Any]) -> HttpResponse:
    known = Patient.objects.select_related("survivor").filter(public_id=patient_id).first()
    if known is None:
        raise Http404("No patient has this address.")
    if known.survivor:
        here = {**kwargs, "patient_id": known.survivor.public_id}
        return redirect(reverse(request.resolver_match.view_name, kwargs=here))
    return break_glass_page(request, known, goal=request.get_full_path())


def open_glass(request: HttpRequest, patient: Patient, reason: str) -> BreakGlass:
    """Opens one record to the signed-in person for some hours; the privacy lead is told.

    Raises:
        Refused: when the reason is too short to be reviewed.
    """
    try:
        return open_break_glass(by=request.user, patient_id=patient.public_id, reason=reason)
    except RefusedChange as error:
        raise Refused(str(error)) from error


def break_glass_page(
    request: HttpRequest, patient: Patient, *, goal: str, form: Any = None, status: int = 403
) -> HttpResponse:
    """The page that names nobody, says the record is outside the person's teams, and asks for a reason."""
    context = {
        "patient_id": patient.public_id,
        "may_break": request.user.can(Permission.BREAK_GLASS),
        "hours": settings.OSTEON_BREAK_GLASS_HOURS,
        "form": form or BreakGlassForm(initial={"goal": goal}),
    }
    return render(request, "patients/break_glass.jinja", context, status=status)
