"""Courses of Ruth's, made through actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from osteon.events.vocabulary import DRUGS
from osteon.service.courses import actions
from osteon.service.courses.models import Course
from osteon.service.patients.actions import record_no_known_allergies


def day(offset: int = 0) -> date:
    """Today and that many days."""
    return timezone.localdate() + timedelta(days=offset)


def moment(offset: int = 0) -> datetime:
    """Now and that many days."""
    return timezone.now() + timedelta(days=offset)


@dataclass
class Pharmacy:
    """Short ways to the actions, always by the physician and for Ruth unless said otherwise."""

    cast: Any

    def course(self, drug: str = "daptomycin", start: int = -18, stop: int = 23, **more: Any) -> Course:
        order = actions.Order(
            drug=drug,
            drug_name=more.pop("drug_name", None) or DRUGS[drug].name,
            dose_text=more.pop("dose_text", "500 mg every 24 hours"),
            **{key: more.pop(key) for key in ("route", "delivery", "indication") if key in more},
        )
        arguments = {"patient": self.cast.ruth, "by": self.cast.physician, **more}
        return actions.start_course(
            order=order, started_on=day(start), planned_stop_on=day(stop), **arguments
        )

    def stop(self, course: Course, stopped_at: datetime | None = None, **more: Any) -> Course:
        arguments = {"stop_reason": "completed", "seen_version": course.version, **more}
        return actions.stop_course(
            by=self.cast.physician, course=course, stopped_at=stopped_at or timezone.now(), **arguments
        )


@pytest.fixture
def pharmacy(cast) -> Pharmacy:
    record_no_known_allergies(by=cast.nurse, patient=cast.ruth)
    return Pharmacy(cast)
