"""What courses put on a patient's overview (``OSTEON_PATIENT_PANELS``)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from osteon.service.courses import presenters, queries
from osteon.service.patients.models import Patient


def running_courses(request: HttpRequest, patient: Patient) -> SafeString:
    """The courses that run, with their day and planned stop."""
    running, _past = presenters.views(queries.running_courses_of(patient))
    html = render_to_string("courses/panel_running.jinja", {"patient": patient, "running": running}, request)
    return mark_safe(html)  # noqa: S308 - rendered with escaping
