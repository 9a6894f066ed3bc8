"""Load, check, call, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from osteon.service.accounts.permissions import Permission
from osteon.service.courses import actions, presenters, queries
from osteon.service.courses.forms import (
    ChangeDeliveryForm,
    ChangeDoseForm,
    ChangePlanForm,
    EditCourseForm,
    ErrorForm,
    StartCourseForm,
    StopCourseForm,
)
from osteon.service.courses.models import Course
from osteon.service.patients.models import Patient
from osteon.service.patients.presenters import frame
from osteon.service.patients.reach import for_fact, for_patient
from osteon.service.patients.saving import newer, posted, saved

TAB = "courses:courses"
page_or_post = require_http_methods(["GET", "HEAD", "POST"])


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def courses(request: HttpRequest, patient: Patient) -> HttpResponse:
    running, past = presenters.views(queries.courses_of(patient))
    context = {"running": running, "past": past, "withdrawn": queries.withdrawn_courses_of(patient)}
    return render(request, "courses/courses.jinja", frame(request, patient, TAB) | context)


@for_fact(Course, Permission.VIEW_PATIENT)
@require_GET
def course(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    known = queries.with_people(fact)
    context = {
        "fact": known,
        "view": presenters.CourseView(known, timezone.localdate()),
        "changes": queries.changes_of(known),
        "versions": presenters.versions(queries.versions_of(known)),
    }
    return render(request, "courses/course.jinja", frame(request, patient, TAB) | context)


@for_patient(Permission.PRESCRIBE_COURSE)
@page_or_post
def start_course(request: HttpRequest, patient: Patient) -> HttpResponse:
    today = {"started_on": timezone.localdate()}
    form = StartCourseForm(posted(request), initial=today, episodes=queries.episodes_of(patient))

    def act(said: dict[str, Any]) -> Course:
        try:
            return actions.start_course(
                by=request.user,
                patient=patient,
                order=form.order(),
                started_on=said["started_on"],
                planned_stop_on=said["planned_stop_on"],
                episode=form.chosen_episode(),
                allergy_override=said.get("allergy_override", ""),
            )
        except actions.AllergyWarning as warning:
            form.warn(warning.conflicts)
            raise

    return _form(request, patient, form, act, _("Start a course"), template="courses/start_course.jinja")


@for_fact(Course, Permission.PRESCRIBE_COURSE)
@page_or_post
def change_dose(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    form = ChangeDoseForm(posted(request), initial=ChangeDoseForm.initial_of(fact))
    return _change(request, patient, fact, form, actions.change_dose, _("Change the dose of %(drug)s"))


@for_fact(Course, Permission.PRESCRIBE_COURSE)
@page_or_post
def change_plan(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    form = ChangePlanForm(posted(request), initial=ChangePlanForm.initial_of(fact))
    return _change(
        request, patient, fact, form, actions.change_plan, _("Change the planned stop of %(drug)s")
    )


@for_fact(Course, Permission.PRESCRIBE_COURSE)
@page_or_post
def change_delivery(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    form = ChangeDeliveryForm(posted(request), initial=ChangeDeliveryForm.initial_of(fact))
    return _change(request, patient, fact, form, actions.change_delivery, _("Who gives %(drug)s"))


@for_fact(Course, Permission.PRESCRIBE_COURSE)
@page_or_post
def stop_course(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    form = StopCourseForm(posted(request), initial=StopCourseForm.initial_of(fact))
    return _change(request, patient, fact, form, actions.stop_course, _("Stop %(drug)s"))


@for_fact(Course, Permission.PRESCRIBE_COURSE)
@page_or_post
def edit_course(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    form = EditCourseForm(
        posted(request),
        initial=EditCourseForm.initial_of(fact),
        episodes=queries.episodes_of(patient),
        course=fact,
    )

    def act(said: dict[str, Any]) -> Course:
        return actions.edit_course(
            by=request.user,
            course=fact,
            seen_version=said["version"],
            order=form.order(),
            started_on=said["started_on"],
            planned_stop_on=said["planned_stop_on"],
            episode=form.chosen_episode(),
            reason=said["reason"],
            **form.stop_words(),
        )

    return _form(request, patient, form, act, _("Correct %(drug)s") % {"drug": fact}, fact)


@for_fact(Course, Permission.PRESCRIBE_COURSE)
@page_or_post
def mark_in_error(request: HttpRequest, patient: Patient, fact: Course) -> HttpResponse:
    form = ErrorForm(posted(request))

    def act(said: dict[str, Any]) -> Course:
        return actions.mark_in_error(by=request.user, course=fact, reason=said["reason"])

    return _form(request, patient, form, act, _("Entered in error: %(drug)s") % {"drug": fact}, fact)


def _change(
    request: HttpRequest,
    patient: Patient,
    fact: Course,
    form: Any,
    action: Callable[..., Course],
    title: str,
) -> HttpResponse:
    def act(said: dict[str, Any]) -> Course:
        values = {name: value for name, value in said.items() if name != "version"}
        return action(by=request.user, course=fact, seen_version=said["version"], **values)

    return _form(request, patient, form, act, title % {"drug": fact}, fact)


def _form(
    request: HttpRequest,
    patient: Patient,
    form: Any,
    act: Callable[[dict[str, Any]], Course],
    title: str,
    about: Course | None = None,
    template: str = "courses/form.jinja",
) -> HttpResponse:
    """One form about a patient: shown, or acted on and then left for the page of the course."""
    made = saved(form, act) if request.method == "POST" else None
    if made is not None:
        messages.success(request, _("Saved."))
        return redirect(made)
    back = about.get_absolute_url() if about else reverse(TAB, kwargs={"patient_id": patient.public_id})
    context = {"form": form, "page_title": title, "cancel": back, "about": about}
    return render(request, template, frame(request, patient, TAB) | context | newer(form))
