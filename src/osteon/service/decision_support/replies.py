"""Answers in JSON, the good and the bad: every fault has its HTTP status and says in plain words what is wrong.

A fault is a FHIR OperationOutcome, which systems that speak FHIR can show (the form that release 3 of the
specification recommends; release 2 leaves it open).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Final

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from osteon.standards.cds_hooks.fields import Malformed
from osteon.standards.cds_hooks.tokens import BadClients, TokenRefused

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
_REALM: Final = 'Bearer realm="cds-services"'
_NOT_SET_UP: Final = "The systems that may call are not set up rightly here. The unit has been told."


# Written out; PostgreSQL keeps no text that holds one. An even number of strokes before it is a stroke.
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Fault(Exception):
    """A call that cannot be answered. ``code`` is a FHIR issue type; ``fields`` names what is wrong."""

    def __init__(self, status: int, code: str, message: str, fields: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields


def said(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A JSON document. Nobody between us and the caller keeps a copy."""
    fresh = {"Cache-Control": "no-store", **(headers or {})}
    return HttpResponse(orjson.dumps(document), status=status, content_type="application/json", headers=fresh)


def refusal(fault: Fault, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A fault as an OperationOutcome."""
    issue: dict[str, Any] = {"severity": "error", "code": fault.code, "diagnostics": fault.message}
    if fault.fields:
        issue["expression"] = list(fault.fields)
    return said({"resourceType": "OperationOutcome", "issue": [issue]}, fault.status, headers)


def answering(*methods: str) -> Callable[[View], View]:
    """The view answers these methods in JSON, tells browsers of allowed origins so, and turns faults into answers."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _answer(view, methods, request, *args, **kwargs)
            return _for_browsers(request, response, methods)

        return answered

    return decorate


def _answer(
    view: View, methods: Sequence[str], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    allow = {"Allow": ", ".join((*methods, "OPTIONS"))}
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=allow)
    if request.method not in methods:
        return refusal(
            Fault(405, "not-supported", f"This address answers {' and '.join(methods)} only."), allow
        )
    try:
        return view(request, *args, **kwargs)
    except Fault as fault:
        return refusal(fault)
    except Malformed as error:
        return refusal(Fault(400, "structure", str(error), [error.field] if error.field else []))
    except TokenRefused as error:
        words = str(error)
        header = f'{_REALM}, error="invalid_token", error_description="{words}"'
        return refusal(Fault(401, "security", words), {"WWW-Authenticate": header})
    except BadClients as error:
        log.error("CDS Hooks: %s", error)
        return refusal(Fault(503, "exception", _NOT_SET_UP))


def _for_browsers(request: HttpRequest, response: HttpResponse, methods: Sequence[str]) -> HttpResponse:
    """*Cross-Origin Resource Sharing*: only origins that the unit listed; never with cookies."""
    patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin", "")
    if origin and origin in settings.OSTEON_CDS_HOOKS_ORIGINS:
        response["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = ", ".join(methods)
            response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response["Access-Control-Max-Age"] = "600"
    return response


def document_of(request: HttpRequest) -> Any:
    """The parsed body.

    Raises:
        Fault: when it is no JSON, too large, of unknown length, or holds a NUL character.
    """
    if request.content_type != "application/json":
        raise Fault(415, "not-supported", "The body must be JSON (Content-Type: application/json).")
    body = _body(request, settings.OSTEON_CDS_HOOKS_MAX_BYTES)
    if not body.strip():
        raise Fault(400, "structure", "The body is empty; a JSON object is needed.")
    if _NUL.search(body):
        raise Fault(400, "value", "The body holds a NUL character, which no text of a record can hold.")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Fault(400, "structure", f"The body is not JSON: {error.msg} ({where}).") from error


def _body(request: HttpRequest, limit: int) -> bytes:
    if "chunked" in request.headers.get("Transfer-Encoding", "").casefold():
        raise Fault(
            411, "not-supported", "The body must come with its length (Content-Length), not in chunks."
        )
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= limit:
        return request.read()
    raise Fault(
        413, "too-long", f"The body is larger than {limit // 1_000_000} MB. Send what the prefetch asks for."
    )
