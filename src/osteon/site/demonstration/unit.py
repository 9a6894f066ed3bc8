"""Loads the demonstration unit, and brings it up to the day.

The first load takes the day as it is: about forty patients on treatment, the named cast among them. On a later day
nothing is rewritten: life has gone on. The simulated patients have new results, their courses have ended as planned or
not, new patients have been referred; a cast older than a week has been treated and is followed up, and others have come
in the same trouble. What people did in the demonstration stays as they left it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from osteon.service.accounts.models import Person
from osteon.service.worklist.queue import recheck_all
from osteon.site.demonstration import company, decisions, staff, ward
from osteon.site.demonstration.staff import SignIn

CAST_LASTS: Final = timedelta(days=7)
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """What was loaded."""

    name: str
    sign_ins: list[SignIn]
    patients: int


@dataclass(frozen=True, slots=True)
class Note:
    """Which days the demonstration was brought up to; kept in the home beside the record."""

    first_load: str
    last_load: str
    cast_since: str
    generation: int

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.first_load)


def _path() -> Path:
    return Path(settings.OSTEON_HOME) / "demonstration.json"


def _read() -> Note | None:
    """None when there is no note, or it belongs to a record that is gone."""
    try:
        note = Note(**json.loads(_path().read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    first = staff.sign_ins()[0].email
    return note if Person.objects.filter(email=first).exists() else None


def _write(note: Note) -> None:
    draft = _path().with_suffix(".draft")
    draft.write_text(json.dumps(asdict(note)) + "\n", encoding="utf-8")
    os.replace(draft, _path())


def is_loaded(*, now: datetime | None = None) -> bool:
    """Whether the demonstration is there and is of today."""
    note = _read()
    return note is not None and note.last_load == _today(now or timezone.now()).isoformat()


def load_demonstration(*, now: datetime | None = None, progress: Progress | None = None) -> DemoUnit:
    """Loads the demonstration unit, or brings an earlier one up to today; of today it is left alone.

    All of it or nothing: one transaction. ``progress`` is called with the number of patients that are done.
    """
    now = now or timezone.now()
    before = _read()
    if before is None or before.last_load != _today(now).isoformat():
        note = _next(before, _today(now))
        with transaction.atomic():
            patients = _load(note, before, now, progress or (lambda _done: None))
        _write(note)
    else:
        patients = 0
    return DemoUnit(settings.OSTEON_UNIT_NAME, staff.sign_ins(), patients)


def _today(now: datetime) -> date:
    return timezone.localtime(now).date()


def _next(before: Note | None, today: date) -> Note:
    if before is None:
        return Note(today.isoformat(), today.isoformat(), today.isoformat(), 0)
    is_old = today - date.fromisoformat(before.cast_since) >= CAST_LASTS
    return Note(
        before.first_load,
        today.isoformat(),
        today.isoformat() if is_old else before.cast_since,
        before.generation + is_old,
    )


def _load(note: Note, before: Note | None, now: datetime, progress: Progress) -> int:
    people = staff.hire()
    told = ward.told_by(now, note.first_day)
    ward.bring_in(people, told, now, progress)
    if before is not None and before.generation < note.generation:
        company.see_off(people, company.tales(now, before.generation), now)
    tales = company.tales(now, note.generation)
    cast = company.bring_in(people, tales, progress)
    company.mix_up(people, cast, tales)
    decisions.switch_rules_on(people)
    decisions.look_at_everybody(now, progress)
    if before is None:
        decisions.answer_a_few(people, now)
    recheck_all(now=now)  # the worker goes round once more and keeps what the definitions say of everybody
    return len(told) + len(cast)
