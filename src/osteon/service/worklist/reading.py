"""Notes whose facts were on a list that somebody opened: once a person, patient and day, in one write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from osteon.service.accounts.models import BreakGlass, Person, ReadEntry
from osteon.service.patients.models import Patient
from osteon.service.patients.reach import within_teams
from osteon.service.worklist.queries import start_of_day


def note_listed(
    *, person: Person, patients: Iterable[Patient], what: str, path_name: str, now: datetime
) -> int:
    """A list shows values and names, so it is a reading of each record on it. How many were noted anew."""
    shown = {patient.public_id for patient in patients}
    entries = ReadEntry.objects.filter(person=person, at__gte=start_of_day(now), path_name=path_name)
    new = shown - set(entries.values_list("patient_id", flat=True))
    if not new:
        return 0
    glass = _behind_glass(person, now)
    ReadEntry.objects.bulk_create(
        ReadEntry(
            at=now,
            person=person,
            patient_id=patient_id,
            what=what,
            path_name=path_name,
            break_glass=patient_id in glass,
        )
        for patient_id in new
    )
    return len(new)


def _behind_glass(person: Person, now: datetime) -> set[object]:
    """Patients whom only a broken glass puts on the list."""
    opened = set(BreakGlass.objects.open_for(person, at=now).values_list("patient_id", flat=True))
    if not opened:
        return set()
    own = Patient.objects.filter(within_teams(person), public_id__in=opened)
    return opened - set(own.values_list("public_id", flat=True))
