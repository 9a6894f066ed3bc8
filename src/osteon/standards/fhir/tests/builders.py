"""Small FHIR resources for the tests, complete enough to be taken, changed by keyword."""

from __future__ import annotations

import gzip
import json
from itertools import count
from pathlib import Path
from typing import Any

from osteon.events.schema import Event
from osteon.standards.fhir.reader import FhirBundle

LOINC, SNOMED, RXNORM = (
    "http://loinc.org",
    "http://snomed.info/sct",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
)
UCUM = "http://unitsofmeasure.org"
PATIENT = "Patient/p1"
NOON = "2026-03-05T12:00:00Z"
_numbers = count(1)

Resource = dict[str, Any]


def resource(kind: str, **values: Any) -> Resource:
    return {"resourceType": kind, "id": f"x{next(_numbers)}", **values}


def patient(identity: str = "p1", **values: Any) -> Resource:
    known = {
        "id": identity,
        "identifier": [{"system": "http://hospital.example.org", "value": f"N-{identity}"}],
        "name": [{"family": "Okafor", "given": ["Ruth", "Ada"]}],
        "gender": "female",
        "birthDate": "1959-02-14",
    }
    return {"resourceType": "Patient", **known, **values}


def subject(reference: str = PATIENT) -> Resource:
    return {"reference": reference}


def coding(system: str, code: str, display: str = "") -> Resource:
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(system: str, code: str, display: str = "", **values: Any) -> Resource:
    return {"coding": [coding(system, code, display)], **values}


def quantity(value: Any, unit: str, **values: Any) -> Resource:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit, **values}


def observation(
    code: str | Resource = "1988-5", value: Any = 24.5, unit: str = "mg/L", **values: Any
) -> Resource:
    known = {
        "status": "final",
        "code": concept(LOINC, code) if isinstance(code, str) else code,
        "subject": subject(),
        "effectiveDateTime": NOON,
        "valueQuantity": quantity(value, unit),
    }
    return resource("Observation", **{**known, **values})


def without(holder: Resource, *keys: str) -> Resource:
    return {key: value for key, value in holder.items() if key not in keys}


def request(medicine: str, **values: Any) -> Resource:
    known = {
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": medicine},
        "subject": subject(),
        "authoredOn": NOON,
    }
    return resource("MedicationRequest", **{**known, **values})


def administration(medicine: str, moment: str, **values: Any) -> Resource:
    known = {
        "status": "completed",
        "medicationCodeableConcept": {"text": medicine},
        "subject": subject(),
        "effectiveDateTime": moment,
    }
    return resource("MedicationAdministration", **{**known, **values})


def bundle(*resources: Resource, kind: str = "collection") -> Resource:
    entries = [{"fullUrl": f"urn:uuid:{r.get('id')}", "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def write(folder: Path, document: Any, name: str = "b.json") -> Path:
    path = folder / name
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


class Read:
    """A Bundle read once: its events, its report, and the report's sum checked."""

    def __init__(self, folder: Path, *resources: Resource, with_patient: bool = True) -> None:
        all_of_them = (patient(), *resources) if with_patient else resources
        source = FhirBundle(write(folder, bundle(*all_of_them)))
        self.all = source.event_list()
        self.report = source.report
        self.names = source.names
        counted = self.report.mapped.total() + self.report.kept.total() + self.report.refused.total()
        assert self.report.read == counted == len(all_of_them)

    @property
    def events(self) -> list[Event]:
        """All but the patient's own."""
        return [e for e in self.all if not e.code.startswith(("MEDS_", "GENDER//"))]

    @property
    def only(self) -> Event:
        (event,) = self.events
        return event

    @property
    def refused(self) -> list[str]:
        return sorted(self.report.refused)
