"""What the pages about identity show: registering, numbers, and two records that may be one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from osteon.service.accounts.audit import log_read
from osteon.service.accounts.models import Person
from osteon.service.patients import actions, queries, search
from osteon.service.patients.fields import ReasonForm
from osteon.service.patients.identity_forms import MergeForm, RegisterForm
from osteon.service.patients.models import NHS, Patient, PatientIdentifier, PossibleDuplicate
from osteon.service.patients.partial_dates import PartialDate


def registering(request: HttpRequest, form: RegisterForm) -> dict[str, Any]:
    """Those already in the record who may be the person typed in; asked about once, then overruled."""
    if request.method != "POST" or not form.is_valid():
        return {"namesakes": []}
    said = form.cleaned_data
    birth = said["birth"]
    typed = Patient(
        family_name=said["family_name"],
        given_name=said["given_name"],
        birth_date=birth.date if birth else None,
    ).set_keys()
    alike = queries.namesakes(typed)
    log_named(request, alike, "name and birth date, while registering somebody like them")
    return {"alike": alike, "namesakes": [] if said["is_new"] else alike}


def log_named(request: HttpRequest, named: list[Patient], what: str) -> None:
    """Notes that somebody who keeps identities in order was shown who these patients are."""
    for patient in named:
        log_read(
            person=request.user,
            patient_id=patient.public_id,
            what=what,
            path_name=request.resolver_match.view_name,
        )


def about(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    """The numbers of a patient, the records merged here, and for ``?other=`` who may be the same person."""
    typed = request.GET.get("other", "").strip()
    candidates: list[Patient] = []
    if typed:
        found = search.matching(search.understand(typed)).exclude(pk=patient.pk)
        candidates = list(found.prefetch_related("identifiers").order_by("family_key", "given_key")[:20])
        log_named(request, candidates, "name, birth date and numbers, in search of a double record")
    return {"merged": queries.merged_records(patient), "other": typed, "candidates": candidates}


def add_numbers(by: Person, patient: Patient, numbers: list[tuple[str, str]]) -> list[PatientIdentifier]:
    """Adds each number. One that is another patient's lists the two as a possible double and is refused.

    Raises:
        IdentityConflict: after noting the pair.
    """
    try:
        return [
            actions.add_identifier(by=by, patient=patient, system=system, value=value)
            for system, value in numbers
        ]
    except actions.IdentityConflict as conflict:
        actions.note_possible_duplicate(by=by, patient=patient, other=conflict.holder, why=_same(conflict))
        raise


def _same(conflict: actions.IdentityConflict) -> str:
    number = PatientIdentifier(system=conflict.system, value=conflict.value)
    return f"Both are said to have {number}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records on the page that compares them."""

    patient: Patient
    numbers: list[PatientIdentifier]
    episodes: list[Any]


def compared(
    request: HttpRequest,
    pair: PossibleDuplicate,
    merge: MergeForm | None = None,
    settle: ReasonForm | None = None,
) -> dict[str, Any]:
    """Both records beside each other, and the two ways to settle it."""
    both = [pair.patient, pair.other]
    log_named(request, both, "identity and episodes, to compare two records")
    sides = [Side(each, queries.numbers([each.pk]), queries.episodes([each.pk])) for each in both]
    return {
        "pair": pair,
        "sides": sides,
        "against": speaks_against(*sides),
        "merge_form": merge or merge_form(pair),
        "settle_form": settle or settle_form(),
    }


def speaks_against(one: Side, other: Side) -> list[str]:
    """What makes it unlikely that the two are one person; what either record does not know speaks for neither."""
    births = (one.patient.birth, other.patient.birth)
    sexes = {side.patient.sex for side in (one, other)} - {Patient.Sex.UNKNOWN}
    numbers = tuple({row.value for row in side.numbers if row.system == NHS} for side in (one, other))
    found = [
        (all(births) and not _may_be_one_day(*births), _("different dates of birth")),
        (len(sexes) > 1, _("different sex")),
        (all(numbers) and not numbers[0] & numbers[1], _("each has an NHS number of their own")),
    ]
    return [words for is_so, words in found if is_so]


def _may_be_one_day(one: PartialDate | None, other: PartialDate | None) -> bool:
    return bool(one and other and one.earliest <= other.latest and other.earliest <= one.latest)


def merge_form(pair: PossibleDuplicate, data: QueryDict | None = None) -> MergeForm:
    """Which of the two stays, and how somebody knows that they are one person."""
    label = _("How do you know that they are one person?")
    return MergeForm(data, records=[pair.patient, pair.other], label=label, auto_id="merge_%s")


def settle_form(data: QueryDict | None = None) -> ReasonForm:
    """How somebody knows that they are two people."""
    return ReasonForm(data, label=_("How do you know that they are two people?"), auto_id="settle_%s")


def merge(by: Person, form: MergeForm, reason: str) -> Patient:
    """Merges the two records of a valid form."""
    goes, stays = form.pair
    return actions.merge_patients(by=by, patient=goes, into=stays, reason=reason)


def pair_of(public_id: UUID) -> PossibleDuplicate:
    """A pair that is not settled.

    Raises:
        Http404: when there is none of this address, or somebody has settled it.
    """
    pair = queries.possible_duplicate(public_id)
    if pair is None or pair.settled_at:
        raise Http404("This pair has been settled.")
    return pair


def merged_record(patient: Patient, public_id: UUID) -> Patient:
    """A record that is read as part of this patient.

    Raises:
        Http404: when it is not.
    """
    for record in queries.merged_records(patient):
        if record.public_id == public_id:
            return record
    raise Http404("This record is not merged here.")


def noted_by(person: Person) -> str:
    """Why a pair stands on the list when somebody put it there by hand."""
    return f"Noted by {person}"
