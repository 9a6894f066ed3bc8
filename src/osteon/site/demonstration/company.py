"""Puts the named cast into the record: the past as a feed brings it, the present by the unit's own hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils import timezone

from osteon.events.simulator.chance import generator
from osteon.events.simulator.figures import NAMES
from osteon.events.simulator.people import nhs_number
from osteon.events.vocabulary import DRUGS
from osteon.service.accounts.models import Person
from osteon.service.courses.actions import Order, start_course, stop_course
from osteon.service.courses.models import Course, StopReason
from osteon.service.imports.actions import import_events
from osteon.service.patients.actions import (
    close_episode,
    merge_patients,
    move_episode,
    note_possible_duplicate,
    open_episode,
    record_allergy,
    record_finding,
    record_no_known_allergies,
    register_patient,
)
from osteon.service.patients.models import Allergy, Episode, Patient, PatientIdentifier
from osteon.service.patients.partial_dates import PartialDate
from osteon.service.patients.road import Position
from osteon.service.worklist.actions import create_task, finish_task, write_handover
from osteon.service.worklist.models import Task
from osteon.site.demonstration.cast import STORIES
from osteon.site.demonstration.cast.tale import Tale
from osteon.site.demonstration.sources import InventedSource
from osteon.site.demonstration.staff import Staff

FIRST_NUMBER: Final = 850_000  # NHS numbers of the test range that no simulated patient has
NAME: Final = "Patients by name"


def tales(now: datetime, generation: int) -> list[Tale]:
    """The cast's stories as of ``now``. The first generation has its own names, later ones borrowed ones."""
    told = []
    for place, story in enumerate(STORIES):
        number = generation * len(STORIES) + place
        tale = Tale(slug=f"{story.__name__}-{generation}", number=number, now=now)
        story(tale)
        if generation:
            _rename(tale)
        tale.nhs = nhs_number(FIRST_NUMBER + number) or ""
        told.append(tale)
    return told


def _rename(tale: Tale) -> None:
    random = generator("cast", tale.number)
    tale.family = random.choice(NAMES["family"])
    tale.given = random.choice(NAMES["given-male" if tale.sex == "male" else "given-female"])


def bring_in(staff: Staff, told: list[Tale], progress: Callable[[int], None]) -> dict[str, Patient]:
    """The cast as patients of the record, by slug; whoever is there already is left alone."""
    new = [tale for tale in told if not _is_there(tale)]
    people = {tale.slug: _register(staff, tale) for tale in new}
    if new:
        source = InventedSource(NAME, [(tale.subject, list(tale.in_order())) for tale in new])
        import_events(by=staff.of_role("coordinator"), source=source)
    for tale in new:
        _take_on(staff, tale, people[tale.slug])
        progress(1)
    return people


def _is_there(tale: Tale) -> bool:
    return PatientIdentifier.objects.filter(system="nhs", value=tale.nhs).exists()


def _register(staff: Staff, tale: Tale) -> Patient:
    subject = tale.subject
    return register_patient(
        by=staff.of_role("coordinator"),
        family_name=tale.family,
        given_name=tale.given,
        birth=PartialDate(tale.born),
        sex=tale.sex,
        telephone=f"020 7946 0{tale.number % 1000:03d}",
        address=f"{tale.number % 80 + 1} Weir View, Marlbury",
        identifiers=[(number.system, number.value) for number in subject.identifiers],
    )


def _take_on(staff: Staff, tale: Tale, patient: Patient) -> None:
    """What the unit itself does: allergies, the episode, the courses that run, tasks, the ward list."""
    _record_allergies(staff, tale, patient)
    episode = _open_episode(staff, tale, patient)
    for running in tale.running:
        start_course(
            by=_prescriber(staff, tale),
            patient=patient,
            order=Order(
                running.drug,
                DRUGS[running.drug].name,
                running.dose,
                running.route,
                running.delivery,
                running.indication,
            ),
            started_on=tale.day(running.since),
            planned_stop_on=tale.day(running.since) + timedelta(days=running.planned - 1),
            episode=episode,
            allergy_override=running.override,
        )
    _make_tasks(staff, tale, patient)
    if tale.handover is not None:
        overnight, plan = tale.handover
        write_handover(
            by=staff.of_role("resident"),
            patient=patient,
            day=tale.day(0),
            overnight=overnight,
            plan=plan,
            seen_version=0,
        )


def _prescriber(staff: Staff, tale: Tale) -> Person:
    in_hospital = tale.episode["status"] == "theatre"
    return staff.of_role("resident" if in_hospital else "infection_physician")


def _record_allergies(staff: Staff, tale: Tale, patient: Patient) -> None:
    by, since = staff.of_role("resident"), int(str(tale.episode["since"]))
    time = tale.at(since, 12).replace(tzinfo=UTC)
    for statement in tale.allergies:
        if statement.substance:
            record_allergy(
                by=by,
                patient=patient,
                substance=statement.substance,
                reaction=statement.reaction,
                kind=Allergy.Kind.ALLERGY,
                time=time,
                recorded_at=time,
            )
        else:
            record_no_known_allergies(by=by, patient=patient, time=time)


