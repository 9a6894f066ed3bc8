"""Load, check, call, render."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from osteon.service.accounts.guards import requires
from osteon.service.accounts.permissions import Permission
from osteon.service.definitions import actions, forms, pages, rulebook
from osteon.service.definitions import calculators as asked
from osteon.service.definitions import caseload as counts
from osteon.service.definitions.doors import open_where_allowed
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.presenters import frame
from osteon.service.patients.reach import for_patient
from osteon.service.patients.saving import posted, saved

page_or_post = require_http_methods(["GET", "HEAD", "POST"])
TAB = "definitions:definitions"

# Calculators


@open_where_allowed
@require_GET
def calculators(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "")[:100].strip()
    context = {"shelves": asked.shelves(wanted), "q": wanted, "count": len(asked.everything())}
    return render(request, "definitions/calculators.jinja", context)


@open_where_allowed
@require_GET
def calculator(request: HttpRequest, rule_id: str) -> HttpResponse:
    rule = asked.rule_named(rule_id)
    if request.htmx:
        return _piece(request, asked.worked(rule, request.GET), asked.clean_address(rule, request.GET))
    if not asked.is_clean(rule, request.GET):
        return redirect(asked.clean_address(rule, request.GET))
    return render(request, "definitions/calculator.jinja", asked.worked(rule, request.GET))


def _piece(request: HttpRequest, context: dict[str, Any], address: str) -> HttpResponse:
    """The answer alone; all of the bench when a danger takes its place, or gives it back."""
    whole = request.htmx.target == "bench" or bool(context["card"] and context["card"].urgent)
    response = render(request, "definitions/bench.jinja" if whole else "definitions/working.jinja", context)
    response.headers["HX-Replace-Url"] = address
    if whole:
        response.headers["HX-Retarget"] = "#bench"
    return response


# The patient


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def definitions(request: HttpRequest, patient: Patient) -> HttpResponse:
    episode = pages.episode_of(patient, None)
    context = frame(request, patient, TAB) | pages.of_episode(request, patient, episode)
    return render(request, "definitions/definitions.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def of_episode(request: HttpRequest, patient: Patient, episode_id: UUID) -> HttpResponse:
    episode = pages.episode_of(patient, episode_id)
    context = frame(request, patient, TAB) | pages.of_episode(request, patient, episode)
    return render(request, "definitions/definitions.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def history(request: HttpRequest, patient: Patient, episode_id: UUID) -> HttpResponse:
    episode = _episode(patient, episode_id)
    context = frame(request, patient, TAB) | {"episode": episode} | pages.history(patient, episode)
    return render(request, "definitions/history.jinja", context)


@for_patient(Permission.RECORD_FINDING)
@page_or_post
def record_answer(request: HttpRequest, patient: Patient, episode_id: UUID, question: str) -> HttpResponse:
    episode, word = _episode(patient, episode_id), pages.word_of(question)
    found = pages.before(patient, episode, word)
    form = forms.RecordForm(posted(request), initial=forms.RecordForm.now(found.seen), word=word, found=found)
    back = reverse("definitions:of_episode", args=[patient.public_id, episode.public_id])

    def act(said: dict[str, Any]) -> Any:
        time, precision = said["moment"]
        return actions.record_answer(
            by=request.user,
            patient=patient,
            word=word,
            event=form.event(),
            time=time,
            precision=precision,
            remark=said["remark"],
        )

    if request.method == "POST" and saved(form, act):
        messages.success(request, _("Recorded: %(question)s.") % {"question": word.name})
        return redirect(back)
    context = {"form": form, "page_title": word.name, "cancel": back, "found": found}
    context["asking"] = pages.definitions_asking(episode, word)
    return render(request, "definitions/record_answer.jinja", frame(request, patient, TAB) | context)


def _episode(patient: Patient, episode_id: UUID) -> Episode:
    found = pages.episode_of(patient, episode_id)
    if found is None:
        raise Http404("The patient has no episode.")
    return found


# Across the unit


@requires(Permission.VIEW_CASELOAD)
@page_or_post
def caseload(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        actions.count_again(by=request.user)
        counts.forget(request.user)
        messages.success(request, _("Every episode is asked again in the background. Come back in a while."))
        return redirect("definitions:caseload")
    return render(request, "definitions/caseload.jinja", {"counts": counts.counted(request.user)})


@requires(Permission.VIEW_CASELOAD)
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    return render(request, "definitions/agreement.jinja", rulebook.compared(request))


# What the unit uses


@requires(Permission.VIEW_WORKLIST)
@require_GET
def show_definition(request: HttpRequest, rule_id: str) -> HttpResponse:
    context = rulebook.about(rule_id) | {"today": timezone.localdate()}
    return render(request, "definitions/show_definition.jinja", context)


@requires(Permission.SWITCH_RULE)
@page_or_post
def switch_definition(request: HttpRequest, rule_id: str) -> HttpResponse:
    standing = rulebook.standing_of(rule_id)
    form = forms.SwitchForm(posted(request))
    on, back = standing.is_off, reverse("definitions:show_definition", args=[rule_id])
    on = on or request.GET.get("to") == "on"

    def act(said: dict[str, Any]) -> Any:
        definition = standing.definition
        return actions.switch_definition(by=request.user, definition=definition, on=on, **said)

    if request.method == "POST" and saved(form, act):
        messages.success(request, _("Switched on.") if on else _("Switched off."))
        return redirect(back)
    context = {"form": form, "standing": standing, "on": on, "cancel": back}
    return render(request, "definitions/switch_definition.jinja", context)
