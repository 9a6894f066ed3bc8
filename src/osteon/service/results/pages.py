"""What each page of results shows: rows from ``queries``, words from the presenters, thresholds from the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from osteon.events.schema import Event
from osteon.events.vocabulary import MEASURES, Measure
from osteon.service.patients.facts import ClinicalFact
from osteon.service.patients.models import Patient
from osteon.service.patients.registry import fact_href
from osteon.service.patients.story import naive_utc, story
from osteon.service.patients.timeline import timeline
from osteon.service.results import presenters, queries
from osteon.service.results.microbiology import TakingView, views_of
from osteon.service.results.models import Isolate, Result, Specimen, Susceptibility
from osteon.service.results.presenters import ResultRow
from osteon.service.results.thresholds import (
    Threshold,
    applying_rules,
    limits_for,
    monitored_keys,
    thresholds_for,
)

Context = dict[str, Any]


def overview(patient: Patient) -> Context:
    """The latest of every measure, and every other test."""
    known, others = queries.latest_results(patient)
    monitored = monitored_keys(_applying(story(patient)))
    return {
        "groups": presenters.overview(known, monitored),
        "others": [ResultRow(found.now, found.before) for found in others],
        "has_any": bool(known or others),
    }


def headlines(patient: Patient) -> Context:
    """The few measures of the patient's overview."""
    known, _others = queries.latest_results(patient)
    monitored = monitored_keys(_applying(story(patient)))
    return {"patient": patient, "rows": presenters.headlines(known, monitored)}


def measure(request: HttpRequest, patient: Patient, measure: Measure) -> Context:
    """One measure: the drawing on the patient's time axis, the thresholds, and all values as a table."""
    events = story(patient)
    page, following = queries.page_of(queries.results_of(patient, measure), request.GET.get("page"))
    rows = presenters.rows_of(page.object_list, following)
    rules = _applying(events)
    thresholds = thresholds_for(measure, upper_limit=_upper_limit(rows), rules=rules)
    return {
        "measure": measure,
        "unit": presenters.unit_words(measure.unit),
        "page": page,
        "rows": rows,
        "latest": rows[0] if rows and page.number == 1 else None,
        "limits": limits_for(measure, rules),
        "view": _timeline(request, events, measure, thresholds),
        "withdrawn": queries.withdrawn_results(patient, measure),
    }


def result(fact: Result) -> Context:
    """One result with where it came from and what it was before."""
    known = queries.with_people(fact)
    rows = queries.versions_of(known)
    return {
        "fact": known,
        "row": ResultRow(known),
        "measure": known.measure,
        "versions": presenters.versions(rows, presenters.result_words),
    }


def microbiology(patient: Patient, number: str | None) -> Context:
    """The takings of a patient, newest first."""
    page = queries.takings_page(patient, number)
    return {
        "page": page,
        "takings": views_of(page.object_list, story(patient)),
        "pending": queries.count_pending(patient),
    }


def recent_microbiology(patient: Patient) -> Context:
    """The latest takings, in a line each, for the patient's overview."""
    takings = [TakingView(group, timezone.now()) for group in queries.recent_takings(patient, 4)]
    return {"patient": patient, "takings": takings}


def specimen(fact: Specimen) -> Context:
    """One specimen with all that grew, and its history. One entered in error shows what had grown, too."""
    found = queries.specimen_page(fact)
    rows = queries.versions_of(fact)
    [view] = views_of([[found]], [])
    return {
        "fact": found,
        "card": view.cards[0],
        "versions": presenters.versions(rows, presenters.specimen_words),
        "withdrawn": queries.withdrawn_growth(fact),
    }


def to_interpret(fact: Result | Specimen) -> Context:
    """What somebody interprets, above the question what it means."""
    if isinstance(fact, Result):
        return {"taking": None, "row": ResultRow(fact)}
    owner = fact.patient.survivor or fact.patient
    [view] = views_of([queries.whole_taking(fact)], story(owner))
    return {"taking": view, "row": None}


def uninterpreted(awaiting: queries.Awaiting) -> Context:
    """What awaits an interpretation, with its patient."""
    now = timezone.now()
    return {
        "awaiting": awaiting,
        "takings": [TakingView(specimens, now) for specimens in awaiting.takings],
        "results": [ResultRow(result) for result in awaiting.results],
    }


def new_result(key: str) -> Context:
    """What a new result starts with: the measure it was asked for, its unit, and now."""
    known = MEASURES.get(key)
    return {
        "measure": key if known else "",
        "unit": presenters.unit_words(known.unit) if known else "",
        "taken_at": timezone.now(),
    }


def new_specimen(patient: Patient, like: str | None) -> Context:
    """What a new specimen starts with: the particulars of one taken with it, or now."""
    sibling = queries.specimen_like(patient, like)
    if sibling is None:
        return {"taken_at": timezone.now(), "planned_incubation_days": 14}
    shared = ("kind", "site", "taking", "taken_at", "antibiotic_free_days", "planned_incubation_days")
    return {name: getattr(sibling, name) for name in shared}


def page_of(fact: ClinicalFact) -> str:
    """The page on which a fact is read."""
    if isinstance(fact, Isolate):
        return fact.specimen.get_absolute_url()
    if isinstance(fact, Susceptibility):
        return fact.isolate.specimen.get_absolute_url()
    return fact.get_absolute_url()


def cancel_to(patient: Patient, about: ClinicalFact | None, tab: str) -> str:
    """Where Cancel leads: what the form is about, or the tab it was opened from."""
    return page_of(about) if about else reverse(tab, kwargs={"patient_id": patient.public_id})


def _applying(events: Sequence[Event]) -> list:
    return applying_rules(events, naive_utc(timezone.now()))


def _upper_limit(rows: Sequence[ResultRow]) -> float | None:
    return next((row.reading.high for row in rows if row.reading.high), None)


def _timeline(
    request: HttpRequest, events: Sequence[Event], measure: Measure, thresholds: Sequence[Threshold]
) -> Any:
    lines = {measure.key: [(threshold.label, threshold.value) for threshold in thresholds]}
    return timeline(
        events,
        now=naive_utc(timezone.now()),
        path=request.path,
        params={**request.GET.dict(), "marker": measure.key},
        link_for=lambda event: fact_href(event.source),
        thresholds=lines,
    )
