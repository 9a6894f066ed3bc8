"""What results put on a patient's overview (``OSTEON_PATIENT_PANELS``)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from osteon.service.patients.models import Patient
from osteon.service.results import pages


def latest_markers(request: HttpRequest, patient: Patient) -> SafeString:
    """The latest of the markers that matter, and what a running drug asks for and has not got."""
    return _rendered("results/panel_markers.jinja", pages.headlines(patient), request)


def microbiology(request: HttpRequest, patient: Patient) -> SafeString:
    """The latest takings in a line each."""
    return _rendered("results/panel_microbiology.jinja", pages.recent_microbiology(patient), request)


def _rendered(template: str, context: dict[str, Any], request: HttpRequest) -> SafeString:
    return mark_safe(render_to_string(template, context, request))  # noqa: S308 - rendered with escaping
