"""The trail. ``@action`` is the only door through which state changes; ``log_read`` notes each reading.

    @action("patients.record_finding")
    def record_finding(*, by: Person, patient: Patient, code: str) -> Finding: ...

An action is called with keywords only, with ``by=``. It runs in one transaction; when it returns, one
``AuditEntry`` is written in that same transaction, so that neither exists without the other. The patient
is taken from the keyword ``patient``, from any argument or result that has a ``.patient``, or from what
the action itself says with ``touched(patient)`` (a merge, an import of many). A patient here is anything
with ``pk`` (int) and ``public_id`` (UUID). ``facts_touched`` is sent for all of them inside the transaction,
and after commit ``facts_changed`` once for each.
Actions may call actions: each writes its own entry, all in the outermost transaction.
"""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

from django.db import models, transaction
from simple_history.models import HistoricalRecords

from osteon.service.accounts.models import AuditEntry, Person, ReadEntry
from osteon.service.accounts.signals import facts_changed, facts_touched

Act = TypeVar("Act", bound=Callable[..., Any])


class PatientLike(Protocol):
    pk: Any
    public_id: uuid.UUID


@dataclass
class _Running:
    """What one running action has touched so far."""

    patients: dict[int, uuid.UUID] = field(default_factory=dict)
    detail: str = ""


_running: ContextVar[_Running | None] = ContextVar("osteon_running_action", default=None)


def action(verb: str) -> Callable[[Act], Act]:
    """Marks a function as an action named ``verb`` (``"<app>.<function>"``); see the module's text.

    Raises, when the action is called:
        TypeError: without ``by``, with a ``by`` that is not a person, or with positional arguments.
    """

    def decorate(act: Act) -> Act:
        _check_signature(act)

        @wraps(act)
        def run(**kwargs: Any) -> Any:
            by = kwargs.get("by")
            if not isinstance(by, Person):
                raise TypeError(f"{verb} needs by=<the person who does it>")
            with transaction.atomic(), _acting(by) as running:
                result = act(**kwargs)
                _note_patients(running, kwargs, result)
                _write_entry(verb, by, running, kwargs, result)
                if running.patients:
                    facts_touched.send(sender=act, patient_ids=tuple(running.patients))
                transaction.on_commit(lambda: _tell(act, running), robust=True)
            return result

        run.osteon_action = verb  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return decorate


def touched(patient: PatientLike) -> None:
    """Called inside an action: this patient's facts changed too."""
    _current().patients[patient.pk] = patient.public_id


def note(detail: str) -> None:
    """Called inside an action: one line for its entry ("surgeon to unit lead"). Never a patient's identifier."""
    _current().detail = detail[:300]


def log_read(
    *, person: Person, patient_id: uuid.UUID, what: str, path_name: str, break_glass: bool = False
) -> ReadEntry:
    """Notes that ``person`` looked at ``what`` of a patient's record on the page named ``path_name``."""
    entry: ReadEntry = ReadEntry.objects.create(
        person=person, patient_id=patient_id, what=what, path_name=path_name, break_glass=break_glass
    )
    return entry


def _current() -> _Running:
    running = _running.get()
    if running is None:
        raise TypeError("touched() and note() are called inside an action")
    return running


def _check_signature(act: Callable[..., Any]) -> None:
    parameters = inspect.signature(act).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{act.__qualname__} is an action: keyword-only arguments, one of them by")


@contextmanager
def _acting(by: Person) -> Iterator[_Running]:
    """While it lasts, rows of history are attributed to ``by``, also outside a web request."""
    running = _Running()
    token = _running.set(running)
    context = HistoricalRecords.context
    request = getattr(context, "request", None)
    context.request = SimpleNamespace(user=by)
    try:
        yield running
    finally:
        _running.reset(token)
        if request is None:
            del context.request
        else:
            context.request = request


def _note_patients(running: _Running, kwargs: dict[str, Any], result: Any) -> None:
    for thing in (*kwargs.values(), result):
        patient = _patient_of(thing)
        if patient is not None:
            running.patients.setdefault(patient.pk, patient.public_id)


def _patient_of(thing: Any) -> PatientLike | None:
    if not isinstance(thing, models.Model):
        return None
    if thing._meta.label == "patients.Patient":
        return thing  # type: ignore[return-value]
    patient = getattr(thing, "patient", None)
    return patient if isinstance(patient, models.Model) else None  # type: ignore[return-value]


def _write_entry(verb: str, by: Person, running: _Running, kwargs: dict[str, Any], result: Any) -> None:
    named = kwargs.get("patient_id") or getattr(result, "patient_id", None)
    only = next(iter(running.patients.values())) if len(running.patients) == 1 else None
    thing = result if isinstance(result, models.Model) else None
    AuditEntry.objects.create(
        by=by,
        verb=verb,
        patient_id=named if isinstance(named, uuid.UUID) else only,
        object_type=thing._meta.label if thing is not None else "",
        object_id=_public_name(thing),
        reason=str(kwargs.get("reason") or ""),
        detail=running.detail,
    )


def _public_name(thing: models.Model | None) -> str:
    if thing is None:
        return ""
    return str(getattr(thing, "public_id", None) or thing.pk)


def _tell(act: Callable[..., Any], running: _Running) -> None:
    for patient_id in running.patients:
        facts_changed.send(sender=act, patient_id=patient_id)
