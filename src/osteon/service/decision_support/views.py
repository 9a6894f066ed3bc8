"""The four addresses of CDS Hooks. They answer other systems in JSON; no page, no cookie, no patient's record."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from osteon.service.accounts.guards import public
from osteon.service.decision_support import actions
from osteon.service.decision_support.asked import Asked
from osteon.service.decision_support.callers import base_url, caller, in_whose_name
from osteon.service.decision_support.interface import interface_of
from osteon.service.decision_support.offered import Offered, all_offered, offered_under
from osteon.service.decision_support.replies import Fault, answering, document_of, said
from osteon.standards.cds_hooks.cards import Response
from osteon.standards.cds_hooks.discovery import discovery
from osteon.standards.cds_hooks.feedback import read_feedback
from osteon.standards.cds_hooks.request import HookRequest, OrderSelectContext
from osteon.standards.cds_hooks.story import told

NOT_READ = "osteon.not-read"


@public  # says what is offered, and nothing about anybody; a system reads it before it has a key
@answering("GET", "HEAD")
def services(request: HttpRequest) -> HttpResponse:
    """*Discovery*."""
    return said(discovery(one.service for one in all_offered()))


@public  # the description of these addresses for programs
@answering("GET", "HEAD")
def interface(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return said(interface_of(base_url(request), all_offered()))


@public  # not for people who sign in: the calling system signs each call (callers.py)
@csrf_exempt
@answering("POST")
def service(request: HttpRequest, service_id: str) -> HttpResponse:
    """*Calling a CDS Service*."""
    caller(request)
    by_hook = offered_under(service_id)
    asked = HookRequest.read(document_of(request))
    if asked.hook.value not in by_hook:
        raise Fault(400, "value", f"hook: this service answers {', '.join(by_hook)} only", ["hook"])
    return said(_response(by_hook[asked.hook.value], asked, base_url(request)).as_json())


def _response(offered: Offered, request: HookRequest, base: str) -> Response:
    now = datetime.now(UTC)
    keys = tuple(offered.service.prefetch)
    drafts = request.context.selected if isinstance(request.context, OrderSelectContext) else ()
    story = told(request.prefetch, request.context.patient_id, keys, drafts, now)
    offered.require(story)
    cards = offered.cards(Asked(request, story, now.replace(tzinfo=None), base))
    unread = [*request.unread, *(f"prefetch.{key}" for key in request.prefetch if key not in keys)]
    return Response(tuple(cards), extension={NOT_READ: unread} if unread else {})


@public  # not for people who sign in: the calling system signs each call (callers.py)
@csrf_exempt
@answering("POST")
def feedback(request: HttpRequest, service_id: str) -> HttpResponse:
    """*Feedback*. The specification leaves the answer's body open: it says how many were kept."""
    sender = caller(request, f"/cds-services/{service_id}")
    by_hook = offered_under(service_id)
    reported = read_feedback(document_of(request))
    known = tuple(dict.fromkeys(name for one in by_hook.values() for name in one.about()))
    kept = actions.record_feedback(
        by=in_whose_name(), service=service_id, sender=sender.client, reported=reported, known=known
    )
    return said({"kept": len(kept)})