def _open_episode(staff: Staff, tale: Tale, patient: Patient) -> Episode:
    said = {key: str(value) for key, value in tale.episode.items()}
    since = int(said["since"])
    is_medical = said["status"] == "opat" or said["team"] == "spine"
    return open_episode(
        by=staff.of_role("coordinator"),
        patient=patient,
        kind=said["kind"],
        site=said["site"],
        side=said["side"],
        diagnosis=said["diagnosis"],
        opened=PartialDate(tale.day(since)),
        team=staff.teams[said["team"]],
        responsible=staff.of_role("infection_physician") if is_medical else staff.surgeon_of(said["team"]),
        status=Position(said["status"]),
        source=f"sim:cast/{tale.slug}/episode",
        recorded_at=tale.at(since, 12).replace(tzinfo=UTC),
    )


def _make_tasks(staff: Staff, tale: Tale, patient: Patient) -> None:
    for words, role, in_days in tale.tasks:
        create_task(
            by=staff.of_role("infection_physician"),
            text=words,
            due_on=tale.day(-in_days),
            patient=patient,
            owner_role=role,
            team=staff.teams[str(tale.episode["team"])],
        )


# Mix-ups of identity --------------------------------------------------------------------------------


def mix_up(staff: Staff, people: dict[str, Patient], told: list[Tale]) -> None:
    """A record made twice and merged since; and a pair that may be one person, for somebody to decide."""
    by_story = {tale.slug.rpartition("-")[0]: tale for tale in told if tale.slug in people}
    if "a_merged_duplicate" in by_story:
        tale = by_story["a_merged_duplicate"]
        _merge_the_misheard(staff, tale, people[tale.slug])
    if "course_past_planned_stop" in by_story:
        tale = by_story["course_past_planned_stop"]
        _list_the_lookalike(staff, tale, people[tale.slug])


def _merge_the_misheard(staff: Staff, tale: Tale, patient: Patient) -> None:
    clerk = staff.of_role("resident")
    misheard = register_patient(
        by=clerk,
        family_name=_misheard(tale.family),
        given_name="Shaun" if tale.number < len(STORIES) else tale.given,
        birth=PartialDate(tale.born),
        sex=tale.sex,
        identifiers=[("hospital:Marlbury emergency department", f"ED{tale.number:05d}")],
    )
    time = tale.at(9, 22).replace(tzinfo=UTC)
    record_finding(by=clerk, patient=misheard, code="OSTEON//finding//fever", time=time, present=False)
    record_finding(
        by=clerk,
        patient=misheard,
        code="OSTEON//finding//other",
        time=time,
        text_value="Emergency department: foot dressing soaked, changed; no spreading redness",
    )
    merge_patients(
        by=staff.of_role("coordinator"),
        patient=misheard,
        into=patient,
        reason="Same birth date and address; the wristband was read over the telephone",
    )


def _misheard(family: str) -> str:
    return {"O'Rourke": "O'Rorke"}.get(family, family + "e")


def _list_the_lookalike(staff: Staff, tale: Tale, patient: Patient) -> None:
    coordinator = staff.of_role("coordinator")
    lookalike = register_patient(
        by=coordinator,
        family_name="Hussein" if tale.number < len(STORIES) else tale.family,
        given_name="Nasrin" if tale.number < len(STORIES) else tale.given,
        birth=PartialDate(date(tale.born.year, tale.born.month, tale.born.day)),
        sex=tale.sex,
        identifiers=[("hospital:Northford", f"N{tale.number:06d}")],
    )
    open_episode(
        by=coordinator,
        patient=lookalike,
        kind=Episode.Kind.OSTEOMYELITIS,
        site="femur",
        side=Episode.Side.RIGHT,
        diagnosis="Referral letter: discharging sinus of the thigh",
        opened=PartialDate(tale.day(3)),
        team=staff.teams["limb"],
    )
    note_possible_duplicate(
        by=coordinator, patient=patient, other=lookalike, why="Same birth date, nearly the same name"
    )


# When time has passed -------------------------------------------------------------------------------


def see_off(staff: Staff, told: list[Tale], now: datetime) -> None:
    """An earlier generation has been treated: its courses stop, its tasks are done, its episodes are followed up."""
    for tale in told:
        held = PatientIdentifier.objects.filter(system="nhs", value=tale.nhs).select_related("patient")
        for row in held:
            _see_off(staff, row.patient, now)


def _see_off(staff: Staff, patient: Patient, now: datetime) -> None:
    by = staff.of_role("infection_physician")
    for course in Course.objects.standing().filter(patient=patient, stopped_at=None):
        stop_course(
            by=by,
            course=course,
            seen_version=course.version,
            stopped_at=max(course.start_moment, min(now, timezone.now())),
            stop_reason=StopReason.COMPLETED,
        )
    for task in Task.objects.filter(patient=patient, done_at=None):
        finish_task(by=by, task=task, note="Done")
    for episode in Episode.objects.standing().filter(patient=patient):
        if episode.status == Position.FOLLOW_UP:
            close_episode(
                by=by, episode=episode, closed_on=now.date(), how="Infection free", reason="Reviewed"
            )
        elif episode.status != Position.CLOSED:
            move_episode(
                by=by, episode=episode, goal=Position.FOLLOW_UP, reason="Treatment completed and reviewed"
            )
