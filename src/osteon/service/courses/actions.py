"""Everything that changes a course. What cannot be done raises ``facts.Refused`` with a sentence.

A recorded allergy never blocks silently: ``start_course`` raises ``AllergyWarning`` with the reasons, and
goes on when the person says why they go on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.events.schema import EARLIEST
from osteon.events.vocabulary import DRUGS
from osteon.service.accounts.audit import action
from osteon.service.accounts.models import Person
from osteon.service.courses.allergies import Conflict, conflicts
from osteon.service.courses.models import Course, CourseChange, Delivery, Route, StopReason
from osteon.service.courses.queries import allergy_record
from osteon.service.patients.facts import AlreadyInError, Refused, StaleEdit, change, save_new, withdraw
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.story import record_ids

__all__ = ["AllergyWarning", "AlreadyInError", "Refused", "StaleEdit"]

LATEST_START = timedelta(days=90)  # a start further ahead is a slip of the year
LONGEST_PLAN = timedelta(days=3660)  # ten years: suppression for life is reviewed sooner


class AllergyWarning(Refused):
    """A recorded allergy speaks against the drug, or nobody has asked. Going on needs a reason.

    ``conflicts`` are the allergies, nearest first; empty when none are recorded at all.
    """

    def __init__(self, found: list[Conflict]) -> None:
        super().__init__(
            " ".join(f"{conflict.why}." for conflict in found)
            or "Nobody has recorded this patient's allergies, not even that there are none."
        )
        self.conflicts = found


@dataclass(frozen=True, slots=True)
class Order:
    """What is given: drug, dose and who gives it. ``drug`` is the vocabulary key, or empty with a name."""

    drug: str
    drug_name: str
    dose_text: str
    route: str = Route.INTRAVENOUS
    delivery: str = Delivery.INPATIENT
    indication: str = ""

    @property
    def code(self) -> str:
        """The stream code, empty for a drug that the vocabulary does not know."""
        return DRUGS[self.drug].code if self.drug else ""


@action("courses.start_course")
def start_course(
    *,
    by: Person,
    patient: Patient,
    order: Order,
    started_on: date,
    planned_stop_on: date,
    episode: Episode | None = None,
    allergy_override: str = "",
) -> Course:
    """Starts a course. The plan has a stop date from the first day (opat.md G3.1).

    Raises:
        AllergyWarning: when an allergy speaks against it, or none is recorded, and ``allergy_override`` is empty.
        Refused: an unknown drug, no dose, impossible dates, the same drug running already.
    """
    _check_order(order)
    _check_start(patient, started_on)
    _check_plan(started_on, planned_stop_on)
    _check_episode(patient, episode)
    _check_not_running(patient, order)
    found, is_recorded = allergy_check(patient, order.drug, order.drug_name)
    if (found or not is_recorded) and not allergy_override.strip():
        raise AllergyWarning(found)
    return save_new(
        Course(
            patient=patient,
            episode=episode,
            code=order.code,
            started_on=started_on,
            planned_stop_on=planned_stop_on,
            allergy_override=allergy_override.strip() if found or not is_recorded else "",
            recorded_by=by,
            **asdict(order),
        )
    )


def allergy_check(patient: Patient, drug: str, drug_name: str) -> tuple[list[Conflict], bool]:
    """The allergies that speak against a drug, and whether anybody has recorded allergies at all. One query."""
    allergies, is_recorded = allergy_record(patient)
    return conflicts(drug, drug_name, allergies), is_recorded


@action("courses.change_plan")
def change_plan(
    *, by: Person, course: Course, seen_version: int, planned_stop_on: date, reason: str
) -> Course:
    """Another planned stop, with the reason.

    Raises:
        StaleEdit: when somebody else changed the course since ``seen_version``.
        Refused: when it has stopped, for the same date, an impossible one, or without a reason.
    """
    _check_running(course)
    _check_plan(course.started_on, planned_stop_on)
    if planned_stop_on == course.planned_stop_on:
        raise Refused(_("That is the planned stop already."))
    return _changed(
        by,
        course,
        seen_version,
        CourseChange.What.PLAN,
        _said(course.planned_stop_on),
        _said(planned_stop_on),
        reason,
        planned_stop_on=planned_stop_on,
    )


@action("courses.change_dose")
def change_dose(
    *, by: Person, course: Course, seen_version: int, dose_text: str, effective_on: date, reason: str
) -> Course:
    """A new dose from a day on; the course continues and the old dose stays in its history.

    Raises:
        StaleEdit, Refused: as for ``change_plan``.
    """
    _check_running(course)
    if not dose_text.strip() or dose_text.strip() == course.dose_text:
        raise Refused(_("Write the new dose."))
    if not course.started_on <= effective_on <= timezone.localdate() + LATEST_START:
        raise Refused(_("The new dose starts during the course."))
    return _changed(
        by,
        course,
        seen_version,
        CourseChange.What.DOSE,
        course.dose_text,
        dose_text.strip(),
        reason,
        effective_on,
        dose_text=dose_text.strip(),
    )


@action("courses.change_delivery")
def change_delivery(
    *, by: Person, course: Course, seen_version: int, delivery: str, effective_on: date, reason: str
) -> Course:
    """Somebody else gives it from a day on: the patient goes home with it.

    Raises:
        StaleEdit, Refused: as for ``change_plan``.
    """
    _check_running(course)
    if delivery == course.delivery:
        raise Refused(_("They give it already."))
    return _changed(
        by,
        course,
        seen_version,
        CourseChange.What.DELIVERY,
        course.get_delivery_display(),
        str(Delivery(delivery).label),
        reason,
        effective_on,
        delivery=delivery,
    )


@action("courses.stop_course")
def stop_course(
    *,
    by: Person,
    course: Course,
    seen_version: int,
    stop_reason: str,
    stopped_on: date | None = None,
    stopped_at: datetime | None = None,
    note: str = "",
) -> Course:
    """Stops a course on a day (its last) or at a moment, with a coded reason; "other" also needs words.

    A day before today ends with that day, today ends now.

    Raises:
        StaleEdit: when somebody else changed the course since ``seen_version``.
        Refused: when it has stopped already, in the future, before it began, or without a reason.
    """
    _check_running(course)
    moment = stopped_at or _end_of(stopped_on or timezone.localdate())
    _check_stop(course, moment, stop_reason, note)
    last = timezone.localtime(moment).date()
    return _changed(
        by,
        course,
        seen_version,
        CourseChange.What.STOP,
        "",
        _said(last),
        str(StopReason(stop_reason).label),
        last,
        stopped_at=moment,
        stop_reason=stop_reason,
        stop_note=note.strip(),
    )


@action("courses.edit_course")
def edit_course(
    *,
    by: Person,
    course: Course,
    seen_version: int,
    order: Order,
    started_on: date,
    planned_stop_on: date | None,
    episode: Episode | None,
    reason: str,
    stop_reason: str = "",
    stop_note: str = "",
) -> Course:
    """Corrects what was written down wrongly. What changed in the patient goes through the other actions.

    Raises:
        StaleEdit: when somebody else changed the course since ``seen_version``.
        Refused: as for ``start_course``; without a reason; another drug than the one that was started.
    """
    _check_standing(course)
    _check_order(order)
    _check_start(course.patient, started_on)
    _check_episode(course.patient, episode)
    if planned_stop_on is not None or course.planned_stop_on is not None:
        _check_plan(started_on, planned_stop_on)
    if course.stopped_on and started_on > course.stopped_on:
        raise Refused(_("It cannot start after it stopped."))
    if order.drug != course.drug or (not order.drug and order.drug_name != course.drug_name):
        raise Refused(_("For another drug, mark this course as entered in error and start a new one."))
    same_start = started_on == course.started_on
    return change(
        course,
        seen_version=seen_version,
        why=_reason(reason),
        started_on=started_on,
        started_at=course.started_at if same_start else None,
        planned_stop_on=planned_stop_on,
        episode=episode,
        **_stop_words(course, stop_reason, stop_note),
        **{**asdict(order), "drug_name": course.drug_name},
    )


@action("courses.mark_in_error")
def mark_in_error(*, by: Person, course: Course, reason: str) -> Course:
    """Withdraws a course: it leaves rules and pages, and stays in the history.

    Raises:
        AlreadyInError: when it is withdrawn already.
        Refused: without a reason.
    """
    return withdraw(course, by=by, reason=reason)


def _changed(
    by: Person,
    course: Course,
    seen_version: int,
    what: str,
    before: str,
    after: str,
    reason: str,
    effective_on: date | None = None,
    **values: Any,
) -> Course:
    said = _reason(reason)
    changed = change(course, seen_version=seen_version, why=f"{what}: {said}", **values)
    CourseChange(
        course=changed,
        what=what,
        effective_on=effective_on or timezone.localdate(),
        before=before,
        after=after,
        reason=said,
        changed_by=by,
    ).save()
    return changed


def _stop_words(course: Course, stop_reason: str, stop_note: str) -> dict[str, str]:
    if not course.stopped_at or not stop_reason:
        return {}
    _check_stop_reason(stop_reason, stop_note)
    return {"stop_reason": stop_reason, "stop_note": stop_note.strip()}


def _end_of(day: date) -> datetime:
    end = timezone.make_aware(datetime.combine(day, time(23, 59)))
    return timezone.now() if day == timezone.localdate() else end


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Say why."))
    return reason.strip()


def _said(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no planned stop"


def _check_order(order: Order) -> None:
    if order.drug and order.drug not in DRUGS:
        raise Refused(f"There is no drug called “{order.drug}” in the list.")
    if not order.drug_name.strip():
        raise Refused(_("Say which drug it is."))
    if not order.dose_text.strip():
        raise Refused(_("Write the dose as it is given, for example 2 g every 24 hours."))


def _check_start(patient: Patient, started_on: date) -> None:
    if started_on > timezone.localdate() + LATEST_START:
        raise Refused(_("%(day)s is too far ahead. Check the year.") % {"day": _said(started_on)})
    if started_on < EARLIEST.date():
        raise Refused(_("The year %(year)s cannot be right.") % {"year": started_on.year})
    if patient.birth and started_on < patient.birth.earliest:
        raise Refused(_("That is before the patient was born."))
    if patient.died_on and started_on > patient.died_on:
        raise Refused(_("That is after the patient died."))


def _check_plan(started_on: date, planned_stop_on: date | None) -> None:
    if planned_stop_on is None:
        raise Refused(_("Give the day on which it is planned to stop, or on which that will be decided."))
    if planned_stop_on < started_on:
        raise Refused(_("The planned stop is before the start."))
    if planned_stop_on - started_on > LONGEST_PLAN:
        raise Refused(_("The planned stop is more than ten years after the start. Check the year."))


def _check_episode(patient: Patient, episode: Episode | None) -> None:
    if episode is None:
        return
    owner, theirs = patient.survivor_id or patient.pk, episode.patient.survivor_id or episode.patient_id
    if owner != theirs:
        raise Refused(_("That episode is another patient's."))


def _check_not_running(patient: Patient, order: Order) -> None:
    running = Course.objects.of_patients(record_ids(patient)).standing().filter(stopped_at=None)
    same = (
        running.filter(drug=order.drug) if order.drug else running.filter(drug_name__iexact=order.drug_name)
    )
    if same.filter(route=order.route).exists():
        raise Refused(
            _("%(drug)s is running already. Change its dose or plan, or stop it first.")
            % {"drug": order.drug_name}
        )


def _check_stop(course: Course, stopped_at: datetime, stop_reason: str, note: str) -> None:
    if stopped_at > timezone.now() + timedelta(minutes=5):
        raise Refused(_("That is in the future. For a later stop, change the plan."))
    if stopped_at < course.start_moment and timezone.localtime(stopped_at).date() < course.started_on:
        raise Refused(_("It cannot stop before it started."))
    _check_stop_reason(stop_reason, note)


def _check_stop_reason(stop_reason: str, note: str) -> None:
    if stop_reason not in StopReason.values or stop_reason == StopReason.NOT_RECORDED:
        raise Refused(_("Say why it stopped."))
    if stop_reason == StopReason.OTHER and not note.strip():
        raise Refused(_("Say in words why it stopped."))


def _check_running(course: Course) -> None:
    _check_standing(course)
    if course.stopped_at:
        raise Refused(_("The course has stopped."))


def _check_standing(course: Course) -> None:
    if course.is_in_error:
        raise AlreadyInError(_("It is entered in error: start a new course instead."))
