"""Puts routed rows into the record: new ones are added, corrected ones changed, the same ones left alone.

A row is known again by its patient and its source. What a person has changed or withdrawn here is never
overwritten by a second run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from osteon.service.accounts.models import Person
from osteon.service.imports.bulk import CORRECTED, IMPORTED, create_all, update_all
from osteon.service.imports.routing import Routed
from osteon.service.patients.facts import ClinicalFact
from osteon.service.patients.models import Patient
from osteon.service.results.models import Isolate, Specimen, Susceptibility

# Fields that belong to the record and not to a source, or that no source fills: never compared nor overwritten.
_OWN: Final = frozenset(
    {
        "id", "public_id", "version", "patient", "source", "recorded_by", "recorded_at",
        "entered_in_error_at", "entered_in_error_by", "entered_in_error_reason",
        "interpreted_by", "interpreted_at", "interpretation", "wants_interpretation",
        "episode", "delivery", "indication", "stop_note", "allergy_override", "specimen", "isolate",
        "site", "taking", "reported_at", "report", "separate_instrument", "in_bottles", "antibiotic_free_days",
        "days_incubated", "planned_incubation_days", "quantity", "comment", "mic", "mic_comparator", "guideline",
    }
)  # fmt: skip


class Store:
    """One run's writing. ``added``, ``corrected`` and ``unchanged`` count rows by kind; ``touched`` the patients."""

    def __init__(self, *, by: Person, new_patients: set[int]) -> None:
        self.by = by
        self.new_patients = new_patients
        self.added: Counter[str] = Counter()
        self.corrected: Counter[str] = Counter()
        self.unchanged = 0
        self.kept_as_edited = 0
        self.touched: set[int] = set()

    def put(self, routed: Routed) -> None:
        """Everything of one table: rows without parents, then specimens, isolates, susceptibilities."""
        for model, rows in routed.plain.items():
            self._put(model, rows)
        pots = self._put(Specimen, routed.specimens)
        isolates = self._put(Isolate, _with_parent(routed.isolates, pots, "specimen"))
        self._put(Susceptibility, _with_parent(routed.susceptibilities, isolates, "isolate"))

    def _put(self, model: type[Any], rows: Sequence[Any]) -> dict[tuple[int, str], Any]:
        """The rows as they stand in the record afterwards, by patient and source."""
        unique = {(row.patient_id, row.source): row for row in rows}
        self.unchanged += len(rows) - len(unique)
        stored = self._stored(model, unique)
        fresh = [row for key, row in unique.items() if key not in stored]
        self._compare(model, [(stored[key], row) for key, row in unique.items() if key in stored])
        made = create_all(model, fresh, by=self.by)
        self.added[str(model._meta.verbose_name)] += len(made)
        self.touched.update(row.patient_id for row in made)
        return {**stored, **{(row.patient_id, row.source): row for row in made}}

    def _stored(self, model: type[Any], wanted: dict[tuple[int, str], Any]) -> dict[tuple[int, str], Any]:
        """What the record holds already. Patients registered a moment ago hold nothing."""
        patients = {patient for patient, _ in wanted} - self.new_patients
        found: dict[tuple[int, str], Any] = {}
        for group in _groups(sorted(patients), 500):
            for row in model.objects.filter(patient_id__in=group).exclude(source=""):
                if (row.patient_id, row.source) in wanted:
                    found[row.patient_id, row.source] = row
        return found

    def _compare(self, model: type[Any], pairs: list[tuple[Any, Any]]) -> None:
        fields = compared_fields(model)
        changed = [pair for pair in pairs if _differs(*pair, fields)]
        self.unchanged += len(pairs) - len(changed)
        edited = _edited_here(model, [old for old, _ in changed])
        updates = []
        for old, new in changed:
            if old.pk in edited or old.is_in_error:
                self.kept_as_edited += 1
                continue
            for name in fields:
                setattr(old, name, getattr(new, name))
            updates.append(old)
        update_all(model, updates, fields, by=self.by)
        self.corrected[str(model._meta.verbose_name)] += len(updates)
        self.touched.update(row.patient_id for row in updates)


def compared_fields(model: type[Any]) -> list[str]:
    """The fields that a source fills, and so may correct."""
    return [f.name for f in model._meta.concrete_fields if f.name not in _OWN and not f.is_relation]


def _differs(old: Any, new: Any, fields: list[str]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in fields)


def _edited_here(model: type[ClinicalFact], rows: Sequence[Any]) -> set[int]:
    """Which of the rows a person, and not an import, changed last."""
    edited = [row.pk for row in rows if row.version > 1]
    if not edited:
        return set()
    last: dict[int, str | None] = {}
    history = model.history.filter(id__in=edited).order_by("history_date", "history_id")  # type: ignore[attr-defined]
    for pk, why in history.values_list("id", "history_change_reason"):
        last[pk] = why
    return {pk for pk, why in last.items() if why not in (IMPORTED, CORRECTED)}


def _with_parent(
    rows: Iterable[tuple[str, Any]], parents: dict[tuple[int, str], Any], name: str
) -> list[Any]:
    """The rows with their parent set; one whose parent is not in the record is left out."""
    out = []
    for source, row in rows:
        parent = parents.get((row.patient_id, source))
        if parent is not None:
            setattr(row, name, parent)
            out.append(row)
    return out


def _groups(keys: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def fill_in(patients: Iterable[tuple[Patient, dict[str, Any]]], *, by: Person) -> int:
    """What a source knows and the record does not (birth, sex, death); never over what is there. How many."""
    changed = []
    for patient, said in patients:
        news = {name: value for name, value in said.items() if value and not _is_known(patient, name)}
        if _is_possible(patient, news) and news:
            for name, value in news.items():
                setattr(patient, name, value)
            changed.append(patient)
    update_all(Patient, changed, ("birth_date", "birth_precision", "sex", "died_on"), by=by)
    return len(changed)


def _is_known(patient: Patient, name: str) -> bool:
    value = getattr(patient, "birth_date" if name == "birth_precision" else name)
    return value not in (None, "", Patient.Sex.UNKNOWN)


def _is_possible(patient: Patient, news: dict[str, Any]) -> bool:
    born, died = news.get("birth_date") or patient.birth_date, news.get("died_on") or patient.died_on
    return not (born and died and died < born)
