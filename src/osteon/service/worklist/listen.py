"""Hears that a patient's facts changed, and puts the patient in the queue in that same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from osteon.service.worklist.queue import enqueue

OWN = "osteon.service.worklist.actions"


def queue_patients(*, sender: Callable[..., Any], patient_ids: tuple[int, ...], **_: Any) -> None:
    """Queues whoever an action touched. What the worklist itself writes is no fact a rule could read."""
    if sender.__module__ != OWN:
        enqueue(patient_ids, now=timezone.now())
