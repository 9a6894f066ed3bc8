"""The invented patient's record in the GP's system: what was typed on the page, as FHIR, searched by query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs

from osteon.events.vocabulary import DRUGS, MEASURES
from osteon.events.vocabulary.questions import QUESTIONS
from osteon.standards.cds_hooks.fields import Json
from osteon.standards.fhir.codings import OWN_SYSTEM

PATIENT_ID: Final = "alma-brightwater"
NAME: Final = "Brightwater, Alma"
BORN: Final = "1965-04-17"
_LOINC: Final = "http://loinc.org"
_SUBJECT: Final = {"reference": f"Patient/{PATIENT_ID}"}
# What the page asks, and the words of the record for it
FINDINGS: Final = (
    "spinal_pain",
    "saddle_sensory_new",
    "bladder_new",
    "diabetes",
    "blood_culture_sets",
    "spine_mri",
)
WEAKNESS, PAIN_DAYS = "motor_deficit", "pain_days"
RESULTS: Final = {
    "temperature": (None, "Cel"),
    "crp": (5, "mg/L"),
    "esr": (20, "mm/h"),
    "creatine-kinase": (200, "U/L"),
    "platelets": (400, "10*9/L"),
}
COURSE_DAYS: Final = 10


class Record:
    """What the GP's system holds. ``facts``: the answers of the page, by question or measurement."""

    def __init__(self, facts: Mapping[str, Any], now: datetime) -> None:
        self.now = now
        self.resources = [_patient(), *self._findings(facts), *self._results(facts), *self._medicines(facts)]

    def found(self, query: str) -> Json | None:
        """What a prefetch query finds: one resource, a Bundle, or nothing."""
        kind, _, search = query.partition("?")
        if not search:
            return next((r for r in self.resources if f"{r['resourceType']}/{r['id']}" == kind), None)
        tokens = {token for value in parse_qs(search).get("code", []) for token in value.split(",")}
        hits = [
            r for r in self.resources if r["resourceType"] == kind and (not tokens or tokens & _tokens(r))
        ]
        if not hits:
            return None
        return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": hit} for hit in hits]}

    def _findings(self, facts: Mapping[str, Any]) -> list[Json]:
        said = {
            name: facts[name]
            for name in (*FINDINGS, WEAKNESS, PAIN_DAYS)
            if facts.get(name) not in (None, "")
        }
        return [
            self._observation(
                OWN_SYSTEM, QUESTIONS[name].code.removeprefix("OSTEON//"), **_answer(name, value)
            )
            for name, value in said.items()
        ]

    def _results(self, facts: Mapping[str, Any]) -> list[Json]:
        return [
            self._observation(
                _LOINC,
                MEASURES[key].code.removeprefix("LOINC//"),
                valueQuantity={"value": float(facts[key]), "unit": unit, "code": unit},
                referenceRange=[{"high": {"value": high}}] if high else [],
            )
            for key, (high, unit) in RESULTS.items()
            if facts.get(key) is not None
        ]

    def _observation(self, system: str, code: str, **values: Any) -> Json:
        return {
            "resourceType": "Observation",
            "id": code.replace("/", "-"),
            "status": "final",
            "code": {"coding": [{"system": system, "code": code}]},
            "subject": _SUBJECT,
            "effectiveDateTime": (self.now - timedelta(hours=1)).isoformat(timespec="seconds"),
            **values,
        }

    def _medicines(self, facts: Mapping[str, Any]) -> list[Json]:
        drug = facts.get("medicine")
        return [order(drug, "active", self.now - timedelta(days=COURSE_DAYS))] if drug else []


def order(drug: str, status: str, since: datetime) -> Json:
    """An order of a drug of the vocabulary, as a GP's system names it."""
    return {
        "resourceType": "MedicationRequest",
        "id": f"{drug}-{status}",
        "status": status,
        "intent": "order",
        "medicationCodeableConcept": {"text": DRUGS[drug].name},
        "subject": _SUBJECT,
        "authoredOn": since.isoformat(timespec="seconds"),
    }


def _patient() -> Json:
    family, _, given = NAME.partition(", ")
    name = [{"family": family, "given": [given]}]
    return {
        "resourceType": "Patient",
        "id": PATIENT_ID,
        "name": name,
        "gender": "female",
        "birthDate": BORN,
    }


def _tokens(resource: Json) -> set[str]:
    return {f"{coding['system']}|{coding['code']}" for coding in resource.get("code", {}).get("coding", [])}


def _answer(name: str, value: str) -> dict[str, Any]:
    kind = QUESTIONS[name].kind
    if kind == "yes-no":
        return {"valueBoolean": value == "yes"}
    if kind == "choice":
        return {"valueString": value}
    unit = QUESTIONS[name].unit
    return {"valueQuantity": {"value": float(value), "unit": unit, "code": unit}}
