"""The frame of every page about a patient: the fixed header with what nobody may miss, and the tabs.

In a view of any app above::

    return render(request, "results/results.jinja", {**frame(request, patient, "results:results"), "rows": rows})

In its template: ``{% extends "patients/layout.jinja" %}``, with the blocks ``title`` and ``content``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.service.patients import queries
from osteon.service.patients.models import NHS, Allergy, Episode, Finding, Patient, PatientIdentifier
from osteon.service.patients.partial_dates import Precision
from osteon.service.patients.registry import KeyWarning, tabs, warnings
from osteon.service.patients.road import ROAD, Position
from osteon.service.patients.words import said_date


@dataclass(frozen=True, slots=True)
class AllergyState:
    """What is known of allergies: ``unknown`` until somebody asks, ``none`` known, or ``known``."""

    rows: tuple[Allergy, ...]
    asked: Allergy | None

    @property
    def word(self) -> str:
        """``known``, ``none`` or ``unknown``. An allergy outweighs the statement that there is none."""
        return "known" if self.rows else "none" if self.asked else "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One position on the road of an episode."""

    words: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The fixed header."""

    patient: Patient
    age: str
    born: str
    numbers: list[PatientIdentifier]
    allergies: AllergyState
    weight: Finding | None
    episodes: list[Episode]
    warnings: list[KeyWarning]

    @property
    def nhs_number(self) -> PatientIdentifier | None:
        """The NHS number, where one is known."""
        return next((number for number in self.numbers if number.system == NHS), None)

    @property
    def open_episodes(self) -> list[Episode]:
        """Those not closed, the latest first."""
        return [episode for episode in self.episodes if episode.status != Position.CLOSED]

    @property
    def shown_episodes(self) -> list[Episode]:
        """The open ones; of a patient who has none, the latest closed one."""
        return self.open_episodes or self.episodes[:1]


def frame(request: HttpRequest, patient: Patient, current: str = "") -> dict[str, Any]:
    """Context for ``patients/layout.jinja``. ``current`` is the URL name of the tab. Five queries and warnings'."""
    return {
        "patient": patient,
        "header": header(request, patient),
        "tabs": tabs(patient, current),
        "road": road,
    }


def header(request: HttpRequest, patient: Patient) -> Header:
    """The header, from what stands now."""
    records = queries.records_of(patient)
    ids = [record.pk for record in records]
    numbers = queries.numbers(ids)
    episodes = queries.episodes(ids)
    own = own_warnings(patient, numbers, episodes, merged=len(ids) > 1)
    return Header(
        patient=patient,
        age=age_words(patient, timezone.localdate()),
        born=patient.born if patient.birth else "",
        numbers=numbers,
        allergies=allergy_state(queries.allergies(ids)),
        weight=queries.latest_weight(ids),
        episodes=episodes,
        warnings=[*own, *warnings(request, patient)],
    )


def allergy_state(rows: list[Allergy]) -> AllergyState:
    """What the standing rows say together."""
    said = [row for row in rows if row.kind == Allergy.Kind.NONE_KNOWN]
    known = tuple(row for row in rows if row.kind != Allergy.Kind.NONE_KNOWN)
    return AllergyState(known, max(said, key=lambda row: row.recorded_at, default=None))


def own_warnings(
    patient: Patient, numbers: list[PatientIdentifier], episodes: list[Episode], *, merged: bool
) -> list[KeyWarning]:
    """Warnings that come from who the patient is."""
    said = []
    if patient.died_on:
        day = said_date(patient.died_on, Precision.DAY)
        said.append(KeyWarning(_("Died %(day)s") % {"day": day}, "unknown"))
    if any(number.is_doubtful for number in numbers):
        said.append(KeyWarning(_("The NHS number fails its check digit: confirm it with the patient")))
    if not episodes:
        said.append(KeyWarning(_("No team yet: open an episode"), "due"))
    if merged:
        said.append(KeyWarning(_("Two records are read as one here"), "unknown"))
    return said


def road(episode: Episode) -> list[Step]:
    """The road with the position of this episode."""
    return [Step(position.words, position == episode.status) for position in ROAD]


def age_words(patient: Patient, today: date) -> str:
    """``67``; ``about 58`` when the day of birth is not known; ``not known``."""
    age = patient.age_on(today)
    if age is None:
        return _("not known")
    return str(age) if patient.birth_precision == Precision.DAY else _("about %(age)s") % {"age": age}
