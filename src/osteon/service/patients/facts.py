"""What every clinical fact has: who recorded it and when, its version, its history, and how it is withdrawn.

Nothing clinical is deleted. A fact entered in error disappears from rules and pages, not from history.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords


class Refused(Exception):
    """An action that cannot be done. ``str(error)`` is for the person who tried; nothing was written."""


class StaleEdit(Refused):
    """Someone else changed it first. ``current`` is what is stored now, ``attempted`` what was typed."""

    def __init__(self, *, current: Versioned, attempted: dict[str, Any]) -> None:
        super().__init__(_("Somebody else changed this in the meantime."))
        self.current = current
        self.attempted = attempted


class AlreadyInError(Refused):
    """The fact is entered in error already."""


class Versioned(models.Model):
    """A row with an opaque id for addresses, a version for optimistic locking, and a history of its values."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True


class FactQuerySet(models.QuerySet):
    """Questions that are asked of every kind of fact."""

    def of_patients(self, patient_ids: Iterable[int]) -> Self:
        """Facts of these rows of the patient table (a patient and those merged into them)."""
        return self.filter(patient_id__in=list(patient_ids))

    def standing(self) -> Self:
        """Facts that are not entered in error."""
        return self.filter(entered_in_error_at=None)

    def known_at(self, moment: datetime) -> Self:
        """Facts that the record held, and did not yet hold to be wrong, at that moment."""
        still_stood = Q(entered_in_error_at=None) | Q(entered_in_error_at__gt=moment)
        return self.filter(still_stood, recorded_at__lte=moment)


class ClinicalFact(Versioned):
    """Base of everything clinical. ``source`` is empty for what was typed here, else unique per patient."""

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="%(class)ss")
    source = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    entered_in_error_at = models.DateTimeField(null=True, blank=True)
    entered_in_error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    entered_in_error_reason = models.CharField(max_length=500, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "source"],
                condition=~Q(source=""),
                name="%(app_label)s_%(class)s_source_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    entered_in_error_at__isnull=True,
                    entered_in_error_by__isnull=True,
                    entered_in_error_reason="",
                )
                | (
                    Q(entered_in_error_at__isnull=False, entered_in_error_by__isnull=False)
                    & ~Q(entered_in_error_reason="")
                ),
                name="%(app_label)s_%(class)s_error_is_whole",
            ),
        ]

    @property
    def is_in_error(self) -> bool:
        """Whether it was withdrawn."""
        return self.entered_in_error_at is not None

    @property
    def stream_source(self) -> str:
        """What the stream calls this row: ``record:patients.finding/<uuid>``."""
        return f"record:{self._meta.label_lower}/{self.public_id}"


Row = TypeVar("Row", bound=Versioned)


def as_known(rows: FactQuerySet, known_at: datetime | None) -> list[Any]:
    """The facts that stand; or those that stood at ``known_at`` with the values they had then.

    Two queries at most. A row whose ``recorded_at`` was carried over from its source, and which was written
    here only later, is shown with the first values that were written.
    """
    if known_at is None:
        return list(rows.standing())
    facts = list(rows.known_at(known_at))
    edited = {fact.pk: fact for fact in facts if fact.version > 1}
    if edited:
        for pk, then in _values_then(rows.model, list(edited), known_at).items():
            _take_back(edited[pk], then)
    return facts


def _values_then(model: type[models.Model], pks: list[int], moment: datetime) -> dict[int, models.Model]:
    then: dict[int, models.Model] = {}
    for row in model.history.filter(id__in=pks).order_by("history_date", "history_id"):
        if row.id not in then or row.history_date <= moment:
            then[row.id] = row
    return then


def _take_back(fact: models.Model, then: models.Model) -> None:
    for field in fact._meta.concrete_fields:
        setattr(fact, field.attname, getattr(then, field.attname))


def save_new(row: Row) -> Row:
    """Validates and stores a new row, with its history. Call from an action, which names the editor."""
    row.full_clean(exclude=_relations(row), validate_unique=False, validate_constraints=False)
    row.save(force_insert=True)
    return row


def change(row: Row, *, seen_version: int, why: str = "", **values: Any) -> Row:
    """Stores new values if nobody else has since ``seen_version``. Call from an action.

    Raises:
        StaleEdit: when the stored version is another one; nothing is written.
    """
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.version != seen_version:
        raise StaleEdit(current=current, attempted=values)
    for name, value in values.items():
        setattr(current, name, value)
    current.version += 1
    current.full_clean(exclude=_relations(current), validate_unique=False, validate_constraints=False)
    current._change_reason = why[:100] or None
    current.save()
    return current


def withdraw(fact: ClinicalFact, *, by: models.Model, reason: str) -> ClinicalFact:
    """Marks a fact entered in error. Call from an action.

    Raises:
        AlreadyInError: when it is marked already.
        Refused: without a reason.
    """
    if not reason.strip():
        raise Refused(_("Say why it was entered in error."))
    current = type(fact)._default_manager.select_for_update().get(pk=fact.pk)
    if current.is_in_error:
        raise AlreadyInError(_("It is marked as entered in error already."))
    return change(
        current,
        seen_version=current.version,
        why=f"Entered in error: {reason}",
        entered_in_error_at=timezone.now(),
        entered_in_error_by=by,
        entered_in_error_reason=reason.strip(),
    )


def _relations(row: models.Model) -> set[str]:
    # full_clean() asks the database whether each related row exists; the foreign keys already make sure.
    return {field.name for field in row._meta.concrete_fields if field.is_relation}
