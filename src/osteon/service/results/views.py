"""Load, check, call, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from osteon.events.vocabulary import MEASURES, ORGANISM_BY_CODE
from osteon.service.accounts.guards import requires
from osteon.service.accounts.permissions import Permission
from osteon.service.patients.facts import ClinicalFact
from osteon.service.patients.models import Patient
from osteon.service.patients.presenters import frame
from osteon.service.patients.reach import for_fact, for_patient
from osteon.service.patients.saving import newer, posted, saved
from osteon.service.results import actions, pages, queries
from osteon.service.results.forms import (
    AntibiogramForm,
    EditResultForm,
    ErrorForm,
    InterpretationForm,
    IsolateForm,
    RecordResultForm,
    ReportForm,
    SpecimenForm,
    TakingForm,
)
from osteon.service.results.models import Interpreted, Isolate, Result, Specimen, Susceptibility
from osteon.service.results.panels_tested import panel_for

RESULTS, MICROBIOLOGY = "results:results", "results:microbiology"
INTERPRET = "results/interpret.jinja"
page_or_post = require_http_methods(["GET", "HEAD", "POST"])


# What there is to read


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def results(request: HttpRequest, patient: Patient) -> HttpResponse:
    return render(
        request, "results/results.jinja", frame(request, patient, RESULTS) | pages.overview(patient)
    )


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def measure(request: HttpRequest, patient: Patient, key: str) -> HttpResponse:
    if key not in MEASURES:
        raise Http404("No measurement has this name.")
    context = frame(request, patient, RESULTS) | pages.measure(request, patient, MEASURES[key])
    return render(request, "results/measure.jinja", context)


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def microbiology(request: HttpRequest, patient: Patient) -> HttpResponse:
    context = frame(request, patient, MICROBIOLOGY) | pages.microbiology(patient, request.GET.get("page"))
    return render(request, "results/microbiology.jinja", context)


@for_fact(Result, Permission.VIEW_PATIENT)
@require_GET
def result(request: HttpRequest, patient: Patient, fact: Result) -> HttpResponse:
    return render(request, "results/result.jinja", frame(request, patient, RESULTS) | pages.result(fact))


@for_fact(Specimen, Permission.VIEW_PATIENT)
@require_GET
def specimen(request: HttpRequest, patient: Patient, fact: Specimen) -> HttpResponse:
    return render(
        request, "results/specimen.jinja", frame(request, patient, MICROBIOLOGY) | pages.specimen(fact)
    )


@requires(Permission.RECORD_RESULT)
@require_GET
def uninterpreted(request: HttpRequest) -> HttpResponse:
    all_ages = "older" in request.GET
    awaiting = queries.awaiting_interpretation(request.user, all_ages=all_ages)
    context = pages.uninterpreted(awaiting) | {"all_ages": all_ages}
    return render(request, "results/uninterpreted.jinja", context)


# What can be changed


@for_patient(Permission.RECORD_RESULT)
@page_or_post
def record_result(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = RecordResultForm(posted(request), initial=pages.new_result(request.GET.get("measure", "")))

    def act(said: dict[str, Any]) -> Result:
        return actions.record_result(
            by=request.user,
            patient=patient,
            reported=form.reported(),
            taken_at=said["taken_at"],
            wants_interpretation=said["wants_interpretation"],
            **form.test(),
        )

    return _form(request, patient, form, act, _("Record a result"), RESULTS)


@for_fact(Result, Permission.RECORD_RESULT)
@page_or_post
def edit_result(request: HttpRequest, patient: Patient, fact: Result) -> HttpResponse:
    form = EditResultForm(posted(request), initial=EditResultForm.initial_of(fact))

    def act(said: dict[str, Any]) -> Result:
        return actions.edit_result(
            by=request.user,
            result=fact,
            seen_version=said["version"],
            reported=form.reported(),
            taken_at=said["taken_at"],
            reason=said["reason"],
        )

    return _form(request, patient, form, act, _("Correct a result"), RESULTS, fact)


@for_fact(Result, Permission.RECORD_RESULT)
@page_or_post
def interpret_result(request: HttpRequest, patient: Patient, fact: Result) -> HttpResponse:
    form = InterpretationForm(posted(request), initial=InterpretationForm.initial_of(fact))

    def act(said: dict[str, Any]) -> Interpreted:
        return actions.review_result(
            by=request.user, fact=fact, note=said["note"], seen_version=said["version"]
        )

    return _form(
        request, patient, form, act, _("Interpret: %(what)s") % {"what": fact}, RESULTS, fact, INTERPRET
    )


@for_fact(Specimen, Permission.RECORD_RESULT)
@page_or_post
def interpret_specimen(request: HttpRequest, patient: Patient, fact: Specimen) -> HttpResponse:
    initial = TakingForm.initial_of(fact)
    form = TakingForm(posted(request), initial=initial, others=queries.taken_with(fact))

    def act(said: dict[str, Any]) -> Specimen:
        seen = [(fact, said["version"]), *form.taken_with()]
        return actions.review_taking(by=request.user, seen=seen, note=said["note"])

    title = _("Interpret: %(what)s") % {"what": fact}
    return _form(request, patient, form, act, title, MICROBIOLOGY, fact, INTERPRET)


@for_patient(Permission.RECORD_RESULT)
@page_or_post
def record_specimen(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = SpecimenForm(posted(request), initial=pages.new_specimen(patient, request.GET.get("like")))

    def act(_said: dict[str, Any]) -> Specimen:
        sampling = actions.Sampling(**form.values())
        return actions.record_specimen(by=request.user, patient=patient, sampling=sampling)

    return _form(request, patient, form, act, _("Record a specimen"), MICROBIOLOGY)


@for_fact(Specimen, Permission.RECORD_RESULT)
@page_or_post
def edit_specimen(request: HttpRequest, patient: Patient, fact: Specimen) -> HttpResponse:
    form = SpecimenForm(posted(request), initial=SpecimenForm.initial_of(fact))

    def act(said: dict[str, Any]) -> Specimen:
        sampling = actions.Sampling(**form.values(), precision=fact.precision)
        return actions.edit_specimen(
            by=request.user, specimen=fact, seen_version=said["version"], sampling=sampling
        )

    return _form(request, patient, form, act, _("Correct a specimen"), MICROBIOLOGY, fact)


@for_fact(Specimen, Permission.RECORD_RESULT)
@page_or_post
def report_specimen(request: HttpRequest, patient: Patient, fact: Specimen) -> HttpResponse:
    form = ReportForm(posted(request), initial=ReportForm.initial_of(fact))

    def act(said: dict[str, Any]) -> Specimen:
        seen = {"seen_version": said.pop("version")}
        return actions.report_specimen(by=request.user, specimen=fact, **seen, **said)

    return _form(request, patient, form, act, _("Record the laboratory's report"), MICROBIOLOGY, fact)


@for_fact(Specimen, Permission.RECORD_RESULT)
@page_or_post
def record_isolate(request: HttpRequest, patient: Patient, fact: Specimen) -> HttpResponse:
    form = IsolateForm(posted(request))

    def act(said: dict[str, Any]) -> Isolate:
        return actions.record_isolate(
            by=request.user,
            specimen=fact,
            quantity=said["quantity"],
            comment=said["comment"],
            **form.chosen(),
        )

    return _form(request, patient, form, act, _("Record what grew"), MICROBIOLOGY, fact)


@for_fact(Isolate, Permission.RECORD_RESULT)
@page_or_post
def record_antibiogram(request: HttpRequest, patient: Patient, fact: Isolate) -> HttpResponse:
    organism = ORGANISM_BY_CODE.get(fact.organism_code)
    panel = panel_for(organism.group if organism else "", without=queries.agents_reported(fact))
    form = AntibiogramForm(posted(request), panel=panel)

    def act(said: dict[str, Any]) -> Isolate:
        return actions.record_antibiogram(
            by=request.user, isolate=fact, tested=form.tested(), guideline=said["guideline"]
        )

    title = _("Antibiogram of %(organism)s") % {"organism": fact.organism_name}
    return _form(request, patient, form, act, title, MICROBIOLOGY, fact)


@for_fact(Result, Permission.RECORD_RESULT)
@page_or_post
def mark_result_in_error(request: HttpRequest, patient: Patient, fact: Result) -> HttpResponse:
    return _mark_in_error(request, patient, fact, RESULTS)


@for_fact(Specimen, Permission.RECORD_RESULT)
@page_or_post
def mark_specimen_in_error(request: HttpRequest, patient: Patient, fact: Specimen) -> HttpResponse:
    return _mark_in_error(request, patient, fact, MICROBIOLOGY)


@for_fact(Isolate, Permission.RECORD_RESULT)
@page_or_post
def mark_isolate_in_error(request: HttpRequest, patient: Patient, fact: Isolate) -> HttpResponse:
    return _mark_in_error(request, patient, fact, MICROBIOLOGY)


@for_fact(Susceptibility, Permission.RECORD_RESULT)
@page_or_post
def mark_susceptibility_in_error(
    request: HttpRequest, patient: Patient, fact: Susceptibility
) -> HttpResponse:
    return _mark_in_error(request, patient, fact, MICROBIOLOGY)


def _mark_in_error(request: HttpRequest, patient: Patient, fact: ClinicalFact, tab: str) -> HttpResponse:
    form = ErrorForm(posted(request))

    def act(said: dict[str, Any]) -> ClinicalFact:
        return actions.mark_in_error(by=request.user, fact=fact, reason=said["reason"])

    title = _("Entered in error: %(what)s") % {"what": fact}
    return _form(request, patient, form, act, title, tab, fact)


def _form(
    request: HttpRequest,
    patient: Patient,
    form: Any,
    act: Callable[[dict[str, Any]], ClinicalFact],
    title: str,
    tab: str,
    about: ClinicalFact | None = None,
    template: str = "patients/form.jinja",
) -> HttpResponse:
    """One form about a patient: shown, or acted on and then left for the page of what it made."""
    made = saved(form, act) if request.method == "POST" else None
    if made is not None:
        messages.success(request, _("Saved."))
        return redirect(pages.page_of(made))
    context = {"form": form, "page_title": title, "cancel": pages.cancel_to(patient, about, tab)}
    shown = pages.to_interpret(about) if template == INTERPRET else {}
    return render(request, template, frame(request, patient, tab) | context | shown | newer(form))
