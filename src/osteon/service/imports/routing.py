"""Where each event of a stream belongs in the record: a result, a specimen, a course, an allergy, a finding, or,
for concepts whose folder comes later, an imported fact. Nothing is interpreted here: a diagnosis of osteomyelitis
opens no episode.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any, Final

from django.utils import timezone

from osteon.events.vocabulary import DRUG_BY_CODE, MEASURE_BY_CODE, OWN_WORDS, name_of
from osteon.service.accounts.models import Person
from osteon.service.courses.models import Course, Route, StopReason
from osteon.service.imports.identity import clipped
from osteon.service.patients.finding_kinds import FINDING_KINDS, Answer
from osteon.service.patients.models import Allergy, Finding, ImportedFact, Patient
from osteon.service.patients.partial_dates import Precision
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Isolate, Result, Specimen, Susceptibility
from osteon.standards.fhir.times import precision_of

Row = dict[str, Any]

_NOT_COURSES: Final = frozenset({"anticoagulant"})
_SPECIMENS: Final = {f"OSTEON//specimen//{kind}": kind for kind in Specimen.Kind.values}
# Measured at the bedside and not in a laboratory (LOINC; antimicrobials d4 and the displays of the sources).
_BEDSIDE: Final = frozenset(
    f"LOINC//{code}"
    for code in (
        "8480-6", "8462-4", "8478-0", "76534-7", "76535-4", "76536-2", "8867-4", "9279-1", "59408-5", "2708-6",
        "39156-5", "72514-3", "8331-1", "9843-4", "8287-5",
    )
)  # fmt: skip
_NOT_MEASURED: Final = frozenset({"{score}", "{nominal}", "{T-score}", "{count}"})
_KIND_BY_RESOURCE: Final = {
    "Condition": "diagnosis",
    "Procedure": "procedure",
    "Immunization": "vaccination",
    "CarePlan": "plan",
    "MedicationRequest": "medicine",
    "MedicationStatement": "medicine",
    "MedicationAdministration": "medicine",
    "Observation": "observation",
    "DiagnosticReport": "report",
    "Device": "device",
    "DeviceUseStatement": "device",
    "Encounter": "visit",
    "Specimen": "culture",
}
_KIND_BY_SYSTEM: Final = {
    "ICD10": "diagnosis",
    "ICD10CM": "diagnosis",
    "ICD9CM": "diagnosis",
    "ATC": "medicine",
    "RXNORM": "medicine",
    "DMD": "medicine",
    "MEDICATION": "medicine",
    "CVX": "vaccination",
    "LOINC": "observation",
    "LAB": "observation",
    "OPCS4": "procedure",
    "PROCEDURE": "procedure",
}
_WAYS: Final = {
    "iv": Route.INTRAVENOUS,
    "intravenous": Route.INTRAVENOUS,
    "oral": Route.ORAL,
    "po": Route.ORAL,
    "mouth": Route.ORAL,
    "im": Route.INTRAMUSCULAR,
    "intramuscular": Route.INTRAMUSCULAR,
    "sc": Route.SUBCUTANEOUS,
    "subcutaneous": Route.SUBCUTANEOUS,
}
MOST: Final = 1e300


@dataclass(slots=True)
class Routed:
    """Rows of one table of events, by the model they belong to. Children carry their parent's source."""

    plain: dict[type[Any], list[Any]] = field(default_factory=dict)
    specimens: list[Specimen] = field(default_factory=list)
    isolates: list[tuple[str, Isolate]] = field(default_factory=list)
    susceptibilities: list[tuple[str, Susceptibility]] = field(default_factory=list)
    deaths: dict[int, datetime] = field(default_factory=dict)
    pots: set[tuple[int, str]] = field(default_factory=set)  # (patient, source) of the specimens

    def add(self, row: Any) -> None:
        """Files a row that has no parent."""
        self.plain.setdefault(type(row), []).append(row)


