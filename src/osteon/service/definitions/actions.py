"""What people do here: answer a question of a definition, switch a definition for the unit, ask for a new count."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from osteon.events.schema import Event
from osteon.events.vocabulary import MEASURE_BY_CODE
from osteon.events.vocabulary.questions import AskedWord
from osteon.rules.definition import Definition
from osteon.service.accounts.audit import action
from osteon.service.accounts.models import Person
from osteon.service.patients.actions import record_finding
from osteon.service.patients.facts import Refused
from osteon.service.patients.models import Finding, Patient
from osteon.service.patients.partial_dates import Precision
from osteon.service.results.actions import record_result
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Result
from osteon.service.worklist.actions import switch_rule
from osteon.service.worklist.models import RuleSwitch
from osteon.service.worklist.queue import recheck_all


def record_answer(
    *,
    by: Person,
    patient: Patient,
    word: AskedWord,
    event: Event,
    time: datetime,
    precision: str = Precision.MINUTE,
    remark: str = "",
) -> Finding | Result:
    """The answer to a definition's question, as the finding or result that it is.

    Raises:
        Refused: for a question that is answered elsewhere (age), or a result that cannot be.
    """
    if word.kind == "age":
        raise Refused(_("Age follows from the date of birth: correct the patient's identity instead."))
    if word.kind == "laboratory":
        return _result(by, patient, event, time, precision)
    if event.comparator:
        raise Refused(_("A finding is a plain number, without a sign before it."))
    is_yes_no = word.kind == "yes-no"
    said = event.text_value if word.kind == "choice" else ""
    return record_finding(
        by=by,
        patient=patient,
        code=word.code,
        time=time,
        precision=precision,
        present=bool(event.numeric_value) if is_yes_no else None,
        numeric_value=None if is_yes_no else event.numeric_value,
        unit="" if is_yes_no else event.unit or "",
        text_value=". ".join(filter(None, (said, remark))),
    )


def _result(by: Person, patient: Patient, event: Event, time: datetime, precision: str) -> Result:
    return record_result(
        by=by,
        patient=patient,
        measure=MEASURE_BY_CODE[event.code].key,
        reported=Reported(
            value=event.numeric_value, unit=event.unit or "", comparator=event.comparator or ""
        ),
        taken_at=time,
        precision=precision,
    )


def switch_definition(*, by: Person, definition: Definition, on: bool, reason: str) -> RuleSwitch:
    """The unit's decision about a provisional definition, kept where those about rules are.

    Raises:
        Refused: for a verified definition, which nobody switches.
        NeedsReason: without a reason.
    """
    if definition.status == "verified":
        raise Refused(_("A verified definition is not switched."))
    return switch_rule(by=by, rule_id=definition.id, on=on, reason=reason)


@action("definitions.count_again")
def count_again(*, by: Person) -> None:
    """Asks the background work to look at every patient anew, and so to count the answers again."""
    recheck_all(now=timezone.now())
