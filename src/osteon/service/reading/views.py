"""Load, check, call, render."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osteon.service.accounts.permissions import Permission
from osteon.service.patients.models import Patient
from osteon.service.patients.presenters import frame
from osteon.service.patients.reach import for_patient
from osteon.service.reading import asking, presenters


@for_patient(Permission.VIEW_PATIENT)
@require_GET
def reading(request: HttpRequest, patient: Patient) -> HttpResponse:
    """A page of its own, or only its part for the overview when htmx asks."""
    if not asking.is_set_up():
        raise Http404("No library is set up.")
    context = {"patient": patient, "shelves": presenters.shelves(patient)}
    if request.htmx:
        return render(request, "reading/shelves.jinja", context)
    return render(request, "reading/reading.jinja", frame(request, patient, "patients:patient") | context)
