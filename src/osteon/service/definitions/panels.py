"""What the definitions put on a patient's overview (``OSTEON_PATIENT_PANELS``)."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from osteon.service.definitions import pages
from osteon.service.patients.models import Patient

MOST: Final = 6


def headlines(request: HttpRequest, patient: Patient) -> SafeString | None:
    """What each definition says of the running episode, in a line each."""
    episode = pages.episode_of(patient, None)
    if episode is None:
        return None
    found = pages.shown(patient, episode)
    if not found.standings:
        return None
    telling = found.telling
    context = {
        "patient": patient,
        "episode": episode,
        "shown": found,
        "cards": telling[:MOST],
        "more": len(telling) - MOST,
        "silent": len(found.silent),
    }
    return mark_safe(render_to_string("definitions/panel.jinja", context, request))  # noqa: S308 - escaped
