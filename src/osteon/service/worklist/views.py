"""Load, check, call, render."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osteon.service.accounts.guards import requires
from osteon.service.accounts.permissions import Permission
from osteon.service.patients.facts import Refused
from osteon.service.patients.models import Patient
from osteon.service.patients.presenters import frame
from osteon.service.patients.reach import for_patient
from osteon.service.patients.saving import newer, saved
from osteon.service.worklist import actions, presenters, queries, rulebook, task_queries, ward_round
from osteon.service.worklist.forms import AcknowledgeForm, HandoverForm, SnoozeForm, SwitchForm, TaskForm
from osteon.service.worklist.models import Task
from osteon.service.worklist.queries import Scope
from osteon.service.worklist.reading import note_listed
from osteon.service.worklist.today import today as todays_page

form_page = require_http_methods(["GET", "HEAD", "POST"])
ROWS = 50


# Today ------------------------------------------------------------------------------------------------


@requires(Permission.VIEW_WORKLIST)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    page = todays_page(scope, all_rows=request.GET.get("rows") == "all")
    _note(request, scope, page.patients, "Today")
    return render(request, "worklist/today.jinja", {"page": page, "scope": scope})


@requires(Permission.VIEW_WORKLIST)
@require_GET
def quiet(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    page = queries.slice_of(queries.quiet_patients(scope), request.GET.get("page"), ROWS)
    _note(request, scope, page.rows, "Quiet")
    context = {"page": page, "scope": scope, "people": presenters.quiet(page.rows, scope)}
    return render(request, "worklist/quiet.jinja", context)


@requires(Permission.VIEW_WORKLIST)
@require_GET
def failing(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    context = {"checks": queries.failing_checks(scope), "freshness": queries.freshness(scope.now)}
    return render(request, "worklist/failing.jinja", context)


def _scope(request: HttpRequest) -> Scope:
    return queries.scope_of(
        request.user,
        team_slug=request.GET.get("team", ""),
        everything=request.GET.get("show") == "everything",
        now=timezone.now(),
    )


def _note(request: HttpRequest, scope: Scope, patients, what: str) -> None:
    path_name = request.resolver_match.view_name
    note_listed(person=request.user, patients=patients, what=what, path_name=path_name, now=scope.now)


# Alerts -----------------------------------------------------------------------------------------------


@for_patient(Permission.VIEW_WORKLIST)
@require_GET
def patient_alerts(request: HttpRequest, *, patient: Patient) -> HttpResponse:
    page = Paginator(queries.closed_alerts_of(patient), ROWS).get_page(request.GET.get("page"))
    context = {
        "alerts": presenters.alert_lines(queries.alerts_of_patient(patient), _scope(request)),
        "tasks": presenters.task_lines(task_queries.tasks_of_patient(patient), _scope(request)),
        "page": page,
    }
    return render(request, "worklist/patient_alerts.jinja", _framed(request, patient, context))


@for_patient(Permission.VIEW_WORKLIST)
@require_GET
def show_alert(request: HttpRequest, *, patient: Patient, alert_id: uuid.UUID) -> HttpResponse:
    alert = queries.alert_of(patient, alert_id)
    context = {
        "alert": alert,
        "line": presenters.alert_line(alert, _scope(request)),
        "title_of_rule": rulebook.title_of(alert.rule_id),
        "history": presenters.history(queries.history_of(alert), patient),
    }
    return render(request, "worklist/show_alert.jinja", _framed(request, patient, context))


@for_patient(Permission.ACKNOWLEDGE_ALERT)
@form_page
def acknowledge_alert(request: HttpRequest, *, patient: Patient, alert_id: uuid.UUID) -> HttpResponse:
    alert = queries.alert_of(patient, alert_id)
    form = AcknowledgeForm(request.POST or None, initial={"seen": alert.fingerprint})
    if request.method == "POST" and saved(
        form, lambda given: actions.acknowledge_alert(by=request.user, alert=alert, **given)
    ):
        messages.success(request, _("Acknowledged. It has moved to “Done today”."))
        return _back(request)
    return _answer(request, patient, alert_id, form, "worklist/acknowledge_alert.jinja")


@for_patient(Permission.ACKNOWLEDGE_ALERT)
@form_page
def snooze_alert(request: HttpRequest, *, patient: Patient, alert_id: uuid.UUID) -> HttpResponse:
    alert = queries.alert_of(patient, alert_id)
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = SnoozeForm(request.POST or None, initial={"seen": alert.fingerprint, "until": tomorrow})
    if request.method == "POST" and saved(
        form, lambda given: actions.snooze_alert(by=request.user, alert=alert, **given)
    ):
        messages.success(request, _("Snoozed. It comes back by itself, earlier if anything changes."))
        return _back(request)
    return _answer(request, patient, alert_id, form, "worklist/snooze_alert.jinja")


def _answer(
    request: HttpRequest,
    patient: Patient,
    alert_id: uuid.UUID,
    form: AcknowledgeForm | SnoozeForm,
    template: str,
) -> HttpResponse:
    """The form beside the alert as it is now: it may have moved while the form was open."""
    alert = queries.alert_of(patient, alert_id)
    moved = form.is_bound and form["seen"].value() != alert.fingerprint
    form.now_shows(alert)
    context = {
        "alert": alert,
        "line": presenters.alert_line(alert, _scope(request)),
        "form": form,
        "latest": actions.latest_snooze(alert, timezone.now()),
        "typed": form["reason"].value() or "",
        "cancel": _cancel(request, alert.get_absolute_url()),
    }
    status = 409 if moved or (form.is_bound and not alert.is_open) else 200
    return render(request, template, _framed(request, patient, context), status=status)


@for_patient(Permission.ACKNOWLEDGE_ALERT)
@require_POST
def reopen_alert(request: HttpRequest, *, patient: Patient, alert_id: uuid.UUID) -> HttpResponse:
    alert = queries.alert_of(patient, alert_id)
    try:
        actions.reopen_alert(by=request.user, alert=alert)
        messages.success(request, _("Reopened."))
    except Refused as error:
        messages.error(request, str(error))
    return _back(request)


def _framed(request: HttpRequest, patient: Patient, context: dict) -> dict:
    return {**frame(request, patient, "worklist:patient_alerts"), **context}


def _back(request: HttpRequest) -> HttpResponse:
    """Where the person came from, if that is a page of ours; else Today."""
    return redirect(
        _own_page(request, request.POST.get("next") or "") or _cancel(request, reverse("worklist:today"))
    )


def _cancel(request: HttpRequest, otherwise: str) -> str:
    return _own_page(request, request.GET.get("next") or "") or otherwise


def _own_page(request: HttpRequest, goal: str) -> str:
    """The address, if it is one of ours; nobody is led elsewhere by a link that somebody else made."""
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if safe else ""


# Tasks ------------------------------------------------------------------------------------------------

LISTS = {
    "mine": task_queries.tasks_of_person,
    "teams": task_queries.tasks_of_teams,
    "asked": task_queries.tasks_asked,
}


@requires(Permission.VIEW_WORKLIST)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    chosen = request.GET.get("list") if request.GET.get("list") in LISTS else "mine"
    page = Paginator(LISTS[chosen](scope), ROWS).get_page(request.GET.get("page"))
    _note(request, scope, filter(None, map(presenters.whose, page)), "Tasks")
    context = {"page": page, "chosen": chosen, "scope": scope, "rows": presenters.task_rows(page, scope)}
    return render(request, "worklist/tasks.jinja", context)


@requires(Permission.MANAGE_TASK)
@form_page
def create_task(request: HttpRequest) -> HttpResponse:
    patient = task_queries.patient_within_reach(request.user, request.GET.get("patient", ""))
    alert = task_queries.alert_within(patient, request.GET.get("alert", ""))
    people = task_queries.colleagues(request.user, patient)
    form = TaskForm(
        request.POST or None, people=people, initial=presenters.new_task_values(request.user, alert)
    )
    team = task_queries.team_for(request.user, patient, _scope(request).team)
    if request.method == "POST" and saved(
        form,
        lambda given: actions.create_task(
            by=request.user,
            text=given["text"],
            due_on=given["due_on"],
            patient=patient,
            team=team,
            from_alert=alert,
            **form.owner_values(),
        ),
    ):
        messages.success(request, _("Task created."))
        return _back(request)
    context = {
        "form": form,
        "patient": patient,
        "alert": alert,
        "cancel": _cancel(request, reverse("worklist:tasks")),
    }
    return render(request, "worklist/create_task.jinja", context)


@requires(Permission.MANAGE_TASK)
@form_page
def edit_task(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    task = task_queries.task_within_reach(request.user, task_id)
    people = task_queries.with_owner(task_queries.colleagues(request.user, presenters.whose(task)), task)
    form = TaskForm(request.POST or None, people=people, initial=TaskForm.initial_of(task))
    if request.method == "POST" and saved(
        form,
        lambda given: actions.edit_task(
            by=request.user,
            task=task,
            seen_version=given["version"],
            text=given["text"],
            due_on=given["due_on"],
            **form.owner_values(),
        ),
    ):
        messages.success(request, _("Task saved."))
        return _back(request)
    context = {
        "form": form,
        "task": task,
        "patient": presenters.whose(task),
        "cancel": _cancel(request, reverse("worklist:tasks")),
        **newer(form),
    }
    return render(request, "worklist/edit_task.jinja", context)


@requires(Permission.MANAGE_TASK)
@require_POST
def finish_task(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    task = task_queries.task_within_reach(request.user, task_id)
    return _done(request, task, actions.finish_task, _("Done."), note=request.POST.get("note", "")[:500])


@requires(Permission.MANAGE_TASK)
@require_POST
def reopen_task(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    task = task_queries.task_within_reach(request.user, task_id)
    return _done(request, task, actions.reopen_task, _("The task is open again."))


def _done(request: HttpRequest, task: Task, act, words: str, **more) -> HttpResponse:
    try:
        act(by=request.user, task=task, **more)
        messages.success(request, words)
    except Refused as error:
        messages.error(request, str(error))
    return _back(request)


# Ward round and handover ------------------------------------------------------------------------------


@requires(Permission.VIEW_HANDOVER)
@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    beds = ward_round.beds(scope, scope.today)
    _note(request, scope, [bed.patient for bed in beds], "Handover")
    context = {
        "beds": beds,
        "scope": scope,
        "freshness": queries.freshness(scope.now),
        "may_oversee": request.user.role in actions.OVERSEERS,
        "owner_words": presenters.owner_words,
    }
    return render(request, "worklist/handover.jinja", context)


@for_patient(Permission.EDIT_HANDOVER)
@form_page
def write_handover(request: HttpRequest, *, patient: Patient) -> HttpResponse:
    day = timezone.localdate()
    entry, before = ward_round.entry_of(patient, day), ward_round.plan_before(patient, day)
    initial = HandoverForm.initial_of(entry) if entry or not before else {"version": 0, "plan": before.plan}
    form = HandoverForm(request.POST or None, initial=initial)
    if request.method == "POST" and saved(
        form,
        lambda given: actions.write_handover(
            by=request.user,
            patient=patient,
            day=day,
            overnight=given["overnight"],
            plan=given["plan"],
            seen_version=given["version"],
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('worklist:handover')}#{patient.public_id}")
    context = {
        "form": form,
        "patient": patient,
        "entry": entry,
        "before": before,
        "cancel": f"{reverse('worklist:handover')}#{patient.public_id}",
        **newer(form),
    }
    return render(request, "worklist/write_handover.jinja", context)


@for_patient(Permission.EDIT_HANDOVER)
@require_POST
def mark_seen(request: HttpRequest, *, patient: Patient) -> HttpResponse:
    actions.mark_seen(by=request.user, patient=patient, day=timezone.localdate())
    return redirect(f"{reverse('worklist:handover')}#{patient.public_id}")


@for_patient(Permission.EDIT_HANDOVER)
@require_POST
def oversee_handover(request: HttpRequest, *, patient: Patient) -> HttpResponse:
    try:
        actions.oversee_handover(by=request.user, patient=patient, day=timezone.localdate())
    except Refused as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('worklist:handover')}#{patient.public_id}")


# Rules ------------------------------------------------------------------------------------------------


@requires(Permission.VIEW_WORKLIST)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    context = {
        "rows": rulebook.rows(),
        "today": timezone.localdate(),
        "freshness": queries.freshness(timezone.now()),
    }
    return render(request, "worklist/rules.jinja", context)


@requires(Permission.VIEW_WORKLIST)
@require_GET
def show_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    row = rulebook.row_of(rule_id)
    context = {
        "row": row,
        "parts": rulebook.parts_of(row.rule),
        "examples": rulebook.examples_of(row.rule),
        "switches": rulebook.switches_of(rule_id),
        "today": timezone.localdate(),
        "said": rulebook.SAID,
    }
    return render(request, "worklist/show_rule.jinja", context)


@requires(Permission.SWITCH_RULE)
@form_page
def switch_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    row = rulebook.row_of(rule_id)
    form = SwitchForm(request.POST or None)
    on = not row.is_on
    if request.method == "POST" and saved(
        form, lambda given: actions.switch_rule(by=request.user, rule_id=rule_id, on=on, **given)
    ):
        messages.success(request, _("Switched on.") if on else _("Switched off."))
        return redirect("worklist:show_rule", rule_id=rule_id)
    context = {"form": form, "row": row, "on": on, "cancel": reverse("worklist:show_rule", args=[rule_id])}
    return render(request, "worklist/switch_rule.jinja", context)
