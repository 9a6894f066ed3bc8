"""What each page shows, put together from queries: one function per page, giving its context."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from osteon.events.schema import Event
from osteon.events.vocabulary import MEASURES
from osteon.service.accounts.permissions import Permission
from osteon.service.patients import queries, registry, search
from osteon.service.patients.facts import ClinicalFact
from osteon.service.patients.finding_kinds import FINDING_KINDS, Answer, FindingKind
from osteon.service.patients.history import Entry, history, history_of_fact
from osteon.service.patients.models import Episode, Finding, Patient
from osteon.service.patients.partial_dates import NotADate, PartialDate, parse_partial_date
from osteon.service.patients.road import Position
from osteon.service.patients.story import naive_utc, story
from osteon.service.patients.stream import is_about_identity, precision_of
from osteon.service.patients.timeline import TimelineView, timeline
from osteon.service.patients.timeline.marker import USUAL_MARKER

# The timeline


def drawn(request: HttpRequest, patient: Patient, path: str) -> TimelineView | None:
    """The patient's timeline as the address asks for it; ``?known=2026-11-03`` rewinds the record.

    ``None`` while nothing is known but who the patient is.
    """
    known_at = rewound_to(request.GET.get("known", ""))
    now = naive_utc(timezone.now())
    events = story(patient, known_at=known_at)
    if all(is_about_identity(event) for event in events):
        return None
    return timeline(
        events,
        now=now,
        path=path,
        params=request.GET.dict(),
        known_at=naive_utc(known_at) if known_at else None,
        episode_from=_running_from(events),
        link_for=_link,
        precision_of=precision_of,
        thresholds=registry.thresholds(
            events, _measures_asked(request), naive_utc(known_at) if known_at else now
        ),
    )


def _measures_asked(request: HttpRequest) -> list[str]:
    asked = (request.GET.get("marker", USUAL_MARKER), request.GET.get("overlay", ""))
    return [key for key in asked if key in MEASURES]


def rewound_to(text: str) -> datetime | None:
    """The end of the day that somebody asked to see the record on; ``None`` for today, or no day at all."""
    try:
        day = parse_partial_date(text).latest if text.strip() else None
    except NotADate:
        return None
    if day is None or day >= timezone.localdate():
        return None
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_current_timezone()) - INSTANT


INSTANT = timedelta(microseconds=1)


def _running_from(events: list[Event]) -> datetime | None:
    """When the running episode was opened; of several, the one opened last."""
    running = [e.time for e in events if e.code.startswith("OSTEON//episode//") and e.end is None and e.time]
    return max(running, default=None)


def _link(event: Event) -> str | None:
    return registry.fact_href(event.source)


# Finding and registering patients


def searched(request: HttpRequest) -> dict[str, Any]:
    """What the search page shows for ``?q=``; with ``outside``, those beyond reach as well."""
    person, typed = request.user, request.GET.get("q", "")
    wanted = search.understand(typed)
    context: dict[str, Any] = {"q": typed.strip(), "may_break": person.can(Permission.BREAK_GLASS)}
    if not wanted.is_anything:
        return {**context, "recent": search.recently_opened(person)}
    page = search.within_reach(person, wanted, request.GET.get("page"))
    outside = search.count_outside(wanted, page.paginator.count)
    named = outside and request.GET.get("outside") and context["may_break"]
    return {
        **context,
        "page": page,
        "outside": outside,
        "outsiders": search.named_outside(person, wanted) if named else [],
    }


def only_match(context: dict[str, Any]) -> Patient | None:
    """The one patient found by a number, so that a typed NHS number opens its record."""
    page = context.get("page")
    is_number = any(character.isdigit() for character in context["q"])
    if page is None or not is_number or page.paginator.count != 1 or context["outside"]:
        return None
    return page.object_list[0]


# The record


def overview(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    """The timeline, and what the apps above put under it."""
    return {
        "view": drawn(request, patient, path=reverse("patients:patient", args=[patient.public_id])),
        "panels": registry.panels(request, patient),
    }


def rewindable(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    """The timeline alone, with the day it is rewound to."""
    known = request.GET.get("known", "")
    return {
        "view": drawn(request, patient, path=reverse("patients:timeline", args=[patient.public_id])),
        "known": known,
        "known_problem": bool(known.strip()) and rewound_to(known) is None,
        "others": [(k, v) for k, v in request.GET.items() if k != "known"],
    }


def ids_of(patient: Patient) -> list[int]:
    """The rows of the patient table that make up the patient."""
    return [record.pk for record in queries.records_of(patient)]


def about_episode(episode: Episode) -> dict[str, Any]:
    """One episode and its moves along the road."""
    return {"episode": episode, "moves": queries.moves(episode), "is_open": episode.status != Position.CLOSED}


def about_fact(fact: ClinicalFact) -> dict[str, Any]:
    """One fact: what it says, where it comes from, what it said before, and what can be done about it."""
    name = fact._meta.model_name
    return {
        "fact": fact,
        "versions": history_of_fact(fact),
        "edit_href": reverse("patients:edit_finding", args=[fact.public_id]) if name == "finding" else "",
        "error_href": reverse(f"patients:mark_{ERROR_PAGES[name]}_in_error", args=[fact.public_id]),
    }


ERROR_PAGES = {"finding": "finding", "allergy": "allergy", "importedfact": "imported_fact"}


def past(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    """Who changed what; with ``?show=actions``, who did what."""
    records, number = queries.records_of(patient), request.GET.get("page")
    if request.GET.get("show") == "actions":
        return {
            "show": "actions",
            "page": queries.audit_entries(records, number),
            "act_words": act_words,
        }
    return {"show": "changes", "page": history(records, number)}


def act_words(verb: str) -> str:
    """``patients.record_finding`` as people say it: "Record finding"."""
    return verb.rpartition(".")[2].replace("_", " ").capitalize()


def since_merge(patient: Patient, record: Patient) -> list[Entry]:
    """What was recorded on the survivor since the merge: it stays there when the two are taken apart."""
    return [
        entry for entry in history([patient]).object_list if entry.at > record.merged_at and entry.kind == "+"
    ]


def people() -> dict[str, Any]:
    """Whom an episode can be given to."""
    return {"teams": queries.teams(), "doctors": queries.doctors()}


def new_episode(request: HttpRequest) -> dict[str, Any]:
    """What a new episode starts with: today, and the person's own team when they have one."""
    own = queries.teams_of(request.user)
    return {
        "opened": PartialDate(timezone.localdate()),
        "team": own[0].slug if len(own) == 1 else None,
        "responsible": str(request.user.public_id),
    }


def kind_of(finding: Finding) -> FindingKind:
    """The kind of a stored finding. One that came by import and is not in the list keeps its own unit."""
    known = FINDING_KINDS.get(finding.code)
    if known is not None and _answers_like(known, finding):
        return known
    answer = (
        Answer.NUMBER
        if finding.numeric_value is not None
        else Answer.WORDS
        if finding.present is None
        else Answer.YES_NO
    )
    return FindingKind(finding.code, finding.name, answer, finding.unit, -UNBOUNDED, UNBOUNDED)


UNBOUNDED = 1e12


def _answers_like(kind: FindingKind, finding: Finding) -> bool:
    return (kind.answer is Answer.NUMBER) == (finding.numeric_value is not None) and (
        kind.answer is Answer.YES_NO
    ) == (finding.present is not None)
