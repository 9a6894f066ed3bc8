"""The simulated patients of the unit: who is there today, brought in as a feed would, with their episodes.

The cohort's calendar is fixed by the day of the first load and reaches a year beyond it, so that on every later day
the same people have gone on with their treatment and new ones have been referred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from osteon.events.schema import Event
from osteon.events.simulator import Calendar, Patient, simulate_patient
from osteon.events.vocabulary import DRUG_BY_CODE, ORGANISM_BY_CODE
from osteon.service.courses.actions import change_delivery, stop_course
from osteon.service.courses.models import Course, Delivery, Route, StopReason
from osteon.service.imports.actions import import_events
from osteon.service.patients import models as record
from osteon.service.patients.actions import close_episode, move_episode, open_episode
from osteon.service.patients.partial_dates import PartialDate
from osteon.service.patients.road import Position, is_ordinary
from osteon.site.demonstration.sources import InventedSource
from osteon.site.demonstration.staff import Staff

SEED: Final = 1871  # the year of Wolff's first paper on the architecture of bone; any number would do
PATIENTS: Final = 580  # over 114 weeks: about forty on treatment on any day
YEARS_AHEAD: Final = timedelta(weeks=52)
RECENT: Final = timedelta(days=150)  # everybody referred since then, and before that
ONE_IN: Final = 12  # one in so many, for the follow-up clinics
NAME: Final = "Simulated patients"
ADMISSION: Final = "OSTEON//admission//inpatient"

KINDS: Final = {
    "chronic-osteomyelitis": "osteomyelitis",
    "fracture-related": "fracture-related",
    "prosthetic-joint": "prosthetic-joint",
    "vertebral": "spinal",
    "diabetic-foot": "diabetic-foot",
    "septic-arthritis": "septic-arthritis",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A simulated patient with what is known of them by now."""

    patient: Patient
    events: list[Event]

    @property
    def source(self) -> str:
        return f"sim:{self.patient.subject_id}"

    def has_happened(self, code: str) -> bool:
        return any(event.code == code for event in self.events)

    @property
    def running(self) -> list[Event]:
        """Courses of antimicrobials that have not ended."""
        return [e for e in self.events if e.code in DRUG_BY_CODE and e.end is None and e.numeric_value]


def told_by(now: datetime, first_load: date) -> list[Told]:
    """Everybody who has been referred by now."""
    monday = first_load - timedelta(days=first_load.weekday())
    calendar = Calendar(monday + YEARS_AHEAD, now.astimezone(UTC).replace(tzinfo=None))
    told = []
    for index in range(PATIENTS):
        patient = simulate_patient(SEED, index, calendar, "full")
        is_recent = patient.referred >= first_load - RECENT
        if patient.rows and (is_recent or index % ONE_IN == 0):
            # The episode is opened in the record by hand, with a team and a place on the road.
            known = [e for e in patient.events() if not e.code.startswith("OSTEON//episode//")]
            told.append(Told(patient, known))
    return told


def bring_in(staff: Staff, told: list[Told], now: datetime, progress: Callable[[int], None]) -> None:
    """Everything that is known of them into the record; what is there already is left as it is."""
    _stop_what_has_ended(staff, told)
    source = InventedSource(NAME, [(each.patient.subject, each.events) for each in told])
    import_events(by=staff.of_role("coordinator"), source=source)
    progress(len(told))
    people = _people(told)
    known = {
        episode.source: episode
        for episode in record.Episode.objects.exclude(source="").select_related("patient")
    }
    for each in told:
        _place_on_the_road(staff, each, people, known, now)
    _note_who_gives(staff, told, people)


def _people(told: Iterable[Told]) -> dict[str, record.Patient]:
    """The patients of the record by their hospital number."""
    numbers = {each.patient.subject.identifiers[-1].value for each in told}
    rows = record.PatientIdentifier.objects.standing().filter(value__in=numbers).select_related("patient")
    return {row.value: row.patient for row in rows}


def _person(each: Told, people: dict[str, record.Patient]) -> record.Patient:
    return people[each.patient.subject.identifiers[-1].value]


# Episodes -------------------------------------------------------------------------------------------


def _place_on_the_road(
    staff: Staff,
    each: Told,
    people: dict[str, record.Patient],
    known: dict[str, record.Episode],
    now: datetime,
) -> None:
    goal = _position(each, now)
    episode = known.get(f"{each.source}/episode")
    if episode is None:
        _open(staff, each, _person(each, people), goal)
    elif episode.status == Position.CLOSED:
        return
    elif goal is Position.CLOSED:
        _close(staff, each, episode)
    elif episode.status != goal:
        reason = "" if is_ordinary(episode.status, goal) else "Treatment went on"
        move_episode(by=staff.of_role("coordinator"), episode=episode, goal=goal, reason=reason)


def _position(each: Told, now: datetime) -> Position:
    """Where the patient stands, read from what has happened."""
    today = now.astimezone(UTC).date()
    if each.has_happened("MEDS_DEATH"):
        return Position.CLOSED
    if _is_in_for_an_operation(each):
        return Position.THEATRE
    if each.running:
        return Position.OPAT
    if each.patient.started <= today and any("//operation//" in e.code for e in each.events):
        return Position.FOLLOW_UP
    if each.has_happened("OSTEON//meeting//decision"):
        return Position.MEETING
    seen = each.has_happened("OSTEON//admission//clinic") or each.has_happened("OSTEON//admission//emergency")
    return Position.WORK_UP if seen else Position.REFERRED


