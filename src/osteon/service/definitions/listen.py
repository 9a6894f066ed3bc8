"""Hears that a worker looked at a patient, and keeps what the definitions say of the patient's episodes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from osteon.service.definitions.caseload import keep


def keep_answers(*, sender: object, patient_id: int, now: datetime, **_: Any) -> None:
    """Called by the worker, outside its transaction."""
    keep(patient_id, now=now)
