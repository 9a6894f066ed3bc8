"""The addresses as an OpenAPI 3.1 document, for programs that call us and for tests made from it.

Value sets and service names come from where they are declared; nothing is written down a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from osteon import __version__
from osteon.service.decision_support.offered import Offered
from osteon.standards.cds_hooks.values import (
    LONGEST_SUMMARY,
    ActionType,
    Hook,
    Indicator,
    LinkType,
    Outcome,
    SelectionBehavior,
)

Schema = dict[str, Any]
_FAULTS = {
    400: "The body is not what the specification says; the answer names the field.",
    401: "No token, or one that is wrong, expired, used before, or from a system that may not call.",
    404: "There is no service of this name.",
    411: "The body came without its length.",
    412: "A prefetch key without which nothing can be said was not sent.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    503: "The systems that may call are not set up rightly.",
}
_UUID = {"type": "string", "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"}
_ID = {"type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$"}
_TEXT = {"type": "string", "pattern": r"\S"}
_URL = {"type": "string", "format": "uri", "pattern": "^https?://"}


def interface_of(base: str, offered: Iterable[Offered]) -> Schema:
    """The document, for a server at ``base``."""
    offered = tuple(offered)
    names = list(dict.fromkeys(one.service.id for one in offered))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Osteon decision support",
            "version": __version__,
            "description": "CDS Hooks 2.0: facts in, cards out. Nothing about a patient is kept.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": {
            "/cds-services": {"get": _discovery()},
            "/cds-services/{id}": {"post": _post("call", "HookRequest", "Response", names)},
            "/cds-services/{id}/feedback": {"post": _post("feedback", "FeedbackReport", "Kept", names)},
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"signed": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _discovery() -> Schema:
    return {
        "operationId": "discovery",
        "summary": "What is offered, on which hook, and what it wants to be sent",
        "responses": {"200": _content("The services", "Discovery")},
    }


def _post(name: str, body: str, answer: str, names: Sequence[str]) -> Schema:
    faults = {str(status): _content(words, "OperationOutcome") for status, words in _FAULTS.items()}
    if name == "feedback":
        del faults["412"]
    return {
        "operationId": name,
        "security": [{"signed": []}],
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "enum": list(names)}}
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(body)}}},
        "responses": {"200": _content("Done", answer), **faults},
    }


def _content(words: str, schema: str) -> Schema:
    return {"description": words, "content": {"application/json": {"schema": _ref(schema)}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: Sequence[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties}


def _list(item: Schema, *, least: int = 1) -> Schema:
    return {"type": "array", "items": item, "minItems": least}


def _word(words: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [word.value for word in words]}


def _user(*kinds: str) -> Schema:
    return {"type": "string", "pattern": f"^({'|'.join(kinds)})/[A-Za-z0-9.-]{{1,64}}$"}


def _schemas() -> dict[str, Schema]:
    return {
        "Extension": {"type": "object"},
        "Resource": {
            "type": "object",
            "required": ["resourceType"],
            "properties": {"resourceType": {"type": "string", "pattern": "^[A-Z][A-Za-z]{2,63}$"}},
        },
        "Coding": _object(["code", "system"], code=_TEXT, system=_TEXT, display=_TEXT),
        **_asked(),
        **_answered(),
        **_reported(),
        "OperationOutcome": _object(
            ["resourceType", "issue"],
            resourceType={"const": "OperationOutcome"},
            issue=_list(
                _object(
                    ["severity", "code", "diagnostics"],
                    severity={"enum": ["error"]},
                    code=_TEXT,
                    diagnostics=_TEXT,
                    expression=_list(_TEXT),
                )
            ),
        ),
    }


def _asked() -> dict[str, Schema]:
    """Discovery and the request."""
    staff, anybody = ("Practitioner", "PractitionerRole"), ("Patient", "RelatedPerson")
    common = {"patientId": _ID, "encounterId": _ID}
    contexts = {
        Hook.PATIENT_VIEW: _object(["userId", "patientId"], userId=_user(*staff, *anybody), **common),
        Hook.ENCOUNTER_DISCHARGE: _object(
            ["userId", "patientId", "encounterId"], userId=_user(*staff), **common
        ),
        Hook.ORDER_SELECT: _object(
            ["userId", "patientId", "selections", "draftOrders"],
            userId=_user(*staff),
            selections=_list(_TEXT),
            draftOrders=_object(
                ["resourceType", "entry"],
                resourceType={"const": "Bundle"},
                entry=_list(_object(["resource"], resource=_ref("Resource"))),
            ),
            **common,
        ),
    }
    return {
        "Discovery": _object(["services"], services=_list(_ref("Service"), least=0)),
        "Service": _object(
            ["hook", "description", "id"],
            hook=_TEXT,
            title=_TEXT,
            description=_TEXT,
            id=_TEXT,
            prefetch={"type": "object", "additionalProperties": _TEXT, "minProperties": 1},
            usageRequirements=_TEXT,
        ),
        "HookRequest": {
            "oneOf": [_request(hook, context) for hook, context in contexts.items()],
        },
        "Authorization": _object(
            ["access_token", "token_type", "expires_in", "scope", "subject"],
            access_token=_TEXT,
            token_type={"const": "Bearer"},
            expires_in={"type": "integer"},
            scope=_TEXT,
            subject=_TEXT,
            patient=_ID,
        ),
    }


def _request(hook: Hook, context: Schema) -> Schema:
    found = _object(
        ["hook", "hookInstance", "context"],
        hook={"const": hook.value},
        hookInstance=_UUID,
        context=context,
        prefetch={"type": "object", "additionalProperties": {"oneOf": [{"type": "null"}, _ref("Resource")]}},
        fhirServer=_URL,
        fhirAuthorization=_ref("Authorization"),
        extension=_ref("Extension"),
    )
    return found | {"dependentRequired": {"fhirAuthorization": ["fhirServer"]}}


def _answered() -> dict[str, Schema]:
    """Cards."""
    action = _object(
        ["type", "description"],
        type=_word(ActionType),
        description=_TEXT,
        resource=_ref("Resource"),
        resourceId=_TEXT,
    )
    suggestion = _object(
        ["label"], label=_TEXT, uuid=_UUID, isRecommended={"type": "boolean"}, actions=_list(_ref("Action"))
    )
    link = _object(
        ["label", "url", "type"],
        label=_TEXT,
        url=_URL,
        type=_word(LinkType),
        appContext=_TEXT,
        autolaunchable={"type": "boolean"},
    )
    card = _object(
        ["summary", "indicator", "source"],
        uuid=_UUID,
        summary={"type": "string", "minLength": 1, "maxLength": LONGEST_SUMMARY},
        detail=_TEXT,
        indicator=_word(Indicator),
        source=_object(["label"], label=_TEXT, url=_URL, icon=_URL, topic=_ref("Coding")),
        suggestions=_list(_ref("Suggestion")),
        selectionBehavior=_word(SelectionBehavior),
        overrideReasons=_list(_ref("Coding")),
        links=_list(_ref("Link")),
    )
    return {
        "Response": _object(
            ["cards"],
            cards=_list(_ref("Card"), least=0),
            systemActions=_list(_ref("Action")),
            extension=_ref("Extension"),
        ),
        "Card": card | {"dependentRequired": {"suggestions": ["selectionBehavior"]}},
        "Suggestion": suggestion,
        "Action": action,
        "Link": link,
    }


def _reported() -> dict[str, Schema]:
    """Feedback."""
    reason = _object([], reason=_ref("Coding"), userComment=_TEXT) | {"minProperties": 1}
    one = _object(
        ["card", "outcome", "outcomeTimestamp"],
        card=_UUID,
        outcome=_word(Outcome),
        acceptedSuggestions=_list(_object(["id"], id=_UUID)),
        overrideReason=reason,
        outcomeTimestamp={"type": "string", "format": "date-time"},
    )
    accepted = {"properties": {"outcome": {"const": Outcome.ACCEPTED.value}}}
    return {
        "Feedback": one | {"if": accepted, "then": {"required": ["acceptedSuggestions"]}},
        "FeedbackReport": _object(["feedback"], feedback=_list(_ref("Feedback"))),
        "Kept": _object(["kept"], kept={"type": "integer", "minimum": 1}),
    }