def _open(staff: Staff, each: Told, person: record.Patient, position: Position) -> None:
    case = each.patient.case
    team = case.figures["team"]
    is_medical = position is Position.OPAT or case.diagnosis == "vertebral"
    episode = open_episode(
        by=staff.of_role("coordinator"),
        patient=person,
        kind=KINDS[case.diagnosis],
        site=case.site.words,
        side=case.side or "none",
        diagnosis=_diagnosis(each),
        opened=PartialDate(each.patient.referred),
        team=staff.teams[team],
        responsible=staff.of_role("infection_physician") if is_medical else staff.surgeon_of(team),
        status=Position.FOLLOW_UP if position is Position.CLOSED else position,
        source=f"{each.source}/episode",
        recorded_at=datetime.combine(each.patient.referred, datetime.min.time(), tzinfo=UTC)
        + timedelta(hours=9),
    )
    if position is Position.CLOSED:
        _close(staff, each, episode)


def _is_in_for_an_operation(each: Told) -> bool:
    admitted = [e.time for e in each.events if e.code == ADMISSION and e.end is None]
    operated = [e.time for e in each.events if e.code.startswith("OSTEON//operation//")]
    return bool(admitted and operated) and max(filter(None, operated)) >= max(filter(None, admitted))


def _close(staff: Staff, each: Told, episode: record.Episode) -> None:
    died = next(event.time for event in each.events if event.code == "MEDS_DEATH")
    assert died is not None
    close_episode(
        by=staff.of_role("coordinator"),
        episode=episode,
        closed_on=died.date(),
        how="Died",
        reason="The GP has told us",
    )


def _diagnosis(each: Told) -> str:
    """The diagnosis as far as it is known: with the organisms once they have grown twice."""
    case = each.patient.case
    words = case.site.diagnosis_words.partition(",")[0]
    if case.excluded and each.has_happened(f"ICD10//{case.icd10}"):
        return case.words.partition(",")[0]
    if case.excluded or not each.has_happened("OSTEON//meeting//decision"):
        return f"Suspected: {words[0].lower()}{words[1:]}"
    grown = [e.code for e in each.events if e.code in ORGANISM_BY_CODE]
    organisms = sorted({ORGANISM_BY_CODE[code].name for code in grown if grown.count(code) > 1})
    return f"{words}: {', '.join(organisms)}" if organisms else words


# Courses --------------------------------------------------------------------------------------------


def _note_who_gives(staff: Staff, told: list[Told], people: dict[str, record.Patient]) -> None:
    """Courses that run say who gives them: the ward, the patient, a nurse."""
    at_home = {_person(each, people).pk: each for each in told if each.running}
    rows = Course.objects.standing().filter(
        patient__in=list(at_home), stopped_at=None, delivery=Delivery.NOT_RECORDED
    )
    for course in rows.exclude(source="").select_related("patient"):
        each = at_home[course.patient_id]
        change_delivery(
            by=staff.of_role("pharmacist"),
            course=course,
            seen_version=course.version,
            delivery=_delivery(each, course),
            effective_on=course.started_on,
            reason="As arranged at discharge",
        )


def _delivery(each: Told, course: Course) -> str:
    """opat (g): self or carer 30, clinic 25, community nurse 40, other 5; tablets are taken by the patient."""
    if any(e.code == ADMISSION and e.end is None for e in each.events):
        return Delivery.INPATIENT
    if course.route == Route.ORAL:
        return Delivery.SELF
    share = each.patient.index * 37 % 100
    for below, delivery in (
        (30, Delivery.SELF),
        (55, Delivery.OPAT_CLINIC),
        (95, Delivery.DISTRICT_NURSE),
        (100, Delivery.HOSPITAL_AT_HOME),
    ):
        if share < below:
            return delivery
    raise AssertionError("a share is below 100")


def _stop_what_has_ended(staff: Staff, told: list[Told]) -> None:
    """Courses that the unit has written in are its own: they stop by its own action, with a reason."""
    ended = {
        event.source: event
        for each in told
        for event in each.events
        if event.code in DRUG_BY_CODE and event.end is not None
    }
    rows = Course.objects.standing().filter(stopped_at=None, version__gt=1).exclude(source="")
    for course in rows.select_related("patient"):
        event = ended.get(course.source)
        if event is not None and event.end is not None:
            stop_course(
                by=staff.of_role("pharmacist"),
                course=course,
                seen_version=course.version,
                stopped_at=event.end.replace(tzinfo=UTC),
                stop_reason=_why(event),
            )


def _why(event: Event) -> str:
    """Before its time it stopped because it was not tolerated; tablets after a line were planned."""
    assert event.end is not None and event.time is not None
    days = (event.end - event.time).days
    return StopReason.COMPLETED if days >= (event.numeric_value or 0) - 1 else StopReason.INTOLERANCE