class Router:
    """Makes unsaved rows of events. ``names`` is what the source calls codes that our vocabulary does not name."""

    def __init__(self, *, by: Person, names: dict[str, str], now: datetime) -> None:
        self.by = by
        self.names = names
        self.now = now

    def route(self, events: Iterable[tuple[Row, Patient]]) -> Routed:
        """Every event in its place. Sex and birth stand with the patient already."""
        routed = Routed()
        for event, patient in events:
            self._route(event, patient, routed)
        return routed

    def _route(self, event: Row, patient: Patient, routed: Routed) -> None:
        code, source = event["code"], event["source"] or ""
        if code == "MEDS_DEATH" and event["time"]:
            routed.deaths.setdefault(patient.pk, event["time"])
        elif code.startswith(("MEDS_BIRTH", "GENDER//", "MEDS_DEATH")):
            return
        elif code in _SPECIMENS and event["time"]:
            routed.specimens.append(self._specimen(event, patient))
            routed.pots.add((patient.pk, source))
        elif (patient.pk, source.partition("/isolate/")[0]) in routed.pots:
            self._part_of_culture(event, patient, routed)
        else:
            routed.add(self._model_for(event)(event, patient))

    def _part_of_culture(self, event: Row, patient: Patient, routed: Routed) -> None:
        pot, _, rest = event["source"].partition("/isolate/")
        number, _, agent = rest.partition("/")
        if agent:
            parent = f"{pot}/isolate/{number}"
            routed.susceptibilities.append((parent, self._susceptibility(event, patient, agent)))
        else:
            routed.isolates.append((pot, self._isolate(event, patient, int(number))))

    def _model_for(self, event: Row) -> Callable[[Row, Patient], Any]:
        code, time = event["code"], event["time"]
        drug = DRUG_BY_CODE.get(code)
        if time is None:
            return self._allergy if code.startswith("OSTEON//allergy//") else self._fact
        if drug and drug.group not in _NOT_COURSES:
            return self._course
        if code.startswith("OSTEON//allergy//"):
            return self._allergy
        if code in FINDING_KINDS and self._fits_finding(event):
            return self._finding
        return self._result if is_result(event) else self._fact

    @staticmethod
    def _fits_finding(event: Row) -> bool:
        kind, value = FINDING_KINDS[event["code"]], event["numeric_value"]
        if kind.answer is Answer.YES_NO:
            return value in (0, 1)
        return value is not None and event["unit"] == kind.unit and not event["comparator"]

    # Rows

    def _common(self, event: Row, patient: Patient) -> dict[str, Any]:
        return {
            "patient": patient,
            "source": event["source"][:300],
            "recorded_by": self.by,
            "recorded_at": aware(event["recorded_at"]) or self.now,
        }

    def _timed(self, event: Row, patient: Patient) -> dict[str, Any]:
        return {
            **self._common(event, patient),
            "time": aware(event["time"]),
            "precision": precision(event),
            "original": original(event),
        }

    def _name(self, code: str) -> str:
        known = name_of(code)
        return clipped(self.names.get(code, known) if known == code.partition("//")[2] else known, 300)

    def _result(self, event: Row, patient: Patient) -> Result:
        return Result(
            **self._common(event, patient),
            code=event["code"][:200],
            name=self._name(event["code"]),
            taken_at=aware(event["time"]),
            precision=precision(event),
            original=original(event),
            **_measured(event),
        )

    def _specimen(self, event: Row, patient: Patient) -> Specimen:
        grew = event["numeric_value"]
        kind = _SPECIMENS[event["code"]]
        return Specimen(
            **self._common(event, patient),
            kind=kind,
            label=clipped(event["text_value"] or "", 120) or Specimen.Kind(kind).label,
            taken_at=aware(event["time"]),
            precision=precision(event),
            state=Specimen.State.PENDING if grew is None else Specimen.State.FINAL,
            isolate_count=None if grew is None else int(grew),
            original=original(event),
        )

    def _isolate(self, event: Row, patient: Patient, number: int) -> Isolate:
        return Isolate(
            **self._common(event, patient),
            number=number,
            organism_code=event["code"][:200],
            organism_name=self._name(event["code"]),
            original=original(event),
        )

    def _susceptibility(self, event: Row, patient: Patient, agent: str) -> Susceptibility:
        drug = next((d for d in DRUG_BY_CODE.values() if d.amr_code == agent), None)
        return Susceptibility(
            **self._common(event, patient),
            agent=agent[:40],
            drug_name=drug.name if drug else agent[:200],
            category=event["text_value"],
            original=original(event),
        )

    def _course(self, event: Row, patient: Patient) -> Course:
        drug = DRUG_BY_CODE[event["code"]]
        start, days = aware(event["time"]), event["numeric_value"]
        started_on = timezone.localtime(start).date()
        stopped = aware(event["end"])
        planned = started_on + timedelta(days=ceil(days) - 1) if days and 0 < days < 36_500 else None
        return Course(
            **self._common(event, patient),
            drug=drug.key,
            code=drug.code,
            drug_name=drug.name,
            dose_text=clipped(event["text_value"] or "", 300),
            route=_way_in(event["text_value"]),
            started_on=started_on,
            started_at=start if precision(event) == Precision.MINUTE else None,
            planned_stop_on=planned,
            stopped_at=stopped,
            stop_reason=StopReason.NOT_RECORDED if stopped else "",
            original=original(event),
        )

    def _allergy(self, event: Row, patient: Patient) -> Allergy:
        if event["code"].endswith("//none-known"):
            return Allergy(**self._timed(event, patient), kind=Allergy.Kind.NONE_KNOWN)
        substance, _, reaction = (event["text_value"] or "").partition(": ")
        return Allergy(
            **self._timed(event, patient),
            code=event["code"][:100],
            substance=clipped(substance, 200) or self._name(event["code"])[:200],
            reaction=clipped(reaction, 300),
        )

    def _finding(self, event: Row, patient: Patient) -> Finding:
        is_yes_no = FINDING_KINDS[event["code"]].answer is Answer.YES_NO
        return Finding(
            **self._timed(event, patient),
            code=event["code"],
            present=bool(event["numeric_value"]) if is_yes_no else None,
            numeric_value=None if is_yes_no else event["numeric_value"],
            unit="" if is_yes_no else event["unit"],
            text_value=clipped(event["text_value"] or "", 1000),
        )

    def _fact(self, event: Row, patient: Patient) -> ImportedFact:
        text = event["text_value"] or self.names.get(event["code"], "")
        return ImportedFact(
            **self._timed(event, patient),
            kind=kind_of(event),
            code=event["code"][:200],
            end=aware(event["end"]),
            numeric_value=event["numeric_value"],
            comparator=event["comparator"] or "",
            unit=clipped(event["unit"] or "", 60),
            text_value=clipped(text, 20_000),
        )


