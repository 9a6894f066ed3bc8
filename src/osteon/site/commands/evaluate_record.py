"""This home's record as tables of events, for ``./osteon evaluate record``. Loaded when Django is ready."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from osteon.events.schema import to_frame
from osteon.service.patients.models import Patient
from osteon.service.patients.story import stories

AT_ONCE = 500


def batches() -> Iterator[pl.DataFrame]:
    """Whole patients, some hundreds at a time; records merged into another are told with it."""
    ids = list(Patient.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        told = stories(ids[start : start + AT_ONCE])
        yield to_frame([event for events in told.values() for event in events])
