"""Load, check, call, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osteon.service.accounts.guards import requires
from osteon.service.accounts.permissions import Permission
from osteon.service.forms import NHSForm
from osteon.service.patients import actions, fields, forms, identities, identity_forms, pages, queries
from osteon.service.patients.facts import ClinicalFact
from osteon.service.patients.finding_kinds import FINDING_KINDS
from osteon.service.patients.models import Allergy, Episode, Finding, ImportedFact, Patient, PatientIdentifier
from osteon.service.patients.presenters import frame
from osteon.service.patients.reach import break_glass_page, for_fact, for_patient, open_glass
from osteon.service.patients.saving import newer, posted, saved

page_or_post = require_http_methods(["GET", "HEAD", "POST"])
OVERVIEW, EPISODE, FINDINGS = "patients:patient", "patients:episodes", "patients:findings"
ALLERGIES, HISTORY, IDENTITY = "patients:allergies", "patients:history", "patients:identity"


# Finding a patient


@requires(Permission.VIEW_PATIENT)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    context = pages.searched(request)
    only = pages.only_match(context)
    return redirect(only) if only else render(request, "patients/search.jinja", context)


@requires(Permission.BREAK_GLASS)
@page_or_post
def break_glass(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = _surviving(patient_id)
    form = fields.BreakGlassForm(posted(request))
    goal = request.POST.get("goal", "")
    if not url_has_allowed_host_and_scheme(goal, {request.get_host()}):
        goal = patient.get_absolute_url()
    if request.method == "POST" and saved(form, lambda said: open_glass(request, patient, said["reason"])):
        return redirect(goal)
    return break_glass_page(request, patient, goal=goal, form=form, status=200)


def _surviving(patient_id: UUID) -> Patient:
    patient = queries.surviving(patient_id)
    if patient is None:
        raise Http404("No patient has this address.")
    return patient


# The record


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def patient(request: HttpRequest, patient: Patient) -> HttpResponse:
    context = frame(request, patient, OVERVIEW) | pages.overview(request, patient)
    return render(request, "patients/patient.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def timeline(request: HttpRequest, patient: Patient) -> HttpResponse:
    context = frame(request, patient, OVERVIEW) | pages.rewindable(request, patient)
    return render(request, "patients/timeline.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def episodes(request: HttpRequest, patient: Patient) -> HttpResponse:
    return render(request, "patients/episodes.jinja", frame(request, patient, EPISODE))


@for_fact(Episode, Permission.VIEW_PATIENT)
@require_GET
def episode(request: HttpRequest, patient: Patient, fact: Episode) -> HttpResponse:
    context = frame(request, patient, EPISODE) | pages.about_episode(fact)
    return render(request, "patients/episode.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def findings(request: HttpRequest, patient: Patient) -> HttpResponse:
    page = queries.findings(pages.ids_of(patient), request.GET.get("page"))
    context = frame(request, patient, FINDINGS) | {"page": page}
    return render(request, "patients/findings.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def allergies(request: HttpRequest, patient: Patient) -> HttpResponse:
    return render(request, "patients/allergies.jinja", frame(request, patient, ALLERGIES))


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def history(request: HttpRequest, patient: Patient) -> HttpResponse:
    context = frame(request, patient, HISTORY) | pages.past(request, patient)
    return render(request, "patients/history.jinja", context)


@for_fact(Finding, Permission.VIEW_PATIENT)
@require_GET
def finding(request: HttpRequest, patient: Patient, fact: Finding) -> HttpResponse:
    return _fact_page(request, patient, fact, FINDINGS)


@for_fact(Allergy, Permission.VIEW_PATIENT)
@require_GET
def allergy(request: HttpRequest, patient: Patient, fact: Allergy) -> HttpResponse:
    return _fact_page(request, patient, fact, ALLERGIES)


@for_fact(ImportedFact, Permission.VIEW_PATIENT)
@require_GET
def imported_fact(request: HttpRequest, patient: Patient, fact: ImportedFact) -> HttpResponse:
    return _fact_page(request, patient, fact, HISTORY)


def _fact_page(request: HttpRequest, patient: Patient, fact: ClinicalFact, tab: str) -> HttpResponse:
    context = frame(request, patient, tab) | pages.about_fact(fact)
    return render(request, "patients/fact.jinja", context)


# Who the patient is


@requires(Permission.MANAGE_IDENTITY)
@page_or_post
def register(request: HttpRequest) -> HttpResponse:
    form = identity_forms.RegisterForm(posted(request))
    context = identities.registering(request, form)
    if request.method == "POST" and not context["namesakes"]:
        made = saved(form, lambda _said: actions.register_patient(by=request.user, **form.values()))
        if made:
            messages.success(request, _("%(name)s is registered.") % {"name": made})
            return redirect("patients:open_episode", made.public_id)
    return render(request, "patients/register.jinja", {"form": form, **context})


@for_patient(Permission.MANAGE_IDENTITY)
@page_or_post
def edit_patient(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = identity_forms.PatientForm(posted(request), initial=identity_forms.PatientForm.initial_of(patient))

    def act(said: dict[str, Any]) -> Patient:
        seen = said["version"]
        return actions.edit_patient(by=request.user, patient=patient, seen_version=seen, **form.values())

    return _form_page(request, patient, form, act, title=_("Correct identity"), back=_to(IDENTITY, patient))


@for_patient(Permission.MANAGE_IDENTITY)
@require_GET
def identity(request: HttpRequest, patient: Patient) -> HttpResponse:
    context = frame(request, patient) | identities.about(request, patient)
    return render(request, "patients/identity.jinja", context)


@for_patient(Permission.MANAGE_IDENTITY)
@page_or_post
def add_identifier(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = identity_forms.IdentifierForm(posted(request))

    def act(_said: dict[str, Any]) -> Any:
        return identities.add_numbers(request.user, patient, form.numbers())

    return _form_page(request, patient, form, act, title=_("Add a number"), back=_to(IDENTITY, patient))


@for_fact(PatientIdentifier, Permission.MANAGE_IDENTITY)
@page_or_post
def mark_identifier_in_error(request: HttpRequest, patient: Patient, fact: PatientIdentifier) -> HttpResponse:
    return _mark_in_error(request, patient, fact, back=_to(IDENTITY, patient))


@requires(Permission.MANAGE_IDENTITY)
@require_GET
def possible_duplicates(request: HttpRequest) -> HttpResponse:
    page = queries.possible_duplicates(request.GET.get("page"))
    return render(request, "patients/possible_duplicates.jinja", {"page": page})


@for_patient(Permission.MANAGE_IDENTITY)
@require_POST
def note_duplicate(request: HttpRequest, patient: Patient) -> HttpResponse:
    other = _surviving(_uuid(request.POST.get("other", "")))
    pair = actions.note_possible_duplicate(
        by=request.user, patient=patient, other=other, why=identities.noted_by(request.user)
    )
    return redirect("patients:possible_duplicate", pair.public_id)


@requires(Permission.MANAGE_IDENTITY)
@require_GET
def possible_duplicate(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    context = identities.compared(request, identities.pair_of(pair_id))
    return render(request, "patients/possible_duplicate.jinja", context)


@requires(Permission.MANAGE_IDENTITY)
@require_POST
def merge(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    pair = identities.pair_of(pair_id)
    form = identities.merge_form(pair, request.POST)
    merged = saved(form, lambda said: identities.merge(request.user, form, said["reason"]))
    if merged:
        messages.success(request, _("The two records are read as one now. It can be undone."))
        return redirect(merged.survivor)
    context = identities.compared(request, pair, merge=form)
    return render(request, "patients/possible_duplicate.jinja", context)


@requires(Permission.MANAGE_IDENTITY)
@require_POST
def settle_duplicate(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    pair = identities.pair_of(pair_id)
    form = identities.settle_form(request.POST)
    settled = saved(
        form, lambda said: actions.settle_duplicate(by=request.user, duplicate=pair, how=said["reason"])
    )
    if settled:
        messages.success(request, _("Noted: two different people."))
        return redirect("patients:possible_duplicates")
    context = identities.compared(request, pair, settle=form)
    return render(request, "patients/possible_duplicate.jinja", context)


@for_patient(Permission.MANAGE_IDENTITY)
@page_or_post
def unmerge(request: HttpRequest, patient: Patient, record_id: UUID) -> HttpResponse:
    record = identities.merged_record(patient, record_id)
    form = fields.ReasonForm(posted(request), label=_("How do you know that they are two people?"))

    def act(said: dict[str, Any]) -> Patient:
        return actions.unmerge_patients(by=request.user, patient=record, reason=said["reason"])

    return _form_page(
        request,
        patient,
        form,
        act,
        title=_("Take %(name)s out again") % {"name": record},
        back=_to(IDENTITY, patient),
        template="patients/unmerge.jinja",
        record=record,
        since=pages.since_merge(patient, record),
    )


# Episodes


@for_patient(Permission.MANAGE_EPISODE)
@page_or_post
def open_episode(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = forms.OpenEpisodeForm(posted(request), initial=pages.new_episode(request), **pages.people())

    def act(_said: dict[str, Any]) -> Episode:
        return actions.open_episode(by=request.user, patient=patient, **form.values())

    return _form_page(
        request, patient, form, act, title=_("Open an episode"), back=_to(OVERVIEW, patient), tab=EPISODE
    )


@for_fact(Episode, Permission.MANAGE_EPISODE)
@page_or_post
def edit_episode(request: HttpRequest, patient: Patient, fact: Episode) -> HttpResponse:
    initial = forms.EpisodeForm.initial_of(fact)
    form = forms.EpisodeForm(posted(request), initial=initial, **pages.people())

    def act(said: dict[str, Any]) -> Episode:
        seen = said["version"]
        return actions.edit_episode(by=request.user, episode=fact, seen_version=seen, **form.values())

    return _form_page(
        request, patient, form, act, title=_("Change the episode"), back=_to_episode(fact), tab=EPISODE
    )


@for_fact(Episode, Permission.MANAGE_EPISODE)
@page_or_post
def move_episode(request: HttpRequest, patient: Patient, fact: Episode) -> HttpResponse:
    form = forms.MoveForm(posted(request), initial=forms.MoveForm.initial_of(fact), episode=fact)

    def act(said: dict[str, Any]) -> Episode:
        return actions.move_episode(
            by=request.user,
            episode=fact,
            goal=said["goal"],
            reason=said["reason"],
            seen_version=said["version"],
        )

    title = _("Move along the road: %(episode)s") % {"episode": fact}
    return _form_page(request, patient, form, act, title=title, back=_to_episode(fact), tab=EPISODE)


@for_fact(Episode, Permission.MANAGE_EPISODE)
@page_or_post
def close_episode(request: HttpRequest, patient: Patient, fact: Episode) -> HttpResponse:
    form = forms.CloseForm(posted(request), initial=forms.CloseForm.initial_of(fact))

    def act(said: dict[str, Any]) -> Episode:
        seen = said["version"]
        return actions.close_episode(by=request.user, episode=fact, seen_version=seen, **form.values())

    title = _("Close: %(episode)s") % {"episode": fact}
    return _form_page(request, patient, form, act, title=title, back=_to_episode(fact), tab=EPISODE)


@for_fact(Episode, Permission.MANAGE_EPISODE)
@page_or_post
def mark_episode_in_error(request: HttpRequest, patient: Patient, fact: Episode) -> HttpResponse:
    return _mark_in_error(request, patient, fact, back=_to(OVERVIEW, patient))


# Findings and allergies


@for_patient(Permission.RECORD_FINDING)
@page_or_post
def record_finding(request: HttpRequest, patient: Patient) -> HttpResponse:
    kind = FINDING_KINDS.get(request.GET.get("what", ""))
    if kind is None:
        context = frame(request, patient, FINDINGS) | {"kinds": FINDING_KINDS.values()}
        return render(request, "patients/choose_finding.jinja", context)
    form = forms.FindingForm(posted(request), initial=forms.FindingForm.now(), kind=kind)

    def act(_said: dict[str, Any]) -> Finding:
        return actions.record_finding(
            by=request.user, patient=patient, code=kind.code, unit=form.unit, **form.values()
        )

    title = _("Record: %(name)s") % {"name": kind.name}
    return _form_page(request, patient, form, act, title=title, back=_to(FINDINGS, patient), tab=FINDINGS)


@for_fact(Finding, Permission.RECORD_FINDING)
@page_or_post
def edit_finding(request: HttpRequest, patient: Patient, fact: Finding) -> HttpResponse:
    initial = forms.FindingForm.initial_of(fact)
    form = forms.FindingForm(posted(request), initial=initial, kind=pages.kind_of(fact))

    def act(said: dict[str, Any]) -> Finding:
        seen = said["version"]
        return actions.edit_finding(by=request.user, finding=fact, seen_version=seen, **form.values())

    title = _("Correct: %(name)s") % {"name": fact.name}
    return _form_page(request, patient, form, act, title=title, back=_to(FINDINGS, patient), tab=FINDINGS)


@for_fact(Finding, Permission.RECORD_FINDING)
@page_or_post
def mark_finding_in_error(request: HttpRequest, patient: Patient, fact: Finding) -> HttpResponse:
    return _mark_in_error(request, patient, fact, back=_to(FINDINGS, patient))


@for_patient(Permission.RECORD_FINDING)
@page_or_post
def record_allergy(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = forms.AllergyForm(posted(request))

    def act(said: dict[str, Any]) -> Allergy:
        return actions.record_allergy(by=request.user, patient=patient, **said)

    title = _("Record an allergy or intolerance")
    return _form_page(request, patient, form, act, title=title, back=_to(ALLERGIES, patient), tab=ALLERGIES)


@for_patient(Permission.RECORD_FINDING)
@page_or_post
def record_no_known_allergies(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = forms.NoAllergiesForm(posted(request))

    def act(_said: dict[str, Any]) -> Allergy:
        return actions.record_no_known_allergies(by=request.user, patient=patient)

    title = _("No known allergies")
    return _form_page(request, patient, form, act, title=title, back=_to(ALLERGIES, patient), tab=ALLERGIES)


@for_fact(Allergy, Permission.RECORD_FINDING)
@page_or_post
def mark_allergy_in_error(request: HttpRequest, patient: Patient, fact: Allergy) -> HttpResponse:
    return _mark_in_error(request, patient, fact, back=_to(ALLERGIES, patient))


@for_fact(ImportedFact, Permission.RECORD_FINDING)
@page_or_post
def mark_imported_fact_in_error(request: HttpRequest, patient: Patient, fact: ImportedFact) -> HttpResponse:
    return _mark_in_error(request, patient, fact, back=_to(OVERVIEW, patient))


# What the pages share


def _mark_in_error(request: HttpRequest, patient: Patient, fact: ClinicalFact, *, back: str) -> HttpResponse:
    form = fields.ReasonForm(posted(request), label=_("What is wrong with it?"))

    def act(said: dict[str, Any]) -> ClinicalFact:
        return actions.mark_entered_in_error(by=request.user, fact=fact, reason=said["reason"])

    title = _("Entered in error")
    template = "patients/mark_in_error.jinja"
    return _form_page(request, patient, form, act, title=title, back=back, template=template, fact=fact)


def _form_page(
    request: HttpRequest,
    patient: Patient,
    form: NHSForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    back: str,
    tab: str = "",
    template: str = "patients/form.jinja",
    **context: Any,
) -> HttpResponse:
    """One form about a patient: what ``act`` refuses is said on the form, what it does leads ``back``."""
    if request.method == "POST" and saved(form, act):
        messages.success(request, _("Saved."))
        return redirect(back)
    context |= {"form": form, "page_title": title, "cancel": back}
    return render(request, template, frame(request, patient, tab) | context | newer(form))


def _to(name: str, patient: Patient) -> str:
    return reverse(name, args=[patient.public_id])


def _to_episode(episode: Episode) -> str:
    return reverse("patients:episode", args=[episode.public_id])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404("No patient has this address.") from None
