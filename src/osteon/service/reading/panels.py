"""What reading puts on a patient's overview (``OSTEON_PATIENT_PANELS``): a place that fills itself afterwards.

The library is asked by the fragment, never while the patient's page is made.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from osteon.service.patients.models import Patient
from osteon.service.reading import asking


def reading(request: HttpRequest, patient: Patient) -> SafeString | None:
    """A link to the reading, which a browser with script follows by itself."""
    if not asking.is_set_up():
        return None
    html = render_to_string("reading/panel.jinja", {"patient": patient}, request)
    return mark_safe(html)  # noqa: S308 - rendered with escaping
