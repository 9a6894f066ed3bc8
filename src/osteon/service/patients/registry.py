"""What the apps above put on a patient's page. They are named in settings, so that this folder imports none.

``OSTEON_PATIENT_TABS``      ``[("results:results", _("Results")), ...]``: URL names that take ``patient_id``; a
                             tab whose page does not exist is left out.
``OSTEON_PATIENT_PANELS``    ``["osteon.service.worklist.panels.alerts", ...]``: ``(request, patient)`` gives the HTML
                             of a rendered template for the overview, or ``None``. It is printed as it is.
``OSTEON_PATIENT_WARNINGS``  the same, giving a list of ``KeyWarning`` for the header of every page.
``OSTEON_TIMELINE_THRESHOLDS``  ``(events, measure key, as_of)`` gives the labelled values drawn as lines over a measure.
``OSTEON_FACT_PAGES``        ``{"results.result": "results:result", ...}``: where a fact of that model is opened; the
                             URL takes ``fact_id``, its public id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from osteon.events.schema import Event
from osteon.service.patients.models import Patient

Threshold = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Tab:
    """One link under the header."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class KeyWarning:
    """What nobody who opens the record may miss. ``level`` is one of the words of ``components/badge.jinja``."""

    text: str
    level: str = "amber"
    href: str = ""


_RECORD = re.compile(r"record:([a-z_]+\.[a-z_]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def fact_href(source: str | None) -> str | None:
    """The page of the fact a stream row came from: ``record:results.result/<uuid>``, or what lies under it."""
    found = _RECORD.match(source or "")
    name = settings.OSTEON_FACT_PAGES.get(found[1]) if found else None
    page = _fact_page(name) if name else ""
    return page.replace(_ANY, found[2]) if found and page else None


_ANY: Final = "00000000-0000-0000-0000-000000000000"


@cache
def _fact_page(name: str) -> str:
    """The address of a page about any fact: a timeline links to hundreds, and ``reverse`` is slow."""
    try:
        return reverse(name, kwargs={"fact_id": _ANY})
    except NoReverseMatch:
        return ""


def tabs(patient: Patient, current: str) -> list[Tab]:
    """The tabs whose pages exist; ``current`` is the URL name of the one that is open."""
    found = ((name, text, _address(name, patient)) for name, text in settings.OSTEON_PATIENT_TABS)
    return [Tab(str(text), href, name == current) for name, text, href in found if href]


def panels(request: HttpRequest, patient: Patient) -> list[SafeString]:
    """What the apps above show on the overview."""
    made = (build(request, patient) for build in _named(tuple(settings.OSTEON_PATIENT_PANELS)))
    # Django's Jinja backend hands out plain text; these callables are ours and render templates that escape.
    return [mark_safe(panel) for panel in made if panel]  # noqa: S308


def warnings(request: HttpRequest, patient: Patient) -> list[KeyWarning]:
    """What the apps above warn of."""
    named: Iterable[Callable[..., Any]] = _named(tuple(settings.OSTEON_PATIENT_WARNINGS))
    return [warning for warn in named for warning in warn(request, patient)]


def thresholds(events: Sequence[Event], keys: Iterable[str], as_of: datetime) -> dict[str, list[Threshold]]:
    """The lines of the timeline over each of these measures (``as_of``: UTC, no zone)."""
    asked = _named(tuple(settings.OSTEON_TIMELINE_THRESHOLDS))
    return {key: [line for ask in asked for line in ask(events, key, as_of)] for key in keys}


@cache
def _named(names: tuple[str, ...]) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(name) for name in names)


def _address(name: str, patient: Patient) -> str:
    try:
        return reverse(name, kwargs={"patient_id": patient.public_id})
    except NoReverseMatch:
        return ""
