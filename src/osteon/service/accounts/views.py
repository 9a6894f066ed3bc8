"""Load, check, call, render."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osteon.service.accounts import actions, queries
from osteon.service.accounts.adapters import send_password_link
from osteon.service.accounts.forms import (
    NewPersonForm,
    PersonForm,
    ReasonForm,
    ReviewForm,
    TeamForm,
    TrailFilterForm,
)
from osteon.service.accounts.guards import requires, signed_in
from osteon.service.accounts.idle import seconds_left
from osteon.service.accounts.models import Person
from osteon.service.accounts.permissions import ROLES, Permission
from osteon.service.forms import NHSForm

page_or_post = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    context = {"role": request.user.role_data, "has_second_factor": queries.has_second_factor(request.user)}
    return render(request, "accounts/account.jinja", context)


@signed_in
@page_or_post
def awake(request: HttpRequest) -> HttpResponse:
    """For the script that warns before the session ends: a post counts as use, a question does not."""
    return JsonResponse({"seconds": seconds_left(request)})


@signed_in
@require_GET
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/second_factor_needed.jinja")


@signed_in
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/roles.jinja", {"roles": ROLES.values(), "permissions": list(Permission)})


@requires(Permission.MANAGE_ACCOUNTS)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.people(), 50).get_page(request.GET.get("page"))
    context = {"page": page, "teams": queries.teams(), "roles": ROLES}
    return render(request, "accounts/people.jinja", context)


@requires(Permission.MANAGE_ACCOUNTS)
@require_GET
def person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    return render(request, "accounts/person.jinja", {"person": queries.person_by_public_id(person_id)})


@requires(Permission.MANAGE_ACCOUNTS)
@page_or_post
def create_person(request: HttpRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None, teams=queries.teams())
    created = request.method == "POST" and form.is_valid() and _create(request, form)
    if created:
        return redirect("accounts:person", person_id=created.public_id)
    return render(request, "accounts/create_person.jinja", {"form": form})


def _create(request: HttpRequest, form: NewPersonForm) -> Person | None:
    data = {name: form.cleaned_data[name] for name in ("email", "full_name", "role", "title")}
    try:
        created = actions.create_person(by=request.user, teams=form.chosen_teams(), **data)
    except actions.RefusedChange as error:
        form.add_error("email", str(error))
        return None
    send_password_link(request, created)
    messages.success(request, _("The account is there; a link to set a password was sent."))
    return created


@requires(Permission.MANAGE_ACCOUNTS)
@page_or_post
def change_person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    subject = queries.person_by_public_id(person_id)
    form = PersonForm(request.POST or None, teams=queries.teams(), initial=PersonForm.initial_for(subject))
    if request.method == "POST" and form.is_valid() and _change(request, form, subject):
        messages.success(request, _("Saved. It holds from their next click."))
        return redirect("accounts:person", person_id=subject.public_id)
    return render(request, "accounts/change_person.jinja", {"form": form, "person": subject})


def _change(request: HttpRequest, form: PersonForm, subject: Person) -> bool:
    data = {name: form.cleaned_data[name] for name in ("full_name", "title", "role")}
    try:
        actions.change_person(by=request.user, person=subject, teams=form.chosen_teams(), **data)
    except actions.RefusedChange as error:
        form.add_error("role", str(error))
        return False
    return True


def _with_reason(
    request: HttpRequest, person_id: uuid.UUID, template: str, act: Callable[..., Any], done: str
) -> HttpResponse:
    """A page that asks why, then does ``act`` to the person."""
    subject = queries.person_by_public_id(person_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.user, person=subject, reason=form.cleaned_data["reason"])
        except actions.RefusedChange as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("accounts:person", person_id=subject.public_id)
    return render(request, template, {"form": form, "person": subject})


@requires(Permission.MANAGE_ACCOUNTS)
@page_or_post
def deactivate_person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    template, done = "accounts/deactivate_person.jinja", _("They can no longer sign in.")
    return _with_reason(request, person_id, template, actions.deactivate_person, done)


@requires(Permission.MANAGE_ACCOUNTS)
@page_or_post
def reactivate_person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    template, done = "accounts/reactivate_person.jinja", _("They can sign in again.")
    return _with_reason(request, person_id, template, actions.reactivate_person, done)


@requires(Permission.MANAGE_ACCOUNTS)
@page_or_post
def remove_second_factor(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    template, done = "accounts/remove_second_factor.jinja", _("They set a new one up at their next sign-in.")
    return _with_reason(request, person_id, template, actions.remove_second_factor, done)


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def send_link(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    subject = queries.person_by_public_id(person_id)
    send_password_link(request, subject)
    messages.success(request, _("A link to set a password was sent."))
    return redirect("accounts:person", person_id=subject.public_id)


@requires(Permission.MANAGE_ACCOUNTS)
@page_or_post
def create_team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_team(by=request.user, name=form.cleaned_data["name"])
        except actions.RefusedChange as error:
            form.add_error("name", str(error))
        else:
            return redirect("accounts:people")
    return render(request, "accounts/create_team.jinja", {"form": form})


@requires(Permission.VIEW_AUDIT)
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    form = TrailFilterForm(request.GET or None)
    page = queries.trail(form.wanted(), request.GET.get("before", ""))
    filters = {name: value for name, value in request.GET.items() if name != "before" and value}
    context = {
        "form": form,
        "page": page,
        "waiting": queries.unreviewed_count(),
        "newest": f"?{urlencode(filters)}" if request.GET.get("before") else "",
        "older": f"?{urlencode(filters | {'before': page.older})}" if page.older else "",
    }
    return render(request, "accounts/trail.jinja", context)


@requires(Permission.VIEW_AUDIT)
@require_GET
def break_glasses(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.break_glasses(), 50).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": queries.unreviewed_count()}
    return render(request, "accounts/break_glasses.jinja", context)


@requires(Permission.VIEW_AUDIT)
@page_or_post
def review_break_glass(request: HttpRequest, break_glass_id: uuid.UUID) -> HttpResponse:
    glass = queries.break_glass_by_public_id(break_glass_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _review(request, form, glass):
        return redirect("accounts:break_glasses")
    return render(request, "accounts/review_break_glass.jinja", {"form": form, "glass": glass})


def _review(request: HttpRequest, form: NHSForm, glass: Any) -> bool:
    try:
        actions.review_break_glass(by=request.user, break_glass=glass, **form.cleaned_data)
    except actions.RefusedChange as error:
        form.add_error(None, str(error))
        return False
    return True