def _measured(event: Row) -> dict[str, Any]:
    """The value of a result; a measure in a unit that nobody could convert stays words, never a number."""
    measure, value = MEASURE_BY_CODE.get(event["code"]), event["numeric_value"]
    unit, comparator, text = event["unit"] or "", event["comparator"] or "", event["text_value"] or ""
    if value is not None and measure is not None and unit != measure.unit:
        text = str(Reported(value=value, unit=unit, comparator=comparator, text=text))
        value = None
    is_number = value is not None
    return {
        "numeric_value": value,
        "comparator": comparator if is_number else "",
        "unit": clipped(unit, 60) if is_number else "",
        "text_value": clipped(text, 20_000),
        "reference_low": event["reference_low"] if is_number else None,
        "reference_high": event["reference_high"] if is_number else None,
    }


def is_result(event: Row) -> bool:
    """Whether an event is a laboratory's: a measure we know, or a number in a unit under a LOINC code."""
    code, value = event["code"], event["numeric_value"]
    if code in _BEDSIDE or code in FINDING_KINDS or "/isolate/" in (event["source"] or ""):
        return False
    if value is not None and not -MOST < value < MOST:
        return False
    if code in MEASURE_BY_CODE:
        return value is not None or bool((event["text_value"] or "").strip())
    is_measured = value is not None and bool(event["unit"]) and event["unit"] not in _NOT_MEASURED
    return code.startswith("LOINC//") and is_measured


def kind_of(event: Row) -> str:
    """The kind of an imported fact: our own word's lane, else what the source's resource or code is about."""
    code, source = event["code"], event["source"] or ""
    if code in OWN_WORDS:
        return OWN_WORDS[code].kind
    system, _, rest = code.partition("//")
    if system == "OSTEON":
        return rest.partition("//")[0][:40]
    resource = source.removeprefix("fhir:").partition("/")[0] if source.startswith("fhir:") else ""
    return _KIND_BY_RESOURCE.get(resource) or _KIND_BY_SYSTEM.get(system, "other")


def precision(event: Row) -> str:
    """How exactly the time is known. Midnight to the second is a day: clocks are not read at midnight."""
    said = precision_of(event["original"])
    if said != Precision.MINUTE:
        return said
    time = event["time"]
    at_midnight = time is not None and not (time.hour or time.minute or time.second or time.microsecond)
    return Precision.DAY if at_midnight else Precision.MINUTE


def original(event: Row) -> str:
    """Code, value and unit as they came; a partial date is kept as the precision instead."""
    text = event["original"] or ""
    if precision_of(text) != Precision.MINUTE:
        text = text.partition(" | ")[2]
    return clipped(text, 500)


def aware(moment: datetime | None) -> datetime | None:
    """A moment of the stream (UTC without a zone) as the record keeps it."""
    return None if moment is None else moment.replace(tzinfo=UTC)


def _way_in(dose: str | None) -> str:
    words = (dose or "").casefold().replace(",", " ").split()
    return next((_WAYS[word] for word in words if word in _WAYS), Route.NOT_RECORDED)
