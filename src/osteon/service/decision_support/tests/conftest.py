"""A GP's system that may call, and calls of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from osteon.standards.cds_hooks.tests.samples import ISSUER, PATIENT_VIEW, key_set, private_key
from osteon.standards.cds_hooks.tokens import signed
from osteon.standards.fhir.tests.builders import bundle, observation, patient, request

BASE = "http://testserver"
MONITORING = "/cds-services/monitoring"


@pytest.fixture
def gp_system(tmp_path, settings):
    """The unit's list of systems names one, with one key."""
    (tmp_path / "keys.json").write_text(key_set(private_key()))
    systems = tmp_path / "systems.json"
    systems.write_text(json.dumps([{"name": "GP system", "iss": ISSUER, "jwks_file": "keys.json"}]))
    settings.OSTEON_CDS_HOOKS_CLIENTS = str(systems)
    return systems


@pytest.fixture
def call(client, gp_system, db):
    """Posts a document as the GP's system would; ``token=None`` for none, ``body`` for raw bytes."""

    def send(document=None, path=MONITORING, *, token="", body=None, **headers):
        if token == "":
            token = token_for(path)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(document).encode() if body is None else body
        content_type = headers.pop("content_type", "application/json")
        return client.post(path, data, content_type=content_type, headers=headers)

    return send


def token_for(path, **more):
    values = {"issuer": ISSUER, "audience": BASE + path, "jti": str(uuid4())} | more
    return signed(values.pop("key", private_key()), **values)


def ago(days):
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


def searched(*resources):
    return bundle(*resources, kind="searchset")


def ck(value, days_ago, high=200):
    limits = [{"high": {"value": high}}] if high else []
    return observation("2157-6", value, "U/L", effectiveDateTime=ago(days_ago), referenceRange=limits)


def on_daptomycin(*results, days=6, **more):
    """What a GP's system prefetches of a patient on daptomycin."""
    return {
        "patient": patient(),
        "results": searched(*results),
        "medicines": searched(request("Daptomycin 500 mg powder", authoredOn=ago(days))),
        "medicinesTaken": None,
        "findings": None,
        "operations": None,
    } | more


def viewing(prefetch):
    return PATIENT_VIEW | {"prefetch": prefetch}
