"""Requests, feedback and keys for the tests, right unless changed."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

HOOK_INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
CARD = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
SUGGESTION = "e56e1945-20b3-4393-8503-a1a20fd73152"
ISSUER = "https://gp.example/"

PATIENT_VIEW = {
    "hook": "patient-view",
    "hookInstance": HOOK_INSTANCE,
    "context": {"userId": "Practitioner/gp1", "patientId": "p1"},
}
DISCHARGE = {
    "hook": "encounter-discharge",
    "hookInstance": HOOK_INSTANCE,
    "context": {"userId": "PractitionerRole/r1", "patientId": "p1", "encounterId": "e1"},
}
DRAFT = {
    "resourceType": "MedicationRequest",
    "id": "draft1",
    "status": "draft",
    "intent": "order",
    "medicationCodeableConcept": {"text": "Linezolid 600 mg tablets"},
    "subject": {"reference": "Patient/p1"},
}
ORDER_SELECT = {
    "hook": "order-select",
    "hookInstance": HOOK_INSTANCE,
    "context": {
        "userId": "Practitioner/gp1",
        "patientId": "p1",
        "selections": ["MedicationRequest/draft1"],
        "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": DRAFT}]},
    },
}
FEEDBACK = {
    "feedback": [
        {
            "card": CARD,
            "outcome": "accepted",
            "acceptedSuggestions": [{"id": SUGGESTION}],
            "outcomeTimestamp": "2026-11-23T10:05:31Z",
        },
        {
            "card": CARD,
            "outcome": "overridden",
            "overrideReason": {
                "reason": {"code": "done-elsewhere", "system": "urn:osteon:override-reasons"},
                "userComment": "Bloods are back on the ward system.",
            },
            "outcomeTimestamp": "2026-11-23T11:05:31+01:00",
        },
    ]
}


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The document with one field set; ``path`` as in a message: ``context.patientId``."""
    holder = out = deepcopy(document)
    *parents, last = [
        int(part) if part.isdigit() else part for part in path.replace("[", ".").replace("]", "").split(".")
    ]
    for part in parents:
        holder = holder[part]
    holder[last] = value
    return out


def without(document: dict[str, Any], path: str) -> dict[str, Any]:
    """The document without one field."""
    out = deepcopy(document)
    *parents, last = path.split(".")
    holder = out
    for part in parents:
        holder = holder[part]
    del holder[last]
    return out


@cache
def private_key(kind: str = "ES384", kid: str = "key-1") -> jwt.PyJWK:
    """A private key with a name; the same for the same arguments."""
    if kind.startswith("ES"):
        curve = {"ES384": ec.SECP384R1(), "ES256": ec.SECP256R1()}[kind]
        made = ECAlgorithm.to_jwk(ec.generate_private_key(curve), as_dict=True)
    else:
        made = RSAAlgorithm.to_jwk(
            rsa.generate_private_key(public_exponent=65537, key_size=2048), as_dict=True
        )
    return jwt.PyJWK({**made, "kid": kid, "alg": kind, "use": "sig"})


def public_jwk(key: jwt.PyJWK) -> dict[str, Any]:
    """What a system publishes of its key."""
    algorithm = ECAlgorithm if key.algorithm_name.startswith("ES") else RSAAlgorithm
    public = algorithm.to_jwk(key.key.public_key(), as_dict=True)
    return {**public, "kid": key.key_id, "alg": key.algorithm_name, "use": "sig"}


def key_set(*keys: jwt.PyJWK) -> str:
    return json.dumps({"keys": [public_jwk(key) for key in keys]})
