"""Calls of the decision support, signed, as another system makes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import orjson
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.utils.translation import get_language, override

from osteon.site.ehr.keys import ISSUER, private_key
from osteon.site.ehr.record import PATIENT_ID, Record, order
from osteon.standards.cds_hooks.cards import Card, Response
from osteon.standards.cds_hooks.discovery import Service, read_discovery
from osteon.standards.cds_hooks.feedback import Feedback
from osteon.standards.cds_hooks.fields import Json, Malformed
from osteon.standards.cds_hooks.prefetch import filled
from osteon.standards.cds_hooks.request import Context, HookRequest, OrderSelectContext
from osteon.standards.cds_hooks.tokens import signed
from osteon.standards.cds_hooks.values import Hook

USER = "Practitioner/gp"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered. ``problem``: in words, when it gave no cards."""

    service: Service
    sent: Json
    status: int
    got: Any
    milliseconds: float
    cards: tuple[Card, ...] = ()
    problem: str = ""


def discover(page: HttpRequest) -> tuple[Service, ...]:
    """What is offered."""
    return read_discovery(_send(page, "GET", "/cds-services").document)


def viewing(page: HttpRequest, record: Record) -> Iterator[Answer]:
    """The hook of opening a record, for every service on it."""
    context = Context(USER, PATIENT_ID)
    for service in discover(page):
        if service.hook == Hook.PATIENT_VIEW:
            yield _ask(page, service, Hook.PATIENT_VIEW, context, record)


def ordering(page: HttpRequest, record: Record, drug: str) -> Iterator[Answer]:
    """The hook of choosing an order."""
    draft = order(drug, "draft", record.now)
    orders = {"resourceType": "Bundle", "entry": [{"resource": draft}]}
    context = OrderSelectContext(USER, PATIENT_ID, None, (f"MedicationRequest/{draft['id']}",), orders)
    for service in discover(page):
        if service.hook == Hook.ORDER_SELECT:
            yield _ask(page, service, Hook.ORDER_SELECT, context, record)


def report(page: HttpRequest, service_id: str, feedback: Feedback) -> bool:
    """Says what became of a card; whether that was heard."""
    return (
        _send(page, "POST", f"/cds-services/{service_id}/feedback", {"feedback": [feedback.as_json()]}).status
        == 200
    )


def _ask(page: HttpRequest, service: Service, hook: Hook, context: Context, record: Record) -> Answer:
    ids = {"patientId": context.patient_id}
    prefetch = {key: record.found(filled(query, ids)) for key, query in service.prefetch.items()}
    sent = HookRequest(hook, str(uuid4()), context, prefetch).as_json()
    reply = _send(page, "POST", f"/cds-services/{service.id}", sent)
    try:
        cards, problem = Response.read(reply.document).cards if reply.status == 200 else (), reply.problem
    except Malformed as error:
        cards, problem = (), str(error)
    return Answer(service, sent, reply.status, reply.document, reply.milliseconds, cards, problem)


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    document: Any
    milliseconds: float

    @property
    def problem(self) -> str:
        """What is wrong, in the words of the answer."""
        if self.status == 200 or not isinstance(self.document, dict):
            return ""
        return str(next(iter(self.document.get("issue", [])), {}).get("diagnostics", f"HTTP {self.status}"))


def _send(page: HttpRequest, method: str, path: str, document: Json | None = None) -> _Reply:
    """One call through the whole site, as if it came from outside: no cookie of the page goes with it."""
    base = page.build_absolute_uri("/").rstrip("/")
    body = orjson.dumps(document) if document is not None else b""
    token = signed(private_key(), issuer=ISSUER, audience=base + path, jti=str(uuid4()))
    copied = (
        "SERVER_NAME",
        "SERVER_PORT",
        "HTTP_HOST",
        "wsgi.url_scheme",
        "REMOTE_ADDR",
        "HTTP_X_FORWARDED_PROTO",
    )
    environ = {name: page.META[name] for name in copied if name in page.META}
    environ |= {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO(body)}
    environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
    environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    start = time.perf_counter()
    with override(get_language()):  # the inner request chooses its own language
        response = _handler().get_response(WSGIRequest(environ))
    return _Reply(response.status_code, orjson.loads(response.content), (time.perf_counter() - start) * 1000)


_HANDLERS: list[WSGIHandler] = []


def _handler() -> WSGIHandler:
    """The site's handler, made at the first call: its middleware is loaded once."""
    if not _HANDLERS:
        _HANDLERS.append(WSGIHandler())
    return _HANDLERS[0]
