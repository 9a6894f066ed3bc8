"""Fifty calls of another system in flight at once: CDS Hooks ``patient-view``, from the request's first byte to the
answer's last, through the production server on this machine.

Each call is signed, carries its own prefetch (sixty results, three medicines, twenty findings) and is parsed,
judged and answered with cards. Tokens are signed beforehand: that is the other system's work. The calling threads
share the two cores with the server.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from bench.cohort import WORK
from bench.timing import Measured, seconds
from osteon.events.vocabulary import MEASURES
from osteon.events.vocabulary.questions import QUESTIONS
from osteon.site.commands import processes
from osteon.standards.cds_hooks.tokens import signed
from osteon.standards.fhir.codings import OWN_SYSTEM

PORT, IN_FLIGHT, EACH = 8463, 50, 12
ISSUER = "https://gp.example/bench"
BASE = f"http://127.0.0.1:{PORT}"
SERVICES = ("monitoring", "spinal-infection")
# The demonstration's server, and a unit's own with its default of two processes
SERVERS = {"1 process": 1, "2 processes": 2}
MEASURED = ("crp", "esr", "platelets", "haemoglobin", "neutrophils", "eosinophils", "creatinine", "potassium")
ALSO_MEASURED = ("alt", "alp", "bilirubin", "creatine-kinase")


def request_of(service: str) -> dict[str, Any]:
    """One call with its prefetch."""
    prefetch = {
        "patient": {"resourceType": "Patient", "id": "p1", "gender": "male", "birthDate": "1960-05-01"}
    }
    prefetch |= {"results": bundle(results()), "findings": bundle(findings())}
    if service == "monitoring":
        prefetch |= {"medicines": bundle(medicines()), "medicinesTaken": None, "operations": None}
    return {
        "hook": "patient-view",
        "hookInstance": str(uuid4()),
        "context": {"userId": "Practitioner/gp", "patientId": "p1"},
        "prefetch": prefetch,
    }


def bundle(resources: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def about(kind: str, name: str, days_ago: float, **values: Any) -> dict[str, Any]:
    at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="seconds")
    key = "authoredOn" if kind == "MedicationRequest" else "effectiveDateTime"
    known = {
        "resourceType": kind,
        "id": name,
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        key: at,
    }
    return known | values


def results() -> Iterator[dict[str, Any]]:
    for key in (*MEASURED, *ALSO_MEASURED):
        measure = MEASURES[key]
        for week in range(5):
            yield about(
                "Observation",
                f"{key}-{week}",
                1 + 7 * week,
                code={
                    "coding": [{"system": "http://loinc.org", "code": measure.code.removeprefix("LOINC//")}]
                },
                valueQuantity={"value": 20.0 + week, "unit": measure.unit, "code": measure.unit},
                referenceRange=[{"low": {"value": 1}, "high": {"value": 15}}],
            )


def findings() -> Iterator[dict[str, Any]]:
    for key in [name for name, asked in QUESTIONS.items() if asked.kind == "yes-no"][:20]:
        code = QUESTIONS[key].code.removeprefix("OSTEON//")
        yield about(
            "Observation",
            key,
            0.5,
            code={"coding": [{"system": OWN_SYSTEM, "code": code}]},
            valueBoolean=False,
        )
    pain = {"coding": [{"system": OWN_SYSTEM, "code": "finding//spinal-pain"}]}
    yield about("Observation", "pain", 0.5, code=pain, valueBoolean=True)


def medicines() -> Iterator[dict[str, Any]]:
    for name in ("Daptomycin", "Rifampicin", "Paracetamol"):
        concept = {"text": name}
        yield about(
            "MedicationRequest", name, 20, status="active", intent="order", medicationCodeableConcept=concept
        )


def prepared(home: Path) -> jwt.PyJWK:
    """A home with its database, and one system that may call; its private key."""
    shutil.rmtree(home, ignore_errors=True)
    systems = home / "demonstration-ehr"
    systems.mkdir(parents=True)
    key = ec.generate_private_key(ec.SECP384R1())
    named = {"kid": "bench", "alg": "ES384", "use": "sig"}
    public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True) | named
    (systems / "keys.json").write_text(json.dumps({"keys": [public]}))
    entry = {"name": "Bench", "iss": ISSUER, "jwks_file": "keys.json"}
    (systems / "systems.json").write_text(json.dumps([entry]))
    os.environ.update(OSTEON_HOME=str(home), DJANGO_SETTINGS_MODULE="osteon.site.settings.demo")
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], check=True)
    return jwt.PyJWK(ECAlgorithm.to_jwk(key, as_dict=True) | named)


def one_caller(service: str, tokens: list[str], body: bytes) -> list[tuple[float, int]]:
    """One system after the other's answer: seconds and status of each call."""
    done = []
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    for token in tokens:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        start = time.perf_counter()
        connection.request("POST", f"/cds-services/{service}", body, headers)
        response = connection.getresponse()
        response.read()
        done.append((time.perf_counter() - start, response.status))
    connection.close()
    return done


def together(service: str, key: jwt.PyJWK, callers: int) -> list[tuple[float, int]]:
    """So many callers at once, ``EACH`` calls one after the other each."""
    audience = f"{BASE}/cds-services/{service}"

    def tokens() -> list[str]:
        return [signed(key, issuer=ISSUER, audience=audience, jti=str(uuid4())) for _ in range(EACH)]

    body = json.dumps(request_of(service)).encode()
    work = [tokens() for _ in range(callers)]
    with ThreadPoolExecutor(callers) as pool:
        runs = list(pool.map(lambda mine: one_caller(service, mine, body), work))
    return [call for run in runs for call in run]


def rows(home: Path, key: jwt.PyJWK) -> Iterator[str]:
    for server, workers in SERVERS.items():
        web = processes.start("web", processes.web_command("127.0.0.1", PORT, workers=workers), home / "logs")
        try:
            processes.wait_until_answering(f"{BASE}/cds-services", [web])
            for service in SERVICES:
                together(service, key, IN_FLIGHT)  # warm: every thread has its connection
                for callers in (1, IN_FLIGHT):
                    yield row(server, service, callers, together(service, key, callers))
        finally:
            processes.stop([web])


def row(server: str, service: str, callers: int, calls: list[tuple[float, int]]) -> str:
    times = Measured(tuple(took for took, _ in calls))
    failed = sum(status != 200 for _, status in calls)
    return (
        f"| {server} | {service} | {callers} | {len(calls)} | {failed} | "
        f"{seconds(times.median)} | {seconds(times.percentile(0.95))} |"
    )


def report() -> Iterator[str]:
    home = WORK / "home-hooks"
    key = prepared(home)
    size = len(json.dumps(request_of("monitoring")))
    yield f"Target: below 150 ms with {IN_FLIGHT} in flight, none failed. A request is about {size / 1000:.0f} kB."
    yield ""
    yield "| server | service | in flight | calls | failed | median | 95th percentile |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    try:
        yield from rows(home, key)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
