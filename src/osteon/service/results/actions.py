"""Everything that changes results and microbiology. What cannot be done raises ``facts.Refused`` with a sentence.

Whoever has read a result or specimen interprets it with ``review_result``. When what was read changes later,
the interpretation is taken back, and the thing is on the list of what awaits one again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.service.accounts.audit import action
from osteon.service.accounts.models import Person
from osteon.service.patients.facts import (
    AlreadyInError,
    ClinicalFact,
    Refused,
    StaleEdit,
    change,
    save_new,
    withdraw,
)
from osteon.service.patients.models import Patient
from osteon.service.patients.partial_dates import Precision
from osteon.service.results.measuring import (
    Reported,
    check_moment,
    measure_of,
    own_code,
    received_values,
    typed_values,
)
from osteon.service.results.models import Interpreted, Isolate, Result, Specimen, Susceptibility

__all__ = ["AlreadyInError", "Refused", "StaleEdit"]

UNREAD = {"interpreted_by": None, "interpreted_at": None, "interpretation": ""}


@action("results.record_result")
def record_result(
    *,
    by: Person,
    patient: Patient,
    reported: Reported,
    taken_at: datetime,
    precision: str = Precision.MINUTE,
    measure: str = "",
    name: str = "",
    wants_interpretation: bool = False,
) -> Result:
    """A result typed by a person: a measure of the vocabulary (its key), or another test by its name.

    Raises:
        Refused: an impossible value or date, a unit that cannot be converted, no test named.
    """
    if not measure and not name.strip():
        raise Refused(_("Say which test it is."))
    check_moment(patient, taken_at, precision)
    known = measure_of(measure) if measure else None
    return save_new(
        Result(
            patient=patient,
            code=known.code if known else own_code(name),
            name=known.name if known else name.strip(),
            taken_at=taken_at,
            precision=precision,
            wants_interpretation=wants_interpretation,
            recorded_by=by,
            **typed_values(known, reported),
        )
    )


@action("results.receive_result")
def receive_result(
    *,
    by: Person,
    patient: Patient,
    source: str,
    code: str,
    name: str,
    reported: Reported,
    taken_at: datetime,
    recorded_at: datetime | None = None,
    wants_interpretation: bool = False,
) -> Result:
    """A result from a feed. The same source again changes nothing, or corrects what the laboratory corrected.

    Raises:
        Refused: an impossible value or date, or no source to know it again by.
    """
    if not source:
        raise Refused(_("A received result names its source."))
    check_moment(patient, taken_at)
    values = {
        "code": code,
        "name": name[:300],
        "taken_at": taken_at,
        "original": "",
        **received_values(code, reported),
    }
    known = Result.objects.filter(patient=patient, source=source).first()
    if known is not None:
        return _corrected(known, values)
    return save_new(
        Result(
            patient=patient,
            source=source,
            wants_interpretation=wants_interpretation,
            recorded_by=by,
            recorded_at=recorded_at or timezone.now(),
            **values,
        )
    )


def _corrected(known: Result, values: dict[str, Any]) -> Result:
    if known.is_in_error or all(getattr(known, name) == value for name, value in values.items()):
        return known
    why = "Corrected by the sender"
    return change(known, seen_version=known.version, why=why, **values, **UNREAD)


@action("results.edit_result")
def edit_result(
    *,
    by: Person,
    result: Result,
    seen_version: int,
    reported: Reported,
    taken_at: datetime,
    precision: str = Precision.MINUTE,
    reason: str = "",
) -> Result:
    """Corrects value, unit, range or moment. The earlier values stay in the history.

    Raises:
        StaleEdit: when somebody else changed it since ``seen_version``.
        Refused: as for ``record_result``, or when it is entered in error.
    """
    _check_standing(result)
    check_moment(result.patient, taken_at, precision)
    known = result.measure
    values = {"original": result.original, **typed_values(known, reported)}
    return change(
        result,
        seen_version=seen_version,
        why=reason,
        taken_at=taken_at,
        precision=precision,
        **values,
        **UNREAD,
    )


@action("results.review_result")
def review_result(*, by: Person, fact: Interpreted, note: str, seen_version: int) -> Interpreted:
    """A person has read a result or a specimen and says what it means.

    Raises:
        StaleEdit: when it changed since ``seen_version``: read it again.
        Refused: without words, when it is entered in error, or while nothing is reported.
    """
    stored = type(fact).objects.select_for_update().get(pk=fact.pk)
    _check_standing(stored)
    if not note.strip():
        raise Refused(_("Say what it means."))
    if isinstance(stored, Specimen) and stored.state == Specimen.State.PENDING:
        raise Refused(_("Nothing is reported yet."))
    return change(
        stored,
        seen_version=seen_version,
        why="Interpreted",
        interpreted_by=by,
        interpreted_at=timezone.now(),
        interpretation=note.strip(),
    )


@action("results.review_taking")
def review_taking(*, by: Person, seen: Sequence[tuple[Specimen, int]], note: str) -> Specimen:
    """The same interpretation for specimens taken together, all or none. ``seen``: (specimen, version read).

    Raises:
        StaleEdit, Refused: as for ``review_result``.
    """
    if not seen:
        raise Refused(_("There is nothing to interpret."))
    for specimen, version in seen:
        review_result(by=by, fact=specimen, note=note, seen_version=version)
    return seen[0][0]


@dataclass(frozen=True, slots=True)
class Sampling:
    """What is known of a specimen itself, and of how it was taken. ``None``: not recorded."""

    kind: str
    label: str
    taken_at: datetime
    precision: str = Precision.MINUTE
    site: str = ""
    taking: str = ""
    separate_instrument: bool | None = None
    in_bottles: bool | None = None
    antibiotic_free_days: int | None = None
    planned_incubation_days: int | None = None


@action("results.record_specimen")
def record_specimen(
    *,
    by: Person,
    patient: Patient,
    sampling: Sampling,
    source: str = "",
    recorded_at: datetime | None = None,
) -> Specimen:
    """A specimen sent for culture; pending until ``report_specimen`` or ``record_isolate``.

    Raises:
        Refused: an impossible date.
    """
    check_moment(patient, sampling.taken_at, sampling.precision)
    return save_new(
        Specimen(
            patient=patient,
            source=source,
            recorded_by=by,
            recorded_at=recorded_at or timezone.now(),
            **asdict(sampling),
        )
    )


@action("results.edit_specimen")
def edit_specimen(*, by: Person, specimen: Specimen, seen_version: int, sampling: Sampling) -> Specimen:
    """Corrects what is known of the specimen itself: kind, label, site, moment, how it was taken.

    Raises:
        StaleEdit, Refused: as for ``edit_result``.
    """
    _check_standing(specimen)
    check_moment(specimen.patient, sampling.taken_at, sampling.precision)
    return change(specimen, seen_version=seen_version, **asdict(sampling), **UNREAD)


@action("results.report_specimen")
def report_specimen(
    *,
    by: Person,
    specimen: Specimen,
    seen_version: int,
    state: str,
    isolate_count: int | None = None,
    days_incubated: int | None = None,
    report: str = "",
    reported_at: datetime | None = None,
) -> Specimen:
    """What the laboratory says of the whole specimen: interim or final, how many isolates, days incubated.

    Raises:
        StaleEdit: when somebody else changed it since ``seen_version``.
        Refused: a final report that contradicts the isolates, or a report before the specimen was taken.
    """
    _check_standing(specimen)
    grown = specimen.isolates.standing().count()
    count = grown if isolate_count is None else isolate_count
    if count < grown:
        raise Refused(
            _("%(grown)s isolates are recorded for this specimen: it cannot have grown %(count)s.")
            % {"grown": grown, "count": count}
        )
    moment = reported_at or timezone.now()
    if moment < specimen.taken_at:
        raise Refused(_("It cannot be reported before it was taken."))
    return change(
        specimen,
        seen_version=seen_version,
        why=f"Reported: {state}",
        state=state,
        isolate_count=None if state == Specimen.State.PENDING else count,
        days_incubated=days_incubated,
        report=report.strip(),
        reported_at=None if state == Specimen.State.PENDING else moment,
        **UNREAD,
    )


@action("results.record_isolate")
def record_isolate(
    *,
    by: Person,
    specimen: Specimen,
    organism_code: str,
    organism_name: str,
    quantity: str = "",
    comment: str = "",
    source: str = "",
) -> Isolate:
    """An organism that grew. The specimen is then at least interim, and awaits an interpretation again.

    Raises:
        Refused: when the specimen is entered in error.
    """
    current = _lock(specimen)
    number = (max(current.isolates.values_list("number", flat=True), default=0)) + 1
    isolate = save_new(
        Isolate(
            patient=current.patient,
            specimen=current,
            number=number,
            organism_code=organism_code,
            organism_name=organism_name.strip(),
            quantity=quantity.strip(),
            comment=comment.strip(),
            source=source,
            recorded_by=by,
        )
    )
    _grew_more(current)
    return isolate


@action("results.record_susceptibility")
def record_susceptibility(
    *,
    by: Person,
    isolate: Isolate,
    agent: str,
    drug_name: str,
    category: str,
    mic: float | None = None,
    mic_comparator: str = "",
    guideline: str = "",
    source: str = "",
) -> Susceptibility:
    """One drug against one isolate.

    Raises:
        Refused: when that drug is reported for the isolate already, or the isolate is entered in error.
    """
    _check_standing(isolate)
    specimen = _lock(isolate.specimen)
    if isolate.susceptibilities.standing().filter(agent=agent).exists():
        raise Refused(
            _("%(drug)s is reported for this isolate. Mark that one as entered in error first.")
            % {"drug": drug_name}
        )
    row = save_new(
        Susceptibility(
            patient=isolate.patient,
            isolate=isolate,
            agent=agent,
            drug_name=drug_name.strip(),
            category=category,
            mic=mic,
            mic_comparator=mic_comparator,
            guideline=guideline.strip(),
            source=source,
            recorded_by=by,
        )
    )
    _unread(specimen)
    return row


@action("results.record_antibiogram")
def record_antibiogram(
    *, by: Person, isolate: Isolate, tested: Sequence[tuple[str, str, str]], guideline: str = ""
) -> Isolate:
    """Several drugs against one isolate, all or none. ``tested``: (agent, drug name, category).

    Raises:
        Refused: as for ``record_susceptibility``.
    """
    for agent, drug_name, category in tested:
        record_susceptibility(
            by=by,
            isolate=isolate,
            agent=agent,
            drug_name=drug_name,
            category=category,
            guideline=guideline,
        )
    return isolate


@action("results.mark_in_error")
def mark_in_error(*, by: Person, fact: ClinicalFact, reason: str) -> ClinicalFact:
    """Withdraws a result, a specimen with all that grew from it, an isolate with its antibiogram, or one of these.

    Raises:
        AlreadyInError: when it is withdrawn already.
        Refused: without a reason.
    """
    withdrawn = withdraw(fact, by=by, reason=reason)
    for below in _below(withdrawn):
        withdraw(below, by=by, reason=reason)
    if isinstance(withdrawn, Isolate):
        _grew_less(_lock(withdrawn.specimen))
    if isinstance(withdrawn, Susceptibility):
        _unread(_lock(withdrawn.isolate.specimen))
    return withdrawn


def _below(fact: ClinicalFact) -> list[ClinicalFact]:
    if isinstance(fact, Specimen):
        isolates = list(fact.isolates.standing())
        return [*isolates, *Susceptibility.objects.standing().filter(isolate__specimen=fact)]
    return list(fact.susceptibilities.standing()) if isinstance(fact, Isolate) else []


def _lock(specimen: Specimen) -> Specimen:
    current = Specimen.objects.select_for_update(of=("self",)).select_related("patient").get(pk=specimen.pk)
    _check_standing(current)
    return current


def _grew_more(specimen: Specimen) -> None:
    grown = specimen.isolates.standing().count()
    state = Specimen.State.INTERIM if specimen.state == Specimen.State.PENDING else specimen.state
    _set(
        specimen,
        "An isolate was added",
        state=state,
        isolate_count=max(grown, specimen.isolate_count or 0),
        reported_at=specimen.reported_at or timezone.now(),
    )


def _grew_less(specimen: Specimen) -> None:
    grown = specimen.isolates.standing().count()
    _set(specimen, "An isolate was withdrawn", isolate_count=grown)


def _unread(specimen: Specimen) -> None:
    _set(specimen, "The antibiogram changed")


def _set(specimen: Specimen, why: str, **values: Any) -> None:
    change(specimen, seen_version=specimen.version, why=why, **values, **UNREAD)


def _check_standing(fact: ClinicalFact) -> None:
    if fact.is_in_error:
        raise AlreadyInError(_("It is entered in error: record it anew instead."))
